import { type LoadReport, startLoadClient } from '@belay/load'
import { expect, type TestContext } from 'vitest'
import { watch } from '../oracle.ts'
import type { Lab } from './lab.ts'

const toDown = 'sends traffic to a slot that is down'

export interface Users {
  /**
   * They stop. None of their requests may have failed, but those of a proxy in `turnedAway`, by its index: its host was off.
   * And no place that got traffic was ever down.
   */
  stop(turnedAway?: readonly number[]): Promise<readonly LoadReport[]>
}

/** Users of each proxy, until the test ends: 200 requests a second, each on a connection of its own; and each 50 ms somebody looks at every proxy. */
export async function startUsers(
  context: Pick<TestContext, 'onTestFinished'> | undefined,
  { proxies }: Lab,
  versions: readonly string[],
): Promise<Users> {
  const settings = { rate: 200, connections: 'fresh', versionOf: 'version' } as const
  const clients = await Promise.all(proxies.map(({ url }) => startLoadClient({ url, ...settings })))
  const oracle = watch(proxies, versions)
  // A test that fails leaves no users behind.
  context?.onTestFinished(async () => {
    await Promise.all([...clients.map((client) => client.stop()), oracle.stop()]).catch(() => {})
  })
  return {
    async stop(turnedAway = []) {
      const reports = await Promise.all(clients.map((client) => client.stop()))
      const seen = await oracle.stop().then(
        () => [],
        (error: Error) => error.message.split('\n'),
      )
      const tried = await Promise.all(proxies.map((proxy) => proxy.triedInVain()))
      const named = tried.flatMap((places, index) => places.map((place) => `proxy ${index + 1} ${toDown}: ${place}`))
      const violations = [...new Set([...seen, ...named])]
      if (violations.length > 0) throw new Error(violations.join('\n'))
      for (const [index, { sent, failed, versions: served }] of reports.entries()) {
        if (!turnedAway.includes(index))
          expect(failed.slice(0, 5), `${failed.length} of ${sent} requests at proxy ${index + 1} failed`).toEqual([])
        for (const { version } of served) expect(versions, `at proxy ${index + 1}`).toContain(version)
        expect(sent).toBeGreaterThan(50)
      }
      return reports
    },
  }
}
