import type { TestHost } from '@belay/test-hosts'
import { userOf } from '../example-lab.ts'
import { askSha } from '../inspect.ts'
import {
  inspectPlain,
  inspectSlots,
  linkedSlots,
  type SlotReaders,
  type SlotService,
  slotTargets,
} from '../observe/place.ts'
import type { System, User } from '../system.ts'
import type { Lab } from './lab.ts'
import { type ProductionLab, settingsFiles } from './production.ts'
import { code, type Service, services } from './services.ts'

/** An unarmed lock is held for 60 s, and a service restarts. */
export const times = { confirm: 30, beyond: 60 + 30 } as const

/** Requests a second to each service on each host of QA, where a restart interrupts them. */
const qaRate = 10

/** QA has one process of each service on each host, which its users ask directly. */
export function qaSystem(lab: Lab): System {
  const { hosts, slack, github } = lab
  const baseOf = ({ address }: TestHost, { port }: Service) => `http://${address}:${port}`
  const ask = (host: TestHost, service: Service) => askSha(`${baseOf(host, service)}/health`)
  return {
    slack,
    github,
    hosts,
    times,
    release: ({ version }, more) => lab.release(version, more),
    places: () =>
      everywhere(hosts, (host, service) =>
        inspectPlain(host, { service: service.name, place: host.name, path: service.path }, async () => [
          { url: '', sha: await ask(host, service) },
        ]),
      ),
    targets: () =>
      services.flatMap((service) =>
        hosts.map((host) => ({
          service: service.name,
          place: host.name,
          ask: () => ask(host, service),
        })),
      ),
    users: ({ before }) => usersOf(hosts, before, baseOf, qaRate),
  }
}

/** Production has two slots of each service on each host, nginx before them, and a database. */
export function productionSystem(lab: Lab, production: ProductionLab): System {
  const { hosts, slack } = lab
  return {
    slack,
    github: production.github,
    hosts,
    knownToHold: settingsFiles,
    times,
    release: ({ back, version }, more) => production.release(back ? 'previous' : version, more),
    places: () =>
      everywhere(hosts, (host, service) => inspectSlots(host, placeOf(host, service), readersOf(host, service))),
    targets: () =>
      hosts.flatMap((host) =>
        services.flatMap((service) => slotTargets(placeOf(host, service), readersOf(host, service))),
      ),
    users: ({ before }) => usersOf(hosts, before, frontOf, code.settings.users.rate),
    query: production.database.query,
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

/** Where nginx listens for a service on a host. */
function frontOf({ address }: TestHost, { production }: Service): string {
  return `http://${address}:${production.front}`
}

function placeOf(host: TestHost, { name, production: { path, slots } }: Service): SlotService {
  return { service: name, place: host.name, path, ports: slots }
}

function readersOf(host: TestHost, service: Service): SlotReaders {
  const upstream = `/etc/nginx/belay/${service.name}-production/active.conf`
  return linkedSlots(host, { path: service.production.path, upstream, url: `${frontOf(host, service)}/health` })
}

function everywhere<T>(
  hosts: readonly TestHost[],
  inspect: (host: TestHost, service: Service) => Promise<T>,
): Promise<T[]> {
  return Promise.all(hosts.flatMap((host) => services.map((service) => inspect(host, service))))
}

/** Users of every service that was released before, on every host. */
function usersOf(
  hosts: readonly TestHost[],
  before: Readonly<Record<string, unknown>>,
  baseOf: (host: TestHost, service: Service) => string,
  rate: number,
): User[] {
  const live = services.filter(({ name }) => before[name])
  return hosts.flatMap((host) =>
    live.map((service) => ({
      ...userOf(service.name, baseOf(host, service), code.settings, { rate }),
      where: `${service.name} on ${host.name}`,
    })),
  )
}
