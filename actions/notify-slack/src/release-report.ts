import {
  foreignFailure,
  type JobState,
  type JournalStep,
  jobResult,
  resultOf,
  serviceOutcomes,
} from '@belay/action-kit'
import {
  type Move,
  type RecordEvent,
  type RecordLine,
  type Release,
  type Result,
  results,
  versionName,
  type WorkflowRun,
  worstResult,
} from '@belay/release-model'
import type { JobStatus } from './inputs.ts'

/** All that a report is built from. */
export interface ReportInput {
  readonly record: readonly RecordLine[]
  readonly job: JobState
  readonly run: WorkflowRun
  /** `running` until the last post, then the status of the job. */
  readonly status: 'running' | JobStatus
}

/**
 * The outcome of a service or of the whole job, never worded better than it is. `partly`: one part was committed and a
 * service was not released. `nothing`: the job had no Belay step that changes anything.
 */
export type Conclusion = 'running' | 'nothing' | 'partly' | Exclude<Result, 'pending'>

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
}

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

/** One host, or another target that a step changes. */
export interface TargetReport {
  readonly name: string
  readonly result: Result | 'waiting' | 'stays'
  readonly detail: string
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

function movesOf(steps: readonly JournalStep[]): Move[] {
  return steps.flatMap(({ armed, moved }) => [...armed, ...moved].flatMap(({ move }) => move ?? []))
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

/** A superseded release ends before its first change. */
function isSuperseded({ steps }: JobState): boolean {
  return steps.some(({ ended }) => ended?.result === 'superseded')
}

/** After the last post no step can decide a `pending` result any more: it is unknown. */
function finalResult(result: Result): Exclude<Result, 'pending'> {
  return result === 'pending' ? 'unknown' : result
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

function servicesOf(input: ReportInput, allSteps: readonly StepReport[]): ServiceReport[] {
  const releases = releasesOf(input)
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
      targets: steps.flatMap((step) => targetsOf(step, input)),
    }
  })
}

/** Journal and record hold the same releases; a step used without `release` may have written to only one of them. */
function releasesOf({ job, record }: ReportInput): Release[] {
  return [...job.releases, ...record.flatMap((line) => (line.event === 'release-began' ? [line.release] : []))]
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

/** Drops the service from `acme-api on deploy@203.0.113.7`: the line stands below its service. */
function withoutService(target: string, service: string | undefined): string {
  const prefix = `${service} on `
  return target.startsWith(prefix) ? target.slice(prefix.length) : target
}

/**
 * The steps worth a line: changing steps, gates and failed steps. A gate knows no service of its own: it belongs to the
 * release that is open around it, or to the only release of the job.
 */
function stepReportsOf(input: ReportInput): StepReport[] {
  const steps = new Map<string, StepReport & { mutates: boolean }>()
  const services = new Set(releasesOf(input).map(({ service }) => service))
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
        name: line.command && line.command !== 'deploy' ? `${line.action} ${line.command}` : line.action,
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

function warningsOf({ record, job }: ReportInput): string[] {
  const own = new Set(job.steps.filter(({ action }) => action === 'notify-slack').map(({ id }) => id))
  const shown = record.flatMap((line) => {
    if (line.event !== 'note' || line.level !== 'warning' || own.has(line.step)) return []
    return [line.host ? `${line.host}: ${firstLine(line.text)}` : firstLine(line.text)]
  })
  return [...new Set(shown)]
}

/** The list items of a message. */
function listItems(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []))
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
