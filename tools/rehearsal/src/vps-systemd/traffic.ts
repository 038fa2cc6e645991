import { type LoadReport, startLoadClient } from '@belay/load'
import type { TestHost } from '@belay/test-hosts'
import { type Failures, reportProblems } from '../traffic-report.ts'
import type { Version } from '../version.ts'
import { type Service, services } from './services.ts'

/** How users come to a service on a host. */
export interface Way {
  urlOf(host: TestHost, service: Service): string
  /** Requests a second to each host, for all services together. */
  readonly rate: number
}

/** Through nginx. */
export const throughProxy: Way = { urlOf: (host, service) => frontOf(host, service, service.page), rate: 200 }

/** To the service's own port: QA has no proxy. */
export const direct: Way = { urlOf: ({ address }, { port, page }) => `http://${address}:${port}${page}`, rate: 20 }

/** What users of one service on one host have seen. */
export interface TrafficReport {
  readonly host: TestHost
  readonly service: Service
  readonly report: LoadReport
}

/** Users of every service on every host. Each request has a connection of its own. */
export interface Traffic {
  /** Ends the traffic. May be called twice. */
  stop(): Promise<TrafficReport[]>
}

/** Starts a client for each service and host, each in its own process. They end with `stop` or with this process. */
export async function openTraffic(
  hosts: readonly TestHost[],
  live: readonly Service[],
  { urlOf, rate }: Way,
): Promise<Traffic> {
  const clients = await Promise.all(
    hosts.flatMap((host) =>
      live.map(async (service) => ({
        host,
        service,
        client: await startLoadClient({
          url: urlOf(host, service),
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
export function trafficProblems(
  { host, service, report }: TrafficReport,
  announced: readonly Version[],
  failures?: Failures,
): string[] {
  return reportProblems(`${service.name} on ${host.name}`, report, announced, failures)
}
