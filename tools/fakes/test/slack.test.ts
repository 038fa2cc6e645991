import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blockProblem, type FakeSlack, startFakeSlack } from '../src/slack/index.ts'

let slack: FakeSlack

beforeEach(async () => {
  slack = await startFakeSlack({
    tokens: {
      'xoxb-good': { scopes: ['chat:write'] },
      'xoxb-public': { scopes: ['chat:write', 'chat:write.public'] },
      'xoxb-poor': { scopes: ['channels:read', 'users:read'] },
      'xoxb-other': { scopes: ['chat:write'], app: 'other' },
      'xoxb-gone': { scopes: [], refused: 'token_revoked' },
    },
    channels: [
      { id: 'C0RELEASES', name: 'releases' },
      { id: 'C0PUBLIC', name: 'public', member: false },
      { id: 'C0SECRET', name: 'secret', member: false, private: true },
      { id: 'C0OLD', name: 'old', archived: true },
    ],
  })
})
afterEach(() => slack.stop())

async function call(
  method: string,
  args: unknown,
  { token = 'xoxb-good', type = 'application/json; charset=utf-8' } = {},
) {
  const headers = { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) }
  const body = typeof args === 'string' ? args : JSON.stringify(args)
  const response = await fetch(new URL(method, slack.url), {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(2000),
  })
  const text = await response.text()
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    // biome-ignore lint/suspicious/noExplicitAny: answers have the shapes that the tests name
    body: (text.startsWith('{') ? JSON.parse(text) : text) as any,
  }
}

const post = (args: object, options?: { token?: string; type?: string }) =>
  call('chat.postMessage', { channel: 'releases', ...args }, options)

describe('permissions to post', () => {
  test.each([
    ['no token', '', 'releases', { error: 'not_authed' }],
    ['an unknown token', 'xoxb-unknown', 'releases', { error: 'invalid_auth' }],
    ['a revoked token', 'xoxb-gone', 'releases', { error: 'token_revoked' }],
    [
      'a token without the scope',
      'xoxb-poor',
      'releases',
      { error: 'missing_scope', needed: 'chat:write', provided: 'channels:read,users:read' },
    ],
    ['an unknown channel', 'xoxb-good', 'nowhere', { error: 'channel_not_found' }],
    ['a public channel that the app is not in', 'xoxb-good', 'public', { error: 'not_in_channel' }],
    ['a private channel that the app is not in', 'xoxb-public', 'secret', { error: 'channel_not_found' }],
    ['an archived channel', 'xoxb-good', 'old', { error: 'is_archived' }],
    ['no channel', 'xoxb-good', '', { error: 'invalid_arguments' }],
  ])('%s', async (_, token, channel, expected) => {
    const { status, body } = await post({ channel, text: 'hello' }, { token })
    expect(status).toBe(200)
    expect(body).toMatchObject({ ok: false, ...expected })
    expect(slack.messages()).toEqual([])
  })

  test('chat:write.public reaches public channels uninvited', async () => {
    const { body } = await post({ channel: '#public', text: 'hello' }, { token: 'xoxb-public' })
    expect(body).toMatchObject({ ok: true, channel: 'C0PUBLIC' })
  })

  test('auth.test says who the token is', async () => {
    expect((await call('auth.test', {}, { token: 'xoxb-other' })).body).toMatchObject({ ok: true, user: 'other' })
  })
})

