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

/** All that a story is told from. */
export interface ReportInput {
  readonly record: readonly RecordLine[]
  readonly job: JobState
  readonly run: WorkflowRun
  /** `running` until the last post; then how the job ended. */
  readonly status: 'running' | JobStatus
}

/**
 * How a service or the whole job ended, never better than it is: `partly` is a commit beside a service that was not
 * released, `nothing` a job in which no step of Belay's was to change anything.
 */
export type Conclusion = 'running' | 'nothing' | 'partly' | Exclude<Result, 'pending'>

/** What there is to say, in order of weight, as plain text that nobody has escaped or cut yet. */
export interface ReleaseReport {
  readonly run: WorkflowRun
  readonly status: ReportInput['status']
  readonly conclusion: Conclusion
  /** Environments and `service → version`, or repository and job while no release is known. */
  readonly environment: string
  readonly subject: string
  /** Which version serves now, a sentence for each service whose users were moved. */
  readonly serving: readonly string[]
  /** The job goes back to an older release, or did. */
  readonly isRollback: boolean
  /** Failed steps, in Belay's own words. */
  readonly failures: readonly StepReport[]
  /** Where no step of Belay's own failed: where the one that did stands. */
  readonly externalFailure: string
  readonly decision: { readonly decision: string; readonly why: string } | undefined
  /** Worst first. */
  readonly services: readonly ServiceReport[]
  /** Steps that belong to no one service. */
  readonly otherSteps: readonly StepReport[]
  readonly warnings: readonly string[]
}

export interface ServiceReport {
  readonly name: string
  readonly environment: string
  /** Empty where no release of the service was made. */
  readonly version: string
  /** What an older release replaces, where the job goes back; else empty. */
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
  /** Of a failure: its code, and the first line of its message, which is Belay's. */
  readonly code: string | undefined
  readonly reason: string | undefined
  /** The single errors of a failure that has several: an input each. */
  readonly errors: readonly string[]
  readonly remedy: string | undefined
}

/** One host, or whatever else a step changes. */
export interface TargetReport {
  readonly name: string
  readonly result: Result | 'waiting' | 'stays'
  readonly detail: string
}

/** Tells a job. Pure. */
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

/** By what was asked for, until it is known what users get. */
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

/** What each ending is called. */
export function conclusionWord(conclusion: Conclusion | TargetReport['result']): string {
  return conclusionWords[conclusion] ?? conclusion
}

const conclusionWords: Partial<Record<Conclusion | TargetReport['result'], string>> = {
  nothing: 'nothing changed',
  partly: 'committed in part',
  noop: 'already live',
  unchanged: 'not released',
  'rolled-back': 'rolled back',
  'undo-started': 'told to go back, not seen',
  waiting: 'waits to be confirmed',
}

/** From what needs no look to what needs one most. */
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

/** A release that was overtaken ends before anything that would change something. */
function isSuperseded({ steps }: JobState): boolean {
  return steps.some(({ ended }) => ended?.result === 'superseded')
}

/** At the end `pending` would be a promise that nobody keeps. */
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

/** Journal and record say the same; a step alone may have written to one of them only. */
function releasesOf({ job, record }: ReportInput): Release[] {
  return [...job.releases, ...record.flatMap((line) => (line.event === 'release-began' ? [line.release] : []))]
}

/** A version that is the sha itself is told as people know it, by its first seven digits. */
function versionOf({ version, sha }: Pick<Release, 'version' | 'sha'>): string {
  const short = sha.slice(0, 7)
  return version === sha || version === '' ? short : `${version} (${short})`
}

function serviceConclusion(status: ReportInput['status'], steps: readonly JournalStep[]): Conclusion {
  if (status === 'running') return 'running'
  if (steps.length === 0) return 'unchanged'
  const result = finalResult(worstResult(steps.map(resultOf)))
  // A workflow may tolerate a step that failed; what the steps before it reached is then not the whole of it.
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
      detail: status === 'running' ? '' : 'nobody could see what became of it',
    })),
  ]
  return targets
    .map((target) => ({ ...target, name: withoutService(target.name, step.service) }))
    .toSorted((a, b) => results.indexOf(b.result as Result) - results.indexOf(a.result as Result))
}

/** `acme-api on deploy@203.0.113.7` stands below its service already. */
function withoutService(target: string, service: string | undefined): string {
  const prefix = `${service} on `
  return target.startsWith(prefix) ? target.slice(prefix.length) : target
}

/**
 * The steps worth a line: those that change something, gates, and whatever failed. A gate knows no service of its
 * own: it belongs to the release that is open around it, or to the only one there is.
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
      // Why a gate did not pass is the reason of its failure, told there.
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
        // The other lines may hold what hosts and services said.
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

/** The items of a message that is a list. */
function listItems(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []))
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
