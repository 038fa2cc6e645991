// biome-ignore-all lint/style/noExcessiveLinesPerFile: one job and its message, on one fake Slack
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openJournal } from '@belay/action-kit'
import { startFakeSlack } from '@belay/fakes/slack'
import { test as base, describe, expect, vi } from 'vitest'
import { closedPort } from './support/closed-port.ts'
import { openSlackJob } from './support/job.ts'
import { Job as JobHistory, release } from './support/report-fixtures.ts'

const token = 'xoxb-1234-secret/+%token'
// Waits of seconds are what is tested here, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

/** What a test of a job needs. */
async function openFixture() {
  const slack = await startFakeSlack({
    tokens: { [token]: { scopes: ['chat:write'] }, 'xoxb-poor': { scopes: ['channels:read'] } },
    channels: [
      { id: 'C0RELEASES', name: 'releases' },
      { id: 'C0PUBLIC', name: 'public', member: false },
    ],
  })
  const job = openSlackJob()
  return {
    slack,
    job,
    inputs: { token, channel: '#releases', 'api-url': slack.url },
    /** First lines of the messages, as notifications show them. */
    title: () => slack.messages().map(({ text }) => text.split('\n')[0]),
    /** Writes what other steps of the job would have written. */
    others(history: JobHistory): void {
      openJournal(job.shared).append(...history.entries)
    },
    spentMs(): number {
      return JSON.parse(readFileSync(join(job.shared, 'slack.json'), 'utf8')).spentMs
    },
    leakFree(...texts: string[]): void {
      for (const text of [...texts, job.texts()]) {
        // The runner does not show the commands that mask values.
        const shown = text.replace(/^::add-mask::.*$/gm, '')
        expect(shown).not.toContain(token)
        expect(shown).not.toContain(encodeURIComponent(token))
      }
    },
    async close(): Promise<void> {
      job.close()
      await slack.stop()
    },
  }
}

/** A job and a Slack of a test's own, so that the waits of many tests can run side by side. */
const test = base.extend<{ fixture: Awaited<ReturnType<typeof openFixture>> }>({
  fixture: async ({ task: _ }, use) => {
    const fixture = await openFixture()
    await use(fixture)
    await fixture.close()
  },
})

const api = release('acme-api')
const deployed = () => new JobHistory().begin(api).deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' })
const committed = () =>
  new JobHistory().decide('commit', 'every step ended well').settle('acme-api', 'committed', 'confirmed')

