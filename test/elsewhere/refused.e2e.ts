import { canStartHosts, canStartProxy, type TestNginx } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectRolesFollow, expectUsers } from '../chaos/elsewhere/at-rest.ts'
import { type Lab, openLab } from '../chaos/elsewhere/lab.ts'
import { startUsers, type Users } from '../chaos/elsewhere/users.ts'
import { type CompletedJob, duringStep } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { blue, green } from '../support/slots.ts'

const codesOf = ({ job }: CompletedJob) => job.steps.flatMap(({ outputs }) => outputs['failure-code'] || [])

describeIf(canStartHosts() ?? canStartProxy('nginx'))('refused, with proxies on other hosts than the slots', () => {
  let lab: Lab
  let users: Users

  beforeAll(async () => {
    lab = await openLab()
    const first = await lab.job('v1', await lab.steps('v1'))
    expect(first.belay, first.log).toBe('committed')
    users = await startUsers(undefined, lab, ['v1', 'v2'])
  })
  afterAll(async () => {
    await users?.stop().catch(() => {})
    await lab?.close()
  })

  /** A release of v2 that must be refused with that code before anything changes. */
  async function expectRefused(code: string, inputs: Record<string, string> = {}): Promise<CompletedJob> {
    const refused = await lab.job('v2', await lab.steps('v2', inputs))
    expect(codesOf(refused), refused.log).toEqual([code])
    expect(refused.belay, refused.log).toBe('unchanged')
    expect(refused.result.conclusion).toBe('failure')
    expect(await lab.users()).toBe('v1 | v1')
    for (const host of lab.slotHosts) expect((await lab.slotOn(host, blue)).version, refused.log).toBe('-')
    return refused
  }

  /** What the second proxy's file says while `act` is under way; both are loaded. */
  async function whileChanged(change: (text: string) => string, act: () => Promise<unknown>): Promise<void> {
    const [host, { activeFile, control }] = [lab.proxyHosts[1], lab.proxies[1]?.proxy as TestNginx]
    const text = (await host?.read(activeFile)) ?? ''
    const load = async (wanted: string) => {
      await host?.write(activeFile, wanted)
      const { status } = (await host?.run([control, 'reload'])) ?? {}
      expect(status).toBe(0)
    }
    await load(change(text))
    try {
      await act()
    } finally {
      await load(text)
    }
  }

  test('a host among the slot hosts and the proxies is an error of the inputs', async () => {
    const refused = await lab.job('v2', [await lab.fill('v2', { 'proxy-hosts': lab.slotHosts[0]?.target ?? '' })])
    expect(refused.log).toContain('which is in hosts too')
    expect(refused.result.conclusion).toBe('failure')
  })

  test('proxy-unasked: a proxy that may send traffic is not named', async () => {
    const [first, second] = lab.proxyHosts
    const refused = await expectRefused('proxy-unasked', { 'proxy-hosts': first?.target ?? '' })
    expect(refused.log).toContain(second?.target)
  })

  test('server-missing: a proxy does not name a slot host', async () => {
    const [, , third] = lab.slotHosts
    const without = (text: string) => text.replace(new RegExp(`^server ${third?.address}:.*\n`, 'm'), '')
    await whileChanged(without, async () => {
      const refused = await expectRefused('server-missing')
      expect(refused.log).toContain(`${third?.address}:${blue}`)
    })
  })

  test('no-idle-slot: a proxy sends traffic to the other slot of a host', async () => {
    // Nothing runs there: nginx asks the others, and no user notices.
    const [, , third] = lab.slotHosts
    const place = `${third?.address}:`
    for (const proxy of lab.proxies) proxy.excuse([`${place}${blue}`])
    await whileChanged(
      (text) => text.replace(`${place}${green}`, `${place}${blue}`),
      async () => {
        const refused = await expectRefused('no-idle-slot')
        expect(refused.log).toContain(third?.target)
      },
    )
  })

  test('active-unknown: a file of a proxy that is not loaded', async () => {
    const [host, { activeFile, control }] = [lab.proxyHosts[0], lab.proxies[0]?.proxy as TestNginx]
    const text = (await host?.read(activeFile)) ?? ''
    await host?.write(activeFile, text.replaceAll(`:${green}`, `:${blue}`))
    const refused = await expectRefused('active-unknown')
    expect(refused.log).toContain('was changed after nginx was last reloaded')
    await host?.write(activeFile, text)
    await host?.run([control, 'reload'])
  })

  test('lock-held: a second job while the first one is armed; the first one is committed', async () => {
    let second: CompletedJob | undefined
    const [step, options] = duringStep(async () => {
      second = await lab.job('v3', await lab.steps('v3', { 'lock-timeout': '1s' }))
    })
    const first = await lab.job('v2', [...(await lab.steps('v2')), step], options)
    expect(second && codesOf(second), second?.log).toEqual(['lock-held'])
    expect(second?.belay, second?.log).toBe('unchanged')
    expect(first.belay, first.log).toBe('committed')
    await expectUsers(lab, 'v2 | v2', first.log)
    await expectRolesFollow(lab, 'v2')
    await users.stop()
  })
})
