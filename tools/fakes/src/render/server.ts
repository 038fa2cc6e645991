import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Place, ServiceSpec } from './account.ts'
import { type Answers, askVersion, type LittleService, startLittleService } from './little-service.ts'
import { makeRender, type Render, type RenderOptions } from './render.ts'

/** A local Render that listens, with a real little service behind each of its own. */
export interface LocalRender {
  /** What to give as `api-url`: `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly render: Render
  /** Adds a service; those that it needs must be there already. */
  add(spec: ServiceSpec, answers?: Answers): Promise<Place>
  /** Where the users of a service reach it; a private one too, which only its neighbours know. */
  urlOf(name: string): string
  /** The version that a service answers with over HTTP; empty where it does not answer well. */
  serves(name: string): Promise<string>
  served(name: string): readonly string[]
  stop(): Promise<void>
}

/** Starts a local Render on loopback. A new instance is healthy where all that its service needs answer. */
export async function startRender(
  options: Omit<RenderOptions, 'clock' | 'onServing' | 'isHealthy'> & { readonly port?: number } = {},
): Promise<LocalRender> {
  const little = new Map<string, LittleService>()
  const urlOf = (name: string) => little.get(name)?.url ?? 'http://127.0.0.1:9'
  const ask = (name: string) => askVersion(urlOf(name), render.account.named(name).spec.healthCheckPath ?? '/health')
  const render = makeRender({
    ...options,
    pace: { build: 300, preDeploy: 100, update: 200, appears: 100, ...options.pace },
    onServing: ({ spec }, { commit, image }, course) =>
      little.get(spec.name)?.serve(commit?.id ?? image?.ref ?? '', course.serves === 'ill' ? 'ill' : 'well'),
    async isHealthy({ spec }) {
      const versions = await Promise.all((spec.needs ?? []).map(ask))
      return versions.every((version) => version !== '')
    },
  })
  const server = http.createServer((request, response) => {
    // A client that goes away while it still sends is nobody's mistake.
    take(request, response).catch(() => request.destroy())
  })

  async function take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const reply = render.take({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      authorization: request.headers.authorization ?? '',
      body: Buffer.concat(chunks).toString('utf8'),
    })
    if (reply.kind === 'reset') request.socket.resetAndDestroy()
    if (reply.kind === 'answer') response.writeHead(reply.status, reply.headers).end(reply.body)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    render,
    async add(spec, answers) {
      const needs = Object.fromEntries((spec.needs ?? []).map((name) => [name, urlOf(name)]))
      const service = await startLittleService(needs, answers)
      little.set(spec.name, service)
      return render.add(spec, service.url)
    },
    urlOf,
    serves: ask,
    served: (name) => little.get(name)?.served() ?? [],
    async stop() {
      for (const place of render.account.places.values()) {
        place.running?.callOff()
        place.waiting?.callOff()
      }
      await Promise.all([...little.values()].map((service) => service.stop()))
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
