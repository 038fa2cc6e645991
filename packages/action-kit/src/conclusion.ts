import { type Move, type RecordLine, type Result, versionName } from '@belay/release'
import { reasonToUndo } from './decision.ts'
import type { JobState, JournalStep } from './journal.ts'

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
    const places = concluded.job.steps.filter((step) => step.service === service).flatMap(placesOf)
    return places.length > 0 ? [concludeService(service, places, concluded)] : []
  })
}

/** One target that users are moved on. */
interface Place {
  readonly name: string
  readonly move: Move
  readonly result: Result
}

function placesOf({ armed, settled }: JournalStep): Place[] {
  return armed.flatMap(({ name, move }) =>
    move ? [{ name, move, result: settled.find(({ target }) => target === name)?.result ?? 'unknown' }] : [],
  )
}

function concludeService(service: string, places: readonly Place[], concluded: Concluded): Conclusion {
  const results = new Set(places.map(({ result }) => result))
  const [result = 'unknown'] = results
  const to = namesOf(places, 'to')
  const from = namesOf(places, 'from')
  const whole = results.size === 1 ? sentence(result, from, to, places, concluded) : undefined
  if (whole) return { service, result, text: `${service}: ${whole}` }
  return {
    service,
    result: 'mixed',
    text: `${service} is not the same everywhere: ${places.map(whatServes).join('; ')}`,
  }
}

function sentence(
  result: Result,
  from: string,
  to: string,
  places: readonly Place[],
  { job, record, status, actor }: Concluded,
): string | undefined {
  const where = places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`
  const back = places.some(({ move }) => move.back)
  switch (result) {
    case 'committed':
      if (!back) return `${to} serves ${where}${from ? ` (before: ${from})` : ''}`
      return `${to} serves again ${where} (${actor} went back from ${from || 'what was live'}${job.reason ? `: ${job.reason}` : ''})`
    case 'rolled-back':
      if (from === '')
        return `${to} was rolled back ${where}, and no release of Belay served before (${whyUndone(job, record, status)})`
      return `${from} ${back ? 'still serves' : 'serves again'} ${where} (${to} was rolled back: ${whyUndone(job, record, status)})`
    default:
      return undefined
  }
}

function namesOf(places: readonly Place[], side: 'from' | 'to'): string {
  const names = new Set(places.map(({ move }) => versionName(move[side].version)).filter(Boolean))
  return [...names].join(' and ')
}

function whatServes({ name, move, result }: Place): string {
  const host = name.replace(/^.* on /, '')
  if (result === 'committed') return `${versionName(move.to.version)} serves on ${host}`
  if (result === 'rolled-back') return `${versionName(move.from.version) || 'what was there before'} serves on ${host}`
  return `not known of ${host}`
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
