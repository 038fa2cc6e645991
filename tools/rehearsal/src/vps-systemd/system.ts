import { userOf } from '../example-lab.ts'
import { linkedPlace } from '../observe/place.ts'
import { filesWithSecrets } from '../repository/unit-files.ts'
import type { System } from '../system.ts'
import { code, type Environment } from './acme.ts'
import type { Lab } from './lab.ts'

/** An unarmed lock is held for 60 s, and a service restarts. */
export const times = { confirm: 30, beyond: 60 + 30 } as const

/** Requests a second to each service on each host of QA, where a restart interrupts them. */
const qaRate = 10

export function acmeSystem(lab: Lab, environment: Environment): System {
  const { hosts, slack, github, database, proxies } = lab
  const all = placesOf(lab, environment)
  const more = environment === 'qa' ? { rate: qaRate } : {}
  return {
    ...{ slack, github, hosts, times },
    knownToHold: filesWithSecrets(code.settings),
    release: ({ back, version }, options) => lab.release(environment, back ? 'previous' : version, options),
    places: () => Promise.all(all.map(({ inspect }) => inspect())),
    targets: () => all.flatMap(({ targets }) => targets),
    users: ({ before }) =>
      all
        .filter(({ service }) => before[service])
        .map(({ service, where, url }) => ({ ...userOf(service, url, code.settings, more), where })),
    ...(environment === 'production' && database && { query: database.query }),
    // A release reloads nginx, which keeps its first process.
    async neighbours() {
      const pids = await Promise.all(proxies.map(({ folder }, at) => hosts[at]?.read(`${folder}/nginx.pid`)))
      return Object.fromEntries(pids.map((pid, at) => [`nginx on ${hosts[at]?.name}`, pid && `process ${pid.trim()}`]))
    },
  }
}

/** Every service on every host. `url`: where its users ask. */
export function placesOf({ hosts, units, here }: Lab, environment: Environment) {
  return hosts.flatMap((host, at) =>
    units[environment].map(({ service, path, slots: ports, upstream, urls }) => {
      const { origin: url } = new URL(here(urls[at] ?? ''))
      const linked = linkedPlace(host, { service, path, ports, upstream, url })
      return { ...linked, service, where: `${service} on ${host.name}`, url, host, path }
    }),
  )
}
