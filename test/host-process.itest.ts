import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import {
  briefCheck,
  duringStep,
  type Fixture,
  type FixtureOptions,
  type JobStep,
  openFixture,
  stateOn,
  waitFor,
} from './support/fixture.ts'
import { describeIf } from './support/need.ts'
import { atPhase, loseRunnerOnceArmed } from './support/pauses.ts'

const base = '/srv/api/qa'

async function begun(context: TestContext, options: FixtureOptions = {}): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1, ...options })
  context.onTestFinished(() => fixture.close())
  expect((await release(fixture, 'v1')).belay).toBe('committed')
  return [fixture, fixture.hosts[0] as TestHost]
}

const step = async (fixture: Fixture, version: string, inputs = {}, more = {}): Promise<JobStep> =>
  fixture.deploy('api', await fixture.release('api', version), { version, ...inputs }, more)

const release = async (fixture: Fixture, version: string, inputs = {}, more: JobStep[] = []) =>
  fixture.job(version, [await step(fixture, version, inputs), ...more])

/** Rolls back in a job of its own and returns the step's outputs and log. */
async function rollback(fixture: Fixture, inputs: Record<string, string>) {
  const completed = await fixture.job('v9', [fixture.deploy('api', '', { command: 'rollback', ...inputs })])
  return { ...completed, api: await fixture.serves(fixture.hosts[0] as TestHost, 'api') }
}

/** Leaves a release armed on the host without a runner. */
async function lost(fixture: Fixture, version: string, seconds: number) {
  const completed = await fixture.job(
    version,
    [await step(fixture, version, { 'confirm-timeout': `${seconds}s` })],
    loseRunnerOnceArmed(),
  )
  expect(completed.result.conclusion, completed.log).toBe('lost')
}

async function killServe(host: TestHost): Promise<void> {
  for (const { pid, args } of await host.processes()) if (args.includes('serve')) await host.kill(pid, 'SIGKILL')
}

describeIf(canStartHosts())('the process of a release on a host', () => {
  test.concurrent('is killed shortly before its job fails: the post undoes the release itself (rule 10)', async (context) => {
    const [fixture, host] = await begun(context)
    const [later, options] = duringStep(() => killServe(host), 'exit 1')
    const completed = await fixture.job('v2', [await step(fixture, 'v2'), later], options)
    expect(completed.belay, completed.log).toBe('rolled-back')
    expect(await fixture.serves(host, 'api')).toBe('v1')
  })

  test.concurrent('undoes an armed release on a disk that the service has filled', async (context) => {
    const [fixture, host] = await begun(context, { disk: '60m' })
    await lost(fixture, 'v2', 6)
    await host.run(['dd', 'if=/dev/zero', 'of=/srv/ballast', 'bs=64k'], { user: 'root' })
    await waitFor('v1 serves again', 30, async () => (await fixture.serves(host, 'api')) === 'v1')
    await waitFor('it is undone', 30, async () => (await stateOn(host, 'api')) === 'undone')
  })

  test.concurrent('refuses a change whose file was damaged by a power cut: it is named, and nothing of it runs', async (context) => {
    const [fixture, host] = await begun(context)
    const { stdout } = await host.run(['ls', `${base}/.belay/changes`])
    const file = `${base}/.belay/changes/${stdout.trim()}`
    const whole = (await host.read(file)) ?? ''
    for (const torn of ['', `${whole.slice(0, 40)}'; touch /tmp/ran; '`]) {
      await host.write(file, torn)
      const completed = await release(fixture, 'v2')
      expect(completed.job.steps[0]?.outputs['failure-code'], completed.log).toBe('state-damaged')
      expect(completed.log).toContain(file)
      expect(await host.exists('/tmp/ran')).toBe(false)
    }
    await host.write(file, whole)
    expect((await release(fixture, 'v3')).belay).toBe('committed')
  })

  test.concurrent('reports at boot whether it restored the confirmed release', async (context) => {
    const [fixture, host] = await begun(context)
    await lost(fixture, 'v2', 600)
    await killServe(host)
    await host.run(['sh', `${base}/.belay/deploy-ssh.sh`, 'recover', 'restart'])
    expect(await stateOn(host, 'api')).toBe('undone')
    expect(await fixture.serves(host, 'api')).toBe('v1')

    await lost(fixture, 'v3', 600)
    await killServe(host)
    const confirmed = (await host.run(['sh', '-c', `ls -d ${base}/releases/* | head -n 1`])).stdout.trim()
    await host.run(['mv', confirmed, '/srv/api/away'], { user: 'root' })
    await host.run(['sh', `${base}/.belay/deploy-ssh.sh`, 'recover', 'restart'])
    expect(await stateOn(host, 'api')).toBe('mixed')
  })

  test.concurrent('restores the new release, if the previous one fails its check after the undo (rule 11)', async (context) => {
    const [fixture, host] = await begun(context)
    const [later, options] = duringStep(async () => {
      const former = (await host.run(['sh', '-c', `ls -d ${base}/releases/* | head -n 1`])).stdout.trim()
      await host.write(`${former}/release.json`, '{"crash":"start"}')
    }, 'exit 1')
    const completed = await fixture.job('v2', [await step(fixture, 'v2', briefCheck), later], options)
    expect(completed.belay, completed.log).toBe('mixed')
    expect(completed.log).toContain('was started again and passes')
    expect(await fixture.serves(host, 'api')).toBe('v2')
  })
})

