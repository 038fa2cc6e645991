import { firstLine, foreignFailure, jobResult, serviceOutcomes } from '@belay/action-kit'
import type { WorkflowRun } from '@belay/release-model'
import { type PhaseTime, phaseTimes } from './phase-times.ts'
import type { ReportInput } from './report-input.ts'
import {
  type Conclusion,
  finalResult,
  isSuperseded,
  movesOf,
  type ServiceReport,
  servicesOf,
  type TargetReport,
} from './services.ts'
import { type StepReport, stepReportsOf } from './step-reports.ts'

/** The content of the report, most important first, as plain text that is not escaped or cut yet. */
export interface ReleaseReport {
  readonly run: WorkflowRun
  readonly status: ReportInput['status']
  readonly conclusion: Conclusion
  /** The environments. `subject`: `service → version` of each service; repository and job while no release is known. */
  readonly environment: string
  readonly subject: string
  /** Which version serves now: one sentence per service whose traffic was moved. */
  readonly serving: readonly string[]
  /** The job rolls back to an older release, or did. */
  readonly isRollback: boolean
  /** Failed steps, with Belay's own messages only. */
  readonly failures: readonly StepReport[]
  /** Where a failed step stands that is not an action of Belay. */
  readonly externalFailure: string
  readonly decision: { readonly decision: string; readonly why: string } | undefined
  /** Worst first. */
  readonly services: readonly ServiceReport[]
  /** Steps that belong to no single service. */
  readonly otherSteps: readonly StepReport[]
  readonly warnings: readonly string[]
  /** When its phases ran; empty of a job that changed nothing. */
  readonly times: readonly PhaseTime[]
}

/** Builds the report of a job. Pure. */
export function buildReport(input: ReportInput): ReleaseReport {
  const steps = stepReportsOf(input)
  const services = servicesOf(input, steps)
  return {
    run: input.run,
    status: input.status,
    conclusion: conclusionOf(input, services),
    environment: [...new Set(services.map(({ environment }) => environment).filter(Boolean))].join(', '),
    subject: subjectOf(input.run, services),
    serving: servingOf(input),
    isRollback: isRollback(input),
    externalFailure: foreignFailure(input.job),
    failures: steps.filter(({ state }) => state === 'failed' || state === 'stopped'),
    decision: input.job.decided,
    services: services.toSorted((a, b) => severity.indexOf(b.conclusion) - severity.indexOf(a.conclusion)),
    otherSteps: steps.filter(({ service }) => service === undefined),
    warnings: warningsOf(input),
    times: input.job.steps.some(({ mutates }) => mutates) ? phaseTimes(input.record, steps) : [],
  }
}

function servingOf({ job, record, run, status }: ReportInput): string[] {
  return status === 'running' ? [] : serviceOutcomes({ job, record, status, actor: run.actor }).map(({ text }) => text)
}

/** From the actual moves; before there are any, from the request. */
function isRollback({ job }: ReportInput): boolean {
  const moves = movesOf(job.steps)
  if (moves.length > 0) return moves.every(({ back }) => back)
  return (
    job.releases.some(({ version }) => version === 'previous') || job.admissions.some(({ way }) => way === 'rollback')
  )
}

/** The words for a conclusion. */
export function conclusionWord(conclusion: Conclusion | TargetReport['result']): string {
  return conclusionWords[conclusion] ?? conclusion
}

const conclusionWords: Partial<Record<Conclusion | TargetReport['result'], string>> = {
  nothing: 'nothing changed',
  partly: 'committed in part',
  noop: 'already live',
  unchanged: 'not released',
  'rolled-back': 'rolled back',
  'undo-started': 'rollback started, outcome unknown',
  waiting: 'waiting for confirmation',
}

/** From what needs no attention to what needs it most. */
const severity: readonly Conclusion[] = [
  'running',
  'nothing',
  'noop',
  'committed',
  'superseded',
  'unchanged',
  'partly',
  'rolled-back',
  'undo-started',
  'unknown',
  'mixed',
]

function conclusionOf({ job, status }: ReportInput, services: readonly ServiceReport[]): Conclusion {
  if (status === 'running') return 'running'
  const mutating = job.steps.filter(({ mutates }) => mutates)
  if (mutating.length === 0 && isSuperseded(job)) return 'superseded'
  if (mutating.length === 0) return status === 'success' ? 'nothing' : 'unchanged'
  const result = finalResult(jobResult(job))
  const isIncomplete = services.some(({ conclusion }) => conclusion === 'unchanged' || conclusion === 'partly')
  return result === 'committed' && isIncomplete ? 'partly' : result
}

function subjectOf(run: WorkflowRun, services: readonly ServiceReport[]): string {
  if (services.length === 0) return `${run.repository.split('/').pop()} · ${run.job}`
  const versions = new Set(services.map(({ version }) => version))
  const names = services.map(nameOf).join(', ')
  const [only = ''] = versions
  if (versions.size === 1) return only ? `${names} → ${only}` : names
  return services.map((one) => (one.version ? `${nameOf(one)} → ${one.version}` : nameOf(one))).join(', ')
}

function nameOf({ name, from }: ServiceReport): string {
  return from ? `${name} ${from}` : name
}

function warningsOf({ record, job }: ReportInput): string[] {
  const own = new Set(job.steps.filter(({ action }) => action === 'notify-slack').map(({ id }) => id))
  const shown = record.flatMap((line) => {
    if (line.event !== 'note' || line.level !== 'warning' || own.has(line.step)) return []
    return [line.host ? `${line.host}: ${firstLine(line.text)}` : firstLine(line.text)]
  })
  return [...new Set(shown)]
}
