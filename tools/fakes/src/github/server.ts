import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type GitHubAnswer, type GitHubRequest, linkHeader, refused } from './answers.ts'
import type { GitHubArtifact, GitHubDeployment, GitHubPermissions, GitHubRepository, GitHubRun } from './objects.ts'
import { makeRateLimit, type RateLimit } from './rate-limit.ts'
import { makeRepository } from './repository.ts'

/** What happens to one request. Where `accepted` is true it takes effect although its sender never hears so. */
export type GitHubBehaviour =
  | { does: 'answer' }
  /** The hourly limit: HTTP 403 with the time of its end, in seconds from now. */
  | { does: 'limit'; resetIn: number }
  /** The secondary limit: HTTP 429, or 403; with `retry-after` in seconds, or without that header. */
  | { does: 'slow-down'; status: 403 | 429; retryAfter?: number }
  | { does: 'fail'; status: number; accepted: boolean }
  /** The connection is cut after the whole request was read. */
  | { does: 'reset'; accepted: boolean }
  /** The answer begins, and the connection is cut in the middle of it. */
  | { does: 'cut'; accepted: boolean }
  /** What something between the runner and GitHub may answer in its place. */
  | { does: 'say'; status: number; body: unknown }
  | { does: 'redirect'; status: 301 | 302 | 307; location: string }
  /** The request is read and never answered. */
  | { does: 'hang'; accepted: boolean }

export interface GitHubOptions {
  readonly repository: GitHubRepository
  /** Default: `ghs_fake`, which may read all and write deployments. */
  readonly tokens?: Readonly<Record<string, GitHubPermissions>>
  /** Default: any that is free. */
  readonly port?: number
  /** Where artifacts are said to be stored, such as `https://storage.test`; default is this server. */
  readonly storage?: string
  readonly now?: () => Date
}

/** A request as it arrived, and what came of it. The storage's have the path `/storage/…`. */
export interface GitHubCall {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly token: string
  readonly body: Readonly<Record<string, unknown>>
  /** HTTP status, or how the connection ended. */
  readonly answered: number | 'reset' | 'cut' | 'hang'
}

/** A local GitHub: the part of the REST API that releases need, for one repository. */
export interface FakeGitHub {
  /** What to give as `GITHUB_API_URL`. */
  readonly url: string
  /** Newest first. */
  deployments(): GitHubDeployment[]
  /** From now on it has that run, with what it uploaded. */
  addRun(run: GitHubRun, artifacts: readonly GitHubArtifact[]): void
  calls(): GitHubCall[]
  /** Queues what happens to the next requests whose `METHOD /path` matches; after that they are answered as usual. */
  script(requests: RegExp, behaviours: readonly GitHubBehaviour[]): void
  /** Cuts what is open, requests that hang included. */
  stop(): Promise<void>
}

/** Starts a local GitHub on loopback that behaves as the real one does to a job's token. */
export async function startFakeGitHub(options: GitHubOptions): Promise<FakeGitHub> {
  const tokens = options.tokens ?? { ghs_fake: { contents: 'read', actions: 'read', deployments: 'write' } }
  const scripts: { requests: RegExp; behaviours: GitHubBehaviour[] }[] = []
  const calls: GitHubCall[] = []
  const rateLimit = makeRateLimit()
  const repository = makeRepository(
    options.repository,
    { api: base, storage: () => `${options.storage ?? base()}/storage` },
    options.now ?? (() => new Date()),
  )

  const server = createServer((request, response) => {
    // A client may go away while it still sends: that is no error.
    take(request, response).catch(() => request.destroy())
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    const line = `${call.method} ${call.path}`
    const queue = scripts.find(({ requests, behaviours }) => requests.test(line) && behaviours.length > 0)
    const behaviour = queue?.behaviours.shift() ?? { does: 'answer' }
    const answered = behave(behaviour, () => answerOf(call), rateLimit, request, response)
    const { method, path, query, token, body } = call
    calls.push({ method, path, query: Object.fromEntries(query), token, body, answered })
  }

  function answerOf(call: Call): GitHubAnswer & { link?: string } {
    // The storage refuses an authorization that it did not give out.
    if (call.path.startsWith('/storage')) {
      if (call.token !== '') return { status: 400 }
      return repository.stored(call.path.slice('/storage'.length))
    }
    const permissions = tokens[call.token]
    if (!permissions) return refused(401, 'Bad credentials')
    const answer = repository.answer(call, permissions)
    if (answer.lastPage === undefined) return answer
    const link = linkHeader(new URL(`${encodeURI(call.path)}?${call.query}`, base()), answer.lastPage)
    return link === undefined ? answer : { ...answer, link }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })

  function base(): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  return {
    url: base(),
    deployments: repository.deployments,
    addRun: repository.addRun,
    calls: () => [...calls],
    script: (requests, behaviours) => void scripts.push({ requests, behaviours: [...behaviours] }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function behave(
  behaviour: GitHubBehaviour,
  real: () => GitHubAnswer & { link?: string },
  rateLimit: RateLimit,
  request: IncomingMessage,
  response: ServerResponse,
): GitHubCall['answered'] {
  switch (behaviour.does) {
    case 'answer':
      rateLimit.count(response)
      return send(response, real())
    case 'limit':
      rateLimit.exhaust(response, behaviour.resetIn)
      return send(response, refused(403, 'API rate limit exceeded for installation.'))
    case 'slow-down': {
      rateLimit.count(response)
      if (behaviour.retryAfter !== undefined) response.setHeader('retry-after', String(behaviour.retryAfter))
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      return send(response, refused(behaviour.status, message))
    }
    case 'fail': {
      if (behaviour.accepted) real()
      response.writeHead(behaviour.status, { 'content-type': 'text/html' }).end('<h1>Unicorn!</h1>')
      return behaviour.status
    }
    case 'reset': {
      if (behaviour.accepted) real()
      request.socket.resetAndDestroy()
      return 'reset'
    }
    case 'cut': {
      const { status, body } = behaviour.accepted ? real() : { status: 200, body: {} }
      const text = JSON.stringify(body)
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length + 1 })
      response.write(text.slice(0, -1), () => request.socket.resetAndDestroy())
      return 'cut'
    }
    case 'say':
      return send(response, behaviour)
    case 'redirect':
      return send(response, {
        ...refused(behaviour.status, 'Moved Permanently', { url: behaviour.location }),
        location: behaviour.location,
      })
    case 'hang': {
      if (behaviour.accepted) real()
      return 'hang'
    }
  }
}

function send(
  response: ServerResponse,
  { status, body, location, bytes, link }: GitHubAnswer & { link?: string },
): number {
  if (link !== undefined) response.setHeader('link', link)
  if (location !== undefined) response.setHeader('location', location)
  if (bytes) response.writeHead(status, { 'content-type': 'application/zip' }).end(bytes)
  else if (body === undefined) response.writeHead(status).end()
  else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
  return status
}

type Call = GitHubRequest & { readonly token: string }

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    token: /^(?:Bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '',
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  }
}
