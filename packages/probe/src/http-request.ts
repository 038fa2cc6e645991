import type http from 'node:http'
import type https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { agentOptions } from '@belay/http'
import { bodyLimitBytes, type ProbeResponse } from './response.ts'

/** How a request gets to its server: straight to one address, or through a proxy that looks the name up itself. */
export type ProbeRoute = { readonly address: string } | { readonly proxy: URL }

export type RequestPhase = 'connect' | 'answer' | 'body'

/** There was no answer, or no whole one. `code` is Node's or OpenSSL's; its message is not kept, it may quote data. */
export class ProbeFailure extends Error {
  readonly phase: RequestPhase
  readonly code: string

  constructor(phase: RequestPhase, code: string) {
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
export function sendProbe(url: URL, route: ProbeRoute, signal: AbortSignal): Promise<ProbeResponse> {
  return new Promise((resolve, reject) => {
    let phase: RequestPhase = 'connect'
    const fail = (error: NodeJS.ErrnoException) => {
      reject(new ProbeFailure(phase, signal.aborted ? 'ABORTED' : (error.code ?? 'UNKNOWN')))
    }
    const secure = url.protocol === 'https:'
    const { request } = clientOf(secure)
    const sent = request(url, {
      headers: { accept: 'application/json, */*;q=0.5', 'cache-control': 'no-cache', 'user-agent': 'belay-probe' },
      signal,
      ...requestOptions(secure, route),
    })
    sent.on('error', fail)
    sent.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        phase = 'answer'
      })
    })
    // Such as a switch of protocols: the connection is gone, and nobody said a word.
    sent.on('close', () => {
      if (phase !== 'body') fail(Object.assign(new Error(), { code: 'ECONNRESET' }))
    })
    sent.on('response', (response) => {
      phase = 'body'
      readBody(response).then(({ body, cut }) => {
        // What is left of a body past the limit is not waited for.
        sent.destroy()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, truncated: cut })
      }, fail)
    })
    sent.end()
  })
}

/** Loaded here and not before, as it is a fifth of the start of an action. */
function clientOf(secure: boolean): typeof http | typeof https {
  return process.getBuiltinModule(secure ? 'node:https' : 'node:http')
}

function requestOptions(secure: boolean, route: ProbeRoute): https.RequestOptions {
  const { Agent } = clientOf(secure)
  if ('proxy' in route) return { agent: new Agent(agentOptions(route.proxy)) }
  return { agent: new Agent(), lookup: fixedLookup(route.address) }
}

/** Stands in for the resolver, so that the connection goes to this address and all else stays as the URL says. */
function fixedLookup(address: string): LookupFunction {
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
    if (length > bodyLimitBytes) break
  }
  return { body: Buffer.concat(chunks).subarray(0, bodyLimitBytes), cut: length > bodyLimitBytes }
}
