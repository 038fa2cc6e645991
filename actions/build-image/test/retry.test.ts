import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BuildRequest } from '../src/build-request.ts'
import type { Driver } from '../src/drivers/driver.ts'
import type { ImageStep } from '../src/repository.ts'
import { buildWithRetry } from '../src/retry.ts'

const cut = 'ERROR: failed to push: unexpected status: 503 Service Unavailable'
const order = { refs: ['ghcr.io/acme/api:1'], cacheFrom: [], cacheTo: [] } as unknown as BuildRequest
const cached = { ...order, cacheFrom: ['type=gha'], cacheTo: ['type=gha'] }
const built = { digest: 'sha256:1', configDigest: undefined, checks: [] }

/** An engine that fails with these texts, one build after the other, and then succeeds. */
function play(wanted: BuildRequest, said: readonly string[]) {
  const orders: BuildRequest[] = []
  const lines: string[] = []
  const engine = {
    build: async (order: BuildRequest) => {
      orders.push(order)
      const word = said[orders.length - 1]
      return word === undefined ? { ok: true, output: '', built } : { ok: false, output: word }
    },
  } as unknown as Driver
  const write = (text: string) => void lines.push(text)
  const step = { signal: new AbortController().signal, info: write, warn: write } as unknown as ImageStep
  return { orders, lines, ended: buildWithRetry(engine, wanted, step).catch((error: unknown) => error) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a fault of the line is tried again twice, later each time', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const { orders, lines, ended } = play(order, [cut, cut])
  // 2 s and 4 s, as the spread of both is taken from them.
  await vi.advanceTimersByTimeAsync(1900)
  expect(orders).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(orders).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(3800)
  expect(orders).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(200)
  expect(orders).toHaveLength(3)
  expect(await ended).toBe(built)
  expect(lines).toEqual([
    expect.stringMatching(/503 Service Unavailable\); again in 2\.0 s\.$/),
    expect.stringMatching(/again in 4\.0 s\.$/),
  ])
})

test('and not a third time', async () => {
  const { orders, ended } = play(order, [cut, cut, cut, cut])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await ended).toMatchObject({ code: 'registry-unreachable' })
  expect(orders).toHaveLength(3)
})

test('a fault of the cache goes on without one, at once', async () => {
  const { orders, ended } = play(cached, ['ERROR: failed to export cache: unknown'])
  expect(await ended).toBe(built)
  expect(orders.map(({ cacheFrom, cacheTo }) => cacheFrom.length + cacheTo.length)).toEqual([2, 0])
})

test('a line that stays cut is tried once more without the cache', async () => {
  const { orders, ended } = play(cached, [cut, cut, cut])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await ended).toBe(built)
  expect(orders.map(({ cacheFrom }) => cacheFrom.length)).toEqual([1, 1, 1, 0])
})

test('a fault of the Dockerfile is final', async () => {
  const { orders, ended } = play(cached, [
    'ERROR: process "/bin/sh -c false" did not complete successfully: exit code: 1',
  ])
  expect(await ended).toMatchObject({ code: 'build-failed' })
  expect(orders).toHaveLength(1)
})
