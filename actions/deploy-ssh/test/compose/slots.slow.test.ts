import {
  canStartHostEngine,
  canStartHosts,
  canStartProxy,
  canStartRegistry,
  type HostEngine,
  type TestHost,
} from '@belay/testbed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ComposeScene,
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
import { lockIsFree, stateOn, until } from '../../../../test/support/scene.ts'

const base = '/srv/api/qa'
const reason = canStartHosts() ?? canStartHostEngine() ?? canStartRegistry() ?? canStartProxy('nginx')

need(reason)('slots by Compose', () => {
  let shop: ComposeScene
  let host: TestHost
  let engine: HostEngine
  let v1: string
  let v2: string

  beforeAll(async () => {
    shop = await openSlotScene({ docker: 'forky' })
    ;[host, engine] = [shop.hosts[0] as TestHost, shop.engines[0] as HostEngine]
    ;[v1, v2] = [await shop.image('v1'), await shop.image('v2')]
    const played = await shop.scene.job('v1', [fill(shop, v1), move(shop)])
    expect(played.belay, played.log).toBe('committed')
  }, 240_000)
  afterAll(() => shop?.close(), 60_000)

  const running = async () =>
    (await engine.docker('ps', '--format', '{{.Names}}', '--filter', 'name=shop-app'))
      .split('\n')
      .filter(Boolean)
      .sort()
  const onHost = (...argv: string[]) => engine.asDeploy(['sh', ...argv])

  test('a fill whose runner is lost: the slot is stopped and its line is what it was, the traffic stays', async () => {
    const before = await shop.env(host)
    const played = await shop.scene.job('v2', [fill(shop, v2, { 'confirm-timeout': '15s' })], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'armed' },
        harm: (controller) => controller.loseRunner(),
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    expect(await running()).toEqual(['shop-app-a-1', 'shop-app-b-1'])
    await until('it went back', 90, () => lockIsFree(host, 'api'))
    expect(await stateOn(host, 'api')).toBe('undone')
    expect(await running()).toEqual(['shop-app-b-1'])
    expect(await shop.env(host)).toBe(before)
    expect(await throughProxy(host)).toBe('v1')
  })

  test('an unhealthy one: rolled back, users never saw it', async () => {
    const bad = await shop.image('v3', 'unhealthy')
    const before = await shop.env(host)
    const played = await shop.scene.job('v3', [fill(shop, bad, { 'check-timeout': '8s' }), move(shop)])
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await running()).toEqual(['shop-app-b-1'])
    expect(await shop.env(host)).toBe(before)
    expect(await throughProxy(host)).toBe('v1')
  })

  test('the old slot stays warm, is stopped by its own word, and is started again by a rollback', async () => {
    const second = await shop.scene.job('v2', [fill(shop, v2), move(shop)])
    expect(second.belay, second.log).toBe('committed')
    expect(await throughProxy(host)).toBe('v2')
    expect(await running()).toEqual(['shop-app-a-1', 'shop-app-b-1'])
    expect(await shop.env(host)).toContain(`APP_B_IMAGE=${v1}\n`)
    expect(await shop.env(host)).toContain(`APP_A_IMAGE=${v2}\n`)

    const back = await shop.scene.job('v9', [move(shop, { command: 'rollback' })])
    expect(back.belay, back.log).toBe('committed')
    expect(await throughProxy(host)).toBe('v1')

    const release = (await host.linkTarget(`${base}/slots/${slots[0]}`))?.split('/').at(-1) ?? ''
    expect((await onHost(`${base}/.belay/deploy-ssh.sh`, 'stop', slots[1])).status).not.toBe(0)
    const stop = await onHost(`${base}/.belay/deploy-ssh.sh`, 'stop', slots[0], release)
    expect(stop.status, stop.stderr).toBe(0)
    expect(await running()).toEqual(['shop-app-b-1'])

    const cold = await shop.scene.job('v2', [fill(shop, v2), move(shop)])
    expect(cold.belay, cold.log).toBe('committed')
    expect(await throughProxy(host)).toBe('v2')
  })

  test('a reboot while traffic is on its way: users get what is confirmed, the slot is stopped', async () => {
    const before = await shop.env(host)
    const reached =
      'touch "$BELAY_TEST_MARK.reached"; while [ ! -e "$BELAY_TEST_MARK.go" ]; do sleep 0.01; done; exit 1'
    const reboot = async () => {
      await killServe(host)
      await engine.stopDaemon()
      // The units of the root script: the file before Docker, the slot after it.
      expect((await onHost(`${base}/switch/.belay/blue-green-switch.sh`, 'recover')).stderr).toBe('')
      await engine.startDaemon()
      await until('nginx is there again', 30, async () => (await throughProxy(host)) !== undefined)
      expect((await onHost(`${base}/.belay/deploy-ssh.sh`, 'recover', 'restart')).stderr).toBe('')
    }
    const steps = [fill(shop, v1), move(shop), { id: 'later', run: reached }]
    const played = await shop.scene.job('v1', steps, {
      pause: { step: 'release/later', stage: 'main', match: {}, harm: reboot },
    })
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await throughProxy(host)).toBe('v2')
    expect(await running()).toEqual(['shop-app-a-1'])
    expect(await shop.env(host)).toBe(before)
  })

  test('a file that is mounted instead of its folder is refused before anything moves', async () => {
    const compose = (await host.read(`${folder}/compose.yml`)) ?? ''
    const up = () =>
      engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '--detach', '--no-deps', 'nginx'])
    const mount = './upstream/active.conf:/etc/nginx/belay/api-qa/active.conf:ro'
    await host.write(`${folder}/compose.yml`, compose.replace('./upstream:/etc/nginx/belay/api-qa:ro', mount))
    expect((await up()).status).toBe(0)
    // What an editor does.
    const active = `${folder}/upstream/active.conf`
    await host.run([
      'sh',
      '-c',
      `cp ${active} ${active}.new && echo '# edited' >>${active}.new && mv ${active}.new ${active}`,
    ])
    const played = await shop.scene.job('v1', [fill(shop, v1), move(shop)])
    expect(played.belay, played.log).toBe('rolled-back')
    expect(played.log).toContain('mount the folder, not the file')
    await host.write(`${folder}/compose.yml`, compose)
    expect((await up()).status).toBe(0)
  })
})

need(reason)('a fleet by Compose', () => {
  test('one host that cannot pull leaves all as they are', { timeout: 240_000 }, async ({ onTestFinished }) => {
    const shop = await openComposeScene({ hosts: 2 })
    onTestFinished(() => shop.close())
    const [v1, v2] = [await shop.image('v1'), await shop.image('v2')]
    const first = await shop.scene.job('v1', [shop.deploy(v1)])
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
    await one.docker('pull', '--quiet', v2)
    await one.docker('logout', shop.registry.address)
    shop.registry.fault = ({ path }) => (path.includes('/manifests/') ? { status: 404 } : undefined)
    const containers = () => Promise.all([one, other].map((engine) => engine.docker('ps', '--quiet', '--no-trunc')))
    const before = await containers()
    const played = await shop.scene.job('v2', [shop.deploy(v2)])
    expect(played.belay, played.log).toBe('unchanged')
    expect(await containers()).toEqual(before)
    expect(await Promise.all(shop.hosts.map((host) => shop.scene.serves(host, 'api')))).toEqual(['v1', 'v1'])
    expect(await Promise.all(shop.hosts.map((host) => shop.env(host)))).toEqual([
      expect.stringContaining(v1),
      expect.stringContaining(v1),
    ])
  })
})
