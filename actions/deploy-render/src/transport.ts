import { type HttpRequest, type HttpResponse, sendRequest } from '@belay/http'

export interface Request extends Pick<HttpRequest, 'method'> {
  /** Below the API's base: `/services/srv-…/deploys?limit=100`. */
  readonly path: string
  readonly body?: unknown
}

/** Sends one request. @throws NoResponseError, also if the signal is aborted */
export type Transport = (request: Request, timeoutMs: number, signal: AbortSignal) => Promise<HttpResponse>

/** In bytes. A list of a hundred deploys or log lines is far shorter. */
const maxBytes = 5_000_000

/** Requests to Render's API. */
export function httpTransport(apiUrl: string, key: string): Transport {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json', 'user-agent': 'belay' }
  return ({ method, path, body }, timeoutMs, signal) => {
    const request = { method, url: new URL(`${apiUrl}${path}`), headers, timeoutMs, signal }
    if (body === undefined) return sendRequest(request, maxBytes)
    const withType = { ...headers, 'content-type': 'application/json' }
    return sendRequest({ ...request, headers: withType, body: JSON.stringify(body) }, maxBytes)
  }
}
