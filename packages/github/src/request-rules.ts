import { doubling, type RetryableError, retry, type Tried } from '@belay/action-kit'
import { retryAfterMs } from '@belay/http'
import { refusalOf, unexpectedAnswer, unreachable } from './failure.ts'

/** How often a request is sent at most, and how long each may take, with its answer. */
const attempts = 4
const attemptMs = 15_000
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const maxBytes = 20_000_000
/** The longest wait for the end of a rate limit; the limit of an hour is not waited for. */
const longestWaitMs = 60_000
/** How long a secondary limit lasts that names no end (docs/research/github.md#limits). */
const secondaryLimitMs = 60_000

/** The part of an octokit request that the rules read and change. */
interface RequestOptions {
  method: string
  url: string
  headers: Record<string, string | number | undefined>
  request: {
    /** It may be done twice. */
    repeatable?: boolean
    /** The answer is a redirect, and its destination is the result. */
    wantsLocation?: boolean
    [name: string]: unknown
  }
}

interface Answer {
  status: number
  url: string
  headers: Record<string, string | number | undefined>
  /** As `parseSuccessResponseBody: false` leaves it. */
  data: unknown
}

type Send = (options: RequestOptions) => Promise<Answer>

/** The outcome of sending a request once. */
type RequestOutcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** 400 or more. */
  | { readonly kind: 'refused'; readonly answer: Answer }
  | { readonly kind: 'unusable'; readonly status: number; readonly why: string }
  /** `sent` is false only where GitHub certainly never got the request. */
  | { readonly kind: 'lost'; readonly sent: boolean; readonly why: string }

/**
 * Belay's rules for every request to GitHub, as the one hook around octokit's `request`. A request is limited in time
 * and size, is sent again where that can help and does no harm, and follows no redirect. An answer that is cut off, or is
 * not JSON, does not count. Used instead of octokit's retry plugin, which repeats a POST whose answer was lost
 * (docs/research/github.md#a-lost-answer-to-a-post).
 * @param urlOf gives a request's URL, its parameters filled in
 * @throws Failure `github-unreachable`, `github-rate-limited`, or GitHubError
 */
export function requestRules(
  signal: AbortSignal,
  urlOf: (options: RequestOptions) => string,
): (send: Send, options: RequestOptions) => Promise<Answer> {
  return async (send, options) => {
    const repeatable = options.method === 'GET' || options.request.repeatable === true
    const once = async () => triedOf(await sendOnce(send, options, signal))
    // Where the signal is aborted already, the request fails at once, and says so.
    const tried = (await retry(once, { repeatable, attempts, backoffMs, signal })) ?? (await once())
    return answerOrThrow('value' in tried ? tried.value : tried.trouble.outcome, options, new URL(urlOf(options)))
  }
}

/** An outcome after which the same request may succeed. */
interface FailedRequest extends RetryableError {
  readonly outcome: RequestOutcome
  /** GitHub refused it for a limit of requests. */
  readonly limited: boolean
}

const soonMs = doubling(500)
const afterLimitMs = doubling(2000)

function backoffMs(failed: number, { limited }: FailedRequest): number {
  return limited ? afterLimitMs(failed) : soonMs(failed)
}

/** What an outcome says about a retry. A limit certainly did nothing; it is waited for only if it ends soon. */
function triedOf(outcome: RequestOutcome): Tried<RequestOutcome, FailedRequest> {
  const trouble = { outcome, retryable: true, limited: false, maybeDelivered: true, waitMs: undefined }
  if (outcome.kind === 'lost') return { trouble: { ...trouble, maybeDelivered: outcome.sent } }
  if (outcome.kind !== 'refused') return { value: outcome }
  const { answer } = outcome
  if (!isLimited(answer)) return answer.status >= 500 ? { trouble } : { value: outcome }
  const waitMs = limitEndsInMs(answer)
  const retryable = waitMs === undefined || waitMs <= longestWaitMs
  return { trouble: { ...trouble, limited: true, maybeDelivered: false, waitMs, retryable } }
}

