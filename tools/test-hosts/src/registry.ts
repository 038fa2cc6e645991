import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { freePort } from './namespace-host.ts'

/** A real registry (`docker-registry`) behind a front that can require a login and inject faults. */
export interface TestRegistry {
  /** The front's `127.0.0.1:port`: what images are named with. */
  readonly address: string
  /** `METHOD path` of every request that reached the front. */
  readonly requests: readonly string[]
  /** Asked before each request is passed on; what it returns happens instead, and a promise holds the request until then. */
  fault: (request: RegistryRequest) => RegistryFault | undefined | Promise<RegistryFault | undefined>
  /** Ends both and removes what was pushed. */
  stop(): Promise<void>
}

export interface RegistryRequest {
  readonly method: string
  readonly path: string
  /** The bytes of the request's body. */
  readonly size: number
}

/**
 * An answer with this status; `cut`: half of the registry's own answer, then the connection ends; `hold`: never an answer,
 * and the registry does not get the request.
 */
export type RegistryFault = { readonly status: number; readonly retryAfter?: number } | 'cut' | 'hold'

export interface RegistryOptions {
  /** How it wants to be logged in to: as GitHub's and Docker Hub's (`bearer`), or directly (`basic`). */
  readonly login?: {
    readonly scheme: 'basic' | 'bearer'
    readonly username: string
    readonly password: string
    /** With `basic`: further passwords that it takes, from any user. */
    takes?(password: string): boolean
  }
  /** Speaks TLS with it, as every registry but a local one does; as PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

const program = '/usr/bin/docker-registry'

/** Why no registry can be started here; undefined where one can. */
export function canStartRegistry(): string | undefined {
  return whyMissing('docker-registry')
}

/** Starts both on free ports of 127.0.0.1; without `tls` it speaks plain HTTP, as Docker does with that address. */
export async function startRegistry({ login, tls }: RegistryOptions = {}): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-registry-'))
  const port = await freePort('127.0.0.1')
  const config = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
  }
  // JSON is YAML. Uploads are answered with addresses of the front, from the Host that it was asked by.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify({ ...config, http: { addr: `127.0.0.1:${port}` } }))
  const server = spawn('setpriv', ['--pdeathsig=KILL', program, 'serve', join(folder, 'config.yml')], {
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  await awaitRegistry(port, server)

  const requests: string[] = []
  const registry: TestRegistry = { address: '', requests, fault: () => undefined, stop }
  const listen = (listener: http.RequestListener) =>
    tls ? https.createServer(tls, listener) : http.createServer(listener)
  const front = listen(async (request, response) => {
    const path = request.url ?? '/'
    const method = request.method ?? 'GET'
    requests.push(`${method} ${path}`)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    if (login && path.startsWith('/token')) return token(login, request, response)
    if (login && !isLoggedIn(login, request.headers.authorization)) return challenge(login, path, request, response)
    const fault = await registry.fault({ method, path, size: body.length })
    if (fault === 'hold') return
    if (typeof fault === 'object') {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
      response
        .writeHead(fault.status, headers)
        .end('{"errors":[{"code":"TOOMANYREQUESTS","message":"made by a test"}]}')
      return
    }
    const { authorization, ...others } = request.headers
    const headers = { ...others, ...(tls && { 'x-forwarded-proto': 'https' }) }
    const passed = http.request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      if (fault === 'cut') {
        answer.once('data', (chunk: Buffer) =>
          response.write(chunk.subarray(0, chunk.length / 2), () => response.destroy()),
        )
        answer.once('end', () => response.destroy())
      } else answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    passed.end(body)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return Object.assign(registry, { address: `127.0.0.1:${(front.address() as AddressInfo).port}` })

  async function stop() {
    front.closeAllConnections()
    await new Promise((resolve) => front.close(resolve))
    server.kill('SIGKILL')
    if (server.exitCode === null && server.signalCode === null)
      await new Promise((resolve) => server.once('close', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}

type Login = NonNullable<RegistryOptions['login']>

const bearer = 'a-token-of-the-test-registry'

function basic({ username, password }: Login): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function isLoggedIn(login: Login, authorization = ''): boolean {
  if (login.scheme === 'bearer') return authorization === `Bearer ${bearer}`
  if (authorization === basic(login)) return true
  const [, user, password] = /^([^:]+):(.*)$/s.exec(Buffer.from(authorization.slice(6), 'base64').toString()) ?? []
  return user !== undefined && password !== undefined && login.takes?.(password) === true
}

function challenge(login: Login, path: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const [, name = ''] = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(path) ?? []
  const scope = name ? `,scope="repository:${name}:pull,push"` : ''
  const asks =
    login.scheme === 'basic'
      ? 'Basic realm="test"'
      : `Bearer realm="http://${request.headers.host}/token",service="test"${scope}`
  response
    .writeHead(401, { 'www-authenticate': asks, 'content-type': 'application/json' })
    .end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}')
}

/** Docker asks with GET and the login; a client that asks without one gets a token for nothing, as elsewhere. */
function token(login: Login, request: http.IncomingMessage, response: http.ServerResponse): void {
  const right = request.headers.authorization === basic(login)
  response
    .writeHead(right ? 200 : 401, { 'content-type': 'application/json' })
    .end(JSON.stringify(right ? { token: bearer } : { errors: [{ code: 'UNAUTHORIZED', message: 'wrong password' }] }))
}

async function awaitRegistry(port: number, server: ChildProcess): Promise<void> {
  const end = Date.now() + 20_000
  for (;;) {
    const status = await new Promise<number | undefined>((resolve) => {
      http
        .get({ host: '127.0.0.1', port, path: '/v2/' }, (answer) => resolve(answer.resume().statusCode))
        .on('error', () => resolve(undefined))
    })
    if (status === 200) return
    if (server.exitCode !== null || Date.now() > end) throw new Error('docker-registry did not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
