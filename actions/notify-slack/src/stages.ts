import type { RecordEvent, Result } from '@belay/release-model'
import { releasesOf, type Told } from './report-input.ts'

/** One step of the job. */
export interface Stage {
  readonly step: string
  readonly name: string
  readonly service: string | undefined
  readonly state: 'running' | 'ok' | 'failed' | 'stopped'
  readonly seconds: number | undefined
  readonly result: Result | undefined
  readonly gate: string | undefined
  /** Of a failure: its code, and the first line of its message, which is Belay's. */
  readonly code: string | undefined
  readonly reason: string | undefined
  /** The single errors of a failure that has several: an input each. */
  readonly errors: readonly string[]
  readonly remedy: string | undefined
}

/**
 * The steps worth a line: those that change something, gates, and whatever failed. A gate knows no service of its
 * own: it belongs to the release that is open around it, or to the only one there is.
 */
export function stagesOf(told: Told): Stage[] {
  const stages = new Map<string, Stage & { mutates: boolean }>()
  const services = new Set(releasesOf(told).map(({ service }) => service))
  const only = services.size === 1 ? [...services][0] : undefined
  let open: string | undefined

  for (const line of told.record) {
    if (line.event === 'release-began') open = line.release.service
    if (line.event === 'release-ended') open = undefined
    if (!['step-began', 'gate', 'step-ended'].includes(line.event)) continue
    const journalled = told.job.steps.find(({ id }) => id === line.step)
    const stage = stages.get(line.step) ?? {
      step: line.step,
      name: journalled?.action ?? line.step,
      service: journalled?.service ?? open ?? only,
      mutates: journalled?.mutates ?? false,
      state: told.status === 'running' ? ('running' as const) : ('stopped' as const),
      seconds: undefined,
      result: undefined,
      gate: undefined,
      code: undefined,
      reason: undefined,
      errors: [],
      remedy: undefined,
    }
    stages.set(line.step, { ...stage, ...whatLineSays(line) })
  }
  return [...stages.values()].filter(
    ({ name, mutates, gate, state }) =>
      name !== 'notify-slack' && (mutates || gate !== undefined || state === 'failed' || state === 'stopped'),
  )
}

function whatLineSays(line: RecordEvent): Partial<Stage & { mutates: boolean }> {
  switch (line.event) {
    case 'step-began':
      return {
        name: line.command && line.command !== 'deploy' ? `${line.action} ${line.command}` : line.action,
        mutates: line.mutates,
        ...(line.service && { service: line.service }),
      }
    case 'gate': {
      const verdict = `${line.verdict} after ${line.attempts === 1 ? '1 attempt' : `${line.attempts} attempts`}`
      // Why a gate did not pass is the reason of its failure, told there.
      const told = line.verdict === 'pass' && line.reason !== ''
      return { gate: told ? `${verdict}: ${firstLine(line.reason)}` : verdict }
    }
    case 'step-ended': {
      // The message of an error that Belay did not foresee may hold anything, an application's output too.
      const known = line.code !== 'internal' && line.reason !== undefined
      return {
        state: line.ok ? 'ok' : 'failed',
        seconds: line.seconds,
        result: line.result,
        code: line.code,
        reason: known ? firstLine(line.reason ?? '') : undefined,
        // The other lines may hold what hosts and services said.
        errors: line.code === 'inputs' ? listed(line.reason ?? '') : [],
        remedy: line.remedy,
      }
    }
    default:
      return {}
  }
}

/** The items of a message that is a list. */
function listed(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []))
}

/** Of a text of several lines. */
export function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
