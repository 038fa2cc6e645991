import http from 'node:http'
import https from 'node:https'

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/** There was no whole answer; the request may have been carried out all the same. */
export class NoAnswer extends Error {}

/** Of one request, to connect and to answer. */
const timeoutMs = 30_000
/** Registries take manifests of 4 MiB at most; configurations are smaller. */
const maxBody = 8 * 1024 * 1024

/**
 * Sends one request over a connection of its own and reads the whole answer; follows no redirect. Honours the proxies of
 * the environment.
 * @throws NoAnswer
 */
export function send({ method, url, headers, body }: Request, signal: AbortSignal): Promise<Answer> {
  const secure = url.protocol === 'https:'
  const options = { keepAlive: false, proxyEnv: process.env }
  const timeout = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new NoAnswer(timeout.aborted ? `no answer within ${timeoutMs / 1000} s` : error.message || error.name))
    const request = (secure ? https : http).request(
      url,
      {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
        agent: secure ? new https.Agent(options) : new http.Agent(options),
        signal: AbortSignal.any([timeout, signal]),
      },
      (response) => {
        const chunks: Buffer[] = []
        let size = 0
        response.on('error', fail)
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > maxBody) response.destroy(new Error('the answer is too long'))
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        )
      },
    )
    request.on('error', fail)
    request.end(body)
  })
}
