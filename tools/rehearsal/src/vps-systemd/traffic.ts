import { type Report, startClient } from '@belay/load'
import type { TestHost } from '@belay/test-hosts'
import { reportProblems } from '../traffic-report.ts'
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

/** What users should not have lived through. */
export function livedProblems({ host, service, report }: Lived, announced: readonly Version[]): string[] {
  return reportProblems(`${service.name} on ${host.name}`, report, announced)
}
