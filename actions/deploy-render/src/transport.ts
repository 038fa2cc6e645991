import http from 'node:http'
import https from 'node:https'

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the API's base: `/services/srv-…/deploys?limit=100`. */
  readonly path: string
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** There was no whole answer. `sent` is false only where the other side certainly never saw the request. */
export class NoAnswer extends Error {
  readonly sent: boolean

  constructor(message: string, sent: boolean) {
    super(message)
    this.name = 'NoAnswer'
    this.sent = sent
  }
}

/** Sends one request. @throws NoAnswer, also where the signal is aborted */
export type Transport = (request: Request, timeoutMs: number, signal: AbortSignal) => Promise<Answer>

/** A list of a hundred deploys or log lines is far shorter. */
const maxBody = 5_000_000

/** Requests over HTTP, each over a connection of its own: one kept open may be closed while a request is on its way. */
export function httpTransport(apiUrl: string, key: string): Transport {
  const secure = apiUrl.startsWith('https:')
  const { Agent } = secure ? https : http
  return (asked, timeoutMs, signal) => {
    const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body)
    let sent = false
    return new Promise((resolve, reject) => {
      const fail = (error: Error) =>
        reject(
          new NoAnswer(timeout.aborted ? `no answer within ${Math.round(timeoutMs / 1000)} s` : error.message, sent),
        )
      const request = (secure ? https : http).request(
        new URL(`${apiUrl}${asked.path}`),
        {
          method: asked.method,
          agent: new Agent({ keepAlive: false, proxyEnv: process.env }),
          signal: AbortSignal.any([timeout, signal]),
          headers: {
            authorization: `Bearer ${key}`,
            accept: 'application/json',
            'user-agent': 'belay',
            ...(body !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
          },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('error', fail)
          response.on('data', (chunk: string) => {
            text += chunk
            if (text.length > maxBody) response.destroy(new Error('the answer is too long'))
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
        },
      )
      request.on('socket', (socket) => {
        const connected = () => {
          sent = true
        }
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected)
        else connected()
      })
      request.on('error', fail)
      request.end(body)
    })
  }
}
