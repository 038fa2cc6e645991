// biome-ignore-all lint/style/noExcessiveLinesPerFile: one client of one protocol; its requests, tokens and retries share a state
import { doubling, Failure, Interrupted, type RetryableError, retry, type Tried } from '@belay/action-kit'
import { type HttpRequest, type HttpResponse, NoResponseError, retryAfterMs, sendRequest as send } from '@belay/http'
import type { Image } from '../image.ts'
import { isDigest } from '../image.ts'
import { type Challenge, parseChallenge } from './challenge.ts'
import type { Credentials } from './credentials.ts'
import { digestOf, type ImageConfig, type Manifest, mediaTypes } from './manifest.ts'

/** One repository of a registry, over its HTTP API (OCI distribution 1.1). */
export interface Registry {
  /** By tag or digest, verified against the digest; undefined if the registry has none. */
  manifest(reference: string): Promise<Manifest | undefined>
  /** The configuration of an image, by its digest. */
  config(digest: string): Promise<ImageConfig>
  tags(): Promise<string[]>
  /** Points a tag at a manifest whose parts the repository has. Repeating it changes nothing. */
  put(tag: string, manifest: Manifest): Promise<void>
}

export interface RegistryOptions {
  readonly credentials: Credentials
  /** Whether tags will move: then the login requests the right to push. */
  readonly writes: boolean
  readonly signal: AbortSignal
  /** Called for each error that is retried. */
  readonly onRetry: (text: string) => void
  /** Attempts for a request in all, with growing pauses: 4 take four seconds, 8 a minute. */
  readonly attempts?: number
}

const maxRedirects = 5
/** For one request: to connect and to answer. */
const timeoutMs = 30_000
/** Registries take manifests of 4 MiB at most; configurations are smaller. */
const maxBytes = 8 * 1024 * 1024
const manifestTypes = Object.values(mediaTypes).join(', ')

interface ManifestFields {
  readonly mediaType?: string
  readonly manifests?: unknown
}

type Send = Pick<HttpRequest, 'method' | 'url' | 'body'> & { readonly headers?: Record<string, string> }

