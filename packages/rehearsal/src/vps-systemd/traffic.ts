import { type Report, startClient } from '@belay/load'
import type { TestHost } from '@belay/testbed'
import type { Version } from '../version.ts'
import { type Service, services } from './services.ts'

/** Requests a second that each host gets, for all services together. */
const rate = 200

/** What users of one service on one host have lived through. */
export interface Lived {
  readonly host: TestHost
  readonly service: Service
  readonly report: Report
}

/** Users of every service on every host, who come through nginx on connections of their own. */
export interface Traffic {
  /** They leave. May be called twice. */
  stop(): Promise<Lived[]>
}

/** Starts a client a service and host, each in a process of its own. They end with `stop` or with this process. */
export async function openTraffic(hosts: readonly TestHost[], live: readonly Service[]): Promise<Traffic> {
  const clients = await Promise.all(
    hosts.flatMap((host) =>
      live.map(async (service) => ({
        host,
        service,
        client: await startClient({
          url: frontOf(host, service, service.page),
          rate: rate / services.length,
          connections: 'fresh',
          versionOf: 'header:x-version',
        }),
      })),
    ),
  )
  return {
    stop: () =>
      Promise.all(clients.map(async ({ host, service, client }) => ({ host, service, report: await client.stop() }))),
  }
}

/** A page of a service as its users reach it on one host. */
export function frontOf(host: TestHost, { production }: Service, page: string): string {
  return `http://${host.address}:${production.front}${page}`
}

/** What users should not have lived through: requests that failed, and versions that were never announced to them. */
export function livedProblems({ host, service, report }: Lived, announced: readonly Version[]): string[] {
  const where = `${service.name} on ${host.name}`
  const { failed, versions, sent, latestMs } = report
  const strangers = versions.filter(({ version }) => !announced.some(({ sha }) => sha === version))
  return [
    ...(sent > 0 ? [] : [`nobody asked ${where}`]),
    // Such a client proves nothing: it did not ask while something else had the machine.
    ...(latestMs < 5000 ? [] : [`the client of ${where} was held up for ${(latestMs / 1000).toFixed(1)} s`]),
    ...(failed.length === 0 ? [] : [`${failed.length} of ${sent} requests to ${where} failed: ${kindsOf(failed)}`]),
    ...strangers.map(({ version, count }) => `users of ${where} saw ${version || 'no version'} ${count} times`),
  ]
}

/** `3 × ECONNREFUSED (first after 1.2 s)` */
function kindsOf(failed: Report['failed']): string {
  const kinds = Map.groupBy(failed, ({ code, status }) => code ?? `HTTP ${status}`)
  return [...kinds]
    .map(([kind, some]) => `${some.length} × ${kind} (first after ${((some[0]?.atMs ?? 0) / 1000).toFixed(1)} s)`)
    .join(', ')
}
