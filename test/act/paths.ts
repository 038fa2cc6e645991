import { matrixJobNames } from '../../tools/workflow-runner/src/matrix.ts'
import type { Line } from './log.ts'

/** Translates the ids of act's log into the paths by which our own runner names jobs and steps. */
export interface Paths {
  /** `release`, `release (acme-api)`, `release/plan` in a called workflow. */
  job(line: Line): string | undefined
  /** `job/step`, `job/step/nested`. */
  step(line: Line): string | undefined
}

/** `known`: all paths of the workflow, outer steps before their nested ones. */
export function pathsFrom(known: readonly string[]): Paths {
  const job = ({ jobID, job, matrix }: Line) => {
    if (jobID === undefined) return undefined
    const parts = job?.split('/') ?? []
    const caller = parts.length > 2 ? parts[0] : undefined
    const name = matrix && Object.keys(matrix).length > 0 ? nameIn(known, jobID, matrix) : jobID
    return caller ? `${caller}/${name}` : name
  }
  return {
    job,
    step(line) {
      const its = job(line)
      const [step, ...nested] = line.stepID ?? []
      if (its === undefined || step === undefined || step.startsWith('--')) return undefined
      const outer = child(known, its, step)
      return nested.length > 0 ? child(known, outer, nested.at(-1) as string) : outer
    },
  }
}

/** The job of a matrix, whose name has the first value of its combination where that is enough. */
function nameIn(known: readonly string[], jobID: string, matrix: Record<string, string>): string {
  const [short = jobID] = matrixJobNames(jobID, [matrix])
  const first = Object.values(matrix)
  const names = [...new Set(known.map((path) => path.split('/')[0] as string))]
  return (
    names.find((name) => name.startsWith(`${jobID} (`) && first.some((value) => name === `${jobID} (${value})`)) ??
    short
  )
}

/** act names a step without an id by its place in the list, from 0. */
function child(known: readonly string[], parent: string, id: string): string {
  if (!/^\d+$/.test(id)) return `${parent}/${id}`
  const children = known.filter((path) => path.startsWith(`${parent}/`) && !path.slice(parent.length + 1).includes('/'))
  return children[Number(id)] ?? `${parent}/${id}`
}
