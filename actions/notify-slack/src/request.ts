import http from 'node:http'
import https from 'node:https'

export interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

/** There was no answer. `sent` is false only where the other side certainly never saw the request. */
export class NoAnswer extends Error {
  readonly sent: boolean

  constructor(message: string, sent: boolean) {
    super(message)
    this.name = 'NoAnswer'
    this.sent = sent
  }
}

/** What Slack answers is a few ten thousand characters at most; anything longer is somebody else's. */
const maxBody = 1_000_000

/**
 * Posts JSON and returns whatever is answered within `timeoutMs`, the time to connect included; follows no redirect.
 * Each request has its own connection: one kept open may be closed by the other side while the request is on its way.
 * @throws NoAnswer
 */
export function postJson(
  url: URL,
  token: string,
  value: unknown,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const secure = url.protocol === 'https:'
  const agentOptions = { keepAlive: false, proxyEnv: process.env }
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs))
  let sent = false
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new NoAnswer(timeout.aborted ? `no answer within ${Math.round(timeoutMs)} ms` : error.message, sent))
    const request = (secure ? https : http).request(
      url,
      {
        method: 'POST',
        agent: secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions),
        signal: AbortSignal.any([timeout, signal]),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('error', fail)
        response.on('data', (chunk: string) => {
          body += chunk
          if (body.length > maxBody) response.destroy(new Error('the answer is too long'))
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body }),
        )
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
    request.end(JSON.stringify(value))
  })
}
