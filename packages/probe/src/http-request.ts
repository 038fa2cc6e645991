import type http from 'node:http'
import type https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { agentOptions } from '@belay/http'
import { bodyLimitBytes, type ProbeResponse } from './response.ts'

/** The route of a request: directly to one address, or through a proxy that resolves the name itself. */
export type ProbeRoute = { readonly address: string } | { readonly proxy: URL }

export type RequestPhase = 'connect' | 'answer' | 'body'

/** No complete answer came. `code` is Node's or OpenSSL's; its message is not kept, because it may quote data. */
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
 * Sends one GET over a new connection; redirects are not followed. On every route the server gets the URL's host name,
 * and its certificate must be for that name.
 * @throws ProbeFailure; with the code `ABORTED` at once when the signal is aborted.
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
    // The connection was closed without an answer or an error, for example by a switch of protocols.
    sent.on('close', () => {
      if (phase !== 'body') fail(Object.assign(new Error(), { code: 'ECONNRESET' }))
    })
    sent.on('response', (response) => {
      phase = 'body'
      readBody(response).then(({ body, cut }) => {
        // The rest of a body past the limit is not waited for.
        sent.destroy()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, truncated: cut })
      }, fail)
    })
    sent.end()
  })
}

/** Loaded only here: it takes a fifth of the start of an action. */
function clientOf(secure: boolean): typeof http | typeof https {
  return process.getBuiltinModule(secure ? 'node:https' : 'node:http')
}

function requestOptions(secure: boolean, route: ProbeRoute): https.RequestOptions {
  const { Agent } = clientOf(secure)
  if ('proxy' in route) return { agent: new Agent(agentOptions(route.proxy)) }
  return { agent: new Agent(), lookup: fixedLookup(route.address) }
}

/** Replaces the resolver: the connection goes to this address, and everything else stays as in the URL. */
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
