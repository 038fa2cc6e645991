import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A real server for one service of Render, as its users reach it. */
export interface FakeService {
  readonly url: string
  /** From now on it answers with this version; `unhealthy`: with 500. */
  serve(version: string, how: 'well' | 'unhealthy'): void
  /** What it has served so far, oldest first. */
  served(): readonly string[]
  stop(): Promise<void>
}

/** The answers of a service of one version, instead of the default ones. */
export type AnswersOfVersion = (version: string) => http.RequestListener

/**
 * Answers every path with `{"sha": …, "needs": {…}}`; 503 until its first version. `needs` are the services it depends
 * on: it asks them at each request, so that its own answer shows the order of the versions. `answers` replaces these
 * answers; every answer has its version in a header.
 */
export async function startFakeService(
  needs: Readonly<Record<string, string>> = {},
  answers?: AnswersOfVersion,
): Promise<FakeService> {
  const served: string[] = []
  let isUnhealthy = false
  let listener: http.RequestListener | undefined

  const server = http.createServer(async (request, response) => {
    const sha = served.at(-1)
    if (sha !== undefined) response.setHeader(versionHeader, sha)
    if (listener && !isUnhealthy) return listener(request, response)
    const versions: Record<string, string> = {}
    for (const [name, url] of Object.entries(needs)) versions[name] = await askVersion(url)
    const status = sha === undefined ? 503 : isUnhealthy ? 500 : 200
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ sha, needs: versions }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(version, how) {
      served.push(version)
      isUnhealthy = how === 'unhealthy'
      listener = answers?.(version)
    },
    served: () => [...served],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const versionHeader = 'x-fake-version'

/** The version that a service answers with; empty if it has no healthy answer within a second. */
export function askVersion(url: string, path = '/health'): Promise<string> {
  return new Promise((resolve) => {
    const request = http.get(`${url}${path}`, { agent: false, signal: AbortSignal.timeout(1000) }, (response) => {
      response.resume()
      response.on('error', () => resolve(''))
      response.on('end', () =>
        resolve(response.statusCode === 200 ? String(response.headers[versionHeader] ?? '') : ''),
      )
    })
    request.on('error', () => resolve(''))
  })
}
