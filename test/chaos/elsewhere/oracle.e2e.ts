import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { waitFor } from '../../support/fixture.ts'
import { describeIf } from '../../support/need.ts'
import { answerFrom, base, blue, green } from '../../support/slots.ts'
import { proxies } from '../fault-points.ts'
import { type Lab, openLab } from './lab.ts'
import { startUsers } from './users.ts'

/** Starts a release in a slot of every slot host, as an operator would by hand. */
async function place({ slotHosts, fixture }: Lab, version: string, slot: string): Promise<void> {
  const source = await fixture.release('api', version)
  for (const host of slotHosts) {
    for (const file of ['release.json', 'server.mjs'])
      await host.write(`${base}/slots/${slot}/${file}`, readFileSync(join(source, file), 'utf8'))
    await host.run([restart, base, 'this-host', slot, `slots/${slot}`])
  }
  // A proxy that is asked sooner takes its servers for down, and remembers it.
  for (const host of slotHosts)
    await waitFor(`${version} on ${host.name}`, 30, async () => (await answerFrom(host, slot))?.version === version)
}

const restart = '/usr/local/bin/belay-test-restart'

describeIf(canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy'))(
  'the oracle, proxies elsewhere',
  () => {
    test.concurrent.for(proxies)(
      'fails where a slot with traffic is stopped, and only then: %s',
      async (driver, context) => {
        const lab = await openLab({ driver, proxies: 2 })
        context.onTestFinished(() => lab.close())
        await place(lab, 'v1', blue)
        await place(lab, 'v2', green)
        await waitFor('the first users', 30, async () => (await lab.users()) === 'v1 | v1')
        const [, second] = lab.slotHosts
        const stop = (slot: string) => second?.run([restart, base, 'this-host', slot, `slots/${slot}`, 'stop'])
        const looked = () => new Promise((resolve) => setTimeout(resolve, 1500))

        const idle = await startUsers(context, lab, ['v1'])
        await stop(green)
        await looked()
        for (const { sent } of await idle.stop()) expect(sent).toBeGreaterThan(150)

        const active = await startUsers(context, lab, ['v1'])
        await stop(blue)
        await looked()
        const failure = await active.stop().catch((error: Error) => error.message)
        expect(failure).toContain(`proxy 2 sends traffic to a slot that is down: ${second?.address}:${blue}`)
      },
    )
  },
)