describe('a message', () => {
  test('is posted by the name of a channel and answered with its ID', async () => {
    expect((await post({ text: 'one' })).body).toMatchObject({ ok: true, channel: 'C0RELEASES' })
    await post({ channel: '#releases', text: 'two' })
    expect(slack.messages().map(({ text }) => text)).toEqual(['one', 'two'])
  })

  test('has a ts that is text, ends with a zero and grows', async () => {
    const first = (await post({ text: 'one' })).body
    const second = (await post({ channel: '#releases', text: 'two' })).body
    expect(first.ts).toMatch(/^\d{10}\.\d{5}0$/)
    expect(second.ts > first.ts).toBe(true)
  })

  test('is updated by ID and text ts alone', async () => {
    const { channel, ts } = (await post({ text: 'one' })).body
    const update = (args: object) => call('chat.update', { channel, ts, text: 'two', ...args })
    expect((await update({ channel: 'releases' })).body.error).toBe('channel_not_found')
    expect((await update({ ts: Number(ts) })).body.error).toBe('message_not_found')
    expect((await update({ ts: undefined })).body.error).toBe('invalid_arguments')
    expect((await update({})).body).toMatchObject({ ok: true, channel, ts, text: 'two' })
    expect(slack.messages()).toMatchObject([{ ts, text: 'two', earlier: [{ text: 'one' }] }])
  })

  test('belongs to the app that posted it', async () => {
    const { channel, ts } = (await post({ text: 'one' })).body
    const { body } = await call('chat.update', { channel, ts, text: 'two' }, { token: 'xoxb-other' })
    expect(body.error).toBe('cant_update_message')
  })

  test('keeps blocks, attachments and metadata that an update leaves out', async () => {
    const blocks = [{ type: 'divider' }]
    const metadata = { event_type: 'release', event_payload: { id: '1' } }
    const { channel, ts } = (await post({ text: 'one', blocks, attachments: [{ text: 'a' }], metadata })).body
    await call('chat.update', { channel, ts, text: 'two' })
    expect(slack.messages()).toMatchObject([{ text: 'two', blocks, attachments: [{ text: 'a' }], metadata }])
    await call('chat.update', { channel, ts, text: 'three', blocks: [], attachments: [], metadata: {} })
    expect(slack.messages()).toMatchObject([{ text: 'three', blocks: [], attachments: [], metadata: undefined }])
  })

  test('needs content, and is cut or refused where it is too long', async () => {
    expect((await post({})).body.error).toBe('no_text')
    const { channel, ts } = (await post({ text: 'x'.repeat(40_001) })).body
    expect(slack.messages()[0]?.text).toHaveLength(40_000)
    expect((await call('chat.update', { channel, ts, text: 'ü'.repeat(2001) })).body.error).toBe('msg_too_long')
    expect((await post({ attachments: Array(101).fill({ text: 'a' }) })).body.error).toBe('too_many_attachments')
  })
})

describe('a request', () => {
  test('of JSON without a charset is accepted with a warning', async () => {
    const { body } = await post({ text: 'one' }, { type: 'application/json' })
    expect(body).toMatchObject({ ok: true, warning: 'missing_charset' })
    expect((await post({ text: 'one' })).body.warning).toBeUndefined()
  })

  test.each([
    ['not JSON', '{', 'application/json; charset=utf-8', 'invalid_json'],
    ['a list', '[]', 'application/json; charset=utf-8', 'json_not_object'],
    ['XML', '<a/>', 'text/xml', 'invalid_post_type'],
  ])('of %s is refused', async (_, text, type, error) => {
    expect((await call('chat.postMessage', text, { type })).body).toMatchObject({ ok: false, error })
  })

  test('as a form carries token and blocks as text', async () => {
    const form = new URLSearchParams({ token: 'xoxb-good', channel: 'releases', blocks: '[{"type":"divider"}]' })
    const type = 'application/x-www-form-urlencoded'
    expect((await call('chat.postMessage', String(form), { token: '', type })).body.ok).toBe(true)
  })

  test('as JSON with a token in its body has none', async () => {
    expect((await post({ token: 'xoxb-good', text: 'one' }, { token: '' })).body.error).toBe('not_authed')
  })

  test('for an unknown method gets the answer that Slack gives', async () => {
    expect((await call('chat.shout', {})).body).toEqual({
      ok: false,
      error: 'unknown_method',
      req_method: 'chat.shout',
    })
  })
})

