/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (docs/research/runner.md#cancelling). So about seven seconds are left to start the undo.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  const abort = () => controller.abort()
  process.on('SIGINT', abort)
  process.on('SIGTERM', abort)
  return controller.signal
}

/** The time that a main has after SIGINT to start its own undo, in milliseconds. */
export const interruptBudgetMs = 6500
