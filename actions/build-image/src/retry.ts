import { doubling, Interrupted, type RetryableError, retry, type Tried } from '@belay/action-kit'
import { type BuildErrorKind, classifyError, failureFor, lastErrorText } from './build-errors.ts'
import type { BuildRequest } from './build-request.ts'
import type { Built, Driver } from './drivers/driver.ts'
import type { ImageStep } from './repository.ts'

const attempts = 3

interface FailedBuild extends RetryableError {
  readonly kind: BuildErrorKind
  readonly output: string
}

/**
 * Builds a request. An error of the connection to a registry is retried twice, with a longer pause each time. After an
 * error of the cache, or the last of those retries, it builds once more without a cache. An error of the Dockerfile is
 * final.
 */
export async function buildWithRetry(engine: Driver, request: BuildRequest, step: ImageStep): Promise<Built> {
  const { signal } = step
  const pauseMs = doubling(2000, { factor: () => 0.75 + Math.random() / 2 })
  let builds = 0
  const tryToBuild = (wanted: BuildRequest) =>
    retry(
      () => {
        builds += 1
        return buildOnce(engine, wanted, signal)
      },
      {
        // Pushing the same image twice gives the same state.
        repeatable: true,
        attempts: Math.max(1, attempts - builds),
        backoffMs: () => pauseMs(builds),
        signal,
        onPause: ({ output }, ms) =>
          step.info(
            `The connection to a registry failed (${shortError(output)}); again in ${(ms / 1000).toFixed(1)} s.`,
          ),
      },
    )

  let tried = await tryToBuild(request)
  if (tried && 'trouble' in tried && !signal.aborted && usesCache(request) && mayBeOfCache(tried.trouble)) {
    step.warn(`The cache may be the cause, so the build continues without it: ${shortError(tried.trouble.output)}`)
    tried = await tryToBuild({ ...request, cacheFrom: [], cacheTo: [] })
  }
  if (tried && 'value' in tried) return tried.value
  if (!tried || signal.aborted) throw new Interrupted()
  throw failureFor(tried.trouble.kind, tried.trouble.output)
}

async function buildOnce(
  engine: Driver,
  request: BuildRequest,
  signal: AbortSignal,
): Promise<Tried<Built, FailedBuild>> {
  const { built, output } = await engine.build(request)
  if (built) return { value: built }
  if (signal.aborted) throw new Interrupted()
  const kind = classifyError(output)
  return { trouble: { kind, output, retryable: kind === 'transport', maybeDelivered: true, waitMs: undefined } }
}

function mayBeOfCache({ kind }: FailedBuild): boolean {
  return kind === 'cache' || kind === 'transport'
}

function shortError(output: string): string {
  return lastErrorText(output).slice(0, 300)
}

function usesCache({ cacheFrom, cacheTo }: BuildRequest): boolean {
  return cacheFrom.length + cacheTo.length > 0
}
