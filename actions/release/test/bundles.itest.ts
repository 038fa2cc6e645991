// biome-ignore-all lint/style/noExcessiveLinesPerFile: the steps of one release in their order, on one fake GitHub
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openJournal, type TargetOutcome } from '@belay/action-kit'
import { type FakeGitHub, type GitHubBehaviour, type GitHubRepository, startFakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import type { Result } from '@belay/release-model'
import { canStartRegistry, startRegistry, type TestRegistry } from '@belay/test-hosts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { history, shaOf } from '../../../packages/github/test/history.ts'
import { describeIf } from '../../../test/support/need.ts'
import { pushImage } from './support/image.ts'
import { type Job, openReleaseJob } from './support/job.ts'

const qa = '.github/workflows/qa.yml'
const repository: GitHubRepository = {
  ...history,
  runs: [
    { id: 1, path: qa, sha: shaOf('m5') },
    { id: 2, path: qa, sha: shaOf('m3') },
    { id: 3, path: qa, sha: shaOf('r1'), branch: 'release/1.4' },
  ],
  artifacts: [
    { name: 'acme-sales', run: 1, files: { 'acme-sales.tar': 'five' } },
    { name: 'acme-sales', run: 2, files: { 'acme-sales.tar': 'three' }, expired: true },
    { name: 'acme-sales', run: 3, files: { 'acme-sales.tar': 'hotfix' } },
  ],
}
const token = 'ghs_fake'
const place = { service: 'acme-sales', environment: 'production', 'github-token': token }

let github: FakeGitHub
const jobs: Job[] = []

beforeEach(async () => {
  github = await startFakeGitHub({
    repository,
    tokens: {
      [token]: { contents: 'read', actions: 'read', deployments: 'write' },
      'ghs_no-deployments': { contents: 'read', actions: 'read' },
    },
  })
})
afterEach(async () => {
  for (const job of jobs.splice(0)) job.close()
  await github.stop()
})

/** A job for a run of this commit. */
function jobFor(name: string, environment: Record<string, string> = {}): Job {
  const job = openReleaseJob({ GITHUB_API_URL: github.url, GITHUB_SHA: shaOf(name), ...environment })
  jobs.push(job)
  return job
}

/** What a mutating action of the job would have left in the journal. */
function changed(job: Job, result: Result, outcomes: TargetOutcome[] = []): void {
  const journal = openJournal(join(job.temp, 'belay'))
  journal.append({
    step: 'deploy-ssh-1',
    event: 'step-began',
    action: 'deploy-ssh',
    mutates: true,
    service: 'acme-sales',
  })
  journal.append({ step: 'deploy-ssh-1', event: 'step-ended', seconds: 1, ok: true, result })
  for (const outcome of outcomes) journal.append({ step: 'deploy-ssh-1', event: 'outcome', ...outcome })
}

/** A whole release of a version as far as GitHub sees it. */
async function release(version: string, result: Result, run: string, inputs: Record<string, string> = {}) {
  const job = jobFor('m5', { GITHUB_RUN_ID: run })
  const begun = await job.main('release/begin', { ...place, version })
  const main = await job.main('release/deployment', { ...place, version, ...inputs })
  changed(job, result)
  const post = await job.post('release/deployment', { ...place, version, 'job-status': 'success' })
  return { begun, main, post }
}

describe('begin', () => {
  test.each([
    ['v1.4.0', shaOf('m3')],
    ['v1.4.1', shaOf('r1')],
    [shaOf('m2'), shaOf('m2')],
    ['', shaOf('m5')],
    ['previous', ''],
    ['20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081', ''],
  ])('knows the commit of %j', async (version, sha) => {
    const { exit, outputs } = await jobFor('m5').main('release/begin', { ...place, version })
    expect([exit, outputs.sha]).toEqual([0, sha])
  })
  test('refuses a tag that there is not', async () => {
    const { exit, log } = await jobFor('m5').main('release/begin', { ...place, version: 'v0.0.1' })
    expect(exit).toBe(1)
    expect(log).toContain('has no tag "v0.0.1"')
  })
  test('refuses half a release id, which callers admit without an approval, whatever tag there is', async () => {
    for (const version of ['20261121T100527Z-3f2a', '2026.1.0-Z-1']) {
      const { exit, log } = await jobFor('m5').main('release/begin', { ...place, version })
      expect(exit).toBe(1)
      expect(log).toContain(`version: is "${version}", which resembles a release id and is not one`)
    }
  })
  test.each<[string, GitHubBehaviour]>([
    ['a login page', { does: 'fail', status: 200, accepted: false }],
    ['a redirect', { does: 'redirect', status: 302, location: 'https://example.test/login' }],
    ['half a sha', { does: 'say', status: 200, body: { sha: 'abc1234' } }],
  ])('does not take %s for the commit of a tag', async (_what, behaviour) => {
    github.script(/\/commits/, [behaviour])
    const { exit, outputs } = await jobFor('m5').main('release/begin', { ...place, version: 'v1.4.0' })
    expect([exit, outputs.sha, outputs['failure-code']]).toEqual([1, undefined, 'github-unexpected-answer'])
  })
  test('refuses a tag that was moved after the run was started from it, by both commits', async () => {
    const started = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.4.0' }
    const { exit, outputs, log } = await jobFor('m5', started).main('release/begin', { ...place, version: 'v1.4.0' })
    expect([exit, outputs['failure-code']], log).toEqual([1, 'tag-moved'])
    expect(log).toContain(shaOf('m5'))
    expect(log).toContain(shaOf('m3'))
    const still = await jobFor('m3', started).main('release/begin', { ...place, version: 'v1.4.0' })
    expect([still.exit, still.outputs.sha], still.log).toEqual([0, shaOf('m3')])
  })
  test("hands on the variables that are Belay's, and no others, however many the organisation has", async () => {
    const theirs = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`TEAM_${at}`, 'x'.repeat(400)]))
    const ours = { BELAY_HOSTS: 'a\nb', BELAY_WINDOW: 'Mon-Thu 06-08' }
    const settings = JSON.stringify({ ...theirs, ...ours })
    const { outputs, log } = await jobFor('m5').main('release/begin', { ...place, settings })
    expect(settings.length).toBeGreaterThan(100_000)
    expect(JSON.parse(outputs.settings ?? ''), log).toEqual(ours)
  })

  test('needs no GitHub to go back, nor for the commit of the run (rule 18)', async () => {
    await github.stop()
    for (const version of ['previous', '', '20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081'])
      expect((await jobFor('m5').main('release/begin', { ...place, version })).exit).toBe(0)
  })
})

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

