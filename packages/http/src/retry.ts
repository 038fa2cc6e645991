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
  /** Milliseconds to wait after so many attempts, where the other side names none. */
  readonly backoffMs: (attempts: number) => number
  /** The longest pause, in milliseconds; a longer one is shortened to it. */
  readonly longestPauseMs?: number
  /** Waits, and no longer once the signal is aborted. */
  readonly pause: (ms: number) => Promise<void>
  readonly signal: AbortSignal
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
