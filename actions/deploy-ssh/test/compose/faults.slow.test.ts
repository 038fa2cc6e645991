import { canStartHostEngine, canStartHosts, canStartRegistry, type HostEngine, type TestHost } from '@belay/testbed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ComposeScene, folder, killServe, openComposeScene, stateOf } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import {
  held,
  type JobOptions,
  type JobStep,
  lockIsFree,
  shaOf,
  stateOn,
  until,
} from '../../../../test/support/scene.ts'

const reached = held('exit 1')

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('a release by Compose that', () => {
  let shop: ComposeScene
  let host: TestHost
  let engine: HostEngine
  let v1: string
  let v2: string

  beforeAll(async () => {
    // Newer ones, and the other shell, than the quick tests have.
    shop = await openComposeScene({ env: 'OTHER=1\n', docker: 'forky', shell: 'busybox' })
    ;[host, engine] = [shop.hosts[0] as TestHost, shop.engines[0] as HostEngine]
    ;[v1, v2] = [await shop.image('v1'), await shop.image('v2')]
    const up = await engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '-d', 'db'], {
      APP_IMAGE: 'x',
    })
    expect(up.status, up.stderr).toBe(0)
    for (const [version, image] of [
      ['v1', v1],
      ['v2', v2],
    ] as const) {
      const played = await release(version, image)
      expect(played.belay, played.log).toBe('committed')
    }
  }, 240_000)
  afterAll(() => shop?.close(), 60_000)

  const now = () => stateOf(shop)
  const release = (version: string, image: string, inputs = {}, more: JobStep[] = [], options: JobOptions = {}) =>
    shop.scene.job(version, [shop.deploy(image, inputs), ...more], options)

  test('finds .env written to meanwhile leaves that, beside the line and in it', async () => {
    const write = (text: string) => host.write(`${folder}/.env`, text, 0o640)
    const former = await shop.env(host)
    const beside = await release('v1', v1, {}, [{ id: 'later', run: reached }], {
      pause: {
        step: 'release/later',
        stage: 'main',
        match: {},
        harm: async () => write(`${await shop.env(host)}NEW=1\n`),
      },
    })
    expect(beside.belay, beside.log).toBe('rolled-back')
    expect(await shop.env(host)).toBe(`${former}NEW=1\n`)
    await write(former)

    const inside = await release('v1', v1, {}, [{ id: 'later', run: reached }], {
      pause: {
        step: 'release/later',
        stage: 'main',
        match: {},
        harm: async () => write((await shop.env(host)).replace(/^APP_IMAGE=.*$/m, 'APP_IMAGE=somebody:else')),
      },
    })
    expect(inside.belay, inside.log).toBe('mixed')
    expect(inside.log).toContain('which this release neither found nor wrote: it stays')
    expect(await shop.env(host)).toContain('APP_IMAGE=somebody:else\n')
    await write(former)
    expect((await release('v2', v2)).belay).toBe('committed')
  })

  test('loses its runner: the host goes back by itself', async () => {
    const before = await now()
    const played = await release('v1', v1, { 'confirm-timeout': '15s' }, [], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'armed' },
        harm: (controller) => controller.loseRunner(),
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    expect(await shop.scene.serves(host, 'api')).toBe('v1')
    await until('it went back', 60, () => lockIsFree(host, 'api'))
    expect(await stateOn(host, 'api')).toBe('undone')
    await expect.poll(now, { timeout: 10_000 }).toEqual(before)
  })

  test('is killed while it starts, with its process on the host: the next release puts back what was left', async () => {
    const before = await now()
    const played = await release('v1', v1, {}, [], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'restart' },
        harm: async (controller) => {
          controller.loseRunner()
          await killServe(host)
        },
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    const again = await release('v2', v2)
    expect(['committed', 'noop'], again.log).toContain(again.belay)
    await expect.poll(now, { timeout: 10_000 }).toEqual(before)
  })

  test('is rebooted inside its countdown: Docker starts what is not confirmed, and the boot hook puts it back', async () => {
    const before = await now()
    const boot = async () => {
      await killServe(host)
      await engine.stopDaemon()
      await engine.startDaemon()
      const hook = await engine.asDeploy(['sh', '/srv/api/qa/.belay/deploy-ssh.sh', 'recover', 'restart'])
      expect(hook.status, hook.stderr).toBe(0)
    }
    const played = await release('v1', v1, {}, [{ id: 'later', run: reached }], {
      pause: { step: 'release/later', stage: 'main', match: {}, harm: boot },
    })
    expect(played.belay, played.log).toBe('rolled-back')
    const after = await now()
    // The machine was off.
    expect({ ...after, db: '' }).toEqual({ ...before, db: '' })
    expect(after.db.split(' ')[0]).toBe(before.db.split(' ')[0])
  })

  test('is gone back to by rollback is pulled again where it was removed', async () => {
    const before = await now()
    await engine.docker('rmi', '--force', v1)
    const played = await shop.scene.job('v9', [shop.deploy('', { command: 'rollback', version: shaOf('v1') })])
    expect(played.belay, played.log).toBe('committed')
    await expect.poll(now, { timeout: 10_000 }).toEqual({ ...before, served: 'v1', image: v1 })
  })
})
