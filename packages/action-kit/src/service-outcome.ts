import { type Move, type Result, type Serving, versionName } from '@belay/release-model'
import { reasonToUndo } from './decision.ts'
import type { RecordLine } from './events.ts'
import type { JobState, JournalStep } from './job-state.ts'

/** The outcome of a job for one service, in one sentence. */
export interface ServiceOutcome {
  readonly service: string
  readonly result: Result
  readonly text: string
}

/** What the outcomes of a job are derived from. */
export interface JobEvidence {
  readonly job: JobState
  readonly record: readonly RecordLine[]
  readonly status: string
  readonly actor: string
}

/**
 * The outcomes of a job: which version of each service serves now, and what became of the other one. Only of services
 * with a change that users see, made or planned. Pure.
 */
export function serviceOutcomes(evidence: JobEvidence): ServiceOutcome[] {
  const services = new Set(evidence.job.steps.flatMap(({ service }) => service ?? []))
  return [...services].flatMap((service) => {
    const own = evidence.job.steps.filter((step) => step.service === service)
    const targets = lastOfEach(own.flatMap((step) => movedTargets(step, evidence.job)))
    return targets.length > 0 ? [serviceOutcome(service, targets, evidence)] : []
  })
}

/** One target whose change users see. */
interface MovedTarget {
  readonly name: string
  readonly move: Move
  readonly result: Result
  readonly detail: string
  /** A server, a proxy before other servers, or a provider that runs the service, such as Render. */
  readonly place: 'host' | 'proxy' | 'provider'
}

function movedTargets(step: JournalStep, job: JobState): MovedTarget[] {
  const { armed, moved, outcomes } = step
  const target = (name: string, move: Move, place: MovedTarget['place'], otherwise: Result): MovedTarget => {
    const { result = otherwise, detail = '' } = outcomes.find((outcome) => outcome.target === name) ?? {}
    return { name, move, result, detail, place }
  }
  return [
    ...armed.flatMap(({ name, move, role }) => (move ? [target(name, move, role ?? 'host', 'unknown')] : [])),
    ...moved.map(({ name, move }) => target(name, move, 'provider', unconfirmed(step, job))),
  ]
}

/** The result of a target that is never armed: it stays where its step succeeded, and was final or committed with the job. */
function unconfirmed({ ended }: JournalStep, { decided }: JobState): Result {
  const stays =
    ended?.ok && (ended.result === 'committed' || (ended.result === 'pending' && decided?.decision === 'commit'))
  return stays ? 'committed' : 'unknown'
}

/** A job that rolls back changes a target twice: its last step there counts. */
function lastOfEach(targets: readonly MovedTarget[]): MovedTarget[] {
  return [...new Map(targets.map((target) => [target.name, target])).values()]
}

function serviceOutcome(service: string, targets: readonly MovedTarget[], evidence: JobEvidence): ServiceOutcome {
  const whole = commonResult(targets)
  if (whole) return { service, result: whole, text: `${service}: ${outcomeSentence(whole, targets, evidence)}` }
  const [first, ...others] = targets as [MovedTarget, ...MovedTarget[]]
  if (others.length === 0) return { service, result: first.result, text: `${service}: ${whatServes(first)}` }
  const known = new Set(targets.flatMap((target) => servedVersion(target) ?? []))
  const differs = known.size > 1 ? 'serves different versions' : 'may serve different versions'
  return { service, result: 'mixed', text: `${service} ${differs}: ${targets.map(whatServes).join('; ')}` }
}

/** The result of the service as a whole, where all hosts serve the same version; else undefined. */
function commonResult(targets: readonly MovedTarget[]): 'committed' | 'rolled-back' | 'unchanged' | undefined {
  const results = new Set(targets.map(({ result }) => result))
  const from = new Set(targets.map(({ move }) => nameOf(move.from)))
  const to = new Set(targets.map(({ move }) => nameOf(move.to)))
  if (results.size === 1 && results.has('committed')) return to.size === 1 ? 'committed' : undefined
  if (targets.some((target) => !servesAsBefore(target)) || from.size > 1) return undefined
  return results.has('rolled-back') ? 'rolled-back' : 'unchanged'
}

