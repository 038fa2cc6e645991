import { canStartHosts } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import {
  type CompletedJob,
  type Fixture,
  type JobStep,
  lockIsFree,
  openFixture,
  services,
  shaOf,
  waitFor,
} from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { loseRunnerOnceArmed } from '../support/pauses.ts'

/** Two hosts that serve v1 of both services. */
async function begun(context: TestContext): Promise<Fixture> {
  const fixture = await openFixture()
  context.onTestFinished(() => fixture.close())
  const first = await fixture.job('v1', await both(fixture, 'v1'))
  expect(first.belay, first.log).toBe('committed')
  return fixture
}

const both = async (fixture: Fixture, version: string, inputs: Record<string, string> = {}): Promise<JobStep[]> =>
  Promise.all(
    services.map(async (service) =>
      fixture.deploy(service, await fixture.release(service, version), { version, ...inputs }),
    ),
  )

async function expectEnd(fixture: Fixture, completed: CompletedJob, result: string, served: string): Promise<void> {
  const context = `${completed.log}\n${completed.record.map((line) => JSON.stringify(line)).join('\n')}`
  expect(completed.belay, context).toBe(result)
  expect(await fixture.served(), context).toBe(served)
  // A process releases its lock a moment after its last reply.
  const free = async () =>
    (await Promise.all(fixture.hosts.flatMap((host) => services.map((service) => lockIsFree(host, service))))).every(
      Boolean,
    )
  await waitFor('every lock is free', 30, free)
}

/** A step of the composite: everything but what a test is about. */
async function releaseStep(fixture: Fixture, version: string, inputs: Record<string, string>, step: JobStep = {}) {
  const deploy = fixture.deploy('api', await fixture.release('api', version), inputs) as { with: object }
  return { ...step, id: 'release', uses: '$/actions/release', with: { 'gate-deadline': '30s', ...deploy.with } }
}