export function openRegistry(image: Image, options: RegistryOptions): Registry {
  const { registry, repository, origin } = image
  const { credentials, signal, attempts = 4 } = options
  let authorization: string | undefined
  const path = (rest: string) => new URL(`/v2/${repository}/${rest}`, origin)

  return {
    async manifest(reference) {
      const answer = await ask({
        method: 'GET',
        url: path(`manifests/${reference}`),
        headers: { accept: manifestTypes },
      })
      if (answer.status === 404) return undefined
      const digest = digestOf(assertOk(answer, `the manifest ${reference}`).body)
      const content = jsonIn<ManifestFields>(answer, `the manifest ${reference}`)
      const said = answer.headers['docker-content-digest']
      if (isDigest(reference) ? digest !== reference : said !== undefined && isDigest(String(said)) && said !== digest)
        throw new Failure(
          'registry-answer',
          `${registry} answered the request for ${reference} of ${image.name} with another digest, ${digest}.`,
        )
      return { digest, mediaType: mediaTypeOf(answer, content), body: answer.body }
    },

    async config(digest) {
      const what = `the configuration ${digest}`
      const answer = assertOk(await ask({ method: 'GET', url: path(`blobs/${digest}`) }), what)
      if (digestOf(answer.body) !== digest)
        throw new Failure(
          'registry-answer',
          `${registry} answered the request for ${digest} of ${image.name} with other content.`,
        )
      return jsonIn<ImageConfig>(answer, what)
    },

    async tags() {
      const tags: string[] = []
      const requested = new Set<string>()
      let next: URL | undefined = path('tags/list?n=1000')
      while (next) {
        if (requested.has(next.href)) throw unexpectedAnswer('the list of tags', 'in a circle')
        requested.add(next.href)
        const answer: HttpResponse = await ask({ method: 'GET', url: next })
        if (answer.status === 404) break
        const what = 'the list of tags'
        tags.push(...(jsonIn<{ tags?: string[] | null }>(assertOk(answer, what), what).tags ?? []))
        next = nextPage(answer, next)
      }
      return tags
    },

    async put(tag, { mediaType, body }) {
      const url = path(`manifests/${tag}`)
      const answer = await ask({ method: 'PUT', url, headers: { 'content-type': mediaType }, body })
      if (answer.status === 409 || mentionsImmutable(answer))
        throw new Failure(
          'tag-immutable',
          `${registry} does not let the tag ${tag} of ${image.name} be moved${reasonIn(answer)}.`,
          'give tags that the rule of the registry for immutable tags does not cover, or change that rule.',
        )
      assertOk(answer, `the tag ${tag}`)
    },
  }

  /** Sends a request until there is a usable answer: again with a login after a refusal, again after a transport error. */
  async function ask(request: Send): Promise<HttpResponse> {
    const tried = await retry(() => tryOnce(request), {
      // Putting a tag twice gives the same state.
      repeatable: true,
      attempts,
      backoffMs: doubling(500, { factor: () => 0.75 + Math.random() / 2 }),
      longestPauseMs: 30_000,
      signal,
      onPause: ({ fault }, ms) => options.onRetry(`${registry} ${fault}; again in ${(ms / 1000).toFixed(1)} s.`),
    })
    if (tried && 'value' in tried) return tried.value
    if (!tried || signal.aborted) throw new Interrupted()
    throw new Failure(
      'registry-unreachable',
      `${registry} ${tried.trouble.fault}, ${attempts} times in a row, for ${request.method} ${request.url.pathname}.`,
      'check that the registry is healthy and that this runner can reach it, then run the job again.',
    )
  }

  async function tryOnce(request: Send): Promise<Tried<HttpResponse, RetryableError & { fault: string }>> {
    const again = { retryable: true, maybeDelivered: true }
    try {
      const answer = await authorized(request)
      if (answer.status !== 429 && answer.status < 500) return { value: answer }
      const fault = `answered ${answer.status}${reasonIn(answer)}`
      return { trouble: { ...again, fault, waitMs: retryAfterMs(answer.headers['retry-after']) } }
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error
      return { trouble: { ...again, fault: `gave no complete answer (${error.message})`, waitMs: undefined } }
    }
  }

  async function authorized(request: Send): Promise<HttpResponse> {
    const first = await follow(request)
    if (first.status !== 401) return refusalOf(first)
    // At the first request, or when a token has expired.
    const challenge = parseChallenge(headerText(first.headers['www-authenticate']))
    if (challenge) authorization = await authorizationFor(challenge)
    return challenge ? refusalOf(await follow(request)) : refusalOf(first)
  }

  function refusalOf(answer: HttpResponse): HttpResponse {
    if (answer.status === 401) throw loginRefused(reasonIn(answer))
    if (answer.status === 403 && !mentionsImmutable(answer)) {
      const may = options.writes ? 'push to' : 'read'
      throw new Failure(
        'registry-denied',
        `${registry} does not let ${who()} ${may} ${image.name}${reasonIn(answer)}.`,
        'give the account this right. On ghcr.io the job needs "permissions: packages: write".',
      )
    }
    return answer
  }

  async function authorizationFor({ scheme, realm, service }: Challenge): Promise<string | undefined> {
    if (scheme === 'basic') return basicOf(credentials)
    // With POST, the login is in the body.
    const request = tokenRequest(realm, service)
    const answer = await follow(request, request.method === 'GET' ? (basicOf(credentials) ?? '') : '')
    if (answer.status === 401 || answer.status === 403 || answer.status === 400) throw loginRefused(reasonIn(answer))
    if (answer.status !== 200) return failedAnswer(answer)
    const { token, access_token } = jsonIn<{ token?: string; access_token?: string }>(answer, 'a login')
    if (!(token || access_token)) throw unexpectedAnswer('a login', 'without a token')
    return `Bearer ${token || access_token}`
  }

  /** A failing token service is handled as a failing registry, and retried. */
  function failedAnswer(answer: HttpResponse): never {
    throw new NoResponseError(`its token service answered ${answer.status}`, true)
  }

  function tokenRequest(realm: string, service: string): Send {
    const scope = `repository:${repository}:${options.writes ? 'pull,push' : 'pull'}`
    if (!URL.canParse(realm))
      throw new Failure('registry-answer', `${registry} names no valid URL to log in at: "${realm}".`)
    const url = new URL(realm)
    if (url.protocol !== 'https:' && origin.startsWith('https:'))
      throw new Failure('registry-answer', `${registry} asks to send the login unencrypted, to ${url.origin}.`)
    if (credentials && 'identityToken' in credentials) {
      const grant = { grant_type: 'refresh_token', refresh_token: credentials.identityToken }
      const form = new URLSearchParams({ ...grant, service, scope, client_id: 'belay' })
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return { method: 'POST', url, headers, body: form.toString() }
    }
    url.searchParams.set('service', service)
    url.searchParams.set('scope', scope)
    return { method: 'GET', url }
  }

  /**
   * Registries often answer a blob with a redirect to a store. Neither that store nor the target of a token service's
   * redirect may get the registry's login.
   */
  async function follow(request: Send, shown = authorization ?? ''): Promise<HttpResponse> {
    let { url } = request
    for (let hop = 0; ; hop++) {
      const login = shown !== '' && url.origin === request.url.origin ? { authorization: shown } : {}
      const headers = { 'user-agent': 'belay', ...request.headers, ...login }
      const answer = await send({ ...request, url, headers, timeoutMs, signal }, maxBytes)
      const { location } = answer.headers
      if (request.method !== 'GET' || ![301, 302, 303, 307, 308].includes(answer.status) || !location) return answer
      if (hop === maxRedirects) throw new Failure('registry-answer', `${registry} redirects in a circle.`)
      url = new URL(location, url)
    }
  }

  function loginRefused(reason: string): Failure {
    const remedy = 'check that username and password (or token) are right and may use this repository.'
    return credentials
      ? new Failure('registry-login', `${registry} refused the login of ${who()}${reason}.`, remedy)
      : new Failure('registry-login', `${registry} asks for a login${reason}.`, `give username and password; ${remedy}`)
  }

  function who(): string {
    return credentials && 'username' in credentials ? `"${credentials.username}"` : 'this job'
  }

  /** Takes only the path: behind a proxy a registry may know itself by another name, and no other host may get the login. */
  function nextPage({ headers }: HttpResponse, page: URL): URL | undefined {
    const [, link] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(headers.link ?? '')) ?? []
    if (link === undefined || !URL.canParse(link, page.href)) return undefined
    const { pathname, search } = new URL(link, page)
    return new URL(`${pathname}${search}`, page)
  }

  function jsonIn<T extends object>({ body }: HttpResponse, what: string): T {
    try {
      const value: unknown = JSON.parse(body.toString('utf8'))
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T
    } catch {
      // reported below
    }
    throw unexpectedAnswer(what, 'with content that is not an answer of a registry')
  }

  function unexpectedAnswer(what: string, how: string): Failure {
    return new Failure(
      'registry-answer',
      `${registry} answered ${what} of ${image.name} ${how}.`,
      'check that this host is a registry, and that no proxy or sign-in page answers in its place.',
    )
  }

  function assertOk(answer: HttpResponse, what: string): HttpResponse {
    if (answer.status >= 200 && answer.status < 300) return answer
    throw new Failure(
      'registry-answer',
      `${registry} answered ${answer.status}${reasonIn(answer)} for ${what} of ${image.name}.`,
      answer.status === 404
        ? 'check that the repository exists: some registries require it before a push.'
        : 'check this status in the documentation and the log of the registry.',
    )
  }
}

