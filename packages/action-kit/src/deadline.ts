import { Failure } from './failure.ts'

/**
 * Runs a task with a signal that is aborted when the step is interrupted or when `seconds` are over.
 * @throws Failure `deadline` where it was the latter
 */
export async function withinDeadline<T>(
  signal: AbortSignal,
  seconds: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  try {
    return await task(AbortSignal.any([signal, deadline]))
  } catch (cause) {
    if (!deadline.aborted || signal.aborted) throw cause
    throw new Failure('deadline', `The deadline of ${seconds} s passed.`, 'raise the input deadline.', { cause })
  }
}
