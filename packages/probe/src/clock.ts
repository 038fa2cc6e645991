import { setTimeout } from 'node:timers/promises'

/** The clock of the gate; tests pass their own. */
export interface Clock {
  /** Monotonic milliseconds, from an arbitrary start. */
  now(): number
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => {}),
}
