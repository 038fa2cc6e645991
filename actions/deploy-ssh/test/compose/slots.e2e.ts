import { canStartHostEngine, canStartHosts, canStartProxy, canStartRegistry, type HostEngine } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  fill,
  folder,
  killServe,
  move,
  openComposeFixture,
  openComposeSlotFixture,
  slots,
  throughProxy,
} from '../../../../test/support/compose.ts'
import { duringStep, lockIsFree, stateOn, waitFor } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { loseRunnerOnceArmed } from '../../../../test/support/pauses.ts'
import { openShop, type Shop } from './shop.ts'

const base = '/srv/api/qa'
const reason = canStartHosts() ?? canStartHostEngine() ?? canStartRegistry() ?? canStartProxy('nginx')

describeIf(reason)('slots by Compose', () => {
  let fixture: Shop

  beforeAll(async () => {
    fixture = await openShop(openComposeSlotFixture({ docker: 'forky' }))
    const completed = await fixture.fixture.job('v1', [fill(fixture, fixture.v1), move(fixture)])
    expect(completed.belay, completed.log).toBe('committed')
  }, 240_000)
  afterAll(() => fixture?.close(), 60_000)

  const running = async () =>
    (await fixture.engine.docker('ps', '--format', '{{.Names}}', '--filter', 'name=shop-app'))
      .split('\n')
      .filter(Boolean)
      .sort()
  const onHost = (...argv: string[]) => fixture.engine.asDeploy(['sh', ...argv])

  test('a fill whose runner is lost is undone: slot and line are as before, the traffic stays', async () => {
    const before = await fixture.env(fixture.host)
    const completed = await fixture.fixture.job(
      'v2',
      [fill(fixture, fixture.v2, { 'confirm-timeout': '15s' })],
      loseRunnerOnceArmed(),
    )
    expect(completed.result.conclusion, completed.log).toBe('lost')
    expect(await running()).toEqual(['shop-app-a-1', 'shop-app-b-1'])
    await waitFor('it went back', 90, () => lockIsFree(fixture.host, 'api'))
    expect(await stateOn(fixture.host, 'api')).toBe('undone')
    expect(await running()).toEqual(['shop-app-b-1'])
    expect(await fixture.env(fixture.host)).toBe(before)
    expect(await throughProxy(fixture.host)).toBe('v1')
  })

  test('an unhealthy one: rolled back, users never saw it', async () => {
    const bad = await fixture.image('v3', 'unhealthy')
    const before = await fixture.env(fixture.host)
    const completed = await fixture.fixture.job('v3', [fill(fixture, bad, { 'check-timeout': '8s' }), move(fixture)])
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await running()).toEqual(['shop-app-b-1'])
    expect(await fixture.env(fixture.host)).toBe(before)
    expect(await throughProxy(fixture.host)).toBe('v1')
  })

  test('the old slot stays warm, is stopped by its own word, and is started again by a rollback', async () => {
    const second = await fixture.fixture.job('v2', [fill(fixture, fixture.v2), move(fixture)])
    expect(second.belay, second.log).toBe('committed')
    expect(await throughProxy(fixture.host)).toBe('v2')
    expect(await running()).toEqual(['shop-app-a-1', 'shop-app-b-1'])
    expect(await fixture.env(fixture.host)).toContain(`APP_B_IMAGE=${fixture.v1}\n`)
    expect(await fixture.env(fixture.host)).toContain(`APP_A_IMAGE=${fixture.v2}\n`)

    const back = await fixture.fixture.job('v9', [move(fixture, { command: 'rollback' })])
    expect(back.belay, back.log).toBe('committed')
    expect(await throughProxy(fixture.host)).toBe('v1')

    const release = (await fixture.host.linkTarget(`${base}/slots/${slots[0]}`))?.split('/').at(-1) ?? ''
    expect((await onHost(`${base}/.belay/deploy-ssh.sh`, 'stop', slots[1])).status).not.toBe(0)
    const stop = await onHost(`${base}/.belay/deploy-ssh.sh`, 'stop', slots[0], release)
    expect(stop.status, stop.stderr).toBe(0)
    expect(await running()).toEqual(['shop-app-b-1'])

    const cold = await fixture.fixture.job('v2', [fill(fixture, fixture.v2), move(fixture)])
    expect(cold.belay, cold.log).toBe('committed')
    expect(await throughProxy(fixture.host)).toBe('v2')
  })

  test('a reboot while traffic is on its way: users get what is confirmed, the slot is stopped', async () => {
    const before = await fixture.env(fixture.host)
    const reboot = async () => {
      await killServe(fixture.host)
      await fixture.engine.stopDaemon()
      // The units of the root script: the file before Docker, the slot after it.
      expect((await onHost(`${base}/.belay/blue-green-switch.sh`, 'recover')).stderr).toBe('')
      await fixture.engine.startDaemon()
      await waitFor('nginx is there again', 30, async () => (await throughProxy(fixture.host)) !== undefined)
      expect((await onHost(`${base}/.belay/deploy-ssh.sh`, 'recover', 'restart')).stderr).toBe('')
    }
    const [step, options] = duringStep(reboot, 'exit 1')
    const completed = await fixture.fixture.job('v1', [fill(fixture, fixture.v1), move(fixture), step], options)
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await throughProxy(fixture.host)).toBe('v2')
    expect(await running()).toEqual(['shop-app-a-1'])
    expect(await fixture.env(fixture.host)).toBe(before)
  })

  test('a file that is mounted instead of its folder is refused before anything moves', async () => {
    const compose = (await fixture.host.read(`${folder}/compose.yml`)) ?? ''
    const up = () => fixture.up(['--no-deps', 'nginx'])
    const mount = './upstream/active.conf:/etc/nginx/belay/api-qa/active.conf:ro'
    await fixture.host.write(`${folder}/compose.yml`, compose.replace('./upstream:/etc/nginx/belay/api-qa:ro', mount))
    await up()
    // What an editor does.
    const active = `${folder}/upstream/active.conf`
    await fixture.host.run([
      'sh',
      '-c',
      `cp ${active} ${active}.new && echo '# edited' >>${active}.new && mv ${active}.new ${active}`,
    ])
    const completed = await fixture.fixture.job('v1', [fill(fixture, fixture.v1), move(fixture)])
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(completed.log).toContain('mount the folder, not the file')
    await fixture.host.write(`${folder}/compose.yml`, compose)
    await up()
  })
})

