import { canStartSystemdHosts, type SystemdHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CompletedJob,
  duringStep,
  type Fixture,
  type JobStep,
  lockIsFree,
  openSystemdFixture,
  stateOn,
  waitFor,
} from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { elsewhere, keysOf, scriptOf } from './by-hand.ts'
import { asRoot, clear, path, slots, upstream, versionAt, widenNginx, writeSite, writeUnit } from './production.ts'
import { whileUsed } from './users.ts'

const ran = new Set<string>()

/**
 * Two servers behind nginx on a third host. Each is prepared by the script that `command: preflight` prints for its kind of
 * host, and by nothing else; then docs/by-hand.md is run on them.
 */
describeIf(canStartSystemdHosts())('docs/by-hand.md where the proxy is on another host than the slots', () => {
  let fixture: Fixture<SystemdHost>
  let servers: readonly SystemdHost[]
  let proxy: SystemdHost

  beforeAll(async () => {
    fixture = await openSystemdFixture({ hosts: 3, sudoers: '' })
    servers = fixture.hosts.slice(0, 2)
    proxy = fixture.hosts[2] as SystemdHost
    await Promise.all(fixture.hosts.map(clear))
    await Promise.all(servers.map((host) => writeUnit(host)))
    await widenNginx(proxy)
    await writeSite(proxy)
    const looked = await fixture.job('v0', [await deploy('v0', { command: 'preflight', source: '' })])
    const [, ofServers, ofProxy] =
      /(#!\/bin\/sh\n# Prepares a host [\s\S]*?)(#!\/bin\/sh\n# Prepares a proxy[\s\S]*?\n# In nginx, only inside [^\n]*\n)/.exec(
        looked.log,
      ) ?? ['', '', '']
    expect(ofServers, looked.log).toContain('set -eu')
    await Promise.all(servers.map((host) => asRoot(host, ['sh', '-s'], ofServers)))
    await asRoot(proxy, ['sh', '-s'], ofProxy)
    await asRoot(proxy, ['systemctl', 'enable', '--now', 'nginx'])
    for (const version of ['v1', 'v2']) await commit(version)
  }, 900_000)
  afterAll(() => fixture?.close())

  const common = () => ({
    hosts: servers.map(({ target }) => target).join('\n'),
    'proxy-hosts': proxy.target,
    'known-hosts': fixture.hosts.map(({ knownHosts }) => knownHosts).join('\n'),
    slots: servers.map(({ address }) => slots.map((port) => `${address}:${port}`).join(' ')).join('\n'),
    check: 'http://{host}:{slot}/health',
    'confirm-timeout': '600s',
  })
  const deploy = async (version: string, more: Record<string, string> = {}): Promise<JobStep> => {
    const source = await fixture.release('api', version)
    const inputs = { version, restart: 'systemd:api-qa@{slot}', 'check-timeout': '30s', ...common(), ...more }
    return fixture.deploy('api', source, inputs)
  }
  const switchTo = (version: string): JobStep => ({
    id: 'traffic',
    uses: '$/actions/blue-green-switch',
    with: {
      ...{ ...common(), version, service: 'api', environment: 'qa', 'drain-timeout': '1s' },
      ...{ 'ssh-key': fixture.privateKey, 'lock-timeout': '60s' },
    },
  })
  const release = async (version: string) => [await deploy(version), switchTo(version)]
  const commit = async (version: string): Promise<CompletedJob> => {
    const completed = await fixture.job(version, await release(version))
    expect(completed.belay, completed.log).toBe('committed')
    expect(await users()).toBe(version)
    return completed
  }
  const loseRunner = async (version: string) => {
    const [step, options] = duringStep((controller) => controller.loseRunner())
    const lost = await fixture.job(version, [...(await release(version)), step], options)
    expect(lost.result.conclusion, lost.log).toBe('lost')
    expect(await users()).toBe(version)
    for (const host of fixture.hosts) expect(await stateOn(host, 'api')).toBe('armed')
  }

  const frontOf = (host: SystemdHost) => `http://${host.address}:8106/health`
  const users = () => versionAt(frontOf(proxy))
  const whileAsked = (something: () => Promise<unknown>) => whileUsed({ frontOf }, proxy, something, { rate: 50 })
  /** Both ports by what the proxy's file says; every server serves from the same one. */
  const ports = async () => {
    const from = /:(\d+);/.exec((await proxy.read(`${upstream}/active.conf`)) ?? '')?.[1] ?? ''
    const to = String(slots.find((slot) => String(slot) !== from))
    return { from, to, idle: to }
  }
  const byHand = async (host: SystemdHost, heading: string, number: number, values: Record<string, string> = {}) => {
    ran.add(`${heading} ${number}`)
    const { text, user } = scriptOf(heading, number, { name: 'api-qa', base: path, ...values })
    const { status, stdout, stderr } = await host.run(['sh', '-s'], { input: text, user })
    expect(status, `${host.name}, ${heading}: ${stdout}${stderr}`).toBe(0)
    return stdout
  }
  const onServers = async (number: number, values: Record<string, string>) => {
    for (const host of servers) await byHand(host, elsewhere, number, values)
  }
  const runsAt = async (host: SystemdHost, port: string) =>
    (await host.run(['systemctl', 'is-active', `api-qa@${port}`])).stdout.trim()
  const free = (host: SystemdHost) => waitFor('the lock is free', 60, () => lockIsFree(host, 'api'))

  test('the proxy says where traffic goes, and a slot host that it cannot', async () => {
    const { from } = await ports()
    const places = servers.map(({ address }) => `${address}:${from}`).join(' ')
    expect((await byHand(proxy, elsewhere, 0)).trim()).toBe(places)
    const [server] = servers as [SystemdHost]
    const refused = await server.run(['sh', `${path}/.belay/deploy-ssh.sh`, 'stop', from])
    expect(refused.status).not.toBe(0)
    expect(refused.stderr).toContain('proxies are on other hosts')
    expect(await runsAt(server, from)).toBe('active')
  })

  test('move the traffic: no request fails, and the next release continues from there', async () => {
    const values = await ports()
    await whileAsked(async () => {
      await onServers(1, values)
      await byHand(proxy, elsewhere, 2, values)
      await onServers(3, values)
      await waitFor('users are served by the other slots', 30, async () => (await users()) === 'v1')
    })
    for (const host of servers) {
      expect(await host.read(`${path}/slots/${values.from}.state`)).toBe('idle\n')
      expect(await host.read(`${path}/slots/${values.to}.state`)).toBe('active\n')
      expect(await runsAt(host, values.from)).toBe('active')
    }
    await onServers(4, { idle: values.from })
    for (const host of servers) expect(await runsAt(host, values.from)).toBe('inactive')
    await whileAsked(() => commit('v3'))
  })

  test('roll back what is armed: the proxy first, then the servers, which keep the new slot', async () => {
    const { from: live } = await ports()
    await loseRunner('v4')
    const { from: filled } = await ports()
    await whileAsked(async () => {
      await byHand(proxy, 'Roll back what is armed', 0)
      await free(proxy)
      expect(await stateOn(proxy, 'api')).toBe('undone')
      for (const host of servers) await byHand(host, 'Roll back what is armed', 0)
      for (const host of servers) await free(host)
    })
    expect(await users()).toBe('v3')
    for (const host of servers) {
      expect(await stateOn(host, 'api')).toBe('mixed')
      expect(await host.read(`${path}/slots/${live}.state`)).toBe('active\n')
      expect(await host.read(`${path}/slots/${filled}.state`)).toBe('idle\n')
      expect(await runsAt(host, filled)).toBe('active')
    }
    await onServers(4, { idle: filled })
    for (const host of servers) expect(await runsAt(host, filled)).toBe('inactive')
  })

  test('confirm what is armed: the servers first, then the proxy', async () => {
    await loseRunner('v5')
    await whileAsked(async () => {
      for (const host of [...servers, proxy]) {
        await byHand(host, 'Confirm what is armed', 0)
        await free(host)
        expect(await stateOn(host, 'api')).toBe('confirmed')
      }
    })
    expect(await users()).toBe('v5')
    const { from } = await ports()
    for (const host of servers) expect(await host.read(`${path}/slots/${from}.state`)).toBe('active\n')
    await whileAsked(() => commit('v6'))
  })

  test('after a reboot of the proxy in the middle of a release traffic is where it was confirmed to be', async () => {
    const confirmed = await users()
    const [step, options] = duringStep(async () => {
      expect(await users()).toBe('v7')
      await proxy.reboot()
      await waitFor('the proxy serves', 60, async () => (await users()) === confirmed)
    }, 'exit 1')
    const failed = await fixture.job('v7', [...(await release('v7')), step], options)
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(await users()).toBe(confirmed)
  }, 600_000)

  test('no block of this part of the page was left out', () => {
    expect([...ran].filter((key) => key.startsWith(elsewhere)).toSorted()).toEqual(keysOf([elsewhere]).toSorted())
    expect(keysOf([elsewhere])).toHaveLength(5)
  })
})
