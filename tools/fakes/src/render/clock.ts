/** The local Render's time. Thousands of schedules run on a clock that jumps. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Does `work` once, `ms` from now, and never before the caller has gone on. Returns a function that cancels it. */
  after(ms: number, work: () => void): () => void
}

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

export interface VirtualClock extends Clock {
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Lets time pass until `work` is done. Fails if nothing is scheduled that could end it. */
  run<T>(work: Promise<T>): Promise<T>
}

/** A clock that stands still until everything has run that can run, and then jumps to the next scheduled moment. */
export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start
  let made = 0
  const waiting = new Map<number, { at: number; work: () => void }>()

  const after: Clock['after'] = (ms, work) => {
    const key = ++made
    waiting.set(key, { at: now + Math.max(0, ms), work })
    return () => void waiting.delete(key)
  }

  /** The earliest; of two at the same moment the one that was asked for first. */
  function next(): [number, { at: number; work: () => void }] | undefined {
    let found: [number, { at: number; work: () => void }] | undefined
    for (const entry of waiting) if (!found || entry[1].at < found[1].at) found = entry
    return found
  }

  return {
    now: () => now,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const wake = () => {
          callOff()
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const callOff = after(ms, wake)
        signal?.addEventListener('abort', wake)
      }),
    async run(work) {
      let done = false
      const end = () => {
        done = true
      }
      work.then(end, end)
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve))
        if (done) return work
        const entry = next()
        if (!entry) throw new Error(`At ${new Date(now).toISOString()} nothing is scheduled that could end the work`)
        waiting.delete(entry[0])
        now = entry[1].at
        entry[1].work()
      }
    },
  }
}
