import { canStartHostEngine, canStartHosts, canStartRegistry, type HostEngine, type TestHost } from '@belay/testbed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ComposeScene, folder, openComposeScene } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import { type JobOptions, type JobStep, lockIsFree, shaOf, stateOn, until } from '../../../../test/support/scene.ts'

const team = '# the team’s\nOTHER="stays as it is"\nDEBUG=1'
const reached = 'touch "$BELAY_TEST_MARK.reached"; while [ ! -e "$BELAY_TEST_MARK.go" ]; do sleep 0.01; done; exit 1'

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('restart: compose', () => {
  let shop: ComposeScene
  let host: TestHost
  let engine: HostEngine
  let v1: string
  let v2: string

  beforeAll(async () => {
    shop = await openComposeScene({ env: team })
    ;[host, engine] = [shop.hosts[0] as TestHost, shop.engines[0] as HostEngine]
    ;[v1, v2] = [await shop.image('v1'), await shop.image('v2')]
    const up = await engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '-d', 'db'], {
      APP_IMAGE: 'x',
    })
    expect(up.status, up.stderr).toBe(0)
  }, 120_000)
  afterAll(() => shop?.close(), 60_000)

  const release = (version: string, image: string, inputs = {}, more: JobStep[] = [], options: JobOptions = {}) =>
    shop.scene.job(version, [shop.deploy(image, inputs), ...more], options)

  /** What users get, what `.env` says, and what stays: the database's container. */
  async function now() {
    const [served, env, line] = [await shop.scene.serves(host, 'api'), await shop.env(host), await shop.owner(host)]
    return {
      served,
      image: /^APP_IMAGE=(.*)$/m.exec(env)?.[1],
      rest: env.replace(/^APP_IMAGE=.*\n/m, ''),
      owner: line,
      db: await engine.docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', 'shop-db-1'),
      files: (await host.run(['ls', '-A', folder])).stdout.split('\n').filter(Boolean),
    }
  }

  const containers = () => engine.docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}')

  test('a first release that fails leaves nothing running, and .env without its line', async () => {
    const before = await now()
    const played = await release('v1', v1, {}, [{ run: 'exit 1' }])
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await now()).toEqual(before)
    expect((await containers()).split('\n')).toHaveLength(1)
  })

  test('two releases and the same again: the line is set, all else is as it was, the database is not touched', async () => {
    const before = await now()
    const first = await release('v1', v1)
    expect(first.belay, first.log).toBe('committed')
    expect(first.log).toContain(`releases app worker of ${folder}, by APP_IMAGE in .env`)
    expect(await now()).toEqual({ ...before, served: 'v1', image: v1 })
    const second = await release('v2', v2)
    expect(second.belay, second.log).toBe('committed')
    expect(await now()).toEqual({ ...before, served: 'v2', image: v2 })
    const running = await containers()
    const third = await release('v2', v2)
    expect(third.belay, third.log).toBe('noop')
    expect(await containers()).toBe(running)
    const up = await engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '-d'])
    expect(up.status, up.stderr).toBe(0)
    expect(await containers()).toBe(running)
  })

  test.for([
    ['unhealthy', 'restart-failed', 'is unhealthy'],
    ['ends', 'restart-failed', 'v3 has no config'],
  ] as const)(
    'a release that is %s goes back, and its last words are in the job’s log',
    async ([kind, code, words]) => {
      const before = await now()
      const bad = await shop.image('v3', kind)
      const played = await release('v3', bad, { 'check-timeout': '8s' })
      expect(played.belay, played.log).toBe('rolled-back')
      expect(played.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code']).toBe(code)
      expect(played.log).toContain(words)
      expect(await now()).toEqual(before)
    },
  )

  test('a job that fails later goes back', async () => {
    const before = await now()
    const played = await release('v1', v1, {}, [{ run: 'exit 1' }])
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await now()).toEqual(before)
  })

  test('an image that is not there, and a wrong token: one clear word each, nothing touched, no login left', async () => {
    const [before, running] = [await now(), await containers()]
    const gone = v1.replace(/[0-9a-f]{64}$/, 'a'.repeat(64))
    for (const [image, inputs, code] of [
      [gone, {}, 'image-missing'],
      [gone, { 'registry-token': 'not-the-token' }, 'registry-refused'],
      [gone, { 'registry-user': '', 'registry-token': '' }, 'registry-refused'],
    ] as const) {
      const played = await release('v4', image, inputs)
      expect(played.belay, played.log).toBe('unchanged')
      expect(played.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code'], played.log).toBe(code)
    }
    expect(await now()).toEqual(before)
    expect(await containers()).toBe(running)
    expect((await host.run(['find', '/dev/shm', '/srv/api', '-name', 'belay-login*'])).stdout).toBe('')
  })

  test('what somebody writes into .env meanwhile stays, beside the line and in it', async () => {
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

  test('the runner is lost: the host goes back by itself', async () => {
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
    expect(await now()).toEqual(before)
  })

  test('killed while it starts, with its process on the host: the next release puts back what was left', async () => {
    const before = await now()
    const played = await release('v1', v1, {}, [], {
      pause: {
        step: 'release/api',
        stage: 'main',
        match: { event: 'phase', phase: 'restart' },
        harm: async (controller) => {
          controller.loseRunner()
          for (const { pid, args } of await host.processes())
            if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
        },
      },
    })
    expect(played.result.conclusion, played.log).toBe('lost')
    const again = await release('v2', v2)
    expect(['committed', 'noop'], again.log).toContain(again.belay)
    expect(await now()).toEqual(before)
  })

  test('a reboot inside the countdown: Docker starts what is not confirmed, and the boot hook puts it back', async () => {
    const before = await now()
    const boot = async () => {
      for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
      await engine.restart()
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

  test('rollback goes to an older release, pulled again where it was removed', async () => {
    const before = await now()
    await engine.docker('rmi', '--force', v1)
    const played = await shop.scene.job('v9', [shop.deploy('', { command: 'rollback', version: shaOf('v1') })])
    expect(played.belay, played.log).toBe('committed')
    expect(await now()).toEqual({ ...before, served: 'v1', image: v1 })
  })
})