describeIf(canStartHosts())('incidents of whole jobs', () => {
  test.concurrent('a service that expires while another still uploads rolls both back (rules 6 and 7)', async (context) => {
    const fixture = await begun(context)
    const [api, worker] = (await both(fixture, 'v2')) as [JobStep & { with: object }, JobStep]
    const steps = [{ ...api, with: { ...api.with, 'confirm-timeout': '5s' } }, worker]
    const completed = await fixture.job('v2', steps, {
      pause: {
        step: 'release/worker',
        stage: 'main',
        match: { phase: 'upload' },
        inject: () => new Promise((resolve) => setTimeout(resolve, 7000)),
      },
    })
    await expectEnd(fixture, completed, 'rolled-back', 'v1 v1 v1 v1')
    expect(completed.log).toContain('The confirm timeout expired, and the hosts are rolling back on their own.')
    expect(completed.job.steps.find(({ path }) => path === 'release/worker')?.outputs['failure-code']).toBe(
      'confirm-timeout-expired',
    )
  })

  test.concurrent.for([
    ['inside its countdown', 0],
    ['after its countdown', 24_000],
  ] as const)('a second attempt after a lost runner, %s', async ([, wait], context) => {
    const fixture = await begun(context)
    // A busy machine needs more than 8 s from the one service to the other.
    const steps = await both(fixture, 'v2', { 'confirm-timeout': '20s' })
    const lost = await fixture.job('v2', steps, loseRunnerOnceArmed('release/worker'))
    expect(lost.result.conclusion, lost.log).toBe('lost')
    await new Promise((resolve) => setTimeout(resolve, wait))
    const second = await fixture.job('v2', await both(fixture, 'v2'), { attempt: '2' })
    await expectEnd(fixture, second, 'committed', 'v2 v2 v2 v2')
  })

  test.concurrent('a gate that fails inside release under continue-on-error undoes the release (rule 7)', async (context) => {
    const fixture = await begun(context)
    // The service reports another commit than the one that is released.
    const step = await releaseStep(fixture, 'v2', {
      urls: fixture.urlOn(fixture.hosts[0] as never, 'api'),
      'gate-deadline': '3s',
    })
    const completed = await fixture.job('v3', [{ ...step, 'continue-on-error': true }])
    await expectEnd(fixture, completed, 'rolled-back', 'v1 v1 v1 v1')
    expect(completed.log).toContain('began and did not reach its end')
  })

  test.concurrent('a gate longer than confirm-timeout: the hosts roll back on their own, and the job says why', async (context) => {
    const fixture = await begun(context)
    const urls = fixture.hosts.map((host) => fixture.urlOn(host, 'api')).join('\n')
    // Step by step: `release` knows both times and refuses them before anything is touched.
    const deploy = fixture.deploy('api', await fixture.release('api', 'v2'), { 'confirm-timeout': '5s' })
    const gate = { uses: '$/actions/health-gate', with: { urls, 'expect-version': shaOf('v3'), deadline: '12s' } }
    const completed = await fixture.job('v3', [deploy, gate])
    await expectEnd(fixture, completed, 'rolled-back', 'v1 v1 v1 v1')
  })

  test.concurrent('release refuses a gate longer than confirm-timeout, with the arithmetic', async (context) => {
    const fixture = await begun(context)
    const urls = fixture.hosts.map((host) => fixture.urlOn(host, 'api')).join('\n')
    const times = { 'check-timeout': '5s', 'gate-deadline': '12s', 'confirm-timeout': '15s' }
    const step = await releaseStep(fixture, 'v2', { urls, ...times })
    const completed = await fixture.job('v3', [step])
    expect(completed.result.conclusion).toBe('failure')
    expect(completed.log).toContain('check-timeout 5 s + gate-deadline 12 s = 17 s')
    expect(await fixture.served()).toBe('v1 v1 v1 v1')
  })

  test.concurrent('two runs at once on the same hosts, named in opposite order: one after the other', async (context) => {
    const fixture = await begun(context)
    const turned = fixture.hosts
      .map(({ target }) => target)
      .reverse()
      .join('\n')
    const [one, other] = await Promise.all([
      fixture.job('v2', await both(fixture, 'v2')),
      fixture.job('v3', await both(fixture, 'v3', { hosts: turned })),
    ])
    expect([one.belay, other.belay], `${one.log}\n${other.log}`).toEqual(['committed', 'committed'])
    const [api, worker] = [
      await fixture.serves(fixture.hosts[0] as never, 'api'),
      await fixture.serves(fixture.hosts[0] as never, 'worker'),
    ]
    expect(await fixture.served()).toBe(`${api} ${worker} ${api} ${worker}`)
    expect(['v2', 'v3']).toContain(api)
  })

  test.concurrent('a noop beside a real release: the noop is unchanged, the other is undone', async (context) => {
    const fixture = await begun(context)
    const [api] = await both(fixture, 'v1')
    const [, worker] = await both(fixture, 'v2')
    const completed = await fixture.job('v2', [api as JobStep, worker as JobStep, { run: 'exit 1' }])
    await expectEnd(fixture, completed, 'rolled-back', 'v1 v1 v1 v1')
    const results = completed.job.steps.filter(({ stage }) => stage === 'main').map(({ outputs }) => outputs.result)
    expect(results.slice(0, 2)).toEqual(['noop', 'pending'])
  })

  test.concurrent('a whole release by the composite: gated by the commit, committed', async (context) => {
    const fixture = await begun(context)
    const urls = fixture.hosts.map((host) => fixture.urlOn(host, 'api')).join('\n')
    const completed = await fixture.job('v2', [await releaseStep(fixture, 'v2', { urls })])
    await expectEnd(fixture, completed, 'committed', 'v2 v1 v2 v1')
    expect(completed.record.find(({ event }) => event === 'gate')).toMatchObject({
      verdict: 'pass',
      version: shaOf('v2'),
    })
  })

  test.concurrent('a change of current by hand under an armed release is reported and kept (rule 5)', async (context) => {
    const fixture = await begun(context)
    const [host] = fixture.hosts
    const link = await host?.linkTarget('/srv/api/qa/current')
    const steps = [...(await both(fixture, 'v2')), { id: 'hand', run: 'sleep 1; exit 1' }]
    const completed = await fixture.job('v2', steps, {
      onEvent: (event) => {
        if (event.type !== 'step-start' || event.path !== 'release/hand') return
        void host?.run(['ln', '-sfn', `${link}/../elsewhere`, '/srv/api/qa/current'])
      },
    })
    expect(completed.belay, completed.log).toBe('mixed')
    expect(completed.log).toContain('it was changed from outside, and Belay leaves it as it is')
    expect(await host?.linkTarget('/srv/api/qa/current')).toBe(`${link}/../elsewhere`)
  })
})
