import { Failure, Interrupted } from '@belay/action-kit'
import { type HttpResponse, NoResponseError, type RetryableError, retry, type Tried } from '@belay/http'
import { printable } from '@belay/probe'
import { cursorOf, readLogs, readObject, readPage } from './api-answers.ts'
import { type Deploy, type EnvVar, hasAutoDeploy, type LogLine, type RenderEvent, type Service } from './api-objects.ts'
import { type Bounds, pause } from './deadline.ts'
import type { Request, Transport } from './transport.ts'

/** What came of a request that must not be made twice. */
export type RequestOutcome<T> =
  /** `value` is undefined where the answer has no body, as a 202 has none. */
  | { readonly kind: 'done'; readonly status: number; readonly value: T | undefined }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** Nobody knows whether Render has done it. */
  | { readonly kind: 'unknown'; readonly why: string }

/** What came of a request that may be made twice. */
type Answered<T> = Exclude<RequestOutcome<T>, { kind: 'unknown' }>

interface RenderTrouble extends RetryableError {
  readonly why: string
}

/** Render's API, as far as deploys need it. Everything waits out limits and passing faults, within its bounds. */
export interface ApiClient {
  readonly deadline: Bounds
  services(name: string, owner: string): Promise<Service[]>
  service(id: string): Promise<Service>
  /** Newest first, the last hundred, and what is live. */
  deploys(service: string): Promise<Deploy[]>
  /** Undefined where Render knows no such deploy. */
  deploy(service: string, id: string): Promise<Deploy | undefined>
  /** Never sent again once Render may have taken it. A failure that is thrown came before that. */
  trigger(service: string, what: { rollbackTo: string } | TriggerBody): Promise<RequestOutcome<Deploy>>
  /** False where it cannot be cancelled, or not yet. */
  cancel(service: string, id: string): Promise<boolean>
  pauseAutoDeploy(service: string): Promise<void>
  env(service: string): Promise<EnvVar[]>
  setEnv(service: string, key: string, value: string): Promise<void>
  removeEnv(service: string, key: string): Promise<void>
  events(service: string, since: string): Promise<RenderEvent[]>
  /** The last lines of a span of time, oldest first. */
  lastLogs(service: Pick<Service, 'id' | 'ownerId'>, since: string, until: string | undefined): Promise<LogLine[]>
}

export interface TriggerBody {
  readonly commitId?: string
  readonly imageUrl?: string
  readonly clearCache?: 'clear'
}

/** Of one attempt. */
const attemptMs = 15_000
/** What is left less than this is not worth a request. */
const minAttemptMs = 50
const maxBackoffMs = 30_000

