import { canStartHosts } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Fixture, type JobStep, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

async function begun(context: TestContext): Promise<Fixture> {
  const fixture = await openFixture()
  context.onTestFinished(() => fixture.close())
  expect((await release(fixture, 'v1')).belay).toBe('committed')
  return fixture
}

async function release(fixture: Fixture, version: string, inputs = {}, faults = {}, more: JobStep[] = []) {
  const source = await fixture.release('api', version, faults)
  const step = fixture.deploy('api', source, { version, ...inputs })
  const completed = await fixture.job(version, [step, ...more])
  const [main] = completed.job.steps
  return { ...completed, outputs: main?.outputs ?? {}, hosts: JSON.parse(main?.outputs.hosts ?? '[]') as object[] }
}

const named = (version: string) => ({ id: expect.stringMatching(/^\d{8}T\d{6}Z-\S+$/), version })
const nothing = { id: '', version: '' }
const ms = expect.any(Number)

describeIf(canStartHosts())('the output hosts has the result of each host', () => {
  test.concurrent('after a success: the previous version, the serving version and the duration', async (context) => {
    const fixture = await begun(context)
    const names = fixture.hosts.map(({ target }) => target)
    const { outputs, hosts, log } = await release(fixture, 'v2')
    const row = { state: 'pending', phase: 'armed', error: '', before: named('v1'), after: named('v2'), ms }
    expect(hosts, log).toEqual(names.map((host) => ({ host, ...row })))
    expect(hosts).toMatchObject(names.map(() => ({ after: { id: outputs['release-id'] } })))
  })

  test.concurrent('after a failed preflight: the host with the problem, and nothing changed', async (context) => {
    const fixture = await begun(context)
    await fixture.hosts[1]?.run(['chown', 'root', '/srv/api/qa/releases'], { user: 'root' })
    const { hosts, log } = await release(fixture, 'v2')
    const row = { state: 'unchanged', phase: 'preflight', before: named('v1'), after: named('v1') }
    expect(hosts, log).toMatchObject([
      { ...row, error: '' },
      { ...row, error: 'deploy cannot write to /srv/api/qa/releases' },
    ])
  })

  test.concurrent('after a failure before the switch, on a host that cannot be reached: nothing changed', async (context) => {
    const fixture = await begun(context)
    fixture.hosts[1]?.link.refuse(true)
    const { hosts, log } = await release(fixture, 'v2')
    const error = expect.stringContaining('cannot be reached')
    expect(hosts, log).toMatchObject([
      { state: 'unchanged', phase: 'connect', error: '', before: nothing, after: nothing },
      { state: 'unchanged', phase: 'connect', error, before: nothing, after: nothing },
    ])
  })

  test.concurrent('after a failure in the switch: where it failed, and which version serves again', async (context) => {
    const fixture = await begun(context)
    const { hosts, log } = await release(fixture, 'v2', {}, { health: 500 })
    const error = expect.stringMatching(/^check failed: http:.* answered with status 500/)
    const row = { state: 'rolled-back', phase: 'check', error, before: named('v1'), after: named('v1'), ms }
    expect(hosts, log).toMatchObject([row, row])
  })

  test.concurrent('of a noop and of a dry run: no release id that was never created', async (context) => {
    const fixture = await begun(context)
    const row = { error: '', before: named('v1'), after: named('v1') }
    const noop = await release(fixture, 'v1')
    expect(noop.hosts, noop.log).toMatchObject([
      { state: 'noop', ...row },
      { state: 'noop', ...row },
    ])
    const dry = await release(fixture, 'v2', { 'dry-run': 'true' })
    expect(dry.hosts, dry.log).toMatchObject([
      { state: 'unchanged', ...row },
      { state: 'unchanged', ...row },
    ])
  })

  test.concurrent('of a rollback: both versions', async (context) => {
    const fixture = await begun(context)
    expect((await release(fixture, 'v2')).belay).toBe('committed')
    const completed = await fixture.job('v9', [fixture.deploy('api', '', { command: 'rollback' })])
    const row = { state: 'committed', before: named('v2'), after: named('v1') }
    expect(JSON.parse(completed.job.steps[0]?.outputs.hosts ?? '[]'), completed.log).toMatchObject([row, row])
  })

  test.concurrent('of a rollback in the job of the release: the undone version and the serving one', async (context) => {
    const fixture = await begun(context)
    const source = await fixture.release('api', 'v2')
    const deploy = fixture.deploy('api', source, { version: 'v2' })
    const completed = await fixture.job('v2', [deploy, fixture.deploy('api', '', { command: 'rollback' })])
    const [, back] = completed.job.steps.filter(({ stage }) => stage === 'main')
    const row = { state: 'rolled-back', error: '', before: named('v2'), after: named('v1') }
    expect(JSON.parse(back?.outputs.hosts ?? '[]'), completed.log).toMatchObject([row, row])
  })
})
