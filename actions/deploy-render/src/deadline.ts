import { monotonicSeconds, sleep } from '@belay/action-kit'
import type { Clock } from '@belay/probe'

/** What every piece of work on Render is bound by. */
export interface Bounds {
  readonly clock: Clock
  /** Between 0 and 1; spreads what many jobs would do at the same moment. */
  readonly random: () => number
  readonly signal: AbortSignal
  /** By the clock, in milliseconds: nothing is begun after it, nothing waits past it. */
  readonly until: number
}

/** The machine's own time, the same for main and post. */
export const machineClock: Clock = {
  now: () => monotonicSeconds() * 1000,
  sleep: (ms, signal) => sleep(ms, signal),
}

/** Waits, but never past the end of the bounds. */
export function pause({ clock, until, signal }: Bounds, ms: number): Promise<void> {
  return clock.sleep(Math.max(0, Math.min(ms, until - clock.now())), signal)
}
