import { doubling, Failure, Interrupted, type RetryableError, retry, type Tried } from '@belay/action-kit'
import { type HttpResponse, NoResponseError, retryAfterMs } from '@belay/http'
import { printable } from '@belay/probe'
import { cursorOf, readLogs, readObject, readPage } from './api-answers.ts'
import { type Deploy, type EnvVar, hasAutoDeploy, type LogLine, type RenderEvent, type Service } from './api-objects.ts'
import { type Deadline, pause } from './deadline.ts'
import type { Request, Transport } from './transport.ts'

/** The outcome of a request that must not be sent twice. */
export type RequestOutcome<T> =
  /** `value` is undefined if the answer has no body, such as a 202. */
  | { readonly kind: 'done'; readonly status: number; readonly value: T | undefined }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** It is not known whether Render has done it. */
  | { readonly kind: 'unknown'; readonly why: string }

/** The outcome of a request that may be sent twice. */
type Answered<T> = Exclude<RequestOutcome<T>, { kind: 'unknown' }>

interface RetryableFailure extends RetryableError {
  readonly why: string
}

/** Render's API, as far as deploys need it. Every call waits out rate limits and temporary errors, up to the deadline. */
export interface ApiClient {
  readonly deadline: Deadline
  services(name: string, owner: string): Promise<Service[]>
  service(id: string): Promise<Service>
  /** The last hundred deploys, newest first, and the live one. */
  deploys(service: string): Promise<Deploy[]>
  /** Undefined where Render knows no such deploy. */
  deploy(service: string, id: string): Promise<Deploy | undefined>
  /** Never sent again once Render may have accepted it. It throws only if Render has certainly not accepted it. */
  trigger(service: string, what: { rollbackTo: string } | TriggerBody): Promise<RequestOutcome<Deploy>>
  /** False where it cannot be cancelled, or not yet. */
  cancel(service: string, id: string): Promise<boolean>
  pauseAutoDeploy(service: string): Promise<void>
  env(service: string): Promise<EnvVar[]>
  setEnv(service: string, key: string, value: string): Promise<void>
  removeEnv(service: string, key: string): Promise<void>
  events(service: string, since: string): Promise<RenderEvent[]>
  /** The last lines of a period, oldest first. */
  lastLogs(service: Pick<Service, 'id' | 'ownerId'>, since: string, until: string | undefined): Promise<LogLine[]>
}

export interface TriggerBody {
  readonly commitId?: string
  readonly imageUrl?: string
  readonly clearCache?: 'clear'
}

/** Timeout of one attempt, in milliseconds. */
const attemptMs = 15_000
/** With less time left than this, in milliseconds, no request is sent. */
const minAttemptMs = 50
const maxBackoffMs = 30_000

