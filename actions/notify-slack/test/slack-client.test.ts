import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FakeSlack, type SlackBehaviour, startFakeSlack } from '@belay/fakes/slack'
import { test as base, describe, expect, vi } from 'vitest'
import { type Budget, callSlack, isSlackError, type SlackCall } from '../src/slack-client.ts'
import { closedPort } from './support/closed-port.ts'

// Waits of seconds are what is tested here, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 })

/** A Slack of a test's own, so that the waits of many tests can run side by side. */
const test = base.extend<{ slack: FakeSlack }>({
  slack: async ({ task: _ }, use) => {
    const slack = await startFakeSlack({
      tokens: { 'xoxb-good': { scopes: ['chat:write'] }, 'xoxb-poor': { scopes: ['channels:read'] } },
      channels: [
        { id: 'C0RELEASES', name: 'releases' },
        { id: 'C0PUBLIC', name: 'public', member: false },
      ],
    })
    await use(slack)
    await slack.stop()
  },
})

function budgetOf(ms: number): Budget & { spent: number } {
  return {
    spent: 0,
    leftMs() {
      return ms - this.spent
    },
    spend(part) {
      this.spent += part
    },
  }
}

const posting: SlackCall = { method: 'chat.postMessage', args: { channel: 'releases', text: 'one' }, repeatable: false }

interface Options {
  call?: SlackCall
  token?: string
  channel?: string
  url?: string
  ms?: number
  signal?: AbortSignal
}

async function call(slack: FakeSlack, options: Options = {}) {
  const { call: given = posting, token = 'xoxb-good', channel = 'releases', url = slack.url, ms = 5000 } = options
  const inputs = { token, channel, apiUrl: new URL(url) }
  const budget = budgetOf(ms)
  const began = performance.now()
  const signal = options.signal ?? new AbortController().signal
  const answer = await callSlack(
    inputs,
    { ...given, args: { ...given.args, ...(given === posting && { channel }) } },
    budget,
    signal,
  )
  return { answer, problem: isSlackError(answer) ? answer : undefined, budget, took: performance.now() - began }
}

async function posted(slack: FakeSlack): Promise<SlackCall> {
  const { answer } = await call(slack)
  if (isSlackError(answer)) throw new Error(answer.text)
  return {
    method: 'chat.update',
    args: { channel: answer.channel, ts: answer.ts, text: 'two', blocks: [] },
    repeatable: true,
  }
}

const passing: [string, SlackBehaviour, string?][] = [
  ['429 with Retry-After', { does: 'limit', retryAfter: 1 }],
  ['429 without', { does: 'limit' }],
  ['rate_limited as a refusal', { does: 'refuse', error: 'rate_limited' }],
  ['service_unavailable', { does: 'fail', status: 503, accepted: false, error: 'service_unavailable' }],
  ['request_timeout', { does: 'refuse', error: 'request_timeout' }],
]
const ambiguous: [string, SlackBehaviour, string?][] = [
  ['HTTP 500', { does: 'fail', status: 500, accepted: true }, 'slack-server-error'],
  ['internal_error', { does: 'fail', status: 500, accepted: true, error: 'internal_error' }, 'slack-internal-error'],
  ['fatal_error', { does: 'refuse', error: 'fatal_error' }, 'slack-fatal-error'],
  ['a reset', { does: 'reset', accepted: true }, 'slack-no-answer'],
]

describe.concurrent('a new message', () => {
  test.for(passing)('is posted again after %s, which took none', async ([_, behaviour], { slack }) => {
    slack.script('chat.postMessage', [behaviour])
    expect((await call(slack)).problem).toBeUndefined()
    expect(slack.messages()).toHaveLength(1)
    expect(slack.calls()).toHaveLength(2)
  })

  test.for(ambiguous)('is not posted again after %s: it may stand already', async ([_, behaviour, code], { slack }) => {
    slack.script('chat.postMessage', [behaviour])
    expect((await call(slack)).problem).toMatchObject({ code, maybeDelivered: true })
    expect(slack.calls()).toHaveLength(1)
  })

  test('is not posted again after it was sent and nothing came back', async ({ slack }) => {
    slack.script('chat.postMessage', [{ does: 'hang', accepted: true }])
    const { problem, took } = await call(slack, { ms: 700 })
    expect(problem).toMatchObject({ code: 'slack-no-answer', maybeDelivered: true })
    expect(problem?.text).toMatch(/no answer within \d+ ms/)
    expect(took).toBeLessThan(15_000)
    expect(slack.messages()).toHaveLength(1)
  })

  test('is tried three times if the port has no listener, and is certainly not posted', async ({ slack }) => {
    const { problem, took } = await call(slack, { url: `http://127.0.0.1:${await closedPort()}/api/` })
    expect(problem).toMatchObject({ code: 'slack-unreachable', maybeDelivered: false })
    expect(problem?.text).toContain('ECONNREFUSED')
    expect(took).toBeGreaterThan(1400)
    expect(took).toBeLessThan(15_000)
  })
})