async function sendOnce(send: Send, options: RequestOptions, signal: AbortSignal): Promise<RequestOutcome> {
  const timeout = AbortSignal.timeout(attemptMs)
  // Changed in place: octokit's own hook, for the token, gets this object, whatever is passed on here.
  options.headers = {
    ...options.headers,
    'x-github-api-version': '2022-11-28',
    // A connection that is kept open may be closed by the other side during a request.
    connection: 'close',
  }
  options.request = {
    ...options.request,
    signal: AbortSignal.any([signal, timeout]),
    redirect: 'manual',
    parseSuccessResponseBody: false,
  }
  try {
    const answer = await send(options)
    if (answer.status >= 300) return { kind: 'answer', answer: { ...answer, data: undefined } }
    const text = await readText(answer.data as AsyncIterable<Uint8Array> | null)
    return text === undefined
      ? { kind: 'unusable', status: answer.status, why: `it is longer than ${maxBytes} bytes` }
      : { kind: 'answer', answer: { ...answer, data: parse(text) } }
  } catch (error) {
    const { response, message } = error as Error & { response?: Answer }
    if (response) return { kind: 'refused', answer: response }
    const why = timeout.aborted ? `no answer within ${attemptMs} ms` : message || codeOf(error) || 'no answer'
    return { kind: 'lost', sent: !unsentCodes.includes(codeOf(error)), why }
  }
}

/** Reads the whole body; undefined where it is too long. */
async function readText(body: AsyncIterable<Uint8Array> | null): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body || []) {
    length += chunk.length
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The codes of errors where nothing of a request can have reached the server. */
const unsentCodes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

/** The code of an error or of what caused it; empty where there is none. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  return ''
}

/** When a limit of requests ends, in milliseconds from now; undefined where GitHub does not say. */
function limitEndsInMs(answer: Answer): number | undefined {
  const { headers } = answer
  const after = retryAfterMs(headers['retry-after'])
  if (after) return after
  if (isSecondaryLimit(answer)) return secondaryLimitMs
  // Every answer says when the hour ends; it matters once the hour's requests are used up.
  if (headers['x-ratelimit-remaining'] !== '0') return undefined
  const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.now()
  return Number.isFinite(reset) ? Math.max(1000, reset) : undefined
}

function isLimited(answer: Answer): boolean {
  const { status, headers } = answer
  if (status !== 403) return status === 429
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || isSecondaryLimit(answer)
}

/** GitHub names it in its message alone: the headers are those of the hour, of which requests are left. */
function isSecondaryLimit({ data }: Answer): boolean {
  return /\bsecondary rate limit\b/i.test(messageIn(data))
}

/** Returns a valid answer, else throws. */
function answerOrThrow(outcome: RequestOutcome, { method, request }: RequestOptions, url: URL): Answer {
  const asked = `${method} ${url.pathname}`
  if (outcome.kind === 'lost') throw unreachable(url, outcome.why)
  if (outcome.kind === 'unusable') throw unexpectedAnswer(outcome.status, `to ${asked} ${outcome.why}`)
  const { answer } = outcome
  const { status, headers, data } = answer
  if (outcome.kind === 'refused') {
    // Without JSON it is the page of a proxy, and gives no reason.
    const reason = isObject(data) ? reasonIn(data) : 'no reason given'
    throw refusalOf(status, isLimited(answer), asked, reason)
  }
  if (request.wantsLocation && status === 302 && headers.location) return answer
  if (status >= 300) throw unexpectedAnswer(status, `${asked} was redirected`)
  // A 202 is not a result, but for example a merge that was made instead of a deployment.
  if (status === 202) throw unexpectedAnswer(status, `${asked} was accepted but not done: ${messageIn(data)}`)
  if (!isObject(data)) throw unexpectedAnswer(status, `${asked} was answered without JSON`)
  return answer
}

function isObject(data: unknown): data is object {
  return typeof data === 'object' && data !== null
}

function messageIn(data: unknown): string {
  return oneLine(String((data as { message?: unknown } | null)?.message ?? 'no reason given'))
}

/** GitHub's message, and what is wrong with single fields. Octokit's own text has them as JSON, and ends with a link. */
function reasonIn(data: object): string {
  const { errors } = data as { errors?: unknown }
  const wrong = Array.isArray(errors) ? errors.map(fieldError).filter((text) => text !== '') : []
  return wrong.length > 0 ? oneLine(`${messageIn(data)} (${wrong.join('; ')})`) : messageIn(data)
}

/** `ref: No ref found for: v9`; some errors are no more than a text. */
function fieldError(error: unknown): string {
  if (typeof error === 'string') return error
  const { field, message, code } = (error ?? {}) as { field?: unknown; message?: unknown; code?: unknown }
  return [field, message ?? code].filter((part) => typeof part === 'string').join(': ')
}

function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300)
}