describeIf(canStartHosts())('rollback', () => {
  test.concurrent('restores the previous release, which is never one that was rolled back (rule 18)', async (context) => {
    const [fixture] = await begun(context)
    for (const version of ['v2', 'v3']) expect((await release(fixture, version)).belay).toBe('committed')
    expect(await rollback(fixture, {})).toMatchObject({ belay: 'committed', api: 'v2' })
    expect((await release(fixture, 'v4')).belay).toBe('committed')
    expect(await rollback(fixture, {})).toMatchObject({ belay: 'committed', api: 'v2' })
  })

  test.concurrent('restores any release that is kept by its version (rule 18)', async (context) => {
    const [fixture] = await begun(context)
    for (const version of ['v2', 'v3', 'v4']) expect((await release(fixture, version)).belay).toBe('committed')
    expect(await rollback(fixture, { version: 'v3' })).toMatchObject({ belay: 'committed', api: 'v3' })
    expect(await rollback(fixture, { version: 'v3' })).toMatchObject({ belay: 'noop', api: 'v3' })
    expect(await rollback(fixture, { version: 'v4' })).toMatchObject({ belay: 'committed', api: 'v4' })
  })

  test.concurrent('refuses a version that is not kept, and names those that are (rule 18)', async (context) => {
    const [fixture] = await begun(context)
    const unknown = await rollback(fixture, { version: 'v7' })
    expect(unknown.log).toContain('choose one of:')
    expect(unknown.job.steps[0]?.outputs['failure-code']).toBe('no-such-release')
  })

  test.concurrent('finds the oldest release that is kept (rule 18)', async (context) => {
    const [fixture] = await begun(context)
    for (const version of ['v2', 'v3'])
      expect((await release(fixture, version, { 'keep-releases': '3' })).belay).toBe('committed')
    // The restored release is the second of the two that are kept now.
    const oldest = await rollback(fixture, { version: 'v1', 'keep-releases': '2' })
    expect(oldest, oldest.log).toMatchObject({ belay: 'committed', api: 'v1' })
  })

  test.concurrent('as a dry run changes nothing, even in a job that has changed something', async (context) => {
    const [fixture, host] = await begun(context)
    const dry = fixture.deploy('api', '', { command: 'rollback', 'dry-run': 'true' }, { id: 'dry' })
    const completed = await fixture.job('v2', [await step(fixture, 'v2'), dry])
    expect(completed.belay, completed.log).toBe('committed')
    expect(await fixture.serves(host, 'api')).toBe('v2')
  })

  test.concurrent('after a lost run means the committed release (rule 3)', async (context) => {
    const [fixture] = await begun(context)
    expect((await release(fixture, 'v2')).belay).toBe('committed')
    await lost(fixture, 'v3', 8)
    const back = await rollback(fixture, {})
    expect(back.api, back.log).toBe('v2')
  })

  test.concurrent.for(['deploy', 'rollback'])(
    '%s: a confirm at its own end whose answer is lost is settled by the host (rules 8, 14)',
    async (command, context) => {
      const [fixture, host] = await begun(context)
      expect((await release(fixture, 'v2')).belay).toBe('committed')
      const inputs = command === 'deploy' ? { version: 'v3', undo: 'false' } : { command }
      const source = command === 'deploy' ? await fixture.release('api', 'v3') : ''
      const completed = await fixture.job(
        'v3',
        [fixture.deploy('api', source, inputs)],
        atPhase('release/api', 'armed', () => host.link.cut()),
      )
      expect(completed.belay, completed.log).toBe('committed')
      expect(await fixture.serves(host, 'api')).toBe(command === 'deploy' ? 'v3' : 'v1')
      expect(await stateOn(host, 'api')).toBe('confirmed')
    },
  )
})

describeIf(canStartHosts())('a dry run', () => {
  test.concurrent('prints what would be done, or that there is nothing to do, and changes nothing', async (context) => {
    const [fixture, host] = await begun(context)
    const connections = host.link.connections
    const would = await release(fixture, 'v2', { 'dry-run': 'true' })
    expect(would.log).toMatch(/: \d{8}T\d{6}Z-[\w-]+ → \d{8}T\d{6}Z-[\w-]+\n/)
    expect(would.log).toContain('It would upload, prepare, switch')
    expect((await release(fixture, 'v1', { 'dry-run': 'true' })).log).toContain('nothing to do')
    expect(await fixture.serves(host, 'api')).toBe('v1')
    expect((await host.run(['ls', `${base}/.belay/states`])).stdout.trim().split('\n')).toHaveLength(1)
    expect(host.link.connections).toBe(connections + 2)
  })
})
