import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HostedService, ServiceSpec } from './account.ts'
import { type AnswersOfVersion, askVersion, type FakeService, startFakeService } from './fake-service.ts'
import { type RenderOptions, type RenderSimulation, simulateRender } from './simulation.ts'

/** A local Render that listens, with a real small server behind each of its services. */
export interface FakeRender {
  /** What to give as `api-url`: `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly simulation: RenderSimulation
  /** Adds a service; the services that it needs must exist already. */
  add(spec: ServiceSpec, answers?: AnswersOfVersion): Promise<HostedService>
  /** Where the users of a service reach it; a private one too, which only its neighbours know. */
  urlOf(name: string): string
  /** The version that a service answers with over HTTP; empty if it has no healthy answer. */
  serves(name: string): Promise<string>
  served(name: string): readonly string[]
  stop(): Promise<void>
}

/** Starts a local Render on loopback. A new instance is healthy if all services that it needs answer. */
export async function startFakeRender(
  options: Omit<RenderOptions, 'clock' | 'onServing' | 'isHealthy'> & { readonly port?: number } = {},
): Promise<FakeRender> {
  const fakeServices = new Map<string, FakeService>()
  const urlOf = (name: string) => fakeServices.get(name)?.url ?? 'http://127.0.0.1:9'
  const ask = (name: string) =>
    askVersion(urlOf(name), simulation.account.named(name).spec.healthCheckPath ?? '/health')
  const simulation = simulateRender({
    ...options,
    durations: { build: 300, preDeploy: 100, update: 200, appears: 100, ...options.durations },
    onServing: ({ spec }, { commit, image }, behaviour) =>
      fakeServices
        .get(spec.name)
        ?.serve(commit?.id ?? image?.ref ?? '', behaviour.serves === 'unhealthy' ? 'unhealthy' : 'well'),
    async isHealthy({ spec }) {
      const versions = await Promise.all((spec.needs ?? []).map(ask))
      return versions.every((version) => version !== '')
    },
  })
  const server = http.createServer((request, response) => {
    // A client may go away while it still sends: that is no error.
    take(request, response).catch(() => request.destroy())
  })

  async function take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const reply = simulation.take({
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
    simulation,
    async add(spec, answers) {
      const needs = Object.fromEntries((spec.needs ?? []).map((name) => [name, urlOf(name)]))
      const service = await startFakeService(needs, answers)
      fakeServices.set(spec.name, service)
      return simulation.add(spec, service.url)
    },
    urlOf,
    serves: ask,
    served: (name) => fakeServices.get(name)?.served() ?? [],
    async stop() {
      for (const hosted of simulation.account.services.values()) {
        hosted.running?.callOff()
        hosted.waiting?.callOff()
      }
      await Promise.all([...fakeServices.values()].map((service) => service.stop()))
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}