describe.concurrent('an update', () => {
  test.for([...passing, ...ambiguous])('is sent again after %s', async ([_, behaviour], { slack }) => {
    const update = await posted(slack)
    slack.script('chat.update', [behaviour])
    expect((await call(slack, { call: update })).problem).toBeUndefined()
    expect(slack.messages()).toMatchObject([{ text: 'two' }])
  })

  test('gives up after three attempts', async ({ slack }) => {
    const update = await posted(slack)
    slack.script('chat.update', Array(9).fill({ does: 'fail', status: 500, accepted: false }))
    expect((await call(slack, { call: update })).problem?.code).toBe('slack-server-error')
    expect(slack.calls().filter(({ method }) => method === 'chat.update')).toHaveLength(3)
  })
})

describe.concurrent('the budget', () => {
  test('ends a wait that would not fit before it begins', async ({ slack }) => {
    slack.script('chat.postMessage', [{ does: 'limit', retryAfter: 30 }])
    const { problem, took } = await call(slack)
    expect(problem).toMatchObject({
      code: 'slack-rate-limited',
      text: 'Slack asks to wait 30 s before the next message.',
    })
    expect(took).toBeLessThan(15_000)
  })

  test('counts requests and waits', async ({ slack }) => {
    slack.script('chat.postMessage', [{ does: 'limit', retryAfter: 1 }])
    const { budget, took } = await call(slack)
    expect(budget.spent).toBeGreaterThan(1000)
    expect(budget.spent).toBeLessThanOrEqual(took)
  })

  test('that is spent leaves nothing to try', async ({ slack }) => {
    expect((await call(slack, { ms: 0 })).problem?.code).toBe('slack-time-spent')
    expect(slack.calls()).toEqual([])
  })

  test('is not waited out once the job is cancelled', async ({ slack }) => {
    slack.script('chat.postMessage', [{ does: 'hang', accepted: true }])
    const { took, problem } = await call(slack, { signal: AbortSignal.timeout(200) })
    expect(problem?.maybeDelivered).toBe(true)
    expect(took).toBeLessThan(15_000)
  })
})

test('a job that is cancelled while its message is sent still learns its ts', async () => {
  const server = createServer((_request, response) => {
    setTimeout(() => response.end('{"ok":true,"channel":"C1","ts":"1.2"}'), 600)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`
  const { answer } = await call({ url } as FakeSlack, { signal: AbortSignal.timeout(200) })
  server.close()
  expect(answer).toMatchObject({ channel: 'C1', ts: '1.2' })
})

describe.concurrent('an error of the set-up', () => {
  test.for<[string, Options, string, string, string]>([
    [
      'no scope',
      { token: 'xoxb-poor' },
      'slack-missing-scope',
      'lacks the scope chat:write; it has: channels:read',
      'OAuth & Permissions',
    ],
    ['not invited', { channel: 'public' }, 'slack-not-in-channel', 'not_in_channel', 'chat:write.public'],
    ['no such channel', { channel: 'nowhere' }, 'slack-channel-not-found', 'channel_not_found', 'invited'],
    ['a wrong token', { token: 'xoxb-bad' }, 'slack-invalid-auth', 'invalid_auth', 'xoxb-'],
    ['a token of two lines', { token: 'xoxb-a\nxoxb-b' }, 'slack-invalid-auth', 'nothing was sent', 'xoxb-'],
  ])('%s is reported at once, with its remedy', async ([_, options, code, text, remedy], { slack }) => {
    const { problem } = await call(slack, options)
    expect(problem).toMatchObject({ code, retryable: false, maybeDelivered: false })
    expect(problem?.text).toContain(text)
    expect(problem?.remedy).toContain(remedy)
    expect(slack.calls().length).toBeLessThanOrEqual(1)
  })

  test('of Belay names what Slack did not like', async ({ slack }) => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }]
    const { problem } = await call(slack, { call: { ...posting, args: { channel: 'releases', blocks } } })
    expect(problem?.text).toContain('must be less than 3001 characters [json-pointer:/blocks/0/text/text]')
    expect(problem?.remedy).toContain('report it')
  })

  test.for<[string, number, string, string]>([
    ['a page', 200, '<html>log in</html>', 'slack-unexpected-answer'],
    ['a redirect', 302, '', 'slack-unexpected-answer'],
    ['JSON of another server', 200, '{"status":"fine"}', 'slack-unexpected-answer'],
    ['an error that is no word', 200, '{"ok":false,"error":"::error::x\\n"}', 'slack-unknown-error'],
    ['more than Slack ever says', 200, 'x'.repeat(1_100_000), 'slack-no-answer'],
  ])('%s instead of Slack is reported', async ([_, status, body, code], { slack }) => {
    const server = createServer((_request, response) => response.writeHead(status, { location: '/' }).end(body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`
      expect((await call(slack, { url })).problem?.code).toBe(code)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })
})

test('nothing that Slack has to warn of is sent', async ({ slack }) => {
  const { answer } = await call(slack)
  expect(answer).toMatchObject({ ok: true, channel: 'C0RELEASES' })
  expect(answer).not.toHaveProperty('warning')
})
