import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { need } from './support/need.ts'
import { type JobStep, meanwhile, openScene, type Scene, type SceneOptions, stateOn, until } from './support/scene.ts'

const base = '/srv/api/qa'

async function begun(context: TestContext, options: SceneOptions = {}): Promise<[Scene, TestHost]> {
  const scene = await openScene({ hosts: 1, ...options })
  context.onTestFinished(() => scene.close())
  expect((await release(scene, 'v1')).belay).toBe('committed')
  return [scene, scene.hosts[0] as TestHost]
}

const step = async (scene: Scene, version: string, inputs = {}, more = {}): Promise<JobStep> =>
  scene.deploy('api', await scene.release('api', version), { version, ...inputs }, more)

const release = async (scene: Scene, version: string, inputs = {}, more: JobStep[] = []) =>
  scene.job(version, [await step(scene, version, inputs), ...more])

/** Rolls back in a job of its own and returns what the step's outputs and log say. */
async function rollback(scene: Scene, inputs: Record<string, string>) {
  const played = await scene.job('v9', [scene.deploy('api', '', { command: 'rollback', ...inputs })])
  return { ...played, api: await scene.serves(scene.hosts[0] as TestHost, 'api') }
}

/** Leaves a release armed on the host without a runner. */
async function lost(scene: Scene, version: string, seconds: number) {
  const played = await scene.job(version, [await step(scene, version, { 'confirm-timeout': `${seconds}s` })], {
    pause: {
      step: 'release/api',
      stage: 'main',
      match: { event: 'phase', phase: 'armed' },
      harm: (controller) => controller.loseRunner(),
    },
  })
  expect(played.result.conclusion, played.log).toBe('lost')
}

async function killServe(host: TestHost): Promise<void> {
  for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
}

need(canStartHosts())('the process of a release on a host', () => {
  test.concurrent('is killed, and its job goes back a moment later: the post does it itself', async (context) => {
    const [scene, host] = await begun(context)
    const [later, options] = meanwhile(() => killServe(host), 'exit 1')
    const played = await scene.job('v2', [await step(scene, 'v2'), later], options)
    expect(played.belay, played.log).toBe('rolled-back')
    expect(await scene.serves(host, 'api')).toBe('v1')
  })

  test.concurrent('comes back from an armed release on a disk that the service has filled', async (context) => {
    const [scene, host] = await begun(context, { disk: '60m' })
    await lost(scene, 'v2', 6)
    await host.run(['dd', 'if=/dev/zero', 'of=/srv/ballast', 'bs=64k'], { user: 'root' })
    await until('v1 serves again', 30, async () => (await scene.serves(host, 'api')) === 'v1')
    await until('it is undone', 5, async () => (await stateOn(host, 'api')) === 'undone')
  })

  test.concurrent('finds a state that a power cut tore: refused by name, and nothing of it is run', async (context) => {
    const [scene, host] = await begun(context)
    const { stdout } = await host.run(['ls', `${base}/.belay/states`])
    const file = `${base}/.belay/states/${stdout.trim()}`
    const whole = (await host.read(file)) ?? ''
    for (const torn of ['', `${whole.slice(0, 40)}'; touch /tmp/ran; '`]) {
      await host.write(file, torn)
      const played = await release(scene, 'v2')
      expect(played.job.steps[0]?.outputs['failure-code'], played.log).toBe('state-damaged')
      expect(played.log).toContain(file)
      expect(await host.exists('/tmp/ran')).toBe(false)
    }
    await host.write(file, whole)
    expect((await release(scene, 'v3')).belay).toBe('committed')
  })

  test.concurrent('says at boot whether it could put back what was confirmed', async (context) => {
    const [scene, host] = await begun(context)
    await lost(scene, 'v2', 600)
    await killServe(host)
    await host.run(['sh', `${base}/.belay/deploy-ssh.sh`, 'recover', 'restart'])
    expect(await stateOn(host, 'api')).toBe('undone')
    expect(await scene.serves(host, 'api')).toBe('v1')

    await lost(scene, 'v3', 600)
    await killServe(host)
    const confirmed = (await host.run(['sh', '-c', `ls -d ${base}/releases/* | head -n 1`])).stdout.trim()
    await host.run(['mv', confirmed, '/srv/api/away'], { user: 'root' })
    await host.run(['sh', `${base}/.belay/deploy-ssh.sh`, 'recover', 'restart'])
    expect(await stateOn(host, 'api')).toBe('mixed')
  })

  test.concurrent('a former release that fails its check after the return: the new one is put back, and named', async (context) => {
    const [scene, host] = await begun(context)
    const [later, options] = meanwhile(async () => {
      const former = (await host.run(['sh', '-c', `ls -d ${base}/releases/* | head -n 1`])).stdout.trim()
      await host.write(`${former}/release.json`, '{"crash":"start"}')
    }, 'exit 1')
    const played = await scene.job('v2', [await step(scene, 'v2', { 'check-timeout': '2s' }), later], options)
    expect(played.belay, played.log).toBe('mixed')
    expect(played.log).toContain('was put back and passes')
    expect(await scene.serves(host, 'api')).toBe('v2')
  })
})

