import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BuildRequest } from '../src/build-request.ts'
import type { Driver } from '../src/drivers/driver.ts'
import type { ImageStep } from '../src/repository.ts'
import { buildWithRetry } from '../src/retry.ts'

const cut = 'ERROR: failed to push: unexpected status: 503 Service Unavailable'
const plain = { refs: ['ghcr.io/acme/api:1'], cacheFrom: [], cacheTo: [] } as unknown as BuildRequest
const cached = { ...plain, cacheFrom: ['type=gha'], cacheTo: ['type=gha'] }
const built = { digest: 'sha256:1', configDigest: undefined, checks: [] }

/** An engine that fails with these texts, one build after the other, and then succeeds. */
function runBuild(wanted: BuildRequest, errors: readonly string[]) {
  const requests: BuildRequest[] = []
  const lines: string[] = []
  const engine = {
    build: async (request: BuildRequest) => {
      requests.push(request)
      const error = errors[requests.length - 1]
      return error === undefined ? { ok: true, output: '', built } : { ok: false, output: error }
    },
  } as unknown as Driver
  const write = (text: string) => void lines.push(text)
  const step = { signal: new AbortController().signal, info: write, warn: write } as unknown as ImageStep
  return { requests, lines, ended: buildWithRetry(engine, wanted, step).catch((error: unknown) => error) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('an error of the connection is retried twice, with growing pauses', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const { requests, lines, ended } = runBuild(plain, [cut, cut])
  // 2 s and 4 s: the mocked random number removes the jitter.
  await vi.advanceTimersByTimeAsync(1900)
  expect(requests).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(requests).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(3800)
  expect(requests).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(200)
  expect(requests).toHaveLength(3)
  expect(await ended).toBe(built)
  expect(lines).toEqual([
    expect.stringMatching(/503 Service Unavailable\); again in 2\.0 s\.$/),
    expect.stringMatching(/again in 4\.0 s\.$/),
  ])
})

test('an error of the connection is not retried a third time', async () => {
  const { requests, ended } = runBuild(plain, [cut, cut, cut, cut])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await ended).toMatchObject({ code: 'registry-unreachable' })
  expect(requests).toHaveLength(3)
})

test('after an error of the cache the build continues without one, at once', async () => {
  const { requests, ended } = runBuild(cached, ['ERROR: failed to export cache: unknown'])
  expect(await ended).toBe(built)
  expect(requests.map(({ cacheFrom, cacheTo }) => cacheFrom.length + cacheTo.length)).toEqual([2, 0])
})

test('a connection that keeps failing is tried once more without the cache', async () => {
  const { requests, ended } = runBuild(cached, [cut, cut, cut])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await ended).toBe(built)
  expect(requests.map(({ cacheFrom }) => cacheFrom.length)).toEqual([1, 1, 1, 0])
})

test('an error of the Dockerfile is final', async () => {
  const { requests, ended } = runBuild(cached, [
    'ERROR: process "/bin/sh -c false" did not complete successfully: exit code: 1',
  ])
  expect(await ended).toMatchObject({ code: 'build-failed' })
  expect(requests).toHaveLength(1)
})
