import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { urlToHttpOptions } from 'node:url'
import { assess, parseVersionSource, type StatusSet, type VersionSource } from '@belay/probe/answer'
import type { LoadClientOptions } from './load-client.ts'
import type { Tally } from './tally.ts'

const statuses: StatusSet = [{ from: 200, to: 299 }]

/** With its time limit. */
export type SenderOptions = LoadClientOptions & { readonly timeoutMs: number }

interface SendContext {
  readonly timeoutMs: number
  readonly request: () => ClientRequest
  readonly versionFrom: VersionSource
  readonly tally: Tally
  readonly startedAt: number
  readonly open: Set<ClientRequest>
}

/**
 * Sends at `rate`, each request at its time whether or not earlier ones are answered, and measures from the time when it
 * was due. So a late answer cannot slow the sending down and hide requests that would have failed.
 */
export function startSending(options: SenderOptions, tally: Tally): { stop(): Promise<void> } {
  const keepAlive = options.connections === 'keep-alive'
  const { Agent, request } = options.url.startsWith('https:') ? https : http
  const agent = new Agent({ keepAlive, maxFreeSockets: Number.POSITIVE_INFINITY })
  const asked = { ...urlToHttpOptions(new URL(options.url)), agent }
  const versionFrom = parseVersionSource(options.versionOf)
  if (!versionFrom) throw new Error(`versionOf: ${options.versionOf}`)
  const startedAt = performance.now()
  const context: SendContext = {
    timeoutMs: options.timeoutMs,
    request: () => request(asked),
    versionFrom,
    tally,
    startedAt,
    open: new Set(),
  }
  const interval = 1000 / options.rate
  let sent = 0
  let timer: NodeJS.Timeout | undefined
  const sendDue = () => {
    const now = performance.now() - startedAt
    for (; sent * interval <= now; sent++) send(context, sent * interval)
    timer = setTimeout(sendDue, sent * interval - now)
  }
  sendDue()

  return {
    async stop() {
      clearTimeout(timer)
      // Each request ends by its own time limit.
      while (context.open.size > 0) await sleep(5)
      tally.end(performance.now() - startedAt)
      agent.destroy()
    },
  }
}

/** One request, sent once: Node's client never retries, not even on a reused connection. */
function send(context: SendContext, dueMs: number): void {
  const { timeoutMs, versionFrom, tally, startedAt, open } = context
  const now = () => performance.now() - startedAt
  tally.sent(dueMs, now())
  const request = context.request()
  open.add(request)
  let settled = false
  const settle = (count: () => void) => {
    if (settled) return
    settled = true
    clearTimeout(timer)
    open.delete(request)
    count()
  }
  const fail = (what: { code: string } | { status: number }) =>
    settle(() => tally.failed({ atMs: dueMs, ...what, reused: request.reusedSocket }))
  const timer = setTimeout(() => {
    fail({ code: 'TIMEOUT' })
    request.destroy()
  }, timeoutMs)

  request.on('error', (error) => fail({ code: codeOf(error) }))
  request.on('response', (response) => {
    const body: Buffer[] = []
    response.on('data', (chunk) => body.push(chunk))
    // The body is incomplete.
    response.on('error', (error) => fail({ code: codeOf(error) }))
    response.on('end', () => {
      const { statusCode: status = 0, headers } = response
      const { kind, version } = assess(
        { status, headers, body: Buffer.concat(body), truncated: false },
        { statuses, version: undefined, versionFrom },
      )
      if (kind !== 'pass') fail({ status })
      // A proxy's default page is no answer of the service.
      else if (version === undefined) fail({ code: 'NO_VERSION' })
      else settle(() => tally.answered(dueMs, now(), version))
    })
  })
  request.end()
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message
}
