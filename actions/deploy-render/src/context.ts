import { monotonicSeconds, type Step, sleep } from '@belay/action-kit'
import type { Clock } from '@belay/probe'
import type { ApiClient } from './api-client.ts'
import type { Dependencies } from './dependencies.ts'
import type { RenderInputs } from './inputs.ts'
import type { SavedDeploys } from './saved.ts'

export type RenderStep = Step<SavedDeploys>

/** What every piece of work on Render is bound by. */
export interface Deadline {
  readonly clock: Clock
  /** Between 0 and 1; spreads what many jobs would do at the same moment. */
  readonly random: () => number
  readonly signal: AbortSignal
  /** By the clock, in milliseconds: nothing is begun after it, nothing waits past it. */
  readonly until: number
}

/** What the parts of a release share. */
export interface DeployContext {
  readonly inputs: RenderInputs
  readonly step: RenderStep
  readonly dependencies: Dependencies
  readonly client: ApiClient
  /** The commit that is released, of images too; undefined where only Render knows it: of an image that is gone back to. */
  readonly sha: string | undefined
}

/** The machine's own time, the same for main and post. */
export const machineClock: Clock = {
  now: () => monotonicSeconds() * 1000,
  sleep: (ms, signal) => sleep(ms, signal),
}

/** Waits, but never past the end of the bounds. */
export function pause({ clock, until, signal }: Deadline, ms: number): Promise<void> {
  return clock.sleep(Math.max(0, Math.min(ms, until - clock.now())), signal)
}
