import type { TestHost } from '@belay/test-hosts'
import { askSha } from '../inspect.ts'
import type { Target } from '../observe/served.ts'
import { services } from './services.ts'
import { frontOf } from './traffic.ts'

/** QA has one process of each service on each host. */
export function qaTargets(hosts: readonly TestHost[]): Target[] {
  return services.flatMap(({ name, port }) =>
    hosts.map((host) => ({
      service: name,
      place: host.name,
      ask: () => askSha(`http://${host.address}:${port}/health`),
    })),
  )
}

/** What users get through nginx, and below it both slots. */
export function productionTargets(hosts: readonly TestHost[]): Target[] {
  return services.flatMap((service) =>
    hosts.flatMap((host) => [
      { service: service.name, place: `${host.name}, for users`, ask: () => askSha(frontOf(host, service, '/health')) },
      ...service.production.slots.map((port) => ({
        service: service.name,
        place: `${host.name}, slot ${port}`,
        isSlot: true,
        ask: () => askSha(`http://${host.address}:${port}/health`),
      })),
    ]),
  )
}
