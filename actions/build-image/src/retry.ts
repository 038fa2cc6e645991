import { Interrupted, sleep } from '@belay/action-kit'
import { classifyError, failureFor, lastErrorText } from './build-errors.ts'
import type { BuildRequest } from './build-request.ts'
import type { Built, Driver } from './drivers/driver.ts'
import type { ImageStep } from './repository.ts'

const attempts = 3

/**
 * Builds a request. An error of the connection to a registry is retried twice, with a longer pause each time. After an
 * error of the cache, or the last of those retries, it builds once more without a cache. An error of the Dockerfile is
 * final.
 */
export async function buildWithRetry(engine: Driver, request: BuildRequest, step: ImageStep): Promise<Built> {
  let current = request
  for (let attempt = 1; ; attempt++) {
    const { built, output } = await engine.build(current)
    if (built) return built
    if (step.signal.aborted) throw new Interrupted()
    const errorKind = classifyError(output)
    const spent = attempt >= attempts
    if (usesCache(current) && (errorKind === 'cache' || (errorKind === 'transport' && spent))) {
      step.warn(`The cache may be the cause, so the build continues without it: ${lastErrorText(output).slice(0, 300)}`)
      current = { ...current, cacheFrom: [], cacheTo: [] }
    } else if (errorKind === 'transport' && !spent) {
      const seconds = 2 ** attempt * (0.75 + Math.random() / 2)
      step.info(
        `The connection to a registry failed (${lastErrorText(output).slice(0, 300)}); again in ${seconds.toFixed(1)} s.`,
      )
      await sleep(seconds * 1000, step.signal)
    } else throw failureFor(errorKind, output)
  }
}

function usesCache({ cacheFrom, cacheTo }: BuildRequest): boolean {
  return cacheFrom.length + cacheTo.length > 0
}
