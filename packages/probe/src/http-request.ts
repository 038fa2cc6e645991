import type http from 'node:http'
import type https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { agentOptions } from '@belay/http'
import { type Answer, bodyLimit } from './answer.ts'

/** How a request gets to its server: straight to one address, or through a proxy that looks the name up itself. */
export type Way = { readonly address: string } | { readonly proxy: URL }

export type Phase = 'connect' | 'answer' | 'body'

/** There was no answer, or no whole one. `code` is Node's or OpenSSL's; its message is not kept, it may quote data. */
export class NoAnswer extends Error {
  readonly phase: Phase
  readonly code: string

  constructor(phase: Phase, code: string) {
    super(`${code} (${phase})`)
    this.phase = phase
    this.code = code
  }
}

/**
 * One GET over a connection of its own, redirects not followed. The server is told the URL's host name, and its
 * certificate must be for that name, whatever the way.
 * @throws NoAnswer; with the code `ABORTED` at once when the signal is aborted.
 */
export function request(url: URL, way: Way, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let phase: Phase = 'connect'
    const fail = (error: NodeJS.ErrnoException) => {
      reject(new NoAnswer(phase, signal.aborted ? 'ABORTED' : (error.code ?? 'UNKNOWN')))
    }
    const secure = url.protocol === 'https:'
    const { request } = clientOf(secure)
    const asked = request(url, {
      headers: { accept: 'application/json, */*;q=0.5', 'cache-control': 'no-cache', 'user-agent': 'belay-probe' },
      signal,
      ...route(secure, way),
    })
    asked.on('error', fail)
    asked.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        phase = 'answer'
      })
    })
    // Such as a switch of protocols: the connection is gone, and nobody said a word.
    asked.on('close', () => {
      if (phase !== 'body') fail(Object.assign(new Error(), { code: 'ECONNRESET' }))
    })
    asked.on('response', (response) => {
      phase = 'body'
      readBody(response).then(({ body, cut }) => {
        // What is left of a body past the limit is not waited for.
        asked.destroy()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, cut })
      }, fail)
    })
    asked.end()
  })
}

/** Loaded here and not before, as it is a fifth of the start of an action. */
function clientOf(secure: boolean): typeof http | typeof https {
  return process.getBuiltinModule(secure ? 'node:https' : 'node:http')
}

function route(secure: boolean, way: Way): https.RequestOptions {
  const { Agent } = clientOf(secure)
  if ('proxy' in way) return { agent: new Agent(agentOptions(way.proxy)) }
  return { agent: new Agent(), lookup: always(way.address) }
}

/** Stands in for the resolver, so that the connection goes to this address and all else stays as the URL says. */
function always(address: string): LookupFunction {
  const family = isIP(address)
  return (_hostname, options, callback) => {
    if (options.all) callback(null, [{ address, family }])
    else callback(null, address, family)
  }
}

async function readBody(response: http.IncomingMessage): Promise<{ body: Buffer; cut: boolean }> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > bodyLimit) break
  }
  return { body: Buffer.concat(chunks).subarray(0, bodyLimit), cut: length > bodyLimit }
}
