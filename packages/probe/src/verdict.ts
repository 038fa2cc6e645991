import type { Cause, Sample, Track } from './sample.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive'

export interface Judgement {
  readonly verdict: Verdict
  /** Names the instances that decided it, what they did last and how often. */
  readonly reason: string
  readonly cause: Cause
}

/**
 * The verdict that is certain before the deadline, if there is one: `pass` when every instance passed `successes`
 * times in a row, up to now; `fail` or `inconclusive` when waiting cannot mend what one of them did. Pure.
 */
export function judgeEarly(tracks: readonly Track[], successes: number): Judgement | undefined {
  const hopeless = tracks.filter(({ samples }) => samples.at(-1)?.fatal)
  if (hopeless.length > 0) return judgement(hopeless, successes)
  if (tracks.length > 0 && tracks.every((track) => passesInARow(track) >= successes)) return passed(tracks, successes)
  return undefined
}

/**
 * The verdict at the deadline, over instances that did not all pass. What an instance did in its last `successes`
 * probes counts: `fail` if one of these measured something other than expected, `inconclusive` if they measured
 * nothing, or too little. Pure.
 */
export function judgeAtDeadline(tracks: readonly Track[], successes: number): Judgement {
  const open = tracks.filter((track) => passesInARow(track) < successes)
  const violating = open.filter((track) => isViolating(track, successes))
  return judgement(violating.length > 0 ? violating : open, successes)
}

function passed(tracks: readonly Track[], successes: number): Judgement {
  const who = tracks.length === 1 ? nameOf(tracks) : `each of ${tracks.length} instances`
  const versions = versionsOf(tracks)
  const version = versions.length === 1 ? ` with version \`${versions[0]}\`` : ''
  return { verdict: 'pass', cause: 'as-expected', reason: `${who} passed ${inARow(successes)}${version}` }
}

function judgement(tracks: readonly Track[], successes: number): Judgement {
  const told = tracks.slice(0, toldInstances).map((track) => tell(track, successes))
  const more = tracks.length > toldInstances ? [`and ${tracks.length - toldInstances} more instances`] : []
  return {
    verdict: tracks.some((track) => isViolating(track, successes)) ? 'fail' : 'inconclusive',
    cause: tracks.map(lastTrouble).find((sample) => sample !== undefined)?.cause ?? 'timeout',
    reason: [...told, ...more].join('; ') || 'there was nothing to probe',
  }
}

/** A reason is read in one message; past these the table of the job summary tells. */
const toldInstances = 3

function tell(track: Track, successes: number): string {
  const { name, samples } = track
  const trouble = lastTrouble(track)
  const passes = passesInARow(track)
  if (samples.length === 0) return `${name}: no probe ended before the deadline`
  if (!trouble) return `${name}: passed only ${inARow(passes)} before the deadline, ${successes} are asked for`
  if (passes > 0)
    return `${name}: passed only ${inARow(passes)}, ${successes} are asked for; before that it ${trouble.said}`
  const same = samples.length - 1 - samples.findLastIndex(({ said }) => said !== trouble.said)
  return `${name}: ${trouble.said} (${share(same, samples.length)})`
}

function share(last: number, all: number): string {
  if (all === 1) return 'its only probe'
  if (last === all) return `all ${all} probes`
  return last === 1 ? `the last of ${all} probes` : `the last ${last} of ${all} probes`
}

function isViolating(track: Track, successes: number): boolean {
  return track.samples.slice(-successes).some(({ kind }) => kind === 'fail' || kind === 'not-yet')
}

function passesInARow({ samples }: Track): number {
  return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'pass')
}

function lastTrouble({ samples }: Track): Sample | undefined {
  return samples.findLast(({ kind }) => kind !== 'pass')
}

/** The versions that the instances reported last, each once. */
export function versionsOf(tracks: readonly Track[]): string[] {
  const last = tracks.map(({ samples }) => samples.findLast(({ version }) => version !== undefined)?.version)
  return [...new Set(last.filter((version) => version !== undefined))]
}

function nameOf(tracks: readonly Track[]): string {
  return tracks.map(({ name }) => name).join(', ')
}

function inARow(count: number): string {
  return count === 1 ? 'once' : `${count} times in a row`
}
