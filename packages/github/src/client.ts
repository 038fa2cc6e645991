import { Failure, type InputReader, sleep } from '@belay/action-kit'
import { type Answer, type Asked, NoAnswer, request } from '@belay/http'
import { saveAnswer } from './download.ts'

/** Which repository is asked, and as whom. */
export interface GitHubInputs {
  /** Empty: GitHub is not asked at all. */
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
  /** Ends with a slash. */
  readonly apiUrl: URL
}

/** Reads `github-token`; the rest is what the runner says of the run. */
export function readGitHubInputs(read: InputReader, env: NodeJS.ProcessEnv = process.env): GitHubInputs {
  const token = read.secret('github-token').trim()
  const apiUrl = new URL(env.GITHUB_API_URL || 'https://api.github.com')
  if (!apiUrl.pathname.endsWith('/')) apiUrl.pathname += '/'
  if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
    read.mistake('github-token', 'has characters that no token has', 'Leave it out, or give one token.')
  return { token, repository: env.GITHUB_REPOSITORY ?? '', apiUrl }
}

/** GitHub answered that it would not. */
export class GitHubRefusal extends Failure {
  readonly status: number

  constructor(status: number, code: string, message: string, mend?: string) {
    super(code, message, mend)
    this.name = 'GitHubRefusal'
    this.status = status
  }
}

/** The repository's API. Paths are relative to the repository. */
export interface GitHub {
  readonly repository: string
  /** @throws GitHubRefusal, or Failure `github-unreachable`, `github-rate-limited` */
  get<T>(path: string, query?: Readonly<Record<string, string | number>>): Promise<T>
  /** Not repeated once GitHub may have done it: `repeatable` says that doing it twice is as good as once. */
  post<T>(path: string, body: unknown, options: { repeatable: boolean }): Promise<T>
  /** Writes to a file what the path's redirect leads to. Returns the SHA-256 of it. */
  save(path: string, file: string): Promise<string>
}

const attempts = 4
const attemptMs = 15_000
const downloadMs = 600_000
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const maxBytes = 20_000_000
/** The longest that is waited for a limit to end; the limit of an hour is not waited for. */
const longestWaitMs = 60_000

/**
 * Opens the API of one repository. Every call is bounded in time and tried again where that can help.
 *
 * Not by @actions/github: its undici, and the table of all of GitHub's methods, weigh more than all actions that ask
 * GitHub together, and it repeats nothing by itself.
 */
export function openGitHub({ token, repository, apiUrl }: GitHubInputs, signal: AbortSignal): GitHub {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'belay',
  }
  const urlOf = (path: string, query: Readonly<Record<string, string | number>> = {}) => {
    const url = new URL(`repos/${repository}${path}`, apiUrl)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
    return url
  }

  async function get(path: string, query?: Readonly<Record<string, string | number>>): Promise<Answer> {
    return ask({ method: 'GET', url: urlOf(path, query), headers, timeoutMs: attemptMs, signal }, true)
  }

  return {
    repository,
    async get<T>(path: string, query?: Readonly<Record<string, string | number>>) {
      return read<T>(await get(path, query))
    },
    async post<T>(path: string, body: unknown, { repeatable }: { repeatable: boolean }) {
      const asked: Asked = {
        method: 'POST',
        url: urlOf(path),
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        timeoutMs: attemptMs,
        signal,
      }
      return read<T>(await ask(asked, repeatable))
    },
    async save(path, file) {
      const { headers: answered, status } = await get(path)
      const { location } = answered
      if (status !== 302 || location === undefined)
        throw new GitHubRefusal(status, 'github-unexpected-answer', `GitHub did not say where ${path} is.`)
      return download(new URL(location), file, signal)
    },
  }
}