describe.concurrent('a job', () => {
  test('is one message from begin to commit, and the same report in the summary', async ({ fixture }) => {
    const { slack, job, inputs, title, others, leakFree } = fixture
    others(new JobHistory().begin(api))
    const main = await job.main('notify', inputs)
    expect(main).toMatchObject({ exit: 0, summary: '' })
    expect(main.outputHistory['channel-id']).toEqual(['C0RELEASES'])
    expect(main.outputHistory.ts).toEqual([slack.messages()[0]?.ts])
    expect(title()).toEqual(['⏳ qa · acme-api → 3f2a9c1 · running'])

    others(deployed())
    others(committed())
    const post = await job.post('notify', inputs)
    expect(post.exit).toBe(0)
    expect(title()).toEqual(['✅ qa · acme-api → 3f2a9c1 · committed'])
    expect(slack.messages()[0]?.earlier).toHaveLength(1)
    // Slack and the summary begin with the same words, and the summary says them once.
    const sentence = 'acme-api: 3f2a9c1 serves on 2 hosts (before: v1.2.0)'
    expect(slack.messages()[0]?.text).toBe(`✅ qa · acme-api → 3f2a9c1 · committed\n*Committed*. ${sentence}.`)
    expect(post.summary).toMatch(/^### ✅ qa · acme-api → 3f2a9c1 · committed\n\n\*\*Committed\*\*\. acme-api: /)
    expect(post.summary.split(sentence)).toHaveLength(2)
    expect(post.summary).toContain('deploy@203.0.113.7: **committed** – confirmed')
    expect(slack.calls().map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update'])
    leakFree(main.log, post.log, main.summary, post.summary)
    expect(statSync(join(job.shared, 'slack.json')).mode & 0o777).toBe(0o600)
  })

  test('that fails says what was undone', async ({ fixture }) => {
    const { slack, job, inputs, title, others } = fixture
    others(new JobHistory().begin(api))
    await job.main('notify', inputs)
    others(deployed().decide('undo', 'the job ended as failure').settle('acme-api', 'rolled-back', 'is back'))
    const post = await job.post('notify', { ...inputs, 'job-status': 'failure' })
    expect(post.exit).toBe(0)
    expect(title()).toEqual(['↩️ qa · acme-api → 3f2a9c1 · rolled back'])
    expect(JSON.stringify(slack.messages()[0]?.blocks)).toContain('acme-api: v1.2.0 serves again on 2 hosts')
  })

  /** One release is deployed, and the step of a second one has begun. */
  async function secondBegun({ job, inputs, others }: Awaited<ReturnType<typeof openFixture>>) {
    others(new JobHistory().begin(api))
    await job.main('one', inputs)
    others(deployed().end(api).begin(release('acme-worker')))
    return job.main('two', inputs)
  }

  test('with a second release updates the message', async ({ fixture }) => {
    const { slack, title } = fixture
    const second = await secondBegun(fixture)
    expect(second.log).toContain('Updates the message of notify-slack-1')
    expect(second.outputHistory.ts).toEqual([slack.messages()[0]?.ts])
    expect(second.log).not.toContain('::warning')
    expect(title()).toEqual(['⏳ qa · acme-api, acme-worker → 3f2a9c1 · running'])
  })

  test('with a second release has the final state from its first step alone', async ({ fixture }) => {
    const { slack, job, inputs, title, others } = fixture
    await secondBegun(fixture)
    others(committed())
    const calls = slack.calls().length
    expect(await job.post('two', inputs)).toMatchObject({ exit: 0, summary: '' })
    expect(slack.calls()).toHaveLength(calls)
    await job.post('one', inputs)
    expect(slack.messages()).toHaveLength(1)
    expect(title()[0]).toMatch(/^⚠️ qa · acme-\w+, acme-\w+ → 3f2a9c1 · committed in part$/)
  })

  test('that does not use Slack logs one line, and the summary shows the result', async ({ fixture }) => {
    const { job } = fixture
    const main = await job.main('notify', {})
    expect(main).toMatchObject({ exit: 0, summary: '' })
    expect(main.log.trim()).toBe('No Slack token is set: no Slack message is sent. The job summary shows the result.')
    const post = await job.post('notify', {})
    expect(post).toMatchObject({ exit: 0, log: '' })
    expect(post.summary).not.toBe('')
  })

  test('whose first step has no token is reported by the step that has one', async ({ fixture }) => {
    const { job, inputs, title, others } = fixture
    others(new JobHistory().begin(api))
    await job.main('one', {})
    await job.main('two', inputs)
    others(deployed())
    others(committed())
    await job.post('two', inputs)
    expect(await job.post('one', {})).toMatchObject({ exit: 0, log: '' })
    expect(title()).toEqual(['✅ qa · acme-api → 3f2a9c1 · committed'])
  })

  test('whose start left nothing behind is still reported at its end', async ({ fixture }) => {
    const { job, inputs, title, others } = fixture
    others(new JobHistory().begin(api))
    others(deployed())
    others(committed())
    await job.main('notify', {})
    await job.post('notify', { ...inputs, 'job-status': 'cancelled' })
    expect(title()).toEqual(['✅ qa · acme-api → 3f2a9c1 · committed, job cancelled'])
  })

  test('with half of the inputs leaves the release green and names the other half', async ({ fixture }) => {
    const { job, leakFree } = fixture
    const main = await job.main('notify', { token })
    expect(main.exit).toBe(0)
    expect(main.log).toContain('::warning::Slack was not notified (inputs). The input token is given')
    expect(main.log).toContain('BELAY_SLACK_CHANNEL')
    expect(main.outputHistory['failure-code']?.at(-1)).toBe('inputs')
    const post = await job.post('notify', { token })
    expect(post.exit).toBe(0)
    leakFree(main.log, post.log)
  })

  test('in which it stands too late has a warning', async ({ fixture }) => {
    const { job, inputs, others } = fixture
    others(deployed())
    expect((await job.main('notify', inputs)).log).toContain('::warning::This step runs after deploy-ssh-1')
  })
})

describe.concurrent('Slack down', () => {
  test('costs the job seconds, never its colour, and the summary has the report', async ({ fixture }) => {
    const { job, inputs, others, leakFree } = fixture
    const url = `http://127.0.0.1:${await closedPort()}/api/`
    others(new JobHistory().begin(api))
    const main = await job.main('notify', { ...inputs, 'api-url': url })
    expect(main.exit).toBe(0)
    expect(main.log).toMatch(
      /::warning::Slack was not notified \(slack-unreachable\)\..*The release continues without a Slack message/,
    )
    expect(main.outputHistory['failure-code']).toContain('slack-unreachable')
    others(deployed())
    others(committed())
    const post = await job.post('notify', { ...inputs, 'api-url': url })
    expect(post.exit).toBe(0)
    expect(post.summary).toContain('· committed')
    expect(post.summary).toContain('Slack was not notified of this: Slack could not be reached')
    expect(main.ms + post.ms).toBeLessThan(30_000)
    leakFree(main.log, post.log, post.summary)
  })

  test('at the start only: the end is reported in a new message', async ({ fixture }) => {
    const { slack, job, inputs, title, others } = fixture
    others(new JobHistory().begin(api))
    await job.main('notify', { ...inputs, 'api-url': `http://127.0.0.1:${await closedPort()}/api/` })
    others(deployed())
    others(committed())
    const post = await job.post('notify', inputs)
    expect(post.log).not.toContain('::warning')
    expect(title()).toEqual(['✅ qa · acme-api → 3f2a9c1 · committed'])
    expect(JSON.stringify(slack.messages())).not.toContain('An earlier message')
  })

  test('and hanging takes no more than its budget of all steps together, half of it before the end', async ({
    fixture,
  }) => {
    const { slack, job, inputs, others, spentMs } = fixture
    slack.script('chat.postMessage', Array(20).fill({ does: 'hang', accepted: false }))
    slack.script('chat.update', Array(20).fill({ does: 'hang', accepted: false }))
    others(new JobHistory().begin(api))
    const main = await job.main('notify', inputs)
    const joined = await job.main('again', inputs)
    others(deployed())
    others(committed())
    const post = await job.post('notify', inputs)
    expect([main.exit, joined.exit, post.exit]).toEqual([0, 0, 0])
    expect(slack.calls().map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.postMessage'])
    expect(spentMs()).toBeGreaterThan(9500)
    expect(spentMs()).toBeLessThan(12_000)
    expect(main.ms + joined.ms + post.ms).toBeLessThan(60_000)
    expect(post.summary).toContain('· committed')
  })

  test('and hanging on every update ends with the budget', async ({ fixture }) => {
    const { slack, job, inputs, others, spentMs } = fixture
    others(new JobHistory().begin(api))
    await job.main('notify', inputs)
    // As if other steps had spent most of what there is before the end.
    const path = join(job.shared, 'slack.json')
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), spentMs: 9000 }))
    slack.script('chat.update', Array(20).fill({ does: 'hang', accepted: false }))
    const joins = [await job.main('b', inputs), await job.main('c', inputs)]
    others(deployed())
    others(committed())
    const post = await job.post('notify', inputs)
    expect(joins[0]?.outputHistory['failure-code']).toContain('slack-no-answer')
    expect(joins[1]?.outputHistory['failure-code']).toContain('slack-time-spent')
    expect(joins[1]?.ms).toBeLessThan(10_000)
    expect(spentMs()).toBeGreaterThan(18_000)
    expect(spentMs()).toBeLessThan(20_500)
    expect(post.exit).toBe(0)
    expect(post.summary).toContain('Slack was not notified of this')
  })
})