describeIf(reason)('a fleet by Compose', () => {
  test('one host that cannot pull leaves all as they are', { timeout: 240_000 }, async ({ onTestFinished }) => {
    const fixture = await openShop(openComposeFixture({ hosts: 2 }))
    onTestFinished(() => fixture.close())
    const first = await fixture.fixture.job('v1', [fixture.deploy(fixture.v1)])
    expect(first.belay, first.log).toBe('committed')
    const [one, other] = fixture.engines as [HostEngine, HostEngine]
    // Only the first host has it; for the other the registry has nothing any more.
    await one.docker(
      'login',
      '--username',
      'puller',
      '--password',
      'a token, with "odd" $characters',
      fixture.registry.address,
    )
    await one.docker('pull', '--quiet', fixture.v2)
    await one.docker('logout', fixture.registry.address)
    fixture.registry.fault = ({ path }) => (path.includes('/manifests/') ? { status: 404 } : undefined)
    const containers = () => Promise.all([one, other].map((engine) => engine.docker('ps', '--quiet', '--no-trunc')))
    const before = await containers()
    const completed = await fixture.fixture.job('v2', [fixture.deploy(fixture.v2)])
    expect(completed.belay, completed.log).toBe('unchanged')
    expect(await containers()).toEqual(before)
    expect(await Promise.all(fixture.hosts.map((host) => fixture.fixture.serves(host, 'api')))).toEqual(['v1', 'v1'])
    expect(await Promise.all(fixture.hosts.map((host) => fixture.env(host)))).toEqual([
      expect.stringContaining(fixture.v1),
      expect.stringContaining(fixture.v1),
    ])
  })
})
