import { blockProblem } from './blocks.ts'

export interface SlackChannel {
  /** `C…`, or `D…` for a direct message. */
  readonly id: string
  /** Without the `#`. */
  readonly name: string
  /** Whether the app was invited; default true. */
  readonly member?: boolean
  readonly private?: boolean
  readonly archived?: boolean
}

export interface SlackToken {
  readonly scopes: readonly string[]
  /** Messages belong to the app that posted them; default `belay`. */
  readonly app?: string
  /** The error that this token gets for everything: `token_revoked`, `account_inactive`, `token_expired`, … */
  readonly refused?: string
}

/** What a message said from a moment on. */
export type SlackVersion = Pick<SlackMessage, 'text' | 'blocks' | 'at'>

/** A message as it stands in a channel. */
export interface SlackMessage {
  /** The channel's ID. */
  readonly channel: string
  readonly channelName: string
  /** An opaque string; `1503435956.000200` is not `1503435956.0002`. */
  readonly ts: string
  readonly app: string
  readonly text: string
  readonly blocks: readonly Record<string, unknown>[]
  readonly attachments: readonly unknown[]
  readonly threadTs: string | undefined
  readonly metadata: Record<string, unknown> | undefined
  /** When it was posted, or updated last, in milliseconds since 1970. */
  readonly at: number
  /** What it said before each update, oldest first. */
  readonly earlier: readonly SlackVersion[]
}

export type SlackArguments = Readonly<Record<string, unknown>>
/** The body of an answer of the Web API. */
export type SlackAnswer = { ok: boolean; error?: string } & Record<string, unknown>

/** The state behind the methods: who may post where, and what was posted. */
export interface Workspace {
  methods: Readonly<Record<string, (token: string, args: SlackArguments) => SlackAnswer>>
  messages(): SlackMessage[]
}

