import { type LoadReport, startLoadClient } from '@belay/load'
import type { TestHost } from '@belay/test-hosts'
import { reportProblems } from '../traffic-report.ts'
import type { Version } from '../version.ts'
import { type Service, services } from './services.ts'

/** Requests a second to each host, for all services together. */
const rate = 200

/** What users of one service on one host have seen. */
export interface TrafficReport {
  readonly host: TestHost
  readonly service: Service
  readonly report: LoadReport
}

/** Users of every service on every host. Each request goes through nginx on a connection of its own. */
export interface Traffic {
  /** Ends the traffic. May be called twice. */
  stop(): Promise<TrafficReport[]>
}

/** Starts a client for each service and host, each in its own process. They end with `stop` or with this process. */
export async function openTraffic(hosts: readonly TestHost[], live: readonly Service[]): Promise<Traffic> {
  const clients = await Promise.all(
    hosts.flatMap((host) =>
      live.map(async (service) => ({
        host,
        service,
        client: await startLoadClient({
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

/** The URL of a page of a service for its users on one host. */
export function frontOf(host: TestHost, { production }: Service, page: string): string {
  return `http://${host.address}:${production.front}${page}`
}

/** What users should not have seen. */
export function trafficProblems({ host, service, report }: TrafficReport, announced: readonly Version[]): string[] {
  return reportProblems(`${service.name} on ${host.name}`, report, announced)
}