describe('plan', () => {
  const plan = (version: string, inputs: Record<string, string> = {}, environment: Record<string, string> = {}) =>
    jobFor('m5', environment).main('release/plan', { ...place, version, 'proven-by': qa, ...inputs })

  test('of a verified version names its artifact, and the commits that it adds', async () => {
    await release('v1.4.0', 'committed', '70')
    const before = github.calls().length
    const { exit, outputs, summary } = await plan('v1.5.0')
    expect(exit).toBe(0)
    expect(
      new Set(
        github
          .calls()
          .slice(before)
          .map(({ method }) => method),
      ),
    ).toEqual(new Set(['GET']))
    expect(outputs).toMatchObject({
      result: 'unchanged',
      way: 'deploy',
      sha: shaOf('m5'),
      'live-version': 'v1.4.0',
      'live-sha': shaOf('m3'),
      'artifact-id': '900',
    })
    expect(summary).toContain('Added: 2 commits')
    expect(summary).toContain('Add &lt;&#33;channel&#62; &amp; &#91;a link')
  })

  test.each<[string, Record<string, string>, string]>([
    ['v1.1.0', {}, 'older-than-live'],
    ['v9.9.9', {}, 'not-on-a-release-branch'],
    ['v1.5.0', { window: everyDayBut(new Date()) }, 'outside-window'],
    ['v1.4.1', { 'proven-by': '.github/workflows/other.yml' }, 'not-proven'],
    ['v1.5.0', { artifact: 'other' }, 'artifact-missing'],
    ['v1.4.0', {}, 'artifact-expired'],
  ])('of %s with %j is refused: %s', async (version, inputs, code) => {
    await release('v1.4.0', 'committed', '70')
    const { exit, outputs, summary } = await plan(version, inputs)
    expect([exit, outputs['failure-code']]).toEqual([1, code])
    expect(outputs.way).toBeUndefined()
    expect(summary).toContain(code)
  })

  test('of an expired artifact goes on with the run’s own build', async () => {
    const { outputs } = await plan('v1.4.0', { rebuild: 'true' })
    expect(outputs).toMatchObject({ way: 'deploy', 'failure-code': '' })
    expect(outputs['artifact-id']).toBeUndefined()
  })

  test('of a superseded version says so in the release’s own job, green', async () => {
    await release('v1.5.0', 'committed', '70')
    const { exit, outputs, environment } = await plan('v1.4.0', { command: 'admit' })
    expect([exit, outputs.result, environment.BELAY_RESULT]).toEqual([0, 'superseded', 'superseded'])
    expect(outputs.way).toBeUndefined()
  })

  test('of a version that was live before goes back to it, asked by hand', async () => {
    await release('v1.4.0', 'committed', '70')
    await release('v1.5.0', 'committed', '71')
    const byHand = { GITHUB_EVENT_NAME: 'workflow_dispatch' }
    expect((await plan('v1.4.0', {}, byHand)).outputs).toMatchObject({ way: 'rollback', result: 'unchanged' })
    expect((await plan('v1.1.0', {}, byHand)).outputs['failure-code']).toBe('older-than-live')
  })

  test('of a hotfix that was live, and is no part of what is live, goes back if asked by hand', async () => {
    await release('v1.4.1', 'committed', '70')
    await release('v1.5.0', 'committed', '71')
    const byHand = { GITHUB_EVENT_NAME: 'workflow_dispatch' }
    expect((await plan('v1.4.1', {}, byHand)).outputs).toMatchObject({ way: 'rollback', result: 'unchanged' })
    expect((await plan('v1.4.1')).outputs['failure-code']).toBe('not-descended')
  })

  test('of a release id rolls back to it, without a request to GitHub', async () => {
    expect((await plan('20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081')).outputs).toMatchObject({ way: 'rollback' })
    expect(github.calls()).toEqual([])
  })

  test('leaves its decision to the steps that wait for the hosts, in the release’s own job', async () => {
    await release('v1.4.0', 'committed', '70')
    const admissionsOf = async (inputs: Record<string, string>) => {
      const job = jobFor('m5')
      const { log } = await job.main('release/plan', { ...place, version: 'v1.5.0', ...inputs })
      return { log, admissions: openJournal(join(job.temp, 'belay')).read().admissions }
    }
    const is = {
      service: 'acme-sales',
      environment: 'production',
      version: 'v1.5.0',
      sha: shaOf('m5'),
      live: { version: 'v1.4.0', sha: shaOf('m3') },
      way: 'deploy',
    }
    expect((await admissionsOf({})).admissions).toEqual([])
    expect((await admissionsOf({ command: 'admit' })).admissions).toEqual([is])
    const open = `${days[new Date().getUTCDay()]} 00-24; ${days[(new Date().getUTCDay() + 1) % 7]} 00-24`
    const [{ until = '' } = {}] = (await admissionsOf({ command: 'admit', window: open })).admissions
    expect(new Date(until).getTime()).toBeGreaterThan(Date.now())
    const because = { 'override-reason': 'the tax is wrong' }
    expect((await admissionsOf({ command: 'admit', window: open, ...because })).admissions).toEqual([is])
  })

  test('evaluates the commit that is released, though its tag was moved in between', async () => {
    await release('v1.4.0', 'committed', '70')
    const job = jobFor('m1')
    const begun = await job.main('release/begin', { ...place, version: 'v1.5.0' })
    expect(begun.outputs.sha, begun.log).toBe(shaOf('m5'))
    github.script(/\/commits\/tags/, [{ does: 'say', status: 200, body: { sha: shaOf('m4') } }])
    const { outputs, log } = await job.main('release/plan', { ...place, version: 'v1.5.0', command: 'admit' })
    expect(outputs.sha, log).toBe(shaOf('m5'))
    const [admission] = openJournal(join(job.temp, 'belay')).read().admissions
    expect(admission?.sha).toBe(shaOf('m5'))
  })

  test('warns where what is live would be lost', async () => {
    await release('v1.4.1', 'committed', '70')
    const { exit, log } = await plan('v1.5.0')
    expect(exit, log).toBe(0)
    expect(log).toContain('::warning::v1.5.0 lacks commits that are live with v1.4.1.')
  })

  test('of previous sends no request to GitHub', async () => {
    expect((await plan('previous')).outputs).toMatchObject({ way: 'rollback' })
    expect(github.calls()).toEqual([])
  })

  test('without the permission says which is missing', async () => {
    const { outputs, log } = await plan('v1.5.0', { 'github-token': 'ghs_no-deployments' })
    expect(outputs['failure-code']).toBe('github-permission')
    expect(log).toContain('give the job the permissions')
    expect(log).not.toMatch(/(?<!add-mask::)ghs_no-deployments/)
  })

  /** Any day but the one of this moment, in UTC. */
  function everyDayBut(now: Date): string {
    return days
      .filter((_, day) => day !== now.getUTCDay() && day !== (now.getUTCDay() + 1) % 7)
      .map((day) => `${day} 00-24`)
      .join(';')
  }
})

