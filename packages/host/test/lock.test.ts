import { setTimeout as after } from 'node:timers/promises'
import { Failure } from '@belay/action-kit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { leaseFleet } from '../src/fleet.ts'
import { renewOnHost } from '../src/host-commands.ts'
import { localTarget } from '../src/local.ts'
import { withLease } from '../src/lock.ts'

vi.mock(import('../src/host-commands.ts'), async (original) => ({ ...(await original()), renewOnHost: vi.fn() }))

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

const fleet = leaseFleet([{ target: localTarget, folder: '' }], {
  base: '/srv/api',
  id: 'one',
  change: 'release' as const,
  knownHosts: '',
})
const gone = new Failure('not-held', 'web1: its process is gone, and its lock with it; nothing was changed')

/** A task of 50 ms, during which the lock is renewed. */
function renewed(outer = new AbortController().signal): Promise<string> {
  return withLease(fleet, outer, async (signal) => {
    vi.advanceTimersByTime(10_000)
    await after(50, undefined, { signal })
    return 'done'
  })
}

test('work under a lock that is lost is stopped, and says why (rule 4)', async () => {
  vi.mocked(renewOnHost).mockRejectedValue(gone)
  await expect(renewed()).rejects.toBe(gone)
})

test('a renewal that fails stops nothing: the work itself reports it', async () => {
  vi.mocked(renewOnHost).mockRejectedValue(new Failure('unreachable', 'web1 did not answer in time.'))
  await expect(renewed()).resolves.toBe('done')
})

test('work that is cancelled is not said to have lost its lock', async () => {
  vi.mocked(renewOnHost).mockRejectedValue(gone)
  await expect(renewed(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
})
