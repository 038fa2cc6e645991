import { firstLine, type RecordEvent } from '@belay/action-kit'
import type { Result } from '@belay/release-model'
import type { ReportInput } from './report-input.ts'

/** One step of the job. */
export interface StepReport {
  readonly step: string
  readonly name: string
  readonly service: string | undefined
  readonly state: 'running' | 'ok' | 'failed' | 'stopped'
  readonly seconds: number | undefined
  readonly result: Result | undefined
  readonly gate: string | undefined
  /** Of a failure: its code, and the first line of its message, which Belay wrote. */
  readonly code: string | undefined
  readonly reason: string | undefined
  /** The single errors of a failure that has several: one per input. */
  readonly errors: readonly string[]
  readonly remedy: string | undefined
}

/**
 * The steps worth a line: changing steps, gates and failed steps. A gate knows no service of its own: it belongs to the
 * release that is open around it, or to the only release of the job.
 */
export function stepReportsOf(input: ReportInput): StepReport[] {
  const steps = new Map<string, StepReport & { mutates: boolean }>()
  const services = new Set(input.job.releases.map(({ service }) => service))
  const only = services.size === 1 ? [...services][0] : undefined
  let open: string | undefined

  for (const line of input.record) {
    if (line.event === 'release-began') open = line.release.service
    if (line.event === 'release-ended') open = undefined
    if (!['step-began', 'gate', 'step-ended'].includes(line.event)) continue
    const journalled = input.job.steps.find(({ id }) => id === line.step)
    const step = steps.get(line.step) ?? {
      step: line.step,
      name: journalled?.action ?? line.step,
      service: journalled?.service ?? open ?? only,
      mutates: journalled?.mutates ?? false,
      state: input.status === 'running' ? ('running' as const) : ('stopped' as const),
      seconds: undefined,
      result: undefined,
      gate: undefined,
      code: undefined,
      reason: undefined,
      errors: [],
      remedy: undefined,
    }
    steps.set(line.step, { ...step, ...stepChangesIn(line) })
  }
  return [...steps.values()].filter(
    ({ name, mutates, gate, state }) =>
      name !== 'notify-slack' && (mutates || gate !== undefined || state === 'failed' || state === 'stopped'),
  )
}

function stepChangesIn(line: RecordEvent): Partial<StepReport & { mutates: boolean }> {
  switch (line.event) {
    case 'step-began':
      return {
        name: line.action,
        mutates: line.mutates,
        ...(line.service && { service: line.service }),
      }
    case 'gate': {
      const verdict = `${line.verdict} after ${line.attempts === 1 ? '1 attempt' : `${line.attempts} attempts`}`
      // Why a gate did not pass is the reason of its failure, shown there.
      const shown = line.verdict === 'pass' && line.reason !== ''
      return { gate: shown ? `${verdict}: ${firstLine(line.reason)}` : verdict }
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
        // The other lines may hold text of hosts and services.
        errors: line.code === 'inputs' ? listItems(line.reason ?? '') : [],
        remedy: line.remedy,
      }
    }
    default:
      return {}
  }
}

/** The list items of a message. */
function listItems(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []))
}
