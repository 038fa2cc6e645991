import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunController } from '@belay/workflow-runner'

/** Where to hold a step's process, and what to do while it stands still. */
export interface Pause {
  /** Path of the step, `release/api`. */
  readonly step: string
  readonly stage: 'main' | 'post'
  /** What the line of the journal says that it is held after. */
  readonly match: Record<string, unknown>
  /** Held at the nth such line; default the first. */
  readonly nth?: number
  inject(controller: RunController): Promise<void> | void
}

/** What a step's process has to be started with, to be held. */
export function pauseEnvironment(
  pause: Pause | undefined,
  path: string,
  stage: string,
  file: string,
): Record<string, string> {
  if (!pause || pause.step !== path || pause.stage !== stage) return {}
  const { match, nth = 1 } = pause
  return {
    NODE_OPTIONS: `--import ${join(import.meta.dirname, 'pause.mjs')}`,
    BELAY_TEST_MARK: file,
    BELAY_TEST_PAUSE: JSON.stringify({ file, match, nth }),
  }
}

/** Injects once the step is held, then lets it go on; false where it ended first. */
export async function injectWhilePaused(
  pause: Pause,
  mark: string,
  controller: RunController,
  completed: Promise<unknown>,
): Promise<boolean> {
  let over = false
  void completed.then(
    () => (over = true),
    () => (over = true),
  )
  while (!over && !existsSync(`${mark}.reached`)) await new Promise((resolve) => setTimeout(resolve, 5))
  if (over) return false
  try {
    await pause.inject(controller)
  } finally {
    writeFileSync(`${mark}.go`, '')
  }
  return true
}
