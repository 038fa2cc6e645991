import { canStartHostEngine, canStartHosts, canStartRegistry } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folder, killServe, openComposeScene } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import { lockIsFree, meanwhile, shaOf, stateOn, until } from '../../../../test/support/scene.ts'
import { openShop, type Shop } from './shop.ts'

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('a release by Compose that', () => {
  let shop: Shop

  beforeAll(async () => {
    // Newer ones, and the other shell, than the quick tests have.
    shop = await openShop(openComposeScene({ env: 'OTHER=1\n', docker: 'forky', shell: 'busybox' }))
    await shop.up(['db'], { APP_IMAGE: 'x' })
    for (const version of ['v1', 'v2'] as const) {
      const played = await shop.release(version, shop[version])
      expect(played.belay, played.log).toBe('committed')
    }
  }, 240_000)
  afterAll(() => shop?.close(), 60_000)

  test('finds .env written to meanwhile leaves that, beside the line and in it', async () => {
    const write = (text: string) => shop.host.write(`${folder}/.env`, text, 0o640)
    const former = await shop.env(shop.host)
    const writing = (text: (before: string) => string) => {
      const [step, options] = meanwhile(async () => write(text(await shop.env(shop.host))), 'exit 1')
      return shop.release('v1', shop.v1, {}, [step], options)
    }
    const beside = await writing((before) => `${before}NEW=1\n`)
    expect(beside.belay, beside.log).toBe('rolled-back')
    expect(await shop.env(shop.host)).toBe(`${former}NEW=1\n`)
    await write(former)

    const inside = await writing((before) => before.replace(/^APP_IMAGE=.*$/m, 'APP_IMAGE=somebody:else'))
    expect(inside.belay, inside.log).toBe('mixed')
    expect(inside.log).toContain('which this release neither found nor wrote: it stays')
    expect(await shop.env(shop.host)).toContain('APP_IMAGE=somebody:else\n')
    await write(former)
    expect((await shop.release('v2', shop.v2)).belay).toBe('committed')
  })

  test('loses its runner: the host goes back by itself', async () => {
    const before = await shop.now()
    const played = await shop.release('v1', shop.v1, { 'confirm-timeout': '15s' }, [], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'armed' },
        harm: (controller) => controller.loseRunner(),
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    expect(await shop.scene.serves(shop.host, 'api')).toBe('v1')
    await until('it went back', 60, () => lockIsFree(shop.host, 'api'))
    expect(await stateOn(shop.host, 'api')).toBe('undone')
    await expect.poll(shop.now, { timeout: 10_000 }).toEqual(before)
  })

  test('is killed while it starts, with its process on the host: the next release puts back what was left', async () => {
    const before = await shop.now()
    const played = await shop.release('v1', shop.v1, {}, [], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'restart' },
        harm: async (controller) => {
          controller.loseRunner()
          await killServe(shop.host)
        },
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    const again = await shop.release('v2', shop.v2)
    expect(['committed', 'noop'], again.log).toContain(again.belay)
    await expect.poll(shop.now, { timeout: 10_000 }).toEqual(before)
  })

  test('is rebooted inside its countdown: Docker starts what is not confirmed, and the boot hook puts it back', async () => {
    const before = await shop.now()
    const boot = async () => {
      await killServe(shop.host)
      await shop.engine.stopDaemon()
      await shop.engine.startDaemon()
      const hook = await shop.engine.asDeploy(['sh', '/srv/api/qa/.belay/deploy-ssh.sh', 'recover', 'restart'])
      expect(hook.status, hook.stderr).toBe(0)
    }
    const [step, options] = meanwhile(boot, 'exit 1')
    const played = await shop.release('v1', shop.v1, {}, [step], options)
    expect(played.belay, played.log).toBe('rolled-back')
    const after = await shop.now()
    // The machine was off.
    expect({ ...after, db: '' }).toEqual({ ...before, db: '' })
    expect(after.db.split(' ')[0]).toBe(before.db.split(' ')[0])
  })

  test('is gone back to by rollback is pulled again where it was removed', async () => {
    const before = await shop.now()
    await shop.engine.docker('rmi', '--force', shop.v1)
    const played = await shop.scene.job('v9', [shop.deploy('', { command: 'rollback', version: shaOf('v1') })])
    expect(played.belay, played.log).toBe('committed')
    await expect.poll(shop.now, { timeout: 10_000 }).toEqual({ ...before, served: 'v1', image: shop.v1 })
  })
})
