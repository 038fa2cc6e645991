import { setTimeout } from 'node:timers/promises'

/** Time as the gate sees it; tests bring one of their own. */
export interface Clock {
  /** Milliseconds that never jump, from any beginning. */
  now(): number
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => {}),
}