/** The storage is another server: it must not see the token. */
async function download(url: URL, file: string, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const asked: Asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: downloadMs, signal }
    const outcome = await saveAnswer(asked, file).catch((error: unknown) => error as NoAnswer)
    if (!(outcome instanceof Error) && outcome.status === 200) return outcome.sha256
    const what = outcome instanceof Error ? outcome.message : `HTTP ${outcome.status}`
    const passing = outcome instanceof NoAnswer || (!(outcome instanceof Error) && outcome.status >= 500)
    if (!passing || attempt === attempts || signal.aborted)
      throw new Failure('download-failed', `The artifact could not be downloaded from ${url.host}: ${what}.`)
    await sleep(500 * 2 ** attempt, signal)
  }
}

/** Asks, again where that can help and can do no harm. */
async function ask(asked: Asked, repeatable: boolean): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt === attempts || asked.signal.aborted
    const outcome = await request(asked, maxBytes).catch((error: unknown) => {
      if (error instanceof NoAnswer) return error
      throw error
    })
    if (outcome instanceof NoAnswer) {
      if (last || (outcome.sent && !repeatable)) throw unreachable(asked.url, outcome)
      await sleep(500 * 2 ** (attempt - 1), asked.signal)
      continue
    }
    const wait = waitOf(outcome, attempt, repeatable)
    if (wait === undefined) return accepted(outcome, asked)
    if (last || wait > longestWaitMs) return accepted(outcome, asked)
    await sleep(wait, asked.signal)
  }
}

/** How long to wait before the same request may go well, in milliseconds; undefined where it never will. */
function waitOf({ status, headers }: Answer, attempt: number, repeatable: boolean): number | undefined {
  if (isLimited(status, headers)) {
    const after = Number(headers['retry-after'])
    if (Number.isFinite(after) && after > 0) return after * 1000
    const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.now()
    return Number.isFinite(reset) ? Math.max(1000, reset) : 1000 * 2 ** attempt
  }
  if (status >= 500 && repeatable) return 500 * 2 ** (attempt - 1)
  return undefined
}

function isLimited(status: number, headers: Answer['headers']): boolean {
  if (status === 429) return true
  return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0')
}

function unreachable(url: URL, { message }: NoAnswer): Failure {
  return new Failure(
    'github-unreachable',
    `GitHub could not be asked (${url.host}${url.pathname}): ${message}.`,
    'look at the status of GitHub, and at HTTPS_PROXY where the runner needs it; then run the job again.',
  )
}

function accepted(answer: Answer, { method, url }: Asked): Answer {
  const { status, headers } = answer
  if (status < 400) return answer
  const what = `${method} ${url.pathname}`
  const said = messageIn(answer)
  if (isLimited(status, headers))
    throw new Failure(
      'github-rate-limited',
      `GitHub lets this repository ask no more for now (${what}: ${said}).`,
      'run the job again later.',
    )
  if (status === 401)
    throw new GitHubRefusal(status, 'github-token-refused', `GitHub does not know the token (${what}: ${said}).`)
  if (status === 403)
    throw new GitHubRefusal(
      status,
      'github-permission',
      `The token may not do ${what}: ${said}.`,
      'give the job the permissions that the README of release names.',
    )
  const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused'
  throw new GitHubRefusal(status, code, `GitHub answered HTTP ${status} to ${what}: ${said}.`)
}

/** What GitHub says, on one line, its list of mistakes included. */
function messageIn({ body }: Answer): string {
  const { message = '', errors = [] } = parse(body.toString('utf8')) as { message?: string; errors?: unknown[] }
  const details = Array.isArray(errors) ? errors.map((error) => JSON.stringify(error)).join(', ') : ''
  return `${message || 'no word why'}${details && ` (${details})`}`.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300)
}

function read<T>(answer: Answer): T {
  const value = parse(answer.body.toString('utf8'))
  // A 202 is no result: such as a merge that was made instead of a deployment.
  if (answer.status !== 202 && typeof value === 'object' && value !== null) return value as T
  throw new GitHubRefusal(
    answer.status,
    'github-unexpected-answer',
    `What answered (HTTP ${answer.status}) is not what GitHub's API answers: ${messageIn(answer)}.`,
    'look at a proxy between the runner and GitHub.',
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
