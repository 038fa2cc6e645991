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
export interface Told {
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
export type Ending = 'running' | 'nothing' | 'partly' | Exclude<Result, 'pending'>

/** What there is to say, in order of weight, as plain text that nobody has escaped or cut yet. */
export interface Story {
  readonly run: WorkflowRun
  readonly status: Told['status']
  readonly ending: Ending
  /** Environments and `service → version`, or repository and job while no release is known. */
  readonly environment: string
  readonly subject: string
  /** Which version serves now, a sentence for each service whose users were moved. */
  readonly serves: readonly string[]
  /** The job goes back to an older release, or did. */
  readonly back: boolean
  /** Failed steps, in Belay's own words. */
  readonly failures: readonly Stage[]
  /** Where no step of Belay's own failed: where the one that did stands. */
  readonly foreign: string
  readonly decision: { readonly decision: string; readonly why: string } | undefined
  /** Worst first. */
  readonly services: readonly ServiceStory[]
  /** Steps that belong to no one service. */
  readonly others: readonly Stage[]
  readonly warnings: readonly string[]
}

export interface ServiceStory {
  readonly name: string
  readonly environment: string
  /** Empty where no release of the service was made. */
  readonly version: string
  /** What an older release replaces, where the job goes back; else empty. */
  readonly from: string
  readonly ending: Ending
  readonly stages: readonly Stage[]
  readonly targets: readonly TargetStory[]
}

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

/** One host, or whatever else a step changes. */
export interface TargetStory {
  readonly name: string
  readonly result: Result | 'waiting' | 'stays'
  readonly detail: string
}

/** Tells a job. Pure. */
export function tellStory(told: Told): Story {
  const stages = stagesOf(told)
  const services = servicesOf(told, stages)
  return {
    run: told.run,
    status: told.status,
    ending: endingOf(told, services),
    environment: [...new Set(services.map(({ environment }) => environment).filter(Boolean))].join(', '),
    subject: subjectOf(told.run, services),
    serves: servesOf(told),
    back: isBack(told),
    foreign: foreignFailure(told.job),
    failures: stages.filter(({ state }) => state === 'failed' || state === 'stopped'),
    decision: told.job.decided,
    services: services.toSorted((a, b) => order.indexOf(b.ending) - order.indexOf(a.ending)),
    others: stages.filter(({ service }) => service === undefined),
    warnings: warningsOf(told),
  }
}

function servesOf({ job, record, run, status }: Told): string[] {
  return status === 'running' ? [] : serviceOutcomes({ job, record, status, actor: run.actor }).map(({ text }) => text)
}

/** By what was asked for, until it is known what users get. */
function isBack({ job }: Told): boolean {
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
export function wordOf(ending: Ending | TargetStory['result']): string {
  return words[ending] ?? ending
}

const words: Partial<Record<Ending | TargetStory['result'], string>> = {
  nothing: 'nothing changed',
  partly: 'committed in part',
  noop: 'already live',
  unchanged: 'not released',
  'rolled-back': 'rolled back',
  'undo-started': 'told to go back, not seen',
  waiting: 'waits to be confirmed',
}

/** From what needs no look to what needs one most. */
const order: readonly Ending[] = [
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

function endingOf({ job, status }: Told, services: readonly ServiceStory[]): Ending {
  if (status === 'running') return 'running'
  const mutating = job.steps.filter(({ mutates }) => mutates)
  if (mutating.length === 0 && isSuperseded(job)) return 'superseded'
  if (mutating.length === 0) return status === 'success' ? 'nothing' : 'unchanged'
  const result = seen(jobResult(job))
  const lacking = services.some(({ ending }) => ending === 'unchanged' || ending === 'partly')
  return result === 'committed' && lacking ? 'partly' : result
}

/** A release that was overtaken ends before anything that would change something. */
function isSuperseded({ steps }: JobState): boolean {
  return steps.some(({ ended }) => ended?.result === 'superseded')
}

/** At the end `pending` would be a promise that nobody keeps. */
function seen(result: Result): Exclude<Result, 'pending'> {
  return result === 'pending' ? 'unknown' : result
}

function subjectOf(run: WorkflowRun, services: readonly ServiceStory[]): string {
  if (services.length === 0) return `${run.repository.split('/').pop()} · ${run.job}`
  const versions = new Set(services.map(({ version }) => version))
  const names = services.map(nameOf).join(', ')
  const [only = ''] = versions
  if (versions.size === 1) return only ? `${names} → ${only}` : names
  return services.map((one) => (one.version ? `${nameOf(one)} → ${one.version}` : nameOf(one))).join(', ')
}

function nameOf({ name, from }: ServiceStory): string {
  return from ? `${name} ${from}` : name
}

function servicesOf(told: Told, stages: readonly Stage[]): ServiceStory[] {
  const releases = releasesOf(told)
  const named = [...releases.map(({ service }) => service), ...stages.flatMap(({ service }) => service ?? [])]
  return [...new Set(named)].map((name) => {
    const release = releases.find(({ service }) => service === name)
    const chosen = told.job.chosen.findLast(({ service }) => service === name)?.release
    const steps = told.job.steps.filter((step) => step.mutates && step.service === name)
    return {
      name,
      environment: release?.environment ?? '',
      from: [...new Set(movesOf(steps).flatMap(({ back, from }) => (back ? versionName(from.version) : [])))].join(
        ', ',
      ),
      version: chosen ? versionOf(chosen) : release ? versionOf(release) : '',
      ending: steps.length === 0 && isSuperseded(told.job) ? 'superseded' : serviceEnding(told.status, steps),
      stages: stages.filter(({ service }) => service === name),
      targets: steps.flatMap((step) => targetsOf(step, told)),
    }
  })
}

/** Journal and record say the same; a step alone may have written to one of them only. */
function releasesOf({ job, record }: Told): Release[] {
  return [...job.releases, ...record.flatMap((line) => (line.event === 'release-began' ? [line.release] : []))]
}

/** A version that is the sha itself is told as people know it, by its first seven digits. */
function versionOf({ version, sha }: Pick<Release, 'version' | 'sha'>): string {
  const short = sha.slice(0, 7)
  return version === sha || version === '' ? short : `${version} (${short})`
}

function serviceEnding(status: Told['status'], steps: readonly JournalStep[]): Ending {
  if (status === 'running') return 'running'
  if (steps.length === 0) return 'unchanged'
  const result = seen(worstResult(steps.map(resultOf)))
  // A workflow may tolerate a step that failed; what the steps before it reached is then not the whole of it.
  const lacking = steps.at(-1)?.ended?.ok === false
  if (result === 'committed' && lacking) return 'partly'
  return result === 'noop' && lacking ? 'unchanged' : result
}

function targetsOf(step: JournalStep, { status }: Told): TargetStory[] {
  const silent = step.armed.filter(({ name }) => !step.outcomes.some(({ target }) => target === name))
  const targets: TargetStory[] = [
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
function stagesOf(told: Told): Stage[] {
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

function warningsOf({ record, job }: Told): string[] {
  const own = new Set(job.steps.filter(({ action }) => action === 'notify-slack').map(({ id }) => id))
  const told = record.flatMap((line) => {
    if (line.event !== 'note' || line.level !== 'warning' || own.has(line.step)) return []
    return [line.host ? `${line.host}: ${firstLine(line.text)}` : firstLine(line.text)]
  })
  return [...new Set(told)]
}

/** The items of a message that is a list. */
function listed(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []))
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}
