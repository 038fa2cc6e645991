/** What a failed attempt says of a next one. */
export interface RetryableError {
  /** Whether the same may go well a moment later. */
  readonly retryable: boolean
  /** Whether the other side may have done it all the same. */
  readonly maybeDelivered: boolean
  /** Milliseconds that the other side asks to wait (`Retry-After`); undefined where it names none. */
  readonly waitMs: number | undefined
}

/** How one attempt ended. */
export type Tried<T, P extends RetryableError> = { readonly value: T } | { readonly trouble: P }

export interface RetryRules<P extends RetryableError> {
  /** Whether doing it twice is as good as once. Where not, it is sent at most once to a side that may have done it. */
  readonly repeatable: boolean
  /** In all; without a number as many as the time allows. */
  readonly attempts?: number
  /** Milliseconds that are left, of a budget that others may share. Without it only `attempts` bounds. */
  readonly leftMs?: () => number
  /** Milliseconds without which an attempt is not worth a beginning. */
  readonly leastMs?: number
  /** Milliseconds to wait after so many attempts, where the other side asks for none. */
  readonly backoffMs: (attempts: number) => number
  /** A pause asked for that is longer than this is cut to it. */
  readonly longestPauseMs?: number
  /** Waits, and no longer once the signal is aborted. */
  readonly pause: (ms: number) => Promise<void>
  readonly signal: AbortSignal
  /** Hears of each trouble that is tried again. */
  readonly onPause?: (trouble: P, ms: number) => void
}

/**
 * Tries until it is done, until trying again would be of no use or might do it twice, or until attempts, time or signal
 * are spent. Returns how the last attempt ended; undefined where there was no time for one. Throws what `once` throws.
 */
export async function retry<T, P extends RetryableError>(
  once: () => Promise<Tried<T, P>>,
  rules: RetryRules<P>,
): Promise<Tried<T, P> | undefined> {
  const { signal, pause, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules
  let last: Tried<T, P> | undefined
  for (let attempts = 1; !signal.aborted && leftMs() >= leastMs; attempts++) {
    last = await once()
    if ('value' in last || !mayRepeat(last.trouble, rules.repeatable) || attempts === rules.attempts) return last
    const wait = Math.min(
      last.trouble.waitMs ?? rules.backoffMs(attempts),
      rules.longestPauseMs ?? Number.POSITIVE_INFINITY,
    )
    // A pause after which no time is left for an attempt only delays the end.
    if (signal.aborted || wait + leastMs > leftMs()) return last
    rules.onPause?.(last.trouble, wait)
    await pause(wait)
  }
  return last
}

function mayRepeat({ retryable: passing, maybeDelivered }: RetryableError, repeatable: boolean): boolean {
  return passing && (repeatable || !maybeDelivered)
}
