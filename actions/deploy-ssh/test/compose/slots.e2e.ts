import { canStartHostEngine, canStartHosts, canStartProxy, canStartRegistry, type HostEngine } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  fill,
  folder,
  killServe,
  move,
  openComposeScene,
  openSlotScene,
  slots,
  throughProxy,
} from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import { lockIsFree, meanwhile, stateOn, until } from '../../../../test/support/scene.ts'
import { openShop, type Shop } from './shop.ts'

const base = '/srv/api/qa'
const reason = canStartHosts() ?? canStartHostEngine() ?? canStartRegistry() ?? canStartProxy('nginx')

need(reason)('slots by Compose', () => {
  let shop: Shop

  beforeAll(async () => {
    shop = await openShop(openSlotScene({ docker: 'forky' }))
    const played = await shop.scene.job('v1', [fill(shop, shop.v1), move(shop)])
    expect(played.belay, played.log).toBe('committed')
  }, 240_000)
  afterAll(() => shop?.close(), 60_000)

  const running = async () =>
    (await shop.engine.docker('ps', '--format', '{{.Names}}', '--filter', 'name=shop-app'))
      .split('\n')
      .filter(Boolean)
      .sort()
  const onHost = (...argv: string[]) => shop.engine.asDeploy(['sh', ...argv])

  test('a fill whose runner is lost: the slot is stopped and its line is what it was, the traffic stays', async () => {
    const before = await shop.env(shop.host)
    const played = await shop.scene.job('v2', [fill(shop, shop.v2, { 'confirm-timeout': '15s' })], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'armed' },
        harm: (controller) => controller.loseRunner(),
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    expect(await running()).toEqual(['shop-app-a-1', 'shop-app-b-1'])
    await until('it went back', 90, () => lockIsFree(shop.host, 'api'))
    expect(await stateOn(shop.host, 'api')).toBe('undone')
    expect(await running()).toEqual(['shop-app-b-1'])
    expect(await shop.env(shop.host)).toBe(before)
    expect(await throughProxy(shop.host)).toBe('v1')
  })

  test('an unhealthy one: rolled back, users never saw it', async () => {
    const bad = await shop.image('v3', 'unhealthy')
    const before = await shop.env(shop.host)
    const played = await shop.scene.job('v3', [fill(shop, bad, { 'check-timeout': '8s' }), move(shop)])
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await running()).toEqual(['shop-app-b-1'])
    expect(await shop.env(shop.host)).toBe(before)
    expect(await throughProxy(shop.host)).toBe('v1')
  })

  test('the old slot stays warm, is stopped by its own word, and is started again by a rollback', async () => {
    const second = await shop.scene.job('v2', [fill(shop, shop.v2), move(shop)])
    expect(second.belay, second.log).toBe('committed')
    expect(await throughProxy(shop.host)).toBe('v2')
    expect(await running()).toEqual(['shop-app-a-1', 'shop-app-b-1'])
    expect(await shop.env(shop.host)).toContain(`APP_B_IMAGE=${shop.v1}\n`)
    expect(await shop.env(shop.host)).toContain(`APP_A_IMAGE=${shop.v2}\n`)

    const back = await shop.scene.job('v9', [move(shop, { command: 'rollback' })])
    expect(back.belay, back.log).toBe('committed')
    expect(await throughProxy(shop.host)).toBe('v1')

    const release = (await shop.host.linkTarget(`${base}/slots/${slots[0]}`))?.split('/').at(-1) ?? ''
    expect((await onHost(`${base}/.belay/deploy-ssh.sh`, 'stop', slots[1])).status).not.toBe(0)
    const stop = await onHost(`${base}/.belay/deploy-ssh.sh`, 'stop', slots[0], release)
    expect(stop.status, stop.stderr).toBe(0)
    expect(await running()).toEqual(['shop-app-b-1'])

    const cold = await shop.scene.job('v2', [fill(shop, shop.v2), move(shop)])
    expect(cold.belay, cold.log).toBe('committed')
    expect(await throughProxy(shop.host)).toBe('v2')
  })

  test('a reboot while traffic is on its way: users get what is confirmed, the slot is stopped', async () => {
    const before = await shop.env(shop.host)
    const reboot = async () => {
      await killServe(shop.host)
      await shop.engine.stopDaemon()
      // The units of the root script: the file before Docker, the slot after it.
      expect((await onHost(`${base}/switch/.belay/blue-green-switch.sh`, 'recover')).stderr).toBe('')
      await shop.engine.startDaemon()
      await until('nginx is there again', 30, async () => (await throughProxy(shop.host)) !== undefined)
      expect((await onHost(`${base}/.belay/deploy-ssh.sh`, 'recover', 'restart')).stderr).toBe('')
    }
    const [step, options] = meanwhile(reboot, 'exit 1')
    const played = await shop.scene.job('v1', [fill(shop, shop.v1), move(shop), step], options)
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await throughProxy(shop.host)).toBe('v2')
    expect(await running()).toEqual(['shop-app-a-1'])
    expect(await shop.env(shop.host)).toBe(before)
  })

  test('a file that is mounted instead of its folder is refused before anything moves', async () => {
    const compose = (await shop.host.read(`${folder}/compose.yml`)) ?? ''
    const up = () => shop.up(['--no-deps', 'nginx'])
    const mount = './upstream/active.conf:/etc/nginx/belay/api-qa/active.conf:ro'
    await shop.host.write(`${folder}/compose.yml`, compose.replace('./upstream:/etc/nginx/belay/api-qa:ro', mount))
    await up()
    // What an editor does.
    const active = `${folder}/upstream/active.conf`
    await shop.host.run([
      'sh',
      '-c',
      `cp ${active} ${active}.new && echo '# edited' >>${active}.new && mv ${active}.new ${active}`,
    ])
    const played = await shop.scene.job('v1', [fill(shop, shop.v1), move(shop)])
    expect(played.belay, played.log).toBe('rolled-back')
    expect(played.log).toContain('mount the folder, not the file')
    await shop.host.write(`${folder}/compose.yml`, compose)
    await up()
  })
})

need(reason)('a fleet by Compose', () => {
  test('one host that cannot pull leaves all as they are', { timeout: 240_000 }, async ({ onTestFinished }) => {
    const shop = await openShop(openComposeScene({ hosts: 2 }))
    onTestFinished(() => shop.close())
    const first = await shop.scene.job('v1', [shop.deploy(shop.v1)])
    expect(first.belay, first.log).toBe('committed')
    const [one, other] = shop.engines as [HostEngine, HostEngine]
    // Only the first host has it; for the other the registry has nothing any more.
    await one.docker(
      'login',
      '--username',
      'puller',
      '--password',
      'a token, with "odd" $characters',
      shop.registry.address,
    )
    await one.docker('pull', '--quiet', shop.v2)
    await one.docker('logout', shop.registry.address)
    shop.registry.fault = ({ path }) => (path.includes('/manifests/') ? { status: 404 } : undefined)
    const containers = () => Promise.all([one, other].map((engine) => engine.docker('ps', '--quiet', '--no-trunc')))
    const before = await containers()
    const played = await shop.scene.job('v2', [shop.deploy(shop.v2)])
    expect(played.belay, played.log).toBe('unchanged')
    expect(await containers()).toEqual(before)
    expect(await Promise.all(shop.hosts.map((host) => shop.scene.serves(host, 'api')))).toEqual(['v1', 'v1'])
    expect(await Promise.all(shop.hosts.map((host) => shop.env(host)))).toEqual([
      expect.stringContaining(shop.v1),
      expect.stringContaining(shop.v1),
    ])
  })
})
