import { type LocalGitHub, startGitHub } from '@belay/fakes/github'
import { type Slack, startSlack } from '@belay/fakes/slack'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, openFixture, shaOf } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { type ActJob, openAct } from './job.ts'
import { canRunAct } from './program.ts'
import { deploySteps, releaseStep, runnerTestStep } from './steps.ts'

describeIf(canStartHosts() ?? (await canRunAct()))('workflows under act, a runner that others wrote', () => {
  let fixture: Fixture
  let slack: Slack
  let github: LocalGitHub
  let run: ReturnType<typeof openAct>

  beforeAll(async () => {
    slack = await startSlack()
    fixture = await openFixture()
    const commits = ['v5', 'v6', 'v8'].map((version) => ({ sha: shaOf(version), parents: [], message: version }))
    const repository = { name: 'acme/acme', commits, branches: { main: shaOf('v8') } }
    github = await startGitHub({ repository })
    run = openAct(fixture, github.url)
    // What act's jobs find, and go back to, was committed under our own engine.
    const first = await fixture.job('v1', await deploySteps(fixture, 'v1', {}))
    expect(first.belay, first.log).toBe('committed')
  })
  afterAll(async () => {
    await fixture?.close()
    await slack?.stop()
    await github?.stop()
  })

  /** What is compared of a job; all of what was printed is shown where it differs. */
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

  test('steps, all end well: both services are committed', async () => {
    const job = await run('v2', [runnerTestStep('first'), ...(await deploySteps(fixture, 'v2'))])
    await expectJob(job, 'v2 v2 v2 v2', {
      status: 0,
      conclusion: 'success',
      result: 'committed',
      posts: ['worker', 'api', 'first'],
      saw: { first: 'success' },
    })
  })

  test('steps, a later one fails: both services go back', async () => {
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

  test('steps, cancelled while a later one sleeps: both services go back', async () => {
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

  test('release for each service, all ends well: both are committed, and told in one message', async () => {
    const vars = { BELAY_SLACK_CHANNEL: '#releases', BELAY_SLACK_API_URL: slack.url }
    const token = { 'slack-token': '${{ secrets.SLACK }}' }
    const steps = [await releaseStep(fixture, 'api', 'v5', token), await releaseStep(fixture, 'worker', 'v5', token)]
    const job = await run('v5', steps, { vars, secrets: { SLACK: 'xoxb-stand-in' } })
    // What a nested post writes to GITHUB_ENV goes no further under act; on GitHub it is the job's result.
    await expectJob(job, 'v5 v5 v5 v5', {
      status: 0,
      conclusion: 'success',
      belay: 'committed',
      posts: releasePosts,
    })
    expect(slack.messages().map(({ text }) => text)).toEqual([expect.stringMatching(/committed/i)])
  })

  test('release for each service, a gate inside the second fails: both go back', async () => {
    const before = await fixture.served()
    const nobody = { urls: 'http://127.0.0.1:9/health', 'gate-deadline': '3s' }
    const api = await releaseStep(fixture, 'api', 'v6', { urls: '' })
    const job = await run('v6', [api, await releaseStep(fixture, 'worker', 'v6', nobody)])
    await expectJob(job, before, { status: 1, conclusion: 'failure', belay: 'rolled-back', posts: releasePosts })
  })

  // The next two are no promises of Belay's: GitHub's runner tells these posts of the failure, and everything goes back
  // (.github/workflows/on-github.yml). act does not, so they commit in a job that is red. Where act learns it, they fail.
  test('act alone: a post is not told that a post before it failed', async () => {
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

  test('act alone: a post nested in a composite is not told that a later step of the job failed', async () => {
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