describe('artifact', () => {
  test('downloads what QA verified', async () => {
    const job = jobFor('m5')
    const { outputs } = await job.main('release/plan', { ...place, version: 'v1.5.0', 'proven-by': qa })
    const path = join(job.temp, 'belay/artifacts/x')
    const { exit } = await job.main('release/artifact', {
      artifact: 'acme-sales',
      'artifact-id': outputs['artifact-id'] ?? '',
      'artifact-digest': outputs['artifact-digest'] ?? '',
      path,
      'github-token': token,
    })
    expect(exit).toBe(0)
    expect(readFileSync(join(path, 'acme-sales.tar'), 'utf8')).toBe('five')
    expect(existsSync(`${path}.zip`)).toBe(false)
  })
})

describe('deployment', () => {
  test('goes from in progress to success, and ends the one before it', async () => {
    await release('v1.4.0', 'committed', '70')
    await release('v1.5.0', 'committed', '71', { 'slack-channel-id': 'C1', 'slack-ts': '1503435956.000200' })
    const [now, before] = github.deployments()
    expect(now).toMatchObject({ sha: shaOf('m5'), environment: 'production', task: 'deploy:acme-sales' })
    expect(now?.statuses.map(({ state }) => state)).toEqual(['success', 'in_progress'])
    expect(before?.statuses.map(({ state }) => state)).toEqual(['inactive', 'success', 'in_progress'])
    expect(now?.payload).toMatchObject({
      belay: {
        version: 'v1.5.0',
        run: '71/1',
        previous: { version: 'v1.4.0', sha: shaOf('m3') },
        slack: { channel: 'C1', ts: '1503435956.000200' },
        look: { confirmSeconds: 600 },
      },
    })
  })

  test('of a release that was rolled back leaves the previous one live', async () => {
    await release('v1.4.0', 'committed', '70')
    await release('v1.5.0', 'rolled-back', '71')
    const [failed, live] = github.deployments()
    expect(failed?.statuses[0]).toMatchObject({
      state: 'failure',
      description: 'v1.5.0 was rolled back: v1.4.0 serves again.',
    })
    expect(live?.statuses[0]?.state).toBe('success')
  })

  test('of a rollback is that of the release that it restores', async () => {
    await release('v1.4.0', 'committed', '70')
    await release('v1.5.0', 'committed', '71')
    await release('previous', 'committed', '72', { way: 'rollback' })
    const states = github.deployments().map(({ payload, statuses }) => {
      const { belay } = payload as { belay: { version: string } }
      return [belay.version, statuses[0]?.state]
    })
    expect(states).toEqual([
      ['v1.4.0', 'success'],
      ['v1.5.0', 'inactive'],
      ['v1.4.0', 'inactive'],
    ])
  })

  test('of going back on Render names the version that comes back, not the commit of the run', async () => {
    const live = (deploy: string) => ({
      before: JSON.stringify([{ id: 'srv-1', name: 'api', url: '', deploy, commit: '' }]),
    })
    await release('v1.4.0', 'committed', '70', live('dep-0'))
    await release('v1.5.0', 'committed', '71', live('dep-1'))
    const job = jobFor('m1', { GITHUB_RUN_ID: '72' })
    const { outputs, log } = await job.main('release/deployment', {
      ...place,
      version: 'previous',
      way: 'rollback',
      ...live('dep-2'),
    })
    expect(outputs.former, log).toBe('srv-1 dep-1')
    const [chosen] = openJournal(join(job.temp, 'belay')).read().chosen
    expect(chosen).toMatchObject({ service: 'acme-sales', release: { version: 'v1.4.0', sha: shaOf('m3') } })
  })

  test('of a release to a cluster keeps what is live there, and nothing else that is given', async () => {
    const workloads = [
      { kind: 'Deployment', name: 'api', revision: '4', images: { app: `x@sha256:${'a'.repeat(64)}` } },
    ]
    const live = { lease: 'belay-acme-sales-production', release: 'r-1', workloads }
    const cluster = JSON.stringify({ ...live, workloads: [{ ...workloads[0], spec: 'secret' }], more: 'secret' })
    const given = { target: 'kubernetes', namespace: 'shop', cluster }
    await release('v1.4.0', 'committed', '70', given)
    expect(github.deployments()[0]?.payload).toMatchObject({ belay: { kubernetes: { namespace: 'shop', ...live } } })
    expect(JSON.stringify(github.deployments()[0]?.payload)).not.toContain('secret')
    const wrong = await jobFor('m5').main('release/deployment', { ...place, ...given, cluster: 'no JSON' })
    expect([wrong.exit, wrong.log]).toEqual([
      1,
      expect.stringContaining('cluster: is not the JSON that deploy-kubernetes'),
    ])
  })

  test.each([
    ['that may not', 'ghs_no-deployments', 'Resource not accessible'],
    ['that is wrong', 'ghs_wrong', '::warning::The GitHub deployment was not written'],
    ['that is not there', '', 'No github-token is given'],
  ])('with a token %s says so and goes on', async (_, given, said) => {
    const job = jobFor('m5')
    const main = await job.main('release/deployment', { ...place, 'github-token': given })
    const post = await job.post('release/deployment', { ...place, 'github-token': given })
    expect([main.exit, post.exit]).toEqual([0, 0])
    expect(main.log).toContain(said)
    expect(`${main.log}${post.log}`.split(said)).toHaveLength(2)
    expect(github.deployments()).toEqual([])
  })

  test('is left alone by a GitHub that fails, with a warning', async () => {
    github.script(/^GET .*\/deployments$/, Array(10).fill({ does: 'fail', status: 500, accepted: false }))
    const { exit, log } = await jobFor('m5').main('release/deployment', place)
    expect(exit).toBe(0)
    expect(log).toContain('::warning::The GitHub deployment was not written')
  })
})

