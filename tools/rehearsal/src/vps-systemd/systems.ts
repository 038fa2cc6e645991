import type { TestHost } from '@belay/test-hosts'
import { askSha } from '../inspect.ts'
import { inspectPlain, inspectSlots, linkedSlots } from '../observe/place.ts'
import type { System, User } from '../system.ts'
import type { Lab } from './lab.ts'
import { database, type ProductionLab, settingsFiles } from './production.ts'
import { type Service, services } from './services.ts'

/** An unarmed lock is held for 60 s, and a service restarts. */
export const times = { confirm: 30, beyond: 60 + 30 } as const

/** Requests a second to each host, for all services together. */
const rates = { qa: 20, production: 200 } as const

/** QA has one process of each service on each host, which its users ask directly. */
export function qaSystem(lab: Lab): System {
  const { hosts, slack, github } = lab
  const urlOf = (host: TestHost, { port }: Service, page: string) => `http://${host.address}:${port}${page}`
  return {
    slack,
    github,
    hosts,
    times,
    release: ({ version }, more) => lab.release(version, more),
    places: () =>
      everywhere(hosts, (host, service) =>
        inspectPlain(host, { service: service.name, place: host.name, path: service.path }, async () => [
          { url: '', sha: await askSha(urlOf(host, service, '/health')) },
        ]),
      ),
    targets: () =>
      services.flatMap((service) =>
        hosts.map((host) => ({
          service: service.name,
          place: host.name,
          ask: () => askSha(urlOf(host, service, '/health')),
        })),
      ),
    users: ({ before }) => usersOf(hosts, before, (host, service) => urlOf(host, service, service.page), rates.qa),
  }
}

/** Production has two slots of each service on each host, nginx before them, and a database. */
export function productionSystem(lab: Lab, production: ProductionLab): System {
  const { hosts, slack } = lab
  const frontOf = (host: TestHost, { production: { front } }: Service, page: string) =>
    `http://${host.address}:${front}${page}`
  return {
    slack,
    github: production.github,
    hosts,
    knownToHold: settingsFiles,
    times,
    release: ({ back, version }, more) => production.release(back ? 'previous' : version, more),
    places: () =>
      everywhere(hosts, (host, service) => {
        const { path, slots } = service.production
        const upstream = `/etc/nginx/belay/${service.name}-production/active.conf`
        return inspectSlots(
          host,
          { service: service.name, place: host.name, path, ports: slots },
          linkedSlots(host, { path, upstream, url: frontOf(host, service, '/health') }),
        )
      }),
    targets: () => services.flatMap((service) => hosts.flatMap((host) => slotTargets(host, service, frontOf))),
    users: ({ before }) =>
      usersOf(hosts, before, (host, service) => frontOf(host, service, service.page), rates.production),
    query: async (sql) => {
      const rows = await production.postgres.query<Record<string, unknown>>(database, sql)
      return rows.map((row) => String(Object.values(row)[0] ?? '')).filter(Boolean)
    },
    // A release reloads nginx, which keeps its first process.
    neighbours: async () =>
      Object.fromEntries(
        await Promise.all(
          hosts.map(async (host) => {
            const pid = await host.read('/run/belay-test/nginx.pid')
            return [`nginx on ${host.name}`, pid && `process ${pid.trim()}`] as const
          }),
        ),
      ),
  }
}

function slotTargets(
  host: TestHost,
  service: Service,
  frontOf: (host: TestHost, service: Service, page: string) => string,
) {
  const { name, production } = service
  return [
    { service: name, place: `${host.name}, for users`, ask: () => askSha(frontOf(host, service, '/health')) },
    ...production.slots.map((port) => ({
      service: name,
      place: `${host.name}, slot ${port}`,
      isSlot: true,
      ask: () => askSha(`http://${host.address}:${port}/health`),
    })),
  ]
}

function everywhere<T>(
  hosts: readonly TestHost[],
  inspect: (host: TestHost, service: Service) => Promise<T>,
): Promise<T[]> {
  return Promise.all(hosts.flatMap((host) => services.map((service) => inspect(host, service))))
}

/** Users of every service that was released before, on every host. Each request has a connection of its own. */
function usersOf(
  hosts: readonly TestHost[],
  before: Readonly<Record<string, unknown>>,
  urlOf: (host: TestHost, service: Service) => string,
  rate: number,
): User[] {
  const live = services.filter(({ name }) => before[name])
  return hosts.flatMap((host) =>
    live.map((service) => ({
      service: service.name,
      where: `${service.name} on ${host.name}`,
      options: {
        url: urlOf(host, service),
        rate: rate / services.length,
        connections: 'fresh' as const,
        versionOf: 'header:x-version',
      },
    })),
  )
}