describe.concurrent('a message that Slack may or may not have received', () => {
  test.for([true, false])(
    'is not posted twice at the start, and the last one says that it is current (accepted: %s)',
    async (accepted, { fixture }) => {
      const { slack, job, inputs, others } = fixture
      slack.script('chat.postMessage', [{ does: 'reset', accepted }])
      others(new JobHistory().begin(api))
      expect((await job.main('one', inputs)).log).toContain('slack-no-answer')
      expect((await job.main('two', inputs)).log).toContain('No second message is posted before the job ends')
      others(deployed())
      others(committed())
      await job.post('two', inputs)
      await job.post('one', inputs)
      expect(slack.messages()).toHaveLength(accepted ? 2 : 1)
      const final = slack.messages().at(-1)
      expect(final?.text).toContain('committed')
      expect(JSON.stringify(final?.blocks)).toContain('An earlier message may still say that this job is running')
    },
  )

  test('because its step was killed while it posted', async ({ fixture }) => {
    const { slack, job, inputs, title, others, leakFree } = fixture
    slack.script('chat.postMessage', [{ does: 'hang', accepted: true }])
    others(new JobHistory().begin(api))
    const killed = await job.main('notify', inputs, { timeoutMs: 1500 })
    expect(killed.exit).toBe(137)
    expect(slack.calls()).toHaveLength(1)
    others(deployed())
    others(committed())
    expect((await job.post('notify', inputs)).exit).toBe(0)
    expect(title().at(-1)).toContain('· committed')
    expect(JSON.stringify(slack.messages().at(-1)?.blocks)).toContain('An earlier message may still say')
    leakFree(killed.log)
  })

  test.for(['message_not_found', 'edit_window_closed', 'cant_update_message'])(
    'for good after %s: the end is a new message',
    async (error, { fixture }) => {
      const { slack, job, inputs, title, others } = fixture
      others(new JobHistory().begin(api))
      await job.main('notify', inputs)
      slack.script('chat.update', [{ does: 'refuse', error }])
      others(deployed())
      others(committed())
      expect((await job.post('notify', inputs)).log).not.toContain('::warning')
      expect(title().at(-1)).toContain('· committed')
    },
  )
})

