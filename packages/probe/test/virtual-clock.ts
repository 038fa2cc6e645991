import type { Clock } from '../src/clock.ts'

/** A clock that stands still until all that can run has run, and then jumps to the next end of a sleep. */
export function virtualClock(): Clock & { run<T>(work: Promise<T>): Promise<T> } {
  let now = 0
  const sleepers = new Set<{ at: number; wake: () => void }>()
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const sleeper = {
          at: now + Math.max(0, ms),
          wake() {
            sleepers.delete(sleeper)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal.addEventListener('abort', sleeper.wake, { once: true })
      }),
    async run(work) {
      let done = false
      const end = () => {
        done = true
      }
      work.then(end, end)
      while (!done) {
        await new Promise((resolve) => setImmediate(resolve))
        if (done) break
        const [next] = [...sleepers].sort((a, b) => a.at - b.at)
        if (!next) throw new Error(`At ${now} ms nothing is left that could end the work`)
        now = next.at
        next.wake()
      }
      return work
    },
  }
}
