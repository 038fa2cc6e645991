import { canStartHosts, canStartProxy, startNginx, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JobStep, openFixture, waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'

const path = '/srv/api/qa'
// nginx has the first one in its file; the first release goes to the last one.
const slots = ['5116', '5106']

// Starts and stops what slots/PORT leads to, without systemd: `slot start PORT`, `slot stop PORT`.
const slotProgram = `#!/bin/sh
pid=/run/belay-test/slot-$2
if [ -e "$pid" ]; then kill "$(cat "$pid")" 2>/dev/null; fi
[ "$1" = start ] || exit 0
sleep 0.3
cd "$(readlink -f ${path}/slots/"$2")" || exit 1
setsid /usr/local/bin/node "$PWD/server.mjs" this-host "$2" </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
echo "$!" >"$pid"
`

/** A host with nginx, which leads to this slot, and the steps of a service that deploy-ssh fills there. */
async function begun(atEnd: (close: () => Promise<void>) => void, slot: string) {
  const fixture = await openFixture({ hosts: 1 })
  atEnd(() => fixture.close())
  const [host] = fixture.hosts as [TestHost]
  await host.write('/usr/local/bin/slot', slotProgram, 0o755)
  const nginx = await startNginx(host, { slot: Number(slot) })
  const shared = { service: 'api', environment: 'qa', slots: slots.join(' ') }
  return {
    fixture,
    host,
    deploy: async (version: string, inputs: Record<string, string> = {}): Promise<JobStep> =>
      fixture.deploy('api', await fixture.release('api', version), {
        ...shared,
        version,
        restart: 'command:/usr/local/bin/slot start {slot}',
        stop: 'command:/usr/local/bin/slot stop {slot}',
        check: 'http://this-host:{slot}/health',
        ...inputs,
      }),
    traffic: (inputs: Record<string, string> = {}): JobStep => ({
      id: 'traffic',
      uses: '$/actions/blue-green-switch',
      with: {
        hosts: host.target,
        'ssh-key': fixture.privateKey,
        'known-hosts': host.knownHosts,
        ...shared,
        upstream: nginx.upstreamFolder,
        proxy: `command:${nginx.control}`,
        'drain-timeout': '2s',
        'confirm-timeout': '60s',
        retain: '3s',
        ...inputs,
      },
    }),
    async serves() {
      const response = await fetch(`http://${host.address}:${nginx.port}/health`, { headers: { connection: 'close' } })
      return response.ok ? ((await response.json()) as { version: string }).version : `status ${response.status}`
    },
    role: async (port: string) => (await host.read(`${path}/slots/${port}.state`))?.trim(),
  }
}

describeIf(canStartHosts() ?? canStartProxy('nginx'))('with slots that deploy-ssh fills', () => {
  test('a first release where the traffic goes already moves nothing and marks the slot once', async (context) => {
    const [, last = ''] = slots
    const { fixture, host, deploy, traffic, serves, role } = await begun(context.onTestFinished, last)
    const activate = { activate: `command:sh -c 'echo on {slot} >>${path}/hooks'` }
    const first = await fixture.job('v1', [await deploy('v1', activate), traffic({ version: 'v1' })])
    expect(first.result.conclusion, first.log).toBe('success')
    expect(first.job.steps.find(({ path }) => path === 'release/traffic')?.outputs.result).toBe('noop')
    expect(first.log).toContain(`slot ${last} was not marked active; it is now.`)
    expect(await serves()).toBe('v1')
    expect(await role(last)).toBe('active')
    const again = await fixture.job('v1', [await deploy('v1', activate), traffic({ version: 'v1' })])
    expect(again.belay, again.log).toBe('noop')
    expect(await host.read(`${path}/hooks`)).toBe(`on ${last}\n`)
  })

  describe('one release after the other', () => {
    let shop: Awaited<ReturnType<typeof begun>>
    let close = async () => {}
    beforeAll(async () => {
      shop = await begun((end) => {
        close = end
      }, slots[0] as string)
    })
    afterAll(() => close())

    const release = async (version: string, more: JobStep[] = []) =>
      shop.fixture.job(version, [await shop.deploy(version), shop.traffic({ version }), ...more])

    test('the first gets the traffic in the idle slot, which is marked active (rule 17)', async () => {
      const first = await release('v1')
      expect(first.belay, first.log).toBe('committed')
      expect(await shop.serves()).toBe('v1')
      expect(await shop.role('5106')).toBe('active')
    })

    test('one whose job fails later leaves traffic and role as they were (rule 17)', async () => {
      const failed = await release('v2', [{ run: 'exit 1' }])
      expect(failed.belay, failed.log).toBe('rolled-back')
      expect(await shop.serves()).toBe('v1')
      expect(await shop.role('5106')).toBe('active')
    })

    test('the next gets the traffic in the other slot, and the roles change (rule 17)', async () => {
      const second = await release('v2')
      expect(second.belay, second.log).toBe('committed')
      expect(await shop.serves()).toBe('v2')
      expect([await shop.role('5106'), await shop.role('5116')]).toEqual(['idle', 'active'])
    })

    test('a rollback of the traffic stops the slot that it left after retain', async () => {
      const back = await shop.fixture.job('v9', [shop.traffic({ command: 'rollback', retain: '1s' })])
      expect(back.belay, back.log).toBe('committed')
      expect(await shop.serves()).toBe('v1')
      await waitFor('the old slot to be stopped', 25, async () =>
        (await shop.host.processes()).every(({ args }) => !args.includes('5116')),
      )
      expect(await shop.serves()).toBe('v1')
      expect([await shop.role('5106'), await shop.role('5116')]).toEqual(['active', 'idle'])
    })
  })
})
