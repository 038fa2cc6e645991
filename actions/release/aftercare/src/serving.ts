import { monotonicSeconds, sleep } from '@belay/action-kit'
import { httpTarget, type InstanceHistory, runGate, type VersionSource } from '@belay/probe'

/**
 * What the users of a service get, by its URLs. `mixed`: instances differ, or some do not answer; `other`: a version
 * that this release does not know; `nobody`: no instance answers; `unseen`: the release had no URLs.
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
  /** Seconds after which every confirm timeout has ended. */
  readonly waitSeconds: number
}

/** The deadline of the last probe, in milliseconds, after all confirm timeouts have ended. */
const finalProbeMs = 30_000

/**
 * Waits until every instance serves the previous release, or all confirm timeouts have ended: until then a host that
 * serves the new release may still roll back. What is observed afterwards is final.
 */
export async function observeServing(query: ServingQuery, signal: AbortSignal): Promise<Serving> {
  const { urls, sha, previous, waitSeconds } = query
  if (urls.length === 0) return { serves: 'unseen', detail: 'no URLs are given to check' }
  const ends = monotonicSeconds() + waitSeconds
  if (waitSeconds > 0 && previous !== undefined && previous !== sha) {
    const back = await runProbe(query, previous, waitSeconds * 1000, signal)
    if (back.verdict === 'pass') return { serves: 'previous', detail: back.reason }
  }
  // A probe may end early, where waiting could not change its verdict.
  await sleep(Math.max(0, ends - monotonicSeconds()) * 1000, signal)
  signal.throwIfAborted()
  const { histories, reason } = await runProbe(query, sha, finalProbeMs, signal)
  return { serves: classify(histories.map(lastVersion), sha, previous), detail: reason }
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

/** The version that an instance serves now; undefined where it does not answer as expected. */
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