export function openClient(transport: Transport, deadline: Deadline): ApiClient {
  const { clock, signal, until, random } = deadline

  return {
    deadline,
    async services(name, owner) {
      const query = new URLSearchParams({ name, limit: '100', ...(owner && { ownerId: owner }) })
      const found = readPage<Service>(await get(`/services?${query}`), 'service')
      // Render's filter should match exactly; Belay does not rely on that.
      return found.filter((service) => service.name === name)
    },
    service: async (id) => readObject(await get(`/services/${encodeURIComponent(id)}`), 'service'),
    async deploys(service) {
      const path = `/services/${service}/deploys`
      const list = async (query: string) => readPage<Deploy>(await get(`${path}?${query}`), 'deploy')
      const last = await list('limit=100')
      const isLive = last.some(({ status }) => status === 'live')
      // After a hundred failed deploys an older one is still live, and undo must know it.
      const older = last.length < 100 || isLive ? [] : await list('status=live&limit=1')
      return [...last, ...older].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
    },
    async deploy(service, id) {
      const outcome = await sendRepeatable({ method: 'GET', path: `/services/${service}/deploys/${id}` })
      if (outcome.kind === 'refused' && outcome.status === 404) return undefined
      return readObject(requireValue(outcome), 'deploy')
    },
    trigger(service, what) {
      return 'rollbackTo' in what
        ? sendAtMostOnce({ method: 'POST', path: `/services/${service}/rollback`, body: { deployId: what.rollbackTo } })
        : sendAtMostOnce({ method: 'POST', path: `/services/${service}/deploys`, body: what })
    },
    async cancel(service, id) {
      // Safe to repeat: Render refuses the second cancel.
      const outcome = await sendRepeatable({ method: 'POST', path: `/services/${service}/deploys/${id}/cancel` })
      if (outcome.kind === 'refused' && [400, 404, 409].includes(outcome.status)) return false
      assertAccepted(outcome)
      return true
    },
    async pauseAutoDeploy(service) {
      const patch = async (body: object): Promise<Service> =>
        readObject(
          requireValue(await sendRepeatable({ method: 'PATCH', path: `/services/${service}`, body })),
          'service',
        )
      if (!hasAutoDeploy(await patch({ autoDeploy: 'no' }))) return
      // On some services the newer field decides.
      if (!hasAutoDeploy(await patch({ autoDeployTrigger: 'off' }))) return
      throw new Failure(
        'render-answer',
        'Render reports that auto-deploy is still on.',
        "switch it off in Render's dashboard.",
      )
    },
    async env(service) {
      const all: EnvVar[] = []
      for (let cursor = ''; ; ) {
        const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })
        const answer = await get(`/services/${service}/env-vars?${query}`)
        const page = readPage<EnvVar>(answer, 'envVar')
        all.push(...page)
        const next = cursorOf(answer)
        // A cursor that repeats would loop for ever.
        if (page.length < 100 || next === '' || next === cursor) return all
        cursor = next
      }
    },
    async setEnv(service, key, value) {
      const path = `/services/${service}/env-vars/${encodeURIComponent(key)}`
      assertAccepted(await sendRepeatable({ method: 'PUT', path, body: { value } }))
    },
    async removeEnv(service, key) {
      const path = `/services/${service}/env-vars/${encodeURIComponent(key)}`
      const outcome = await sendRepeatable({ method: 'DELETE', path })
      if (outcome.kind !== 'refused' || outcome.status !== 404) assertAccepted(outcome)
    },
    async events(service, since) {
      const query = new URLSearchParams({ startTime: since, limit: '100' })
      return readPage<RenderEvent>(await get(`/services/${service}/events?${query}`), 'event')
    },
    async lastLogs(service, since, endTime) {
      const query = new URLSearchParams({
        ownerId: service.ownerId,
        resource: service.id,
        startTime: since,
        ...(endTime && { endTime }),
        direction: 'backward',
        limit: '50',
      })
      const logs = readLogs<LogLine>(await get(`/logs?${query}`))
      return logs.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp))
    },
  }

  async function get(path: string): Promise<unknown> {
    return requireValue(await sendRepeatable({ method: 'GET', path }))
  }

  /** For requests that may be sent twice: sends until there is a definite answer. */
  async function sendRepeatable(request: Request): Promise<Answered<unknown>> {
    const tried = await send(request, true)
    if (tried && 'value' in tried) return tried.value
    throw whyStopped(tried?.trouble)
  }

  /** For requests that must not be sent twice. */
  async function sendAtMostOnce<T>(request: Request): Promise<RequestOutcome<T>> {
    const tried = await send<T>(request, false)
    if (tried && 'value' in tried) return tried.value
    if (tried?.trouble.maybeDelivered) return { kind: 'unknown', why: tried.trouble.why }
    throw whyStopped(tried?.trouble)
  }

  function send<T>(request: Request, repeatable: boolean): Promise<Tried<Answered<T>, RetryableFailure> | undefined> {
    const leftMs = () => until - clock.now()
    return retry(() => tryOnce<T>(request, Math.min(attemptMs, leftMs())), {
      repeatable,
      leftMs,
      leastMs: minAttemptMs,
      backoffMs: doubling(1000, { longestMs: maxBackoffMs, factor: () => 0.5 + random() / 2 }),
      pause: (ms) => pause(deadline, ms),
      signal,
    })
  }

  async function tryOnce<T>(request: Request, timeoutMs: number): Promise<Tried<Answered<T>, RetryableFailure>> {
    try {
      const answer = await transport(request, timeoutMs, signal)
      // A 429 certainly did nothing.
      if (answer.status === 429)
        return retryable('Render answered 429, too many requests', false, rateLimitDelayMs(answer))
      if (answer.status >= 500) return retryable(`Render answered ${answer.status}`, true)
      return { value: readOutcome(answer) }
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error
      return retryable(error.message, error.sent)
    }
  }

  function whyStopped(trouble: RetryableFailure | undefined): Failure {
    return signal.aborted ? new Interrupted() : deadlineExceeded(trouble?.why ?? '')
  }

  /** Milliseconds that a 429 asks for. `Ratelimit-Reset` is in seconds, although the documentation says otherwise. */
  function rateLimitDelayMs({ headers }: HttpResponse): number | undefined {
    const askedMs = retryAfterMs(headers['retry-after']) ?? resetMs(headers['ratelimit-reset'])
    return askedMs === undefined ? undefined : Math.max(500, askedMs) + random() * 1000
  }
}

