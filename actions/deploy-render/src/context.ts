import { monotonicSeconds, type Step, sleep } from '@belay/action-kit'
import type { Clock } from '@belay/probe'
import type { ApiClient } from './api-client.ts'
import type { Dependencies } from './dependencies.ts'
import type { RenderInputs } from './inputs.ts'
import type { SavedDeploys } from './saved.ts'

export type RenderStep = Step<SavedDeploys>

/** Clock, cancellation and time limit of the work on Render. */
export interface Deadline {
  readonly clock: Clock
  /** Between 0 and 1; spreads requests that many jobs would send at the same moment. */
  readonly random: () => number
  readonly signal: AbortSignal
  /** By the clock, in milliseconds: nothing starts after it and nothing waits past it. */
  readonly until: number
}

/** Shared by all parts of a release. */
export interface DeployContext {
  readonly inputs: RenderInputs
  readonly step: RenderStep
  readonly dependencies: Dependencies
  readonly client: ApiClient
  /** The released commit, for images too; undefined if only Render knows it: in a rollback. */
  readonly sha: string | undefined
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
