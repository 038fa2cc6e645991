import { monotonicSeconds, sleep } from '@belay/action-kit'
import type { Clock } from '@belay/probe'

/** Clock, cancellation and time limit of the work on Render. */
export interface Deadline {
  readonly clock: Clock
  /** Between 0 and 1; spreads requests that many jobs would send at the same moment. */
  readonly random: () => number
  readonly signal: AbortSignal
  /** By the clock, in milliseconds: nothing starts after it and nothing waits past it. */
  readonly until: number
}

/** The machine's monotonic clock, the same for main and post. */
export const machineClock: Clock = {
  now: () => monotonicSeconds() * 1000,
  sleep: (ms, signal) => sleep(ms, signal),
}

/** Waits, but never past the deadline. */
export function pause({ clock, until, signal }: Deadline, ms: number): Promise<void> {
  return clock.sleep(Math.max(0, Math.min(ms, until - clock.now())), signal)
}