function retryable(why: string, maybeDelivered: boolean, waitMs?: number): { trouble: RetryableFailure } {
  return { trouble: { why, retryable: true, maybeDelivered, waitMs } }
}

/** Of `Ratelimit-Reset`: seconds from now, or since 1970. */
function resetMs(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || !/^\d+$/.test(header)) return undefined
  const seconds = Number(header)
  return seconds > 1e9 ? seconds * 1000 - Date.now() : seconds * 1000
}

function deadlineExceeded(lastError: string): Failure {
  const last = lastError === '' ? '' : ` The last error was: ${lastError}.`
  return new Failure(
    'deadline',
    `The deadline passed before Render finished.${last}`,
    'raise `deadline` if Render needs longer.',
  )
}

function readOutcome<T>({ status, body }: HttpResponse): Answered<T> {
  const value = parse(body.toString('utf8'))
  if (status >= 200 && status < 300) return { kind: 'done', status, value: value as T | undefined }
  const { message } = (value ?? {}) as { message?: unknown }
  return { kind: 'refused', status, message: typeof message === 'string' ? message : `HTTP ${status}` }
}

function parse(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body)
  } catch {
    return undefined
  }
}

function requireValue(outcome: Answered<unknown>): unknown {
  assertAccepted(outcome)
  if (outcome.kind === 'done' && outcome.value !== undefined) return outcome.value
  throw new Failure('render-answer', 'Render answered without the JSON that was requested.', 'check api-url.')
}

function assertAccepted(outcome: RequestOutcome<unknown>): void {
  if (outcome.kind === 'refused') throw refusal(outcome.status, outcome.message)
}

/** The failure for a refusal. */
export function refusal(status: number, message: string): Failure {
  const [code, remedy] = refusalCodes[status] ?? ['render-refused', "fix what Render's message names."]
  return new Failure(code, `Render refused: ${printable(message, 300)} (${status}).`, remedy)
}

/** For optional work: a refusal of Render is a warning and stops nothing. @throws Failure `deadline`, `interrupted` */
export async function warnIfRefused(
  work: Promise<void>,
  warn: (text: string) => void,
  what: string,
  done = () => {},
): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Failure) || ['deadline', 'interrupted'].includes(error.code)) throw error
    return warn(`${what}: ${error.message.split('\n')[0]} Use Render's dashboard instead.`)
  }
  done()
}

const refusalCodes: Record<number, [string, string]> = {
  401: ['render-key', 'give a valid API key of Render.'],
  403: ['render-key', 'give the key of a user who may deploy this service.'],
  404: ['service-missing', 'check its id or name, and that the user of the key has access to it.'],
  410: ['service-missing', 'the service was deleted; name another one.'],
}