describe('aftercare', () => {
  let slack: FakeSlack
  let service: Server
  let serves: string | undefined
  beforeEach(async () => {
    slack = await startFakeSlack()
    service = createServer((_, response) => {
      if (serves === undefined) response.writeHead(503).end()
      else response.end(JSON.stringify({ sha: serves }))
    })
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    await slack.stop()
    service.closeAllConnections()
    await new Promise((resolve) => service.close(resolve))
  })

  /** A release whose runner is lost after it had begun; then another runner. */
  async function lose(inputs: Record<string, string>) {
    await release('v1.4.0', 'committed', '70')
    const lost = jobFor('m5')
    const notify = { token: 'xoxb-fake', channel: 'releases', 'api-url': slack.url }
    await lost.main('release/begin', { ...place, version: 'v1.5.0' })
    const notified = await lost.main('notify-slack', notify)
    await lost.main('release/deployment', {
      ...place,
      version: 'v1.5.0',
      'slack-channel-id': notified.outputs['channel-id'] ?? '',
      'slack-ts': notified.outputs.ts ?? '',
      ...inputs,
    })
    return notify
  }
  const url = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}/health`

  test('ends deployment and message with what serves again', async () => {
    serves = shaOf('m3')
    const notify = await lose({ urls: url(), 'confirm-timeout': '5s' })
    const after = jobFor('m5')
    const { exit, outputs, summary } = await after.main('release/aftercare', { ...place, 'release-result': '' })
    expect([exit, outputs.lost, outputs.serves]).toEqual([0, 'true', 'previous'])
    expect(summary).toContain('rolled-back')
    expect(github.deployments()[0]?.statuses[0]).toMatchObject({
      state: 'failure',
      description: expect.stringContaining('The runner was lost. v1.4.0 serves again'),
    })

    const main = await after.main('notify-slack', { ...notify, channel: outputs['slack-channel-id'] ?? '' })
    await after.post('notify-slack', { ...notify, channel: outputs['slack-channel-id'] ?? '', 'job-status': 'success' })
    expect(slack.messages()).toHaveLength(1)
    const [message] = slack.messages()
    expect(message?.text).toContain('acme-sales → v1.5.0')
    expect(message?.text).toContain('rolled back')
    expect(JSON.stringify(message?.blocks)).toContain('The runner of the release was lost')
    expect(main.log).not.toContain('::warning')
  })

  test('reports a restored cluster by what users get', async () => {
    serves = shaOf('m3')
    const notify = await lose({ urls: url(), 'confirm-timeout': '5s', target: 'kubernetes', namespace: 'shop' })
    const after = jobFor('m5')
    const { exit, outputs } = await after.main('release/aftercare', { ...place, restored: 'rolled-back' })
    expect([exit, outputs.lost, outputs.serves]).toEqual([0, 'true', 'previous'])
    expect(github.deployments()[0]?.statuses[0]).toMatchObject({
      state: 'failure',
      description: expect.stringContaining('v1.4.0 serves again: namespace shop is as it was before v1.5.0'),
    })
    const message = { ...notify, channel: outputs['slack-channel-id'] ?? '' }
    await after.main('notify-slack', message)
    await after.post('notify-slack', { ...message, 'job-status': 'success' })
    expect(slack.messages().map(({ text }) => text)).toEqual([expect.stringContaining('rolled back')])
  })

  test('has nothing to check without URLs, and says no more than that', async () => {
    await lose({ 'confirm-timeout': '5s' })
    const { outputs } = await jobFor('m5').main('release/aftercare', place)
    expect(outputs).toMatchObject({ lost: 'true', serves: 'unseen' })
    expect(github.deployments()[0]?.statuses[0]?.state).toBe('error')
  })

  test.each(['committed', 'rolled-back', 'superseded', 'noop', 'unchanged', 'mixed'])(
    'sends no request after a release that ended as %s',
    async (result) => {
      const { exit, outputs } = await jobFor('m5').main('release/aftercare', { ...place, 'release-result': result })
      expect([exit, outputs.lost]).toEqual([0, 'false'])
      expect(github.calls()).toEqual([])
    },
  )

  test('leaves alone what another run has open, and what has ended', async () => {
    await lose({})
    const other = jobFor('m5', { GITHUB_RUN_ID: '78' })
    expect((await other.main('release/aftercare', place)).outputs.lost).toBe('false')
    await release('v1.5.0', 'committed', '79')
    const ended = jobFor('m5', { GITHUB_RUN_ID: '79' })
    expect((await ended.main('release/aftercare', place)).outputs.lost).toBe('false')
  })
})

describeIf(canStartRegistry())('tags of an image', () => {
  let slack: FakeSlack
  let registry: TestRegistry
  beforeEach(async () => {
    ;[slack, registry] = await Promise.all([startFakeSlack(), startRegistry()])
  })
  afterEach(() => Promise.all([slack.stop(), registry.stop()]))

  /** The first steps of `release`, in the order of its action.yml, as far as they come; then nothing more. */
  async function begin(job: Job) {
    const version = { ...place, version: 'v1.5.0' }
    const notify = { token: 'xoxb-fake', channel: 'releases', 'api-url': slack.url }
    await job.main('release/begin', version)
    const inputs = { command: 'promote', 'dry-run': 'true', image: `${registry.address}/acme/sales` }
    const image = await job.main('build-image', { ...place, version: 'v1.5.0', ...inputs })
    const notified = await job.main('notify-slack', notify)
    const deploys = () =>
      job.main('release/deployment', {
        ...version,
        'slack-channel-id': notified.outputs['channel-id'] ?? '',
        'slack-ts': notified.outputs.ts ?? '',
        'tags-before': image.outputs['tags-before'] ?? '',
        'confirm-timeout': '5s',
      })
    return { image, deploys, notify }
  }

  test('are named after the runner was lost, with the commands that put them back', async () => {
    const image = `${registry.address}/acme/sales`
    const before = await pushImage(image, shaOf('m3'), ['1.4.0', '1.4', '1', 'latest'])
    const now = await pushImage(image, shaOf('m5'), [`sha-${shaOf('m5')}`])
    const begun = await begin(jobFor('m5'))
    expect(JSON.parse(begun.image.outputs['tags-before'] ?? '')).toEqual({
      image,
      digest: now,
      tags: ['1', 'latest'].map((tag) => ({ tag, digest: before })),
    })
    await begun.deploys()

    const after = jobFor('m5')
    const { exit, outputs, log, summary } = await after.main('release/aftercare', place)
    expect([exit, outputs.lost], log).toEqual([0, 'true'])
    const commands = ['1', 'latest'].map(
      (tag) => `docker buildx imagetools create --tag ${image}:${tag} ${image}@${before}`,
    )
    for (const command of commands) for (const text of [log, summary]) expect(text).toContain(command)
    expect(summary).toContain(`only where the tag names ${now} now`)
    const notify = { ...begun.notify, channel: outputs['slack-channel-id'] ?? '' }
    await after.main('notify-slack', notify)
    await after.post('notify-slack', { ...notify, 'job-status': 'success' })
    const [message] = slack.messages()
    expect(slack.messages()).toHaveLength(1)
    for (const command of commands) expect(JSON.stringify(message?.blocks)).toContain(command)
    expect(message?.text).toContain('unknown')
  })

  test('are not asked for where the image is missing, which one message reports', async () => {
    const job = jobFor('m5')
    const { image, notify } = await begin(job)
    expect([image.exit, image.outputs['failure-code']]).toEqual([1, 'not-built'])
    await job.post('notify-slack', { ...notify, 'job-status': 'failure' })
    const [message] = slack.messages()
    expect(slack.messages()).toHaveLength(1)
    expect(message?.text).toContain('not released')
    expect(JSON.stringify(message?.blocks)).toContain(`has no image sha-${shaOf('m5')}`)
    expect(github.deployments()).toEqual([])
    expect(registry.requests.filter((one) => !/^(GET|HEAD) /.test(one))).toEqual([])
  })
})