need(canStartHosts())('rollback', () => {
  test.concurrent('goes to the release before, forgets the one it left, and finds any kept one by name', async (context) => {
    const [scene] = await begun(context)
    for (const version of ['v2', 'v3']) expect((await release(scene, version)).belay).toBe('committed')
    expect(await rollback(scene, {})).toMatchObject({ belay: 'committed', api: 'v2' })
    expect((await release(scene, 'v4')).belay).toBe('committed')
    expect(await rollback(scene, {})).toMatchObject({ belay: 'committed', api: 'v2' })
    expect(await rollback(scene, { version: 'v3' })).toMatchObject({ belay: 'committed', api: 'v3' })
    expect(await rollback(scene, { version: 'v3' })).toMatchObject({ belay: 'noop', api: 'v3' })
    const unknown = await rollback(scene, { version: 'v7' })
    expect(unknown.log).toContain('choose one of:')
    expect(unknown.job.steps[0]?.outputs['failure-code']).toBe('no-such-release')
  })

  test.concurrent('to the oldest that is kept finds it there', async (context) => {
    const [scene] = await begun(context)
    for (const version of ['v2', 'v3'])
      expect((await release(scene, version, { 'keep-releases': '3' })).belay).toBe('committed')
    // The release gone back to is the second of the two that are kept now.
    const oldest = await rollback(scene, { version: 'v1', 'keep-releases': '2' })
    expect(oldest, oldest.log).toMatchObject({ belay: 'committed', api: 'v1' })
  })

  test.concurrent('as a dry run changes nothing, also in a job that has changed something', async (context) => {
    const [scene, host] = await begun(context)
    const dry = scene.deploy('api', '', { command: 'rollback', 'dry-run': 'true' }, { id: 'dry' })
    const played = await scene.job('v2', [await step(scene, 'v2'), dry])
    expect(played.belay, played.log).toBe('committed')
    expect(await scene.serves(host, 'api')).toBe('v2')
  })

  test.concurrent('where a run was lost means the release that is committed', async (context) => {
    const [scene] = await begun(context)
    expect((await release(scene, 'v2')).belay).toBe('committed')
    await lost(scene, 'v3', 8)
    const back = await rollback(scene, {})
    expect(back.api, back.log).toBe('v2')
  })

  test.concurrent.for(['deploy', 'rollback'])(
    '%s: a confirm whose first answer is lost at its own end is settled by the host',
    async (command, context) => {
      const [scene, host] = await begun(context)
      expect((await release(scene, 'v2')).belay).toBe('committed')
      const inputs = command === 'deploy' ? { version: 'v3', undo: 'false' } : { command }
      const source = command === 'deploy' ? await scene.release('api', 'v3') : ''
      const played = await scene.job('v3', [scene.deploy('api', source, inputs)], {
        pause: {
          step: 'release/api',
          stage: 'main',
          match: { event: 'phase', phase: 'armed' },
          harm: () => host.link.cut(),
        },
      })
      expect(played.belay, played.log).toBe('committed')
      expect(await scene.serves(host, 'api')).toBe(command === 'deploy' ? 'v3' : 'v1')
      expect(await stateOn(host, 'api')).toBe('confirmed')
    },
  )
})

need(canStartHosts())('a dry run', () => {
  test.concurrent('prints what would be done, also that nothing would, and changes nothing', async (context) => {
    const [scene, host] = await begun(context)
    const connections = host.link.connections
    const would = await release(scene, 'v2', { 'dry-run': 'true' })
    expect(would.log).toMatch(/: \d{8}T\d{6}Z-[\w-]+ → \d{8}T\d{6}Z-[\w-]+\n/)
    expect(would.log).toContain('It would upload, prepare, switch')
    expect((await release(scene, 'v1', { 'dry-run': 'true' })).log).toContain('nothing to do')
    expect(await scene.serves(host, 'api')).toBe('v1')
    expect((await host.run(['ls', `${base}/.belay/states`])).stdout.trim().split('\n')).toHaveLength(1)
    expect(host.link.connections).toBe(connections + 2)
  })
})
