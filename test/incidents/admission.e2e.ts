import type { FakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { canStartHosts } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CompletedJob,
  type Fixture,
  type JobOptions,
  type JobStep,
  lockIsFree,
  openFixture,
  shaOf,
} from '../support/fixture.ts'
import { deploymentOf, startGitHubWithHistory } from '../support/history.ts'
import { describeIf } from '../support/need.ts'

describeIf(canStartHosts())('the admission of a release is evaluated again after the wait for the hosts', () => {
  let fixture: Fixture
  let github: FakeGitHub
  let slack: FakeSlack

  beforeAll(async () => {
    slack = await startFakeSlack()
    github = await startGitHubWithHistory(
      {
        'v1.4.0': undefined,
        'v1.4.1': 'v1.4.0',
        'v1.4.2': 'v1.4.1',
        'v1.4.3': 'v1.4.2',
        'v1.4.4': 'v1.4.3',
        'v1.4.5': 'v1.4.4',
      },
      { main: 'v1.4.5' },
    )
    fixture = await openFixture({ hosts: 2 })
    for (const version of ['v1.4.0', 'v1.4.1']) expect((await release(version)).belay).toBe('committed')
  })
  afterAll(async () => {
    await fixture?.close()
    await github?.stop()
    await slack?.stop()
  })

  /** The composite's step for a version; `previous` is a rollback. */
  async function ship(version: string): Promise<JobStep> {
    const source = version === 'previous' ? '' : await fixture.release('api', version)
    const inputs = fixture.deploy('api', source).with as Record<string, string>
    const slackInputs = { 'slack-token': 'xoxb-fake', 'slack-channel': 'releases', 'slack-api-url': slack.url }
    return { id: 'ship', uses: '$/actions/release', with: { ...inputs, version, ...slackInputs } }
  }
  const release = async (version: string, options: JobOptions = {}, more: JobStep[] = []): Promise<CompletedJob> =>
    fixture.job(version, [...more, await ship(version)], { github, ...options })
  /** Runs something between the admission and the hosts' locks. */
  const duringWait = (inject: () => Promise<void>): JobOptions => ({
    pause: { step: 'release/ship/plan', stage: 'main', match: { event: 'admitted' }, inject },
  })
  const locksAreFree = async () =>
    (await Promise.all(fixture.hosts.map((host) => lockIsFree(host, 'api')))).every((free) => free)
  const live = async () => (await fixture.served()).split(' ')[0]

  test('a newer release was faster: the release is superseded, green, and changes nothing', async () => {
    const completed = await release(
      'v1.4.2',
      duringWait(async () => {
        const newer = await release('v1.4.3')
        expect(newer.belay, newer.log).toBe('committed')
      }),
    )
    expect(completed.paused, completed.log).toBe(true)
    expect([completed.belay, completed.result.conclusion], completed.log).toEqual(['superseded', 'success'])
    expect(completed.job.steps.find(({ path }) => path === 'release/ship')?.outputs.result).toBe('superseded')
    expect(completed.log).toMatch(
      /Superseded: v1\.4\.3 \(\S+\) was committed while v1\.4\.2 waited; nothing was changed/,
    )
    expect(await live()).toBe('v1.4.3')
    expect(await locksAreFree()).toBe(true)
    expect(deploymentOf(github, 'v1.4.2')).toBe('inactive')
    expect(deploymentOf(github, 'v1.4.3')).toBe('success')
    const message = slack.messages().find(({ text }) => text.includes('v1.4.2'))
    expect(message?.text).toMatch(/^⏭️ .* superseded$/m)
    expect(JSON.stringify(message?.blocks)).toContain('was committed while v1.4.2 waited')
  })

  test('a rollback came first: the release is refused and changes nothing', async () => {
    const completed = await release(
      'v1.4.4',
      duringWait(async () => {
        const back = await release('previous', { trigger: 'workflow_dispatch' })
        expect(back.belay, back.log).toBe('committed')
      }),
    )
    expect(completed.paused, completed.log).toBe(true)
    expect([completed.belay, completed.result.conclusion], completed.log).toEqual(['unchanged', 'failure'])
    expect(completed.log).toMatch(/v1\.4\.4 was admitted against v1\.4\.3, but v1\.4\.1 \(\S+\) is now committed on/)
    expect(completed.job.steps.find(({ path }) => path === 'release/ship/deploy-ssh')?.outputs['failure-code']).toBe(
      'admission-outdated',
    )
    expect(await live()).toBe('v1.4.1')
    expect(await locksAreFree()).toBe(true)
  })

  test('a rollback came first: the next run of the release is evaluated again', async () => {
    const anew = await release('v1.4.4')
    expect(anew.belay, anew.log).toBe('committed')
  })

  test('a release after a rollback without a GitHub deployment is refused, and names the way out', async () => {
    const { with: inputs } = await ship('previous')
    const { 'slack-token': _, 'slack-channel': __, 'slack-api-url': ___, ...plain } = inputs as Record<string, string>
    const unreported = fixture.deploy('api', '', { ...plain, command: 'rollback', version: 'v1.4.1' })
    expect((await fixture.job('v1.4.1', [unreported])).belay).toBe('committed')
    for (const _ of [1, 2]) {
      const refused = await release('v1.4.5')
      expect(refused.belay, refused.log).toBe('unchanged')
      expect(refused.log).toContain(
        'GitHub has no deployment of v1.4.1: first start the workflow by hand with that version',
      )
    }
  })

  test('a release after that is admitted once the workflow was started as the message says', async () => {
    const reported = await release('v1.4.1', { trigger: 'workflow_dispatch' })
    expect(reported.belay, reported.log).toBe('noop')
    const completed = await release('v1.4.5')
    expect(completed.belay, completed.log).toBe('committed')
  })

  /** Writes what a plan step would have left in the journal. */
  const admitted = (version: string, more: Record<string, unknown>): JobStep => {
    const event = { step: 'release-plan-1', event: 'admitted', service: 'api', environment: 'qa', way: 'deploy' }
    const line = JSON.stringify({ ...event, version, sha: shaOf(version), ...more })
    return { run: `mkdir -p "$RUNNER_TEMP/belay" && echo '${line}' >> "$RUNNER_TEMP/belay/journal.jsonl"` }
  }

  test('a later step fails after a newer release was faster: red, and nothing to undo', async () => {
    const source = await fixture.release('api', 'v1.4.2')
    const plan = admitted('v1.4.2', { live: { version: 'v1.4.1', sha: shaOf('v1.4.1') } })
    const deploy = fixture.deploy('api', source, { version: 'v1.4.2' })
    const completed = await fixture.job('v1.4.2', [plan, deploy, { run: 'exit 1' }])
    expect([completed.belay, completed.result.conclusion], completed.log).toEqual(['superseded', 'failure'])
    expect(await live()).toBe('v1.4.5')
    expect(await locksAreFree()).toBe(true)
  })

  test('the release window has closed: refused, nothing changed', async () => {
    const source = await fixture.release('api', 'v1.4.6')
    const plan = admitted('v1.4.6', { until: new Date().toISOString() })
    const completed = await fixture.job('v1.4.6', [plan, fixture.deploy('api', source, { version: 'v1.4.6' })])
    expect(completed.belay, completed.log).toBe('unchanged')
    expect(completed.job.steps.find(({ path }) => path === 'release/api')?.outputs['failure-code']).toBe(
      'outside-window',
    )
    expect(completed.log).toContain('while this release waited for the lock')
    expect(await locksAreFree()).toBe(true)
  })
})
