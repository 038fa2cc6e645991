import { monotonicSeconds, sleep } from '@belay/action-kit'
import { ApiError, type ApiReader, type KubeObject, type Query, type WatchEvent } from '../api.ts'
import { listAll } from '../pages.ts'

/** What happens to the objects of a collection. */
export interface CollectionObserver {
  /** All of them, at the start and whenever the history of the server does not reach back. */
  listed(objects: readonly KubeObject[]): void
  changed(object: KubeObject, gone: boolean): void
  /** Whether the server answers; nothing is seen while it does not. */
  reachable(yes: boolean): void
}

/** The server ends a watch after so long; it is started again from where it was. */
const watchSeconds = 300
/** The server sends a bookmark each minute: without a word for longer, the connection is dead. */
const silentMs = 90_000
const firstPauseMs = 200
const longestPauseMs = 2000
/** A token may just be being renewed. */
const unauthorizedTries = 10

/**
 * Lists a collection once, then watches it until the signal is aborted. A watch that was cut goes on from its version; a
 * server that is away is waited for.
 * @throws ApiError where the server refuses
 */
export async function followCollection(
  api: ApiReader,
  path: string,
  query: Query,
  observer: CollectionObserver,
  signal: AbortSignal,
): Promise<void> {
  let version: string | undefined
  let failed = 0
  while (!signal.aborted) {
    const began = monotonicSeconds()
    try {
      version ??= await list(api, path, query, observer, signal)
      version = await watch(api, path, { ...query, resourceVersion: version }, observer, signal)
      failed = 0
    } catch (error) {
      if (signal.aborted) return
      version = error instanceof WatchCut ? error.version : version
      const cause = error instanceof WatchCut ? error.cause : error
      if (statusOf(cause) === 410) version = undefined
      else if (!mayPass(cause, failed)) throw cause
      observer.reachable(statusOf(cause) === 410)
      failed += 1
      await sleep(pauseMs(cause, failed), signal)
      continue
    }
    // A server that ends each watch at once is not asked in a tight loop.
    if (monotonicSeconds() - began < 1) await sleep(firstPauseMs, signal)
  }
}

/** All objects of a list, and its version. */
async function list(
  api: ApiReader,
  path: string,
  query: Query,
  observer: CollectionObserver,
  signal: AbortSignal,
): Promise<string> {
  const { items, version } = await listAll(api, path, query, signal)
  observer.reachable(true)
  observer.listed(items)
  return version
}

/** A watch that failed, and the version up to which it was seen. */
class WatchCut extends Error {
  readonly version: string

  constructor(version: string, cause: unknown) {
    super('the watch failed', { cause })
    this.version = version
  }
}

/** Watches until the server ends it; returns the version up to which it was seen. */
async function watch(
  api: ApiReader,
  path: string,
  query: Query & { resourceVersion: string },
  observer: CollectionObserver,
  signal: AbortSignal,
): Promise<string> {
  let version = query.resourceVersion
  const silence = new AbortController()
  const listen = () => setTimeout(() => silence.abort(), silentMs)
  let timer = listen()
  try {
    const options = { ...query, allowWatchBookmarks: true, timeoutSeconds: watchSeconds }
    for await (const event of api.watch(path, options, AbortSignal.any([signal, silence.signal]))) {
      clearTimeout(timer)
      timer = listen()
      observer.reachable(true)
      if (event.type === 'ERROR') throw errorOf(event)
      version = event.object.metadata.resourceVersion ?? version
      if (event.type !== 'BOOKMARK') observer.changed(event.object, event.type === 'DELETED')
    }
  } catch (error) {
    if (silence.signal.aborted) return version
    throw new WatchCut(version, error)
  } finally {
    clearTimeout(timer)
  }
  return version
}

/** The Status that a watch ends with. */
function errorOf({ object }: WatchEvent): ApiError {
  const {
    code = 0,
    reason = '',
    message = 'the watch ended with an error',
  } = object as {
    code?: number
    reason?: string
    message?: string
  }
  return new ApiError(code, reason, message)
}

function statusOf(error: unknown): number | undefined {
  return error instanceof ApiError ? error.status : undefined
}

/** Whether the same may succeed a moment later. */
function mayPass(error: unknown, failed: number): boolean {
  const status = statusOf(error)
  if (status === undefined) return false
  if (status === 401) return failed < unauthorizedTries
  return status === 0 || status === 408 || status === 429 || status >= 500
}

function pauseMs(error: unknown, failed: number): number {
  const asked = error instanceof ApiError ? error.retryAfter : undefined
  return asked !== undefined ? asked * 1000 : Math.min(longestPauseMs, firstPauseMs * 2 ** (failed - 1))
}
