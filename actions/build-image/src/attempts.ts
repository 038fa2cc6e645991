import { Interrupted, sleep } from '@belay/action-kit'
import type { Built, Driver } from './drivers/driver.ts'
import { classify, failureOf, lastWord } from './faults.ts'
import type { Order } from './order.ts'
import type { ImageStep } from './work.ts'

const attempts = 3

/**
 * Has an order built. A fault of the line to a registry is tried again, twice, later each time; one of the cache, or the
 * last of those, once more without a cache. A fault of the Dockerfile is final.
 */
export async function buildPatiently(engine: Driver, order: Order, step: ImageStep): Promise<Built> {
  let current = order
  for (let attempt = 1; ; attempt++) {
    const { built, said } = await engine.build(current)
    if (built) return built
    if (step.signal.aborted) throw new Interrupted()
    const fault = classify(said)
    const spent = attempt >= attempts
    if (usesCache(current) && (fault === 'cache' || (fault === 'transport' && spent))) {
      step.warn(`The cache may be the trouble, so this goes on without it: ${lastWord(said).slice(0, 300)}`)
      current = { ...current, cacheFrom: [], cacheTo: [] }
    } else if (fault === 'transport' && !spent) {
      const seconds = 2 ** attempt * (0.75 + Math.random() / 2)
      step.info(`The line to a registry failed (${lastWord(said).slice(0, 300)}); again in ${seconds.toFixed(1)} s.`)
      await sleep(seconds * 1000, step.signal)
    } else throw failureOf(fault, said)
  }
}

function usesCache({ cacheFrom, cacheTo }: Order): boolean {
  return cacheFrom.length + cacheTo.length > 0
}
