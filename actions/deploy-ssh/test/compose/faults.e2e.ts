import { canStartHostEngine, canStartHosts, canStartRegistry } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folder, killServe, openComposeFixture } from '../../../../test/support/compose.ts'
import { duringStep, lockIsFree, shaOf, stateOn, waitFor } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { atPhase, loseRunnerOnceArmed } from '../../../../test/support/pauses.ts'
import { openShop, type Shop } from './shop.ts'

describeIf(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('a release by Compose that', () => {
  let fixture: Shop

  beforeAll(async () => {
    // Newer ones, and the other shell, than the quick tests have.
    fixture = await openShop(openComposeFixture({ env: 'OTHER=1\n', docker: 'forky', shell: 'busybox' }))
    await fixture.up(['db'], { APP_IMAGE: 'x' })
    for (const version of ['v1', 'v2'] as const) {
      const completed = await fixture.release(version, fixture[version])
      expect(completed.belay, completed.log).toBe('committed')
    }
  }, 240_000)
  afterAll(() => fixture?.close(), 60_000)

  test('finds .env changed since leaves that, beside the line and in it', async () => {
    const write = (text: string) => fixture.host.write(`${folder}/.env`, text, 0o640)
    const former = await fixture.env(fixture.host)
    const writing = (text: (before: string) => string) => {
      const [step, options] = duringStep(async () => write(text(await fixture.env(fixture.host))), 'exit 1')
      return fixture.release('v1', fixture.v1, {}, [step], options)
    }
    const beside = await writing((before) => `${before}NEW=1\n`)
    expect(beside.belay, beside.log).toBe('rolled-back')
    expect(await fixture.env(fixture.host)).toBe(`${former}NEW=1\n`)
    await write(former)

    const inside = await writing((before) => before.replace(/^APP_IMAGE=.*$/m, 'APP_IMAGE=somebody:else'))
    expect(inside.belay, inside.log).toBe('mixed')
    expect(inside.log).toContain('which this release neither found nor wrote: Belay leaves it as it is')
    expect(await fixture.env(fixture.host)).toContain('APP_IMAGE=somebody:else\n')
    await write(former)
    expect((await fixture.release('v2', fixture.v2)).belay).toBe('committed')
  })

  test('loses its runner: the host rolls back on its own', async () => {
    const before = await fixture.now()
    const completed = await fixture.release('v1', fixture.v1, { 'confirm-timeout': '15s' }, [], loseRunnerOnceArmed())
    expect(completed.result.conclusion, completed.log).toBe('lost')
    expect(await fixture.fixture.serves(fixture.host, 'api')).toBe('v1')
    await waitFor('it went back', 60, () => lockIsFree(fixture.host, 'api'))
    expect(await stateOn(fixture.host, 'api')).toBe('undone')
    await expect.poll(fixture.now).toEqual(before)
  })

  test('is killed while it starts, and its process on the host too: the next release undoes it', async () => {
    const before = await fixture.now()
    const completed = await fixture.release(
      'v1',
      fixture.v1,
      {},
      [],
      atPhase('release/api', 'restart', async (controller) => {
        controller.loseRunner()
        await killServe(fixture.host)
      }),
    )
    expect(completed.result.conclusion, completed.log).toBe('lost')
    const again = await fixture.release('v2', fixture.v2)
    expect(['committed', 'noop'], again.log).toContain(again.belay)
    await expect.poll(fixture.now).toEqual(before)
  })

  test('is rebooted before the confirm: the boot hook undoes what Docker has started', async () => {
    const before = await fixture.now()
    const boot = async () => {
      await killServe(fixture.host)
      await fixture.engine.stopDaemon()
      await fixture.engine.startDaemon()
      const hook = await fixture.engine.asDeploy(['sh', '/srv/api/qa/.belay/deploy-ssh.sh', 'recover', 'restart'])
      expect(hook.status, hook.stderr).toBe(0)
    }
    const [step, options] = duringStep(boot, 'exit 1')
    const completed = await fixture.release('v1', fixture.v1, {}, [step], options)
    expect(completed.belay, completed.log).toBe('rolled-back')
    const after = await fixture.now()
    // The machine was off.
    expect({ ...after, db: '' }).toEqual({ ...before, db: '' })
    expect(after.db.split(' ')[0]).toBe(before.db.split(' ')[0])
  })

  test('is gone back to by rollback is pulled again where it was removed', async () => {
    const before = await fixture.now()
    await fixture.engine.docker('rmi', '--force', fixture.v1)
    const completed = await fixture.fixture.job('v9', [
      fixture.deploy('', { command: 'rollback', version: shaOf('v1') }),
    ])
    expect(completed.belay, completed.log).toBe('committed')
    await expect.poll(fixture.now).toEqual({ ...before, served: 'v1', image: fixture.v1 })
  })
})
