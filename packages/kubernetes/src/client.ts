import type { IncomingMessage } from 'node:http'
import { doubling, retry } from '@belay/action-kit'
import { type Api, ApiError, type Query, type StatusCause, type WatchEvent } from './api.ts'

/** The field manager under which Belay applies, and the one under which it restores. */
export const manager = 'belay'
export const undoManager = 'belay-undo'

export interface ClientOptions {
  /** The Unix socket on which `kubectl proxy` listens. */
  readonly socket: string
  /** Milliseconds for which a request is sent again where no answer comes, or the server is busy. */
  readonly patienceMs: number
  /** Of every request that has no signal of its own. */
  readonly signal?: AbortSignal
}

/** An API server, and its clock. */
export interface Client extends Api {
  /** The server's time in milliseconds since 1970, by its last answer: clocks of runners are not trusted. */
  now(): number
}

interface Sent {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Query | undefined
  readonly type?: string
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** For one request, in milliseconds. */
const requestTimeoutMs = 30_000
const largestAnswer = 64 * 1024 * 1024

/**
 * Talks to the API server through the socket of `kubectl proxy`. Every request may be sent twice: an apply changes
 * nothing the second time, and a patch, a creation or a removal is then refused, which its caller understands.
 */
export function openClient({ socket, patienceMs, signal: always }: ClientOptions): Client {
  let clock = { server: Date.now(), at: performance.now() }

  async function start(sent: Sent, signal: AbortSignal): Promise<IncomingMessage> {
    const body = sent.body === undefined ? undefined : JSON.stringify(sent.body)
    const response = await startRequest(socket, sent, body, signal)
    const date = Date.parse(response.headers.date ?? '')
    if (!Number.isNaN(date)) clock = { server: date, at: performance.now() }
    return response
  }

  async function ask(asked: Sent, limit = largestAnswer): Promise<string> {
    const sent = { ...asked, signal: asked.signal ?? always }
    const ended = performance.now() + patienceMs
    let internal = 0
    const tried = await retry<string, Trouble>(
      async () => {
        try {
          return { value: await askOnce(sent, limit) }
        } catch (error) {
          if (!(error instanceof ApiError) || sent.signal?.aborted) throw error
          if (error.reason === 'InternalError') internal++
          return { trouble: troubleOf(error, internal) }
        }
      },
      {
        repeatable: true,
        backoffMs: doubling(200, { longestMs: 2000 }),
        leftMs: () => ended - performance.now(),
        ...(sent.signal && { signal: sent.signal }),
      },
    )
    if (tried && 'value' in tried) return tried.value
    throw tried?.trouble.error ?? noAnswer('no time was left for the request')
  }

  async function askOnce(sent: Sent, limit: number): Promise<string> {
    const timeout = AbortSignal.timeout(requestTimeoutMs)
    const signal = sent.signal ? AbortSignal.any([timeout, sent.signal]) : timeout
    try {
      const response = await start(sent, signal)
      const text = await readText(response, limit)
      if (isSuccess(response)) return text
      throw errorOf(response.statusCode ?? 0, text)
    } catch (error) {
      if (error instanceof ApiError) throw error
      throw noAnswer(timeout.aborted ? `no answer within ${requestTimeoutMs / 1000} s` : (error as Error).message)
    }
  }

  async function json<T>(sent: Sent): Promise<T> {
    return JSON.parse(await ask(sent)) as T
  }

  const written = (dryRun: boolean | undefined, fieldManager: string): Query => ({
    fieldManager,
    fieldValidation: 'Strict',
    ...(dryRun && { dryRun: 'All' }),
  })

  return {
    now: () => clock.server + (performance.now() - clock.at),
    get: (path, query, signal) => json({ method: 'GET', path, query, signal }),
    text: (path, query, limit = 64 * 1024, signal = undefined) => ask({ method: 'GET', path, query, signal }, limit),
    async *watch(path, query, signal) {
      const asked = { ...query, watch: true, allowWatchBookmarks: true }
      const response = await start({ method: 'GET', path, query: asked }, signal).catch((error: Error) => {
        if (signal.aborted) return undefined
        throw noAnswer(error.message)
      })
      if (!response) return
      if (response.statusCode === 410) yield gone(await readText(response, largestAnswer))
      else if (isSuccess(response)) yield* eventsOf(response)
      else throw errorOf(response.statusCode ?? 0, await readText(response, largestAnswer))
    },
    create: (path, body, { dryRun, manager: name = manager, signal } = {}) =>
      json({ method: 'POST', path, query: written(dryRun, name), body, signal }),
    apply: (path, body, { dryRun, force, manager: name = manager, signal } = {}) =>
      json({
        method: 'PATCH',
        path,
        query: { ...written(dryRun, name), ...(force && { force: true }) },
        type: 'application/apply-patch+yaml',
        body,
        signal,
      }),
    patch: (path, body, { dryRun, manager: name = manager, signal } = {}) =>
      json({
        method: 'PATCH',
        path,
        query: written(dryRun, name),
        type: 'application/json-patch+json',
        body,
        signal,
      }),
    async remove(path, { uid, propagation = 'Background', signal } = {}) {
      const body = { propagationPolicy: propagation, ...(uid !== undefined && { preconditions: { uid } }) }
      await ask({ method: 'DELETE', path, body, signal })
    },
  }
}

interface Trouble {
  readonly retryable: boolean
  readonly maybeDelivered: boolean
  readonly waitMs: number | undefined
  readonly error: ApiError
}

/**
 * The server may be restarting, or busy. An internal error is that of a webhook, as a rule: it is tried three times. What
 * the server cannot parse it answers with 500, too, without a reason.
 */
function troubleOf(error: ApiError, internal: number): Trouble {
  const { status, reason, retryAfter } = error
  return {
    retryable: [0, 429, 502, 503, 504].includes(status) || (reason === 'InternalError' && internal < 3),
    maybeDelivered: true,
    waitMs: retryAfter === undefined ? undefined : retryAfter * 1000,
    error,
  }
}

function startRequest(
  socketPath: string,
  { method, path, query = {}, type = 'application/json' }: Sent,
  body: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { request } = process.getBuiltinModule('node:http')
  const headers = {
    // It refuses every other one (docs/research/kubernetes.md#kubectl-proxy).
    host: 'localhost',
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
  }
  return new Promise((resolve, reject) => {
    const sending = request({ socketPath, method, path: pathWith(path, query), headers, agent: false, signal }, resolve)
    sending.on('error', reject)
    sending.end(body)
  })
}

function pathWith(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given as [string, string][])}`
}

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300
}

async function readText(response: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > limit) break
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8')
}

async function* eventsOf(response: IncomingMessage): AsyncGenerator<WatchEvent> {
  let rest = ''
  response.setEncoding('utf8')
  try {
    for await (const chunk of response as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchEvent
    }
  } catch (error) {
    // A stream that breaks is a stream that has ended: its reader starts it again.
    if (error instanceof SyntaxError) throw error
  }
}

function gone(text: string): WatchEvent {
  return { type: 'ERROR', object: { kind: 'Status', metadata: { name: '' }, code: 410, message: text } }
}

function noAnswer(why: string): ApiError {
  return new ApiError(0, '', `the API server does not answer: ${why}`)
}

interface Status {
  readonly kind?: string
  readonly message?: string
  readonly reason?: string
  readonly details?: { readonly causes?: readonly StatusCause[]; readonly retryAfterSeconds?: number }
}

/**
 * The error that an answer describes. kubectl's proxy says in plain text, with 500, that it could not reach the server
 * (docs/research/kubernetes.md#kubectl-proxy).
 */
function errorOf(status: number, text: string): ApiError {
  const { kind, message, reason, details } = statusIn(text)
  if (kind !== 'Status') {
    const line = text.trim().split('\n')[0]?.slice(0, 300) ?? ''
    return status >= 500 ? noAnswer(line) : new ApiError(status, '', line || `HTTP ${status}`)
  }
  return new ApiError(status, reason ?? '', message ?? `HTTP ${status}`, {
    causes: details?.causes ?? [],
    retryAfter: details?.retryAfterSeconds,
  })
}

function statusIn(text: string): Status {
  try {
    return JSON.parse(text) as Status
  } catch {
    return {}
  }
}

/** The API server's answer to what is no longer there, as `undefined`. */
export async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}
