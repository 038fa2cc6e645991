import { sleep } from './clock.ts'
import { Interrupted } from './failure.ts'

/** What a failed attempt says about a retry. */
export interface RetryableError {
  /** Whether the same may succeed a moment later. */
  readonly retryable: boolean
  /** Whether the other side may have done it, though the attempt failed. */
  readonly maybeDelivered: boolean
  /** Milliseconds that the other side asks to wait (`Retry-After`); undefined where it names none. */
  readonly waitMs: number | undefined
}

/** How one attempt ended. */
export type Tried<T, P extends RetryableError> = { readonly value: T } | { readonly trouble: P }

export interface RetryRules<P extends RetryableError> {
  /** Whether it may be done twice. If not, it is not sent again once the other side may have done it. */
  readonly repeatable: boolean
  /** In total; if undefined, as many as the time allows. */
  readonly attempts?: number
  /** Milliseconds that are left of a budget that others may share. Without it only `attempts` limits. */
  readonly leftMs?: () => number
  /** With fewer milliseconds left no attempt begins. */
  readonly leastMs?: number
  /** Milliseconds to wait after so many failed attempts, where the other side names none. */
  readonly backoffMs: (failed: number, trouble: P) => number
  /** The longest pause, in milliseconds; a longer one is shortened to it. */
  readonly longestPauseMs?: number
  /** Waits, and no longer once the signal is aborted; `sleep` by default. */
  readonly pause?: (ms: number) => Promise<void>
  /** Aborted, it ends a pause, and no attempt begins any more. */
  readonly signal?: AbortSignal
  /** Called for each failed attempt that is followed by another one. */
  readonly onPause?: (trouble: P, ms: number) => void
}

/**
 * Repeats `once` until it succeeds, until a retry is useless or might do it twice, or until the attempts or the time are
 * used up or the signal is aborted. Returns the last attempt; undefined where there was no time for one. Throws what
 * `once` throws.
 */
export async function retry<T, P extends RetryableError>(
  once: () => Promise<Tried<T, P>>,
  rules: RetryRules<P>,
): Promise<Tried<T, P> | undefined> {
  const { signal, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules
  const { pause = (ms: number) => sleep(ms, signal) } = rules
  let last: Tried<T, P> | undefined
  for (let attempts = 1; !signal?.aborted && leftMs() >= leastMs; attempts++) {
    last = await once()
    if ('value' in last || !mayRepeat(last.trouble, rules.repeatable) || attempts === rules.attempts) return last
    const wait = Math.min(
      last.trouble.waitMs ?? rules.backoffMs(attempts, last.trouble),
      rules.longestPauseMs ?? Number.POSITIVE_INFINITY,
    )
    // A pause after which no time is left for an attempt only delays the end.
    if (signal?.aborted || wait + leastMs > leftMs()) return last
    rules.onPause?.(last.trouble, wait)
    await pause(wait)
  }
  return last
}

/** Rules for what fails by throwing, and may be done twice. */
export interface ErrorRetryRules extends Pick<RetryRules<never>, 'pause' | 'signal'> {
  readonly attempts: number
  readonly backoffMs: (failed: number) => number
  /** Whether the same may succeed a moment later. */
  readonly isRetryable: (error: unknown) => boolean
}

/**
 * As `retry`, for what fails by throwing, and may be done twice.
 * @throws what the last attempt threw; Interrupted where the signal is aborted
 */
export async function retryErrors<T>(once: () => Promise<T>, rules: ErrorRetryRules): Promise<T> {
  const { isRetryable, ...others } = rules
  const tried = await retry<T, RetryableError & { error: unknown }>(
    async () => {
      try {
        return { value: await once() }
      } catch (error) {
        return { trouble: { error, retryable: isRetryable(error), maybeDelivered: false, waitMs: undefined } }
      }
    },
    { ...others, repeatable: true },
  )
  if (tried && 'value' in tried) return tried.value
  if (!tried || rules.signal?.aborted) throw new Interrupted()
  throw tried.trouble.error
}

/**
 * Milliseconds to wait after so many failed attempts: `firstMs`, then twice as long each time, `longestMs` at most.
 * `factor` spreads what many jobs would do at the same moment. Pure but for it.
 */
export function doubling(
  firstMs: number,
  { longestMs = Number.POSITIVE_INFINITY, factor = () => 1 }: { longestMs?: number; factor?: () => number } = {},
): (failed: number) => number {
  return (failed) => Math.min(longestMs, firstMs * 2 ** (failed - 1)) * factor()
}

function mayRepeat({ retryable: passing, maybeDelivered }: RetryableError, repeatable: boolean): boolean {
  return passing && (repeatable || !maybeDelivered)
}
