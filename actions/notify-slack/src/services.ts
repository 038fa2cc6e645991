import { isDeepStrictEqual } from 'node:util'
import { type JobState, type JournalStep, resultOf } from '@belay/action-kit'
import { type Move, type Release, type Result, results, versionName, worstResult } from '@belay/release-model'
import type { ReportInput } from './report-input.ts'
import type { StepReport } from './step-reports.ts'

/**
 * The outcome of a service or of the whole job, never worded better than it is. `partly`: one part was committed and a
 * service was not released. `nothing`: the job had no Belay step that changes anything.
 */
export type Conclusion = 'running' | 'nothing' | 'partly' | Exclude<Result, 'pending'>

export interface ServiceReport {
  readonly name: string
  readonly environment: string
  /** Empty if the service has no release in this job. */
  readonly version: string
  /** For a rollback: the version that the older release replaces; otherwise empty. */
  readonly from: string
  readonly conclusion: Conclusion
  readonly steps: readonly StepReport[]
  readonly targets: readonly TargetReport[]
}

/** One host, or another target that a step changes. */
export interface TargetReport {
  readonly name: string
  readonly result: Result | 'waiting' | 'stays'
  readonly detail: string
}

/** The services of a job, in the order in which their releases began. */
export function servicesOf(input: ReportInput, allSteps: readonly StepReport[]): ServiceReport[] {
  const { releases } = input.job
  const named = [...releases.map(({ service }) => service), ...allSteps.flatMap(({ service }) => service ?? [])]
  return [...new Set(named)].map((name) => {
    const release = releases.find(({ service }) => service === name)
    const chosen = input.job.chosen.findLast(({ service }) => service === name)?.release
    const steps = input.job.steps.filter((step) => step.mutates && step.service === name)
    return {
      name,
      environment: release?.environment ?? '',
      from: [...new Set(movesOf(steps).flatMap(({ back, from }) => (back ? versionName(from.version) : [])))].join(
        ', ',
      ),
      version: chosen ? versionOf(chosen) : release ? versionOf(release) : '',
      conclusion: steps.length === 0 && isSuperseded(input.job) ? 'superseded' : serviceConclusion(input.status, steps),
      steps: allSteps.filter(({ service }) => service === name),
      targets: distinct(steps.flatMap((step) => targetsOf(step, input))),
    }
  })
}

/** A version that is the sha itself is shown by its first seven digits. */
function versionOf({ version, sha }: Pick<Release, 'version' | 'sha'>): string {
  const short = sha.slice(0, 7)
  return version === sha || version === '' ? short : `${version} (${short})`
}

function serviceConclusion(status: ReportInput['status'], steps: readonly JournalStep[]): Conclusion {
  if (status === 'running') return 'running'
  if (steps.length === 0) return 'unchanged'
  const result = finalResult(worstResult(steps.map(resultOf)))
  // A workflow may tolerate a failed step; the results of the steps before it are then not the whole result.
  const isIncomplete = steps.at(-1)?.ended?.ok === false
  if (result === 'committed' && isIncomplete) return 'partly'
  return result === 'noop' && isIncomplete ? 'unchanged' : result
}

function targetsOf(step: JournalStep, { status }: ReportInput): TargetReport[] {
  const silent = step.armed.filter(({ name }) => !step.outcomes.some(({ target }) => target === name))
  const targets: TargetReport[] = [
    ...step.outcomes.map(({ target, result, detail, stays }) => ({
      name: target,
      result: stays ? ('stays' as const) : result,
      detail,
    })),
    ...silent.map(({ name }) => ({
      name,
      result: status === 'running' ? ('waiting' as const) : ('unknown' as const),
      detail: status === 'running' ? '' : 'its outcome is not known',
    })),
  ]
  return targets
    .map((target) => ({ ...target, name: withoutService(target.name, step.service) }))
    .toSorted((a, b) => results.indexOf(b.result as Result) - results.indexOf(a.result as Result))
}

/** The step of a canary repeats what came of the step that released to all pods. */
function distinct(targets: readonly TargetReport[]): TargetReport[] {
  return targets.filter((one, index) => targets.findIndex((other) => isDeepStrictEqual(other, one)) === index)
}

/** Drops the service from `acme-api on deploy@203.0.113.7`: the line stands below its service. */
function withoutService(target: string, service: string | undefined): string {
  const prefix = `${service} on `
  return target.startsWith(prefix) ? target.slice(prefix.length) : target
}

/** The moves of traffic, step by step. */
export function movesOf(steps: readonly JournalStep[]): Move[] {
  return steps.flatMap(({ armed, moved }) => [...armed, ...moved].flatMap(({ move }) => move ?? []))
}

/** A superseded release ends before its first change. */
export function isSuperseded({ steps }: JobState): boolean {
  return steps.some(({ ended }) => ended?.result === 'superseded')
}

/** After the last post no step can decide a `pending` result any more: it is unknown. */
export function finalResult(result: Result): Exclude<Result, 'pending'> {
  return result === 'pending' ? 'unknown' : result
}
