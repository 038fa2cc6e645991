/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (docs/research/runner.md#cancelling). So about seven seconds are left to start what must be
 * started.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  const abort = () => controller.abort()
  process.on('SIGINT', abort)
  process.on('SIGTERM', abort)
  return controller.signal
}

/** What is left of a main after SIGINT for starting its own undo, in milliseconds. */
export const interruptBudgetMs = 6500
