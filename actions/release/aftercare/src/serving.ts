import { monotonicSeconds, sleep } from '@belay/action-kit'
import { httpTarget, type InstanceHistory, runGate, type VersionSource } from '@belay/probe'

/**
 * What the users of a service get, seen from outside. `mixed`: instances differ, or some do not answer; `other`: a
 * version that this release knows nothing of.
 */
export interface Serving {
  readonly serves: 'new' | 'previous' | 'mixed' | 'other' | 'nobody' | 'unseen'
  readonly detail: string
}

export interface ServingQuery {
  readonly urls: readonly URL[]
  readonly versionFrom: VersionSource
  /** The commit that was to be released, and the one before it where that is known. */
  readonly sha: string
  readonly previous: string | undefined
  /** Seconds after which every countdown has ended. */
  readonly waitSeconds: number
}

/** Of the last look, in milliseconds, once all countdowns have ended. */
const finalProbeMs = 30_000

/**
 * Waits until every instance serves the former release, or all countdowns have ended: before that a new release that
 * serves may still go back. Then it is what it is.
 */
export async function observeServing(query: ServingQuery, signal: AbortSignal): Promise<Serving> {
  const { urls, sha, previous, waitSeconds } = query
  if (urls.length === 0) return { serves: 'unseen', detail: 'no URLs are given to look at' }
  const ends = monotonicSeconds() + waitSeconds
  if (waitSeconds > 0 && previous !== undefined && previous !== sha) {
    const back = await runProbe(query, previous, waitSeconds * 1000, signal)
    if (back.verdict === 'pass') return { serves: 'previous', detail: back.reason }
  }
  // A look may end early, where waiting could not fix what it saw.
  await sleep(Math.max(0, ends - monotonicSeconds()) * 1000, signal)
  signal.throwIfAborted()
  const { histories: tracks, reason } = await runProbe(query, sha, finalProbeMs, signal)
  return { serves: classify(tracks.map(lastVersion), sha, previous), detail: reason }
}

function runProbe({ urls, versionFrom }: ServingQuery, version: string, deadlineMs: number, signal: AbortSignal) {
  const expected = { statuses: [{ from: 200, to: 299 }], version, versionFrom }
  const rules = { successes: 5, intervalMs: 2000, timeoutMs: 5000, deadlineMs }
  return runGate(
    urls.map((url) => httpTarget(url, expected)),
    rules,
    signal,
  )
}

/** The version that an instance serves now; undefined where it does not answer as it should. */
function lastVersion({ samples }: InstanceHistory): string | undefined {
  const last = samples.at(-1)
  return last?.kind === 'pass' || last?.kind === 'wrong-version' ? last.version : undefined
}

/** By what each instance answered last; undefined is one that gave no answer. Pure. */
export function classify(
  versions: readonly (string | undefined)[],
  sha: string,
  previous: string | undefined,
): Serving['serves'] {
  const [first, ...others] = versions
  if (versions.every((version) => version === undefined)) return 'nobody'
  if (others.some((version) => version !== first)) return 'mixed'
  if (first === sha) return 'new'
  return first === previous ? 'previous' : 'other'
}
