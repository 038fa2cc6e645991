import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
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

export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const maxBody = 20_000_000

/** One request over a connection of its own; no redirect is followed. @throws NoAnswer */
export async function request(asked: Asked): Promise<Answer> {
  const { response, sent } = await open(asked)
  try {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > maxBody) throw new Error('the answer is too long')
      chunks.push(chunk)
    }
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
  } catch (error) {
    throw new NoAnswer((error as Error).message, sent())
  }
}

/** Writes what is answered to a file. Returns the status and the SHA-256 of what was written. @throws NoAnswer */
export async function saveAnswer(asked: Asked, file: string): Promise<{ status: number; sha256: string }> {
  const { response, sent } = await open(asked)
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(response, hashing, createWriteStream(file, { mode: 0o600 }), { signal: asked.signal })
  } catch (error) {
    throw new NoAnswer((error as Error).message, sent())
  }
  return { status: response.statusCode ?? 0, sha256: hash.digest('hex') }
}

function open(asked: Asked): Promise<{ response: http.IncomingMessage; sent: () => boolean }> {
  const secure = asked.url.protocol === 'https:'
  const agentOptions = { keepAlive: false, proxyEnv: process.env }
  const timeout = AbortSignal.timeout(asked.timeoutMs)
  let sent = false
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(
      asked.url,
      {
        method: asked.method,
        agent: secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions),
        signal: AbortSignal.any([timeout, asked.signal]),
        headers: asked.headers,
      },
      (response) => resolve({ response, sent: () => true }),
    )
    request.on('socket', (socket) => {
      const connected = () => {
        sent = true
      }
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected)
      else connected()
    })
    request.on('error', (error) =>
      reject(new NoAnswer(timeout.aborted ? `no answer within ${asked.timeoutMs} ms` : error.message, sent)),
    )
    request.end(asked.body)
  })
}
