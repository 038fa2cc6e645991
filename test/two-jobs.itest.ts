import { join } from 'node:path'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import {
  type CompletedJob,
  duringStep,
  type Fixture,
  type JobOptions,
  openFixture,
  stateOn,
} from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const base = '/srv/api/qa'

/** All jobs of a test with these options start in the same second. */
const sameSecond = (): Pick<JobOptions, 'stepEnv'> => {
  const second = String(Date.now())
  const clock = join(import.meta.dirname, 'support/same-second.mjs')
  return { stepEnv: () => ({ NODE_OPTIONS: `--import ${clock}`, BELAY_TEST_SECOND: second }) }
}

async function begun(context: TestContext): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1 })
  context.onTestFinished(() => fixture.close())
  const steps = [fixture.deploy('api', await fixture.release('api', 'v1'), { version: 'v1' })]
  expect((await fixture.job('v1', steps)).belay).toBe('committed')
  return [fixture, fixture.hosts[0] as TestHost]
}

/**
 * Two jobs of one matrix, as they are: the same run, attempt, job, commit and second. `second` is run while the first
 * has its release armed.
 */
async function twoJobs(
  fixture: Fixture,
  lockTimeout: string,
  during: (second: Promise<CompletedJob>) => Promise<unknown>,
): Promise<[CompletedJob, CompletedJob]> {
  const same = { ...sameSecond(), runId: '4711' }
  const step = async (version: string) =>
    fixture.deploy('api', await fixture.release('api', version), { version, 'lock-timeout': lockTimeout })
  const rival = await step('v2b')
  let second: Promise<CompletedJob> | undefined
  const [wait, options] = duringStep(async () => {
    second = fixture.job('v2', [rival], same)
    await during(second)
  })
  const first = await fixture.job('v2', [await step('v2'), wait], { ...same, ...options })
  return [first, await (second as unknown as Promise<CompletedJob>)]
}

describeIf(canStartHosts())('two jobs of one commit in one second (rule 4)', () => {
  test.concurrent('the second does not get the lock, and its clean-up does not touch the first', async (context) => {
    const [fixture, host] = await begun(context)
    const [first, second] = await twoJobs(fixture, '0s', (completed) => completed)
    expect(second.job.steps[0]?.outputs['failure-code'], second.log).toBe('lock-held')
    expect(first.belay, first.log).toBe('committed')
    expect(await fixture.serves(host, 'api')).toBe('v2')
    expect(await stateOn(host, 'api')).toBe('confirmed')
  })

  test.concurrent('the second waits for the first and makes its own release', async (context) => {
    const [fixture, host] = await begun(context)
    const waits = () => new Promise((resolve) => setTimeout(resolve, 4000))
    const [first, second] = await twoJobs(fixture, '60s', waits)
    expect([first.belay, second.belay], `${first.log}\n${second.log}`).toEqual(['committed', 'committed'])
    expect(await fixture.serves(host, 'api')).toBe('v2b')
    // Each in a folder of its own, and none inside the other's.
    const { stdout } = await host.run(['find', `${base}/releases`, '-name', '.incoming-*'])
    expect(stdout).toBe('')
    const folders = await host.run(['ls', `${base}/releases`])
    expect(folders.stdout.trim().split('\n')).toHaveLength(3)
  })
})