describe.concurrent('a wrong set-up', () => {
  test.for<[string, Record<string, string>, string, RegExp]>([
    [
      'the scope',
      { token: 'xoxb-poor' },
      'slack-missing-scope',
      /lacks the scope chat:write; it has: channels:read.*add chat:write/s,
    ],
    ['the channel', { channel: 'public' }, 'slack-not-in-channel', /invite the app.*chat:write\.public/s],
    ['the token', { token: 'xoxb-wrong' }, 'slack-invalid-auth', /Bot User OAuth Token/],
  ])('of %s is a warning with its remedy, and the job stays green', async ([_, wrong, code, text], { fixture }) => {
    const { job, inputs, others, leakFree } = fixture
    others(new JobHistory().begin(api))
    const main = await job.main('notify', { ...inputs, ...wrong })
    expect(main.exit).toBe(0)
    expect(main.log).toMatch(text)
    expect(main.outputHistory['failure-code']).toContain(code)
    expect(main.outputHistory.ts).toEqual([''])
    const post = await job.post('notify', { ...inputs, ...wrong, 'job-status': 'cancelled' })
    expect(post.exit).toBe(0)
    expect(post.log).toContain(`::warning::Slack was not notified (${code})`)
    expect(post.summary).toContain('Slack was not notified of this')
    leakFree(main.log, post.log, post.summary)
  })

  test('of the folder that steps share is a warning too', async ({ fixture }) => {
    const { job, inputs, others } = fixture
    others(new JobHistory().begin(api))
    await job.main('notify', inputs)
    openJournal(join(job.shared, 'slack.json.new'))
    const post = await job.post('notify', inputs)
    expect(post.exit).toBe(0)
    expect(post.log).toContain('::warning::Slack was not notified: EISDIR')
  })
})