/** Whether the target serves what served before the job: it was restored, or never changed. */
function servesAsBefore({ result }: MovedTarget): boolean {
  return result === 'rolled-back' || result === 'unchanged'
}

function outcomeSentence(
  whole: 'committed' | 'rolled-back' | 'unchanged',
  targets: readonly MovedTarget[],
  { job, record, status, actor }: JobEvidence,
): string {
  const where = whereOf(targets)
  const back = targets.some(({ move }) => move.back)
  const [to, from] = [namesOf(targets, 'to'), namesOf(targets, 'from')]
  const why = () => whyUndone(job, record, status)
  switch (whole) {
    case 'committed':
      if (!back) return `${to} serves ${where}${from ? ` (before: ${from})` : ''}`
      return `${to} serves again ${where} (${actor} rolled back from ${from || 'what was live'}${job.reason ? `: ${job.reason}` : ''})`
    case 'rolled-back':
      if (from === '') return `${to} was rolled back ${where}, and no release of Belay served before (${why()})`
      return `${from} ${back ? 'still serves' : 'serves again'} ${where} (${to} was rolled back: ${why()})`
    case 'unchanged':
      if (from === '') return `nothing was changed ${where}, and no release of Belay served before (${why()})`
      return `${from} still serves ${where} (${to} was not released: ${why()})`
  }
}

function whereOf(places: readonly MovedTarget[]): string {
  // `api on Render` and `frontend on Render` are both "on Render".
  if (places.every(({ place }) => place === 'provider'))
    return `on ${[...new Set(places.map(({ name }) => name.replace(/^.* on /, '')))].join(' and ')}`
  if (places.every(({ place }) => place === 'proxy'))
    return places.length === 1 ? 'through 1 proxy' : `through ${places.length} proxies`
  return places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`
}

function namesOf(targets: readonly MovedTarget[], side: 'from' | 'to'): string {
  const names = new Set(targets.map(({ move }) => nameOf(move[side])).filter(Boolean))
  return [...names].join(' and ')
}

function nameOf({ version }: Serving): string {
  return versionName(version)
}

/** The version that serves on a host, in words; undefined where that is not known. */
function servedVersion(target: MovedTarget): string | undefined {
  if (target.result === 'committed') return nameOf(target.move.to)
  return servesAsBefore(target) ? nameOf(target.move.from) || 'the version from before this job' : undefined
}

function whatServes(target: MovedTarget): string {
  const { place, detail } = target
  const name = place === 'provider' ? target.name : target.name.replace(/^.* on /, '')
  const version = servedVersion(target)
  if (version !== undefined)
    return `${version} serves ${{ host: 'on', proxy: 'through', provider: 'as' }[place]} ${name}`
  return detail === '' ? `${name}: version not known` : `${name}: ${detail.replace(/\s*\n\s*/g, ' ')}`
}

/** Why a job was undone, short enough for a headline. Names the step that failed where Belay knows it. */
export function whyUndone(job: JobState, record: readonly RecordLine[], status: string): string {
  if (status === 'cancelled') return 'the job was cancelled'
  // A step that refuses to begin after the failure of another step is not the reason.
  const failed = record.findLast((line) => line.event === 'step-ended' && !line.ok && line.code !== 'job-failed')
  if (failed) {
    const action = job.steps.find(({ id }) => id === failed.step)?.action ?? failed.step
    return `${action} failed`
  }
  const [stopped] = job.steps.filter(({ mutates, ended }) => mutates && !ended)
  if (stopped) return `${stopped.action} was stopped before it finished`
  if (status === 'failure') return foreignFailure(job)
  // A job that commits has one where a step left its work to another that never came, or where a target went back too soon.
  const left = job.steps
    .flatMap(({ outcomes }) => outcomes)
    .findLast(({ result }) => result === 'unchanged' || result === 'rolled-back')
  if (job.decided?.decision === 'commit' && left) return left.detail
  return job.decided?.why ?? reasonToUndo(job, status) ?? 'not known'
}

/** The runner does not say which step failed; Belay knows only after which of its own steps it stood. */
export function foreignFailure(job: JobState): string {
  const last = job.steps.findLast(({ ended }) => ended)
  const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : ''
  return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`
}
