import type { Fixture } from '../support/fixture.ts'
import { slotInputs, versionsInSlots } from '../support/slots.ts'
import { type Chain, openChain } from './chain.ts'
import type { HostPoint } from './host-points.ts'
import type { Served } from './host-promises.ts'
import { openHosts } from './hosts.ts'

/** The disk of a host that can be filled. */
const disk = '60m'

/** A job of one kind of release on two hosts of its own. */
export interface Scene extends Pick<Chain, 'proxies' | 'steps' | 'close'> {
  readonly fixture: Fixture
  /** For each host what it serves, `strange: …` where that is no whole release. */
  served(): Promise<(Served | `strange: ${string}`)[]>
  /** The version that each host serves, or has in the slot that was filled. */
  newest(): Promise<string[]>
}

/** Opens the scene of one kind of job. */
export async function openScene(point: Pick<HostPoint, 'slots' | 'proxy'>): Promise<Scene> {
  if (!point.proxy) return openAlone(point)
  const chain = await openChain(point.proxy, { disk })
  return {
    ...chain,
    served: async () => (await chain.state()).map(wordFor(['v1: v1 -'], 'v2: v1 v2')),
    newest: chain.users,
  }
}

async function openAlone({ slots }: Pick<HostPoint, 'slots'>): Promise<Scene> {
  const fixture = await openHosts({ disk })
  const contents = () =>
    Promise.all(
      fixture.hosts.map(async (host) => (slots ? versionsInSlots(host) : ((await fixture.serves(host, 'api')) ?? '-'))),
    )
  return {
    fixture,
    proxies: [],
    async steps(version, inputs = {}) {
      const source = await fixture.release('api', version)
      return [fixture.deploy('api', source, { version, ...(slots && slotInputs), ...inputs })]
    },
    served: async () => (await contents()).map(slots ? wordFor(['v1 -'], 'v1 v2') : wordFor(['v1'], 'v2')),
    newest: async () => (await contents()).map((one) => one.split(' ').at(-1) ?? ''),
    close: () => fixture.close(),
  }
}

function wordFor(old: readonly string[], whole: string): (state: string) => Served | `strange: ${string}` {
  return (state) => (old.includes(state) ? 'old' : state === whole ? 'new' : `strange: ${state}`)
}
