import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

/**
 * Seconds since the machine started. Unlike the date it never jumps, and unlike `performance.now()` it is the same for
 * every process of a job, so that one step can journal a time that another step's post compares with.
 */
export function monotonicSeconds(): number {
  try {
    return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  } catch {
    return uptime()
  }
}

/** Resolves after `ms`, or at once when the signal is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
