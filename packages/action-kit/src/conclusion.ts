import { type Move, type RecordLine, type Result, type Serving, versionName } from '@belay/release-model'
import { reasonToUndo } from './decision.ts'
import type { JobState, JournalStep } from './job-state.ts'

/** What users of one service get once its job is over, in one sentence. */
export interface Conclusion {
  readonly service: string
  readonly result: Result
  readonly text: string
}

/** What a job is concluded from. */
export interface Concluded {
  readonly job: JobState
  readonly record: readonly RecordLine[]
  readonly status: string
  readonly actor: string
}

/**
 * Concludes a job: which version serves now, and what became of the other one. Only of services whose users were moved,
 * or were to be. Pure.
 */
export function conclude(concluded: Concluded): Conclusion[] {
  const services = new Set(concluded.job.steps.flatMap(({ service }) => service ?? []))
  return [...services].flatMap((service) => {
    const own = concluded.job.steps.filter((step) => step.service === service)
    const places = lastOfEach(own.flatMap((step) => placesOf(step, concluded.job)))
    return places.length > 0 ? [concludeService(service, places, concluded)] : []
  })
}

/** One target that users are moved on. */
interface Place {
  readonly name: string
  readonly move: Move
  readonly result: Result
  readonly detail: string
  /** One of the servers; else a service that somebody else runs, such as Render. */
  readonly host: boolean
}

function placesOf(step: JournalStep, job: JobState): Place[] {
  const { armed, moved, settled } = step
  const place = (name: string, move: Move, host: boolean, otherwise: Result): Place => {
    const { result = otherwise, detail = '' } = settled.find(({ target }) => target === name) ?? {}
    return { name, move, result, detail, host }
  }
  return [
    ...armed.flatMap(({ name, move }) => (move ? [place(name, move, true, 'unknown')] : [])),
    ...moved.map(({ name, move }) => place(name, move, false, unconfirmed(step, job))),
  ]
}

/** Of what waits for no confirmation: it stays where its step ended well, and was final or committed with the job. */
function unconfirmed({ ended }: JournalStep, { decided }: JobState): Result {
  const stays =
    ended?.ok && (ended.result === 'committed' || (ended.result === 'pending' && decided?.decision === 'commit'))
  return stays ? 'committed' : 'unknown'
}

/** A job that goes back moves a target twice: what its last step did there is what holds. */
function lastOfEach(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.name, place])).values()]
}

function concludeService(service: string, places: readonly Place[], concluded: Concluded): Conclusion {
  const whole = wholeResult(places)
  if (whole) return { service, result: whole, text: `${service}: ${sentence(whole, places, concluded)}` }
  const [first, ...others] = places as [Place, ...Place[]]
  if (others.length === 0) return { service, result: first.result, text: `${service}: ${whatServes(first)}` }
  const known = new Set(places.flatMap((place) => serving(place) ?? []))
  const differs = known.size > 1 ? 'is not the same everywhere' : 'may not be the same everywhere'
  return { service, result: 'mixed', text: `${service} ${differs}: ${places.map(whatServes).join('; ')}` }
}

/** What became of the service as a whole, where all hosts serve one and the same; else undefined. */
function wholeResult(places: readonly Place[]): 'committed' | 'rolled-back' | 'unchanged' | undefined {
  const results = new Set(places.map(({ result }) => result))
  const from = new Set(places.map(({ move }) => nameOf(move.from)))
  const to = new Set(places.map(({ move }) => nameOf(move.to)))
  if (results.size === 1 && results.has('committed')) return to.size === 1 ? 'committed' : undefined
  if (places.some((place) => !isBefore(place)) || from.size > 1) return undefined
  return results.has('rolled-back') ? 'rolled-back' : 'unchanged'
}

/** What served before the job serves there: it came back, or never went. */
function isBefore({ result }: Place): boolean {
  return result === 'rolled-back' || result === 'unchanged'
}

function sentence(
  whole: 'committed' | 'rolled-back' | 'unchanged',
  places: readonly Place[],
  { job, record, status, actor }: Concluded,
): string {
  const where = whereOf(places)
  const back = places.some(({ move }) => move.back)
  const [to, from] = [namesOf(places, 'to'), namesOf(places, 'from')]
  const why = () => whyUndone(job, record, status)
  switch (whole) {
    case 'committed':
      if (!back) return `${to} serves ${where}${from ? ` (before: ${from})` : ''}`
      return `${to} serves again ${where} (${actor} went back from ${from || 'what was live'}${job.reason ? `: ${job.reason}` : ''})`
    case 'rolled-back':
      if (from === '') return `${to} was rolled back ${where}, and no release of Belay served before (${why()})`
      return `${from} ${back ? 'still serves' : 'serves again'} ${where} (${to} was rolled back: ${why()})`
    case 'unchanged':
      if (from === '') return `nothing was changed ${where}, and no release of Belay served before (${why()})`
      return `${from} still serves ${where} (${to} was not released: ${why()})`
  }
}

function whereOf(places: readonly Place[]): string {
  // `api on Render` and `frontend on Render` are both "on Render".
  if (!places.some(({ host }) => host))
    return `on ${[...new Set(places.map(({ name }) => name.replace(/^.* on /, '')))].join(' and ')}`
  return places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`
}

function namesOf(places: readonly Place[], side: 'from' | 'to'): string {
  const names = new Set(places.map(({ move }) => nameOf(move[side])).filter(Boolean))
  return [...names].join(' and ')
}

function nameOf({ version }: Serving): string {
  return versionName(version)
}

/** The version that serves on a host, in words; undefined where that is not known. */
function serving(place: Place): string | undefined {
  if (place.result === 'committed') return nameOf(place.move.to)
  return isBefore(place) ? nameOf(place.move.from) || 'what was there before' : undefined
}

function whatServes(place: Place): string {
  const host = place.host ? place.name.replace(/^.* on /, '') : place.name
  const version = serving(place)
  if (version !== undefined) return `${version} serves ${place.host ? 'on' : 'as'} ${host}`
  return place.detail === '' ? `not known of ${host}` : `${host}: ${place.detail.replace(/\s*\n\s*/g, ' ')}`
}

/** Why a job was undone, in as few words as a headline has room for. The step that failed is named where Belay can. */
export function whyUndone(job: JobState, record: readonly RecordLine[], status: string): string {
  if (status === 'cancelled') return 'the job was cancelled'
  // A step that refuses to begin after another one's failure is not the reason.
  const failed = record.findLast((line) => line.event === 'step-ended' && !line.ok && line.code !== 'job-failed')
  if (failed) {
    const action = job.steps.find(({ id }) => id === failed.step)?.action ?? failed.step
    return `${action} failed`
  }
  const [stopped] = job.steps.filter(({ mutates, ended }) => mutates && !ended)
  if (stopped) return `${stopped.action} was stopped before its end`
  if (status === 'failure') return foreignFailure(job)
  return job.decided?.why ?? reasonToUndo(job, status) ?? 'not known'
}

/** The runner does not say which step failed; what Belay knows is between which of its own it stood. */
export function foreignFailure(job: JobState): string {
  const last = job.steps.findLast(({ ended }) => ended)
  const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : ''
  return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`
}
