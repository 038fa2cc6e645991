import { type FakeGitHub, startFakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, openFixture, shaOf } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { type ActJob, openAct } from './job.ts'
import { canRunAct } from './program.ts'
import { deploySteps, releaseStep, runnerTestStep } from './steps.ts'

describeIf(canStartHosts() ?? (await canRunAct()))('workflows under act, an independent runner', () => {
  let fixture: Fixture
  let slack: FakeSlack
  let github: FakeGitHub
  let run: ReturnType<typeof openAct>

  beforeAll(async () => {
    slack = await startFakeSlack()
    fixture = await openFixture()
    const commits = ['v5', 'v6', 'v8'].map((version) => ({ sha: shaOf(version), parents: [], message: version }))
    const repository = { name: 'acme/acme', commits, branches: { main: shaOf('v8') } }
    github = await startFakeGitHub({ repository })
    run = openAct(fixture, github.url)
    // The release that act's jobs find and restore was committed under our own workflow runner.
    const first = await fixture.job('v1', await deploySteps(fixture, 'v1', {}))
    expect(first.belay, first.log).toBe('committed')
  })
  afterAll(async () => {
    await fixture?.close()
    await slack?.stop()
    await github?.stop()
  })

  /** The compared parts of a job; if they differ, its whole output is shown. */
  const expectJob = async (job: ActJob, serves: string, expected: Partial<ActJob>) => {
    expect({ ...job, log: '', stages: [] }, job.log).toMatchObject({ ...expected, left: [] })
    expect(await fixture.served(), job.log).toBe(serves)
  }

  const releasePosts = ['worker', 'api'].flatMap((id) => [
    id,
    `${id}/deploy-ssh`,
    `${id}/deployment`,
    `${id}/notify-slack`,
    `${id}/begin`,
  ])

  test('steps, all succeed: both services are committed', async () => {
    const job = await run('v2', [runnerTestStep('first'), ...(await deploySteps(fixture, 'v2'))])
    await expectJob(job, 'v2 v2 v2 v2', {
      status: 0,
      conclusion: 'success',
      result: 'committed',
      posts: ['worker', 'api', 'first'],
      saw: { first: 'success' },
    })
  })

  test('steps, a later one fails: both services are rolled back', async () => {
    const before = await fixture.served()
    const fail = { id: 'smoke', run: 'exit 1' }
    const job = await run('v3', [runnerTestStep('first'), ...(await deploySteps(fixture, 'v3')), fail])
    await expectJob(job, before, {
      status: 1,
      conclusion: 'failure',
      result: 'rolled-back',
      posts: ['worker', 'api', 'first'],
      saw: { first: 'failure' },
    })
  })

  test('steps, cancelled while a later one sleeps: both services are rolled back', async () => {
    const before = await fixture.served()
    const sleep = { id: 'sleep', run: 'echo asleep; sleep 60' }
    const steps = [runnerTestStep('first'), ...(await deploySteps(fixture, 'v4')), sleep]
    const job = await run('v4', steps, { cancelAt: 'release/sleep' })
    await expectJob(job, before, {
      status: 1,
      // act has no cancelled jobs, only steps.
      conclusion: 'failure',
      result: 'rolled-back',
      posts: ['worker', 'api', 'first'],
      saw: { first: 'cancelled' },
    })
  })

  test('release for each service, all succeed: both are committed and in one message', async () => {
    const vars = { BELAY_SLACK_CHANNEL: '#releases', BELAY_SLACK_API_URL: slack.url }
    const token = { 'slack-token': '${{ secrets.SLACK }}' }
    const steps = [await releaseStep(fixture, 'api', 'v5', token), await releaseStep(fixture, 'worker', 'v5', token)]
    const job = await run('v5', steps, { vars, secrets: { SLACK: 'xoxb-fake' } })
    // What a nested post writes to GITHUB_ENV is lost under act; on GitHub it is the job's result.
    await expectJob(job, 'v5 v5 v5 v5', {
      status: 0,
      conclusion: 'success',
      belay: 'committed',
      posts: releasePosts,
    })
    expect(slack.messages().map(({ text }) => text)).toEqual([expect.stringMatching(/committed/i)])
  })

  test('release for each service, a gate inside the second fails: both are rolled back', async () => {
    const before = await fixture.served()
    const unreachable = { urls: 'http://127.0.0.1:9/health', 'gate-deadline': '3s' }
    const api = await releaseStep(fixture, 'api', 'v6', { urls: '' })
    const job = await run('v6', [api, await releaseStep(fixture, 'worker', 'v6', unreachable)])
    await expectJob(job, before, { status: 1, conclusion: 'failure', belay: 'rolled-back', posts: releasePosts })
  })

  // The next two are no promises of Belay: GitHub's runner gives these posts the failure, and everything is rolled back
  // (.github/workflows/on-github.yml). act does not, so they commit in a red job. These tests fail once act does.
  test('only act: a post does not get the failure of an earlier post', async () => {
    const foreign = runnerTestStep('foreign', { post: 'fail' })
    const job = await run('v7', [runnerTestStep('first'), ...(await deploySteps(fixture, 'v7')), foreign])
    await expectJob(job, 'v7 v7 v7 v7', {
      status: 1,
      // Such a failure ends the whole run: the next job is not started.
      conclusion: undefined,
      belay: 'committed',
      posts: ['foreign', 'worker', 'api', 'first'],
      saw: { foreign: 'success', first: 'success' },
    })
  })

  test('only act: a post nested in a composite does not get the failure of a later step of the job', async () => {
    const [, worker] = (await fixture.served()).split(' ')
    const steps = [runnerTestStep('first'), await releaseStep(fixture, 'api', 'v8', { urls: '' }), { run: 'exit 1' }]
    const job = await run('v8', steps)
    await expectJob(job, `v8 ${worker} v8 ${worker}`, {
      status: 1,
      conclusion: 'failure',
      belay: 'committed',
      posts: ['api', 'api/deploy-ssh', 'api/deployment', 'api/notify-slack', 'api/begin', 'first'],
      saw: { first: 'failure' },
    })
  })
})
