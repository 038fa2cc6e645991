import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeWorkspace, type SlackAnswer, type SlackChannel, type SlackMessage, type SlackToken } from './workspace.ts'

/**
 * What the fake does with one call. If `accepted` is true the call takes effect although its sender gets no answer: that
 * makes a retry dangerous.
 */
export type SlackBehaviour =
  | { does: 'answer' }
  /** HTTP 200 with `ok: false`, as Slack refuses nearly everything. */
  | { does: 'refuse'; error: string; needed?: string; provided?: string; messages?: readonly string[] }
  /** HTTP 429; without `retryAfter` (seconds) the header is missing. */
  | { does: 'limit'; retryAfter?: number }
  /** HTTP 5xx; `error` makes its body JSON, as Slack's often is. */
  | { does: 'fail'; status: number; accepted: boolean; error?: string }
  /** The connection is cut after the whole request was read. */
  | { does: 'reset'; accepted: boolean }
  /** The request is read and never answered. */
  | { does: 'hang'; accepted: boolean }

export interface SlackOptions {
  /** Default: `xoxb-fake` with `chat:write`. */
  readonly tokens?: Readonly<Record<string, SlackToken>>
  /** Default: `#releases`, which the app is a member of. */
  readonly channels?: readonly SlackChannel[]
  /** Default: any that is free. */
  readonly port?: number
}

/** A call as it arrived, and its result. */
export interface SlackCall {
  readonly method: string
  readonly token: string
  readonly args: Readonly<Record<string, unknown>>
  /** HTTP status, or how the connection ended. */
  readonly answered: number | 'reset' | 'hang'
  /** Slack's error, where the answer had one. */
  readonly error: string | undefined
}

/** A local Slack. */
export interface FakeSlack {
  /** What to give as `api-url`: `http://127.0.0.1:PORT/api/`. */
  readonly url: string
  /** The methods that it has: `chat.postMessage`. */
  readonly methods: readonly string[]
  messages(): SlackMessage[]
  calls(): SlackCall[]
  /** Queues what happens to the next calls of a method; after that it answers as Slack does. */
  script(method: string, behaviours: readonly SlackBehaviour[]): void
  /** Cuts what is open, calls that hang included. */
  stop(): Promise<void>
}

/** Starts a local Slack on loopback that behaves as the real one does to a client with a bot's token. */
export async function startFakeSlack(options: SlackOptions = {}): Promise<FakeSlack> {
  const workspace = makeWorkspace(
    options.channels ?? [{ id: 'C0RELEASES', name: 'releases' }],
    options.tokens ?? { 'xoxb-fake': { scopes: ['chat:write'] } },
  )
  const scripts = new Map<string, SlackBehaviour[]>()
  const calls: SlackCall[] = []

  const server = createServer((request, response) => {
    // A client may go away while it still sends: that is no error.
    take(request, response).catch(() => request.destroy())
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    const method = /^\/api\/([A-Za-z.]+)$/.exec(call.path)?.[1]
    if (method === undefined) {
      response.writeHead(404).end('Not Found')
      return
    }
    const behaviour = scripts.get(method)?.shift() ?? { does: 'answer' }
    const real = () => call.problem ?? answerOf(method, call)
    const { answered, error } = behave(behaviour, real, call, request, response)
    calls.push({ method, token: call.token, args: call.args, answered, error })
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })

  function answerOf(method: string, { token, args }: Call): SlackAnswer {
    const work = workspace.methods[method]
    return work ? work(token, args) : { ok: false, error: 'unknown_method', req_method: method }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    methods: Object.keys(workspace.methods),
    messages: workspace.messages,
    calls: () => [...calls],
    script: (method, behaviours) => void scripts.set(method, [...(scripts.get(method) ?? []), ...behaviours]),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function behave(
  behaviour: SlackBehaviour,
  real: () => SlackAnswer,
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
): { answered: SlackCall['answered']; error: string | undefined } {
  switch (behaviour.does) {
    case 'answer': {
      const answer = withWarning(real(), call.contentType)
      send(response, 200, answer)
      return { answered: 200, error: answer.error }
    }
    case 'refuse': {
      const { does: _, messages, ...refusal } = behaviour
      send(response, 200, { ok: false, ...refusal, ...(messages && { response_metadata: { messages } }) })
      return { answered: 200, error: behaviour.error }
    }
    case 'limit': {
      if (behaviour.retryAfter !== undefined) response.setHeader('Retry-After', String(behaviour.retryAfter))
      send(response, 429, { ok: false, error: 'ratelimited' })
      return { answered: 429, error: 'ratelimited' }
    }
    case 'fail': {
      if (behaviour.accepted) real()
      if (behaviour.error) send(response, behaviour.status, { ok: false, error: behaviour.error })
      else response.writeHead(behaviour.status, { 'content-type': 'text/html' }).end('<h1>Server Error</h1>')
      return { answered: behaviour.status, error: behaviour.error }
    }
    case 'reset': {
      if (behaviour.accepted) real()
      request.socket.resetAndDestroy()
      return { answered: 'reset', error: undefined }
    }
    case 'hang': {
      if (behaviour.accepted) real()
      return { answered: 'hang', error: undefined }
    }
  }
}

function send(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

/** JSON without a charset is accepted, with a warning. */
function withWarning(answer: SlackAnswer, contentType: string): SlackAnswer {
  if (!contentType.startsWith('application/json') || /charset=/i.test(contentType)) return answer
  const metadata = (answer.response_metadata ?? {}) as Record<string, unknown>
  return {
    ...answer,
    warning: 'missing_charset',
    response_metadata: { ...metadata, warnings: ['missing_charset'] },
  }
}

interface Call {
  readonly path: string
  readonly contentType: string
  readonly token: string
  readonly args: Record<string, unknown>
  /** The error of the request itself. */
  readonly problem: SlackAnswer | undefined
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const contentType = request.headers['content-type'] ?? ''
  const { args, problem } = readArguments(contentType, await readBody(request), url.searchParams)
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  // A token among the arguments counts in a form, never in JSON.
  const inForm = contentType.startsWith('application/json') ? '' : String(args.token ?? '')
  return { path: url.pathname, contentType, token: bearer ?? inForm, args, problem }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function readArguments(
  contentType: string,
  body: string,
  query: URLSearchParams,
): { args: Record<string, unknown>; problem?: SlackAnswer } {
  const type = contentType.split(';')[0]?.trim() ?? ''
  if (body === '' && type !== 'application/json') return { args: Object.fromEntries(query) }
  if (type === 'application/x-www-form-urlencoded') return { args: Object.fromEntries(new URLSearchParams(body)) }
  if (type === '') return { args: {}, problem: { ok: false, error: 'missing_post_type' } }
  if (type !== 'application/json') return { args: {}, problem: { ok: false, error: 'invalid_post_type' } }
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { args: value as Record<string, unknown> }
    return { args: {}, problem: { ok: false, error: 'json_not_object' } }
  } catch {
    return { args: {}, problem: { ok: false, error: 'invalid_json' } }
  }
}
