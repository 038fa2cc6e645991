import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A real server that stands for one service of Render's, and is seen from outside as its users see it. */
export interface LittleService {
  readonly url: string
  /** From now on it answers with this version; `ill`: with 500. */
  serve(version: string, how: 'well' | 'ill'): void
  /** What it has served so far, oldest first. */
  served(): readonly string[]
  stop(): Promise<void>
}

/**
 * Answers every path with `{"sha": …, "needs": {…}}`; 503 until its first version. `needs` are the services it depends
 * on: it asks them at each request, so that its own answer tells in which order versions came.
 */
export async function startLittleService(needs: Readonly<Record<string, string>> = {}): Promise<LittleService> {
  const served: string[] = []
  let ill = false

  const server = http.createServer(async (_, response) => {
    const versions: Record<string, string> = {}
    for (const [name, url] of Object.entries(needs)) versions[name] = await askVersion(url)
    const sha = served.at(-1)
    const status = sha === undefined ? 503 : ill ? 500 : 200
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
      ill = how === 'ill'
    },
    served: () => [...served],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The version that a service answers with; empty where it does not answer well within a second. */
export function askVersion(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = http.get(`${url}/health`, { agent: false, signal: AbortSignal.timeout(1000) }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('error', () => resolve(''))
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve(response.statusCode === 200 ? versionIn(text) : ''))
    })
    request.on('error', () => resolve(''))
  })
}

function versionIn(text: string): string {
  try {
    return String((JSON.parse(text) as { sha?: string }).sha ?? '')
  } catch {
    return ''
  }
}