describe('a script', () => {
  test('is run in its order, then Slack answers again', async () => {
    slack.script('chat.postMessage', [
      { does: 'refuse', error: 'fatal_error' },
      { does: 'limit', retryAfter: 7 },
      { does: 'limit' },
      { does: 'fail', status: 500, accepted: false },
      { does: 'fail', status: 503, accepted: false, error: 'service_unavailable' },
      { does: 'answer' },
    ])
    expect(await post({ text: '1' })).toMatchObject({ status: 200, body: { ok: false, error: 'fatal_error' } })
    expect(await post({ text: '2' })).toMatchObject({ status: 429, retryAfter: '7', body: { error: 'ratelimited' } })
    expect(await post({ text: '3' })).toMatchObject({ status: 429, retryAfter: null })
    expect(await post({ text: '4' })).toMatchObject({ status: 500, body: expect.stringContaining('Server Error') })
    expect(await post({ text: '5' })).toMatchObject({ status: 503, body: { error: 'service_unavailable' } })
    expect((await post({ text: '6' })).body.ok).toBe(true)
    expect((await post({ text: '7' })).body.ok).toBe(true)
    expect(slack.messages().map(({ text }) => text)).toEqual(['6', '7'])
    expect(slack.calls().map(({ answered }) => answered)).toEqual([200, 429, 429, 500, 503, 200, 200])
  })

  test.each([true, false])('cuts or hangs after the message was accepted: %s', async (accepted) => {
    slack.script('chat.postMessage', [
      { does: 'reset', accepted },
      { does: 'hang', accepted },
      { does: 'fail', status: 500, accepted },
    ])
    await expect(post({ text: '1' })).rejects.toThrow()
    await expect(post({ text: '2' })).rejects.toThrow(/timeout/)
    expect((await post({ text: '3' })).status).toBe(500)
    expect(slack.messages().map(({ text }) => text)).toEqual(accepted ? ['1', '2', '3'] : [])
    expect(slack.calls().map(({ answered }) => answered)).toEqual(['reset', 'hang', 500])
  })
})

describe('blocks', () => {
  const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
  const plain = (text: string) => ({ type: 'plain_text', text })
  const section = (length: number) => ({ type: 'section', text: mrkdwn('x'.repeat(length)) })

  test.each<[string, unknown, string | undefined, string?]>([
    ['50 of them', Array(50).fill({ type: 'divider' }), undefined],
    [
      '51 of them',
      Array(51).fill({ type: 'divider' }),
      'invalid_blocks',
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    ['not a list', { type: 'divider' }, 'invalid_blocks_format'],
    ['a list of texts', ['divider'], 'invalid_blocks_format'],
    ['of an unknown type', [{ type: 'heading' }], 'invalid_blocks', 'unsupported type: heading'],
    ['a section of 3000', [section(3000)], undefined],
    [
      'a section of 3001',
      [section(3001)],
      'invalid_blocks',
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty section', [section(0)], 'invalid_blocks', 'must be more than 0 characters'],
    ['a header of 150', [{ type: 'header', text: plain('x'.repeat(150)) }], undefined],
    ['a header of 151', [{ type: 'header', text: plain('x'.repeat(151)) }], 'invalid_blocks', 'less than 151'],
    ['a header of mrkdwn', [{ type: 'header', text: mrkdwn('x') }], 'invalid_blocks', 'unsupported type: mrkdwn'],
    ['11 fields', [{ type: 'section', fields: Array(11).fill(plain('x')) }], 'invalid_blocks', '/blocks/0/fields'],
    ['a field of 2001', [{ type: 'section', fields: [plain('x'.repeat(2001))] }], 'invalid_blocks', 'less than 2001'],
    [
      '11 context elements',
      [{ type: 'context', elements: Array(11).fill(plain('x')) }],
      'invalid_blocks',
      'than 10 items',
    ],
    [
      '26 actions',
      [{ type: 'actions', elements: Array(26).fill({ type: 'button', text: plain('x') }) }],
      'invalid_blocks',
      'than 25',
    ],
    [
      'a button of 76',
      [{ type: 'actions', elements: [{ type: 'button', text: plain('x'.repeat(76)) }] }],
      'invalid_blocks',
      'than 76',
    ],
    ['a long block_id', [{ type: 'divider', block_id: 'x'.repeat(256) }], 'invalid_blocks', 'than 256'],
    ['a long image', [{ type: 'image', image_url: 'x'.repeat(3001), alt_text: '' }], 'invalid_blocks', 'than 3001'],
    ['a markdown of 12001', [{ type: 'markdown', text: 'x'.repeat(12_001) }], 'invalid_blocks', 'than 12001'],
    ['a table of 101 rows', [{ type: 'table', rows: Array(101).fill([{}]) }], 'invalid_blocks', 'than 100 items'],
    ['together below the total', Array(4).fill(section(3000)), undefined],
    ['together above the total', Array(5).fill(section(3000)), 'msg_blocks_too_long'],
  ])('%s', (_, blocks, error, detail = '') => {
    const problem = blockProblem(blocks)
    expect(problem?.error).toBe(error)
    expect(problem?.messages.join() ?? '').toContain(detail)
  })

  test('are refused with the place of the error', async () => {
    const { body } = await post({ text: 'one', blocks: [section(3001)] })
    expect(body).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'] },
    })
  })
})
