import { canStartHosts, canStartProxy, startNginx, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
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
async function begun(context: TestContext, slot: string) {
  const fixture = await openFixture({ hosts: 1 })
  context.onTestFinished(() => fixture.close())
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
  test('the first release, where the proxy sends traffic already: nothing moves, and the slot is marked once', async (context) => {
    const [, last = ''] = slots
    const { fixture, host, deploy, traffic, serves, role } = await begun(context, last)
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

  test('a release goes to the idle slot, gets the traffic, is marked active; the old slot is stopped after retain (rule 17)', async (context) => {
    const { fixture, host, deploy, traffic, serves, role } = await begun(context, slots[0] as string)

    const first = await fixture.job('v1', [await deploy('v1'), traffic({ version: 'v1' })])
    expect(first.belay, first.log).toBe('committed')
    expect(await serves()).toBe('v1')
    expect(await role('5106')).toBe('active')

    const failed = await fixture.job('v2', [await deploy('v2'), traffic({ version: 'v2' }), { run: 'exit 1' }])
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(await serves()).toBe('v1')
    expect(await role('5106')).toBe('active')

    const second = await fixture.job('v2', [await deploy('v2'), traffic({ version: 'v2' })])
    expect(second.belay, second.log).toBe('committed')
    expect(await serves()).toBe('v2')
    expect([await role('5106'), await role('5116')]).toEqual(['idle', 'active'])

    const back = await fixture.job('v9', [traffic({ command: 'rollback', retain: '1s' })])
    expect(back.belay, back.log).toBe('committed')
    expect(await serves()).toBe('v1')
    await waitFor('the old slot to be stopped', 25, async () =>
      (await host.processes()).every(({ args }) => !args.includes('5116')),
    )
    expect(await serves()).toBe('v1')
  })
})
