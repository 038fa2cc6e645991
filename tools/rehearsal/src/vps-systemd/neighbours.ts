import type { TestHost } from '@belay/test-hosts'

/** What runs on hosts beside the services and must stay the same process: by `nginx on host-1` its number. */
export type Neighbours = Readonly<Record<string, string | undefined>>

export async function readNeighbours(hosts: readonly TestHost[]): Promise<Neighbours> {
  const numbers = await Promise.all(hosts.map((host) => host.read('/run/belay-test/nginx.pid')))
  return Object.fromEntries(hosts.map(({ name }, index) => [`nginx on ${name}`, numbers[index]?.trim()]))
}

/** A release reloads nginx, which keeps its first process. */
export function neighbourProblems(before: Neighbours, now: Neighbours): string[] {
  return Object.keys(before)
    .filter((name) => now[name] !== before[name])
    .map((name) => `${name} must be process ${before[name] ?? 'none'} as before, but is ${now[name] ?? 'none'}`)
}