export function openClient(transport: Transport, deadline: Bounds): ApiClient {
  const { clock, signal, until, random } = deadline

  return {
    deadline,
    async services(name, owner) {
      const query = new URLSearchParams({ name, limit: '100', ...(owner && { ownerId: owner }) })
      const found = readPage<Service>(await get(`/services?${query}`), 'service')
      // The filter is taken for an exact one, and not relied on.
      return found.filter((service) => service.name === name)
    },
    service: async (id) => readObject(await get(`/services/${encodeURIComponent(id)}`), 'service'),
    async deploys(service) {
      const path = `/services/${service}/deploys`
      const list = async (query: string) => readPage<Deploy>(await get(`${path}?${query}`), 'deploy')
      const last = await list('limit=100')
      const isLive = last.some(({ status }) => status === 'live')
      // Whoever tries a hundred times in vain has something live all the same, and undo must know it.
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
      // Twice is as good as once: the second is refused.
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
      // Where the newer field rules.
      if (!hasAutoDeploy(await patch({ autoDeployTrigger: 'off' }))) return
      throw new Failure('render-answer', 'Render says that auto-deploy is still on.', 'switch it off at its dashboard.')
    },
    async env(service) {
      const all: EnvVar[] = []
      for (let cursor = ''; ; ) {
        const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })
        const answer = await get(`/services/${service}/env-vars?${query}`)
        const page = readPage<EnvVar>(answer, 'envVar')
        all.push(...page)
        const next = cursorOf(answer)
        // The same place once more would go on for ever.
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

  /** For what may be done twice: sent until there is an answer that says something. */
  async function sendRepeatable(request: Request): Promise<Answered<unknown>> {
    const tried = await send(request, true)
    if (tried && 'value' in tried) return tried.value
    throw whyStopped(tried?.trouble)
  }

  /** For what must not be done twice. */
  async function sendAtMostOnce<T>(request: Request): Promise<RequestOutcome<T>> {
    const tried = await send<T>(request, false)
    if (tried && 'value' in tried) return tried.value
    if (tried?.trouble.maybeDelivered) return { kind: 'unknown', why: tried.trouble.why }
    throw whyStopped(tried?.trouble)
  }

  function send<T>(request: Request, repeatable: boolean): Promise<Tried<Answered<T>, RenderTrouble> | undefined> {
    const leftMs = () => until - clock.now()
    return retry(() => tryOnce<T>(request, Math.min(attemptMs, leftMs())), {
      repeatable,
      leftMs,
      leastMs: minAttemptMs,
      backoffMs: backoff,
      pause: (ms) => pause(deadline, ms),
      signal,
    })
  }

  async function tryOnce<T>(request: Request, timeoutMs: number): Promise<Tried<Answered<T>, RenderTrouble>> {
    try {
      const answer = await transport(request, timeoutMs, signal)
      // It certainly did nothing.
      if (answer.status === 429) return troubleOf('Render said 429, too many requests', false, rateLimitDelayMs(answer))
      if (answer.status >= 500) return troubleOf(`Render said ${answer.status}`, true)
      return { value: readOutcome(answer) }
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error
      return troubleOf(error.message, error.sent)
    }
  }

  function whyStopped(trouble: RenderTrouble | undefined): Failure {
    return signal.aborted ? new Interrupted() : deadlineExceeded(trouble?.why ?? '')
  }

  function backoff(failed: number): number {
    return Math.min(maxBackoffMs, 1000 * 2 ** (failed - 1)) * (0.5 + random() / 2)
  }

  /** Milliseconds that a 429 asks for. `Ratelimit-Reset` is in seconds, whatever the documentation says. */
  function rateLimitDelayMs({ headers }: HttpResponse): number | undefined {
    const [after, reset] = ['retry-after', 'ratelimit-reset'].map((name) => secondsOf(headers[name]))
    const seconds = after ?? reset
    if (seconds === undefined) return undefined
    const relative = seconds > 1e9 ? seconds - Date.now() / 1000 : seconds
    return Math.max(0.5, relative) * 1000 + random() * 1000
  }
}

function troubleOf(why: string, perhapsDone: boolean, waitMs?: number): { trouble: RenderTrouble } {
  return { trouble: { why, retryable: true, maybeDelivered: perhapsDone, waitMs } }
}

function secondsOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined
}

function deadlineExceeded(lastError: string): Failure {
  const last = lastError === '' ? '' : ` The last trouble with Render: ${lastError}.`
  return new Failure('deadline', `Time ran out before Render was done.${last}`, 'raise `deadline` if it needs longer.')
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
  throw new Failure(
    'render-answer',
    'Render answered without the JSON that was asked for.',
    'see whether api-url is right.',
  )
}

function assertAccepted(outcome: RequestOutcome<unknown>): void {
  if (outcome.kind === 'refused') throw refusal(outcome.status, outcome.message)
}

/** The failure that a refusal stands for. */
export function refusal(status: number, message: string): Failure {
  const [code, remedy] = refusalCodes[status] ?? ['render-refused', 'see what Render says to it.']
  return new Failure(code, `Render refused: ${printable(message, 300)} (${status}).`, remedy)
}

/** Has something done that the rest does not depend on: what Render refuses of it is said, and holds nothing up. */
export async function warnIfRefused(
  context: Promise<void>,
  warn: (text: string) => void,
  what: string,
  done = () => {},
): Promise<void> {
  try {
    await context
  } catch (error) {
    if (!(error instanceof Failure) || ['deadline', 'interrupted'].includes(error.code)) throw error
    return warn(`${what}: ${error.message.split('\n')[0]} Do it at Render.`)
  }
  done()
}

const refusalCodes: Record<number, [string, string]> = {
  401: ['render-key', 'give an API key of Render that is valid.'],
  403: ['render-key', 'give the key of a user who may deploy this service.'],
  404: ['service-missing', 'see whether its id or name is right, and whether the user of the key can see it.'],
  410: ['service-missing', 'the service was deleted; name another one.'],
}