function basicOf(credentials: Credentials): string | undefined {
  if (!credentials || !('username' in credentials)) return undefined
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
}

/** ` (authentication required)`, at most 160 characters on one line. */
function reasonIn({ body }: HttpResponse): string {
  try {
    const { errors = [] } = JSON.parse(body.toString('utf8')) as { errors?: { code?: string; message?: string }[] }
    const [first] = errors
    const text = (first?.message || first?.code || '').replace(/\s+/g, ' ').slice(0, 160)
    return text === '' ? '' : ` (${text})`
  } catch {
    return ''
  }
}

/** The header without parameters. Some registries omit it; the content has the type too. */
function mediaTypeOf({ headers }: HttpResponse, { mediaType, manifests }: ManifestFields): string {
  const [said = ''] = String(headers['content-type'] ?? '').split(';')
  if (Object.values(mediaTypes).includes(said.trim())) return said.trim()
  return mediaType ?? (manifests ? mediaTypes.index : mediaTypes.manifest)
}

/** Registries refuse to move a tag with 400, 403, 409 or 412; only the text has the reason. */
function mentionsImmutable({ status, body }: HttpResponse): boolean {
  return status >= 400 && status < 500 && /immutab(le|ility)/i.test(body.toString('utf8'))
}

function headerText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header
}