export function makeWorkspace(channels: readonly SlackChannel[], tokens: Readonly<Record<string, SlackToken>>) {
  const messages = new Map<string, SlackMessage>()
  const nextTs = timestamps()

  const methods: Workspace['methods'] = {
    'auth.test': (token) =>
      withToken(token, undefined, ({ app }) => ({
        ok: true,
        url: 'https://fake.slack.com/',
        team: 'Fake',
        user: app,
        team_id: 'T0FAKE',
        user_id: userOf(app),
        bot_id: botOf(app),
        is_enterprise_install: false,
      })),
    'chat.postMessage': (token, args) => withToken(token, 'chat:write', (caller) => postMessage(caller, args)),
    'chat.update': (token, args) => withToken(token, 'chat:write', (caller) => update(caller, args)),
  }

  interface Caller {
    app: string
    scopes: readonly string[]
  }

  function withToken(token: string, scope: string | undefined, work: (who: Caller) => SlackAnswer): SlackAnswer {
    if (token === '') return { ok: false, error: 'not_authed' }
    const known = tokens[token]
    if (!known) return { ok: false, error: 'invalid_auth' }
    if (known.refused) return { ok: false, error: known.refused }
    if (scope && !known.scopes.includes(scope)) return missingScope(scope, known.scopes)
    return work({ app: known.app ?? 'belay', scopes: known.scopes })
  }

  function postMessage(caller: Caller, args: SlackArguments): SlackAnswer {
    if (!isText(args.channel)) return invalidArguments('missing required field: channel')
    const channel = channels.find(
      ({ id, name }) => args.channel === id || String(args.channel).replace(/^#/, '') === name,
    )
    const why = whyNotPosted(channel, caller.scopes)
    if (!channel || why) return refusal(why ?? 'channel_not_found', [])
    const content = readContent(args)
    if ('ok' in content) return content
    const { text, blocks, attachments, metadata } = content
    const message: SlackMessage = {
      channel: channel.id,
      channelName: channel.name,
      ts: nextTs(),
      app: caller.app,
      text: (text ?? '').slice(0, 40_000),
      blocks: blocks ?? [],
      attachments: attachments ?? [],
      threadTs: isText(args.thread_ts) ? args.thread_ts : undefined,
      metadata: keptMetadata(metadata),
      at: Date.now(),
      earlier: [],
    }
    messages.set(messageKey(message.channel, message.ts), message)
    return { ok: true, channel: message.channel, ts: message.ts, message: shown(message) }
  }

  function update(caller: Caller, args: SlackArguments): SlackAnswer {
    if (!isText(args.channel)) return invalidArguments('missing required field: channel')
    if (args.ts === undefined) return invalidArguments('missing required field: ts')
    // Only an ID will do, although chat.postMessage takes a name.
    const channel = channels.find(({ id }) => id === args.channel)
    if (!channel) return { ok: false, error: 'channel_not_found' }
    if (channel.archived) return { ok: false, error: 'is_inactive' }
    // A number has lost its trailing zeros by now, and names no message.
    const message = messages.get(messageKey(channel.id, String(args.ts)))
    if (!message) return { ok: false, error: 'message_not_found' }
    if (message.app !== caller.app) return { ok: false, error: 'cant_update_message' }
    const content = readContent(args)
    if ('ok' in content) return content
    const { text } = content
    // Posted texts are cut at 40,000; an edited one of more than 4,000 bytes is refused.
    if (text !== undefined && Buffer.byteLength(text) > 4000) return { ok: false, error: 'msg_too_long' }
    const updated = edited(message, content)
    messages.set(messageKey(channel.id, message.ts), updated)
    return { ok: true, channel: channel.id, ts: message.ts, text: updated.text, message: shown(updated) }
  }

  return { methods, messages: () => [...messages.values()] } satisfies Workspace
}

/** The error for an app with these scopes that posts to a channel; none where it may. */
function whyNotPosted(channel: SlackChannel | undefined, scopes: readonly string[]): string | undefined {
  const member = channel?.member ?? true
  if (!channel || (channel.private && !member)) return 'channel_not_found'
  if (channel.archived) return 'is_archived'
  return member || scopes.includes('chat:write.public') ? undefined : 'not_in_channel'
}

interface MessageContent {
  text: string | undefined
  blocks: Record<string, unknown>[] | undefined
  attachments: unknown[] | undefined
  metadata: Record<string, unknown> | undefined
}

function readContent(args: SlackArguments): MessageContent | SlackAnswer {
  const blocks = structured(args.blocks)
  const problem = blocks === undefined ? undefined : blockProblem(blocks)
  if (problem) return refusal(problem.error, problem.messages)
  const attachments = structured(args.attachments)
  if (attachments !== undefined && !Array.isArray(attachments)) return refusal('invalid_attachments', [])
  if (attachments && attachments.length > 100) return refusal('too_many_attachments', [])
  const metadata = structured(args.metadata)
  if (metadata !== undefined && (typeof metadata !== 'object' || metadata === null))
    return refusal('invalid_metadata_format', [])
  const text = isText(args.text) ? args.text : undefined
  if (text === undefined && blocks === undefined && attachments === undefined) return refusal('no_text', [])
  return {
    text,
    blocks: blocks as Record<string, unknown>[] | undefined,
    attachments,
    metadata: metadata as Record<string, unknown> | undefined,
  }
}

/** Lists and objects come as JSON, or, in a form, as a string of JSON. */
function structured(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function keptMetadata(metadata: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  return metadata && Object.keys(metadata).length > 0 ? metadata : undefined
}

/** A message after an update. Text alone leaves the blocks as they are: ok, and nothing to be seen of it. */
function edited(message: SlackMessage, { text, blocks, attachments, metadata }: MessageContent): SlackMessage {
  return {
    ...message,
    text: text ?? message.text,
    blocks: blocks ?? message.blocks,
    attachments: attachments ?? message.attachments,
    metadata: metadata === undefined ? message.metadata : keptMetadata(metadata),
    at: Date.now(),
    earlier: [...message.earlier, { text: message.text, blocks: message.blocks, at: message.at }],
  }
}

function shown(message: SlackMessage): Record<string, unknown> {
  return {
    type: 'message',
    user: userOf(message.app),
    bot_id: botOf(message.app),
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...(message.earlier.length > 0 && { edited: { user: botOf(message.app), ts: message.ts } }),
  }
}

function missingScope(needed: string, provided: readonly string[]): SlackAnswer {
  return { ok: false, error: 'missing_scope', needed, provided: provided.join(',') }
}

function invalidArguments(detail: string): SlackAnswer {
  return refusal('invalid_arguments', [`[ERROR] ${detail}`])
}

function refusal(error: string, messages: readonly string[]): SlackAnswer {
  return { ok: false, error, ...(messages.length > 0 && { response_metadata: { messages } }) }
}

/** Seconds and a fraction of six digits that ends with a zero, each later than the one before. */
function timestamps(): () => string {
  const seconds = Math.floor(Date.now() / 1000)
  let count = 0
  return () => `${seconds}.${String(++count * 10).padStart(6, '0')}`
}

function messageKey(channel: string, ts: string): string {
  return `${channel} ${ts}`
}

function userOf(app: string): string {
  return `U0${app.toUpperCase()}`
}

function botOf(app: string): string {
  return `B0${app.toUpperCase()}`
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
