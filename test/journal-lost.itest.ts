import { globSync } from 'node:fs'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Fixture, type JobStep, lockIsFree, openFixture, services, waitFor } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const journal = '"$RUNNER_TEMP"/belay/journal.jsonl'

/** What a step of the job does to the journal, and what the log must say. */
const losses: [string, string, RegExp][] = [
  ['empties RUNNER_TEMP', 'rm -rf "$RUNNER_TEMP"/*', /it is missing/],
  ['removes the journal', `rm ${journal}`, /it is missing/],
  ['leaves it empty', `: >${journal}`, /it is empty/],
  ['cuts it off', `head -c 300 ${journal} >j && cat j >${journal}`, /it was cut off/],
  ['changes a line', `sed -i '2s/./#/' ${journal}`, /it was changed/],
  ['adds a line that is none', `echo 'not of Belay' >>${journal}`, /line \d+ cannot be read/],
]

async function begun(context: TestContext): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1 })
  context.onTestFinished(() => fixture.close())
  expect((await fixture.job('v1', await both(fixture, 'v1'))).belay).toBe('committed')
  return [fixture, fixture.hosts[0] as TestHost]
}

const both = (fixture: Fixture, version: string, inputs: Record<string, string> = {}): Promise<JobStep[]> =>
  Promise.all(
    services.map(async (service) =>
      fixture.deploy(service, await fixture.release(service, version), { version, ...inputs }),
    ),
  )

/** The connections that jobs of this fixture left open. */
const connections = (fixture: Fixture) => globSync('belay-*', { cwd: fixture.folder })

async function expectAllBack(fixture: Fixture, host: TestHost): Promise<void> {
  await waitFor('both serve v1 again', 20, async () => (await fixture.served()) === 'v1 v1')
  for (const service of services) await waitFor('its lock is free', 30, () => lockIsFree(host, service))
  expect(connections(fixture)).toEqual([])
}

describeIf(canStartHosts())('a step of the job harms the journal (rule 2):', () => {
  test.concurrent.for(losses)(
    '%s: the job is red, and says which hosts roll back on their own (rule 2)',
    async ([, run, why], context) => {
      const [fixture, host] = await begun(context)
      const steps = await both(fixture, 'v2', { 'confirm-timeout': '8s' })
      const completed = await fixture.job('v2', [...steps, { run }])
      const { log, job, belay } = completed
      expect(completed.result.conclusion, log).toBe('failure')
      expect(belay, log).toBe('unknown')
      expect(log).toMatch(why)
      const posts = job.steps.filter(({ stage, path }) => stage === 'post' && /api|worker/.test(path))
      expect(posts.map(({ outcome }) => outcome)).toEqual(['failure', 'failure'])
      expect(log).toContain(`api on ${host.target}`)
      expect(log).toContain('journal.jsonl')
      await expectAllBack(fixture, host)
    },
  )

  test.concurrent('empties RUNNER_TEMP between two releases: the second is refused, the job is red (rule 2)', async (context) => {
    const [fixture, host] = await begun(context)
    const [api, worker] = (await both(fixture, 'v2', { 'confirm-timeout': '10s' })) as [JobStep, JobStep]
    const gate = {
      uses: '$/actions/health-gate',
      with: { urls: fixture.urlOn(host, 'api'), deadline: '15s', version: '' },
    }
    const completed = await fixture.job('v2', [api, { run: 'rm -rf "$RUNNER_TEMP"/*' }, gate, worker])
    expect(completed.result.conclusion, completed.log).toBe('failure')
    expect(completed.belay, completed.log).toBe('unknown')
    const second = completed.job.steps.find(({ path, stage }) => path === 'release/worker' && stage === 'main')
    expect(second?.outputs['failure-code'], completed.log).toBe('journal-lost')
    await expectAllBack(fixture, host)
  })

  test.concurrent('forges a second start of a step: what the first one armed is still undone (rule 2)', async (context) => {
    const [fixture, host] = await begun(context)
    const steps = await both(fixture, 'v2')
    const forged = '{"step":"deploy-ssh-1","event":"step-began","action":"deploy-ssh","mutates":true,"service":"api"}'
    const completed = await fixture.job('v2', [...steps, { run: `echo '${forged}' >>${journal}; exit 1` }])
    expect(completed.belay, completed.log).toBe('rolled-back')
    await expectAllBack(fixture, host)
  })
})
