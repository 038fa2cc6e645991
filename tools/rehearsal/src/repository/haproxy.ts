import { posix } from 'node:path'
import type { TestHost } from '@belay/test-hosts'
import type { DerivedUnit } from './facts.ts'

/** Its configuration on a server. Where a server has this file, HAProxy runs there. */
export const haproxyFile = '/etc/haproxy/haproxy.cfg'
/** Belay speaks to its socket by socat. */
export const haproxyPackages: readonly string[] = ['haproxy', 'socat']

/** What of HAProxy belongs to a service, as the inputs of its release name it. */
export interface Backend {
  readonly name: string
  readonly socket: string
  readonly stateFile: string
}

/** Whether HAProxy leads the traffic to one of two slots. */
export function isBehindHaproxy({ slots, inputs }: Pick<DerivedUnit, 'slots' | 'inputs'>): boolean {
  return slots.length > 0 && inputs.driver === 'haproxy'
}

export function backendOf({
  service,
  environment,
  inputs,
}: Pick<DerivedUnit, 'service' | 'environment' | 'inputs'>): Backend {
  return {
    name: inputs.backend || `${service}-${environment}`,
    socket: inputs.socket || '/run/haproxy/admin.sock',
    stateFile: inputs['state-file'] || '/var/lib/haproxy/belay/server-state',
  }
}

/** The folder of its state file, which Belay replaces, as `preflight` has it prepared. */
export function stateFolderOf(unit: DerivedUnit): string {
  return posix.dirname(backendOf(unit).stateFile)
}

/**
 * Where it sends traffic now, and where it would after a reload, by its socket and by the state file: each as lines of
 * nginx's file.
 */
export async function readRoutes(host: TestHost, unit: DerivedUnit): Promise<string[]> {
  const { name, socket, stateFile } = backendOf(unit)
  const ask = `echo "show servers state $0" | socat -t 5 -T 5 - "UNIX-CONNECT:$1"`
  const [now, saved] = await Promise.all([
    host.run(['sh', '-c', ask, name, socket], { user: 'root' }),
    host.read(stateFile),
  ])
  return [now.stdout, ...(saved ? [saved] : [])].map((state) => routesIn(state, name))
}

/** `server 127.0.0.1:5001;` for each server of a backend that gets traffic. `state`: of `show servers state`. Pure. */
export function routesIn(state: string, backend: string): string {
  return state
    .split('\n')
    .map((line) => line.split(' '))
    .filter((words) => words[1] === backend && getsTraffic(words))
    .flatMap((words) => [words[4], words[17]].flatMap((place) => placeLine(place, words[18])))
    .join('')
}

/** By its weight and the bits of its administrative state: maintenance and drain get none. */
function getsTraffic(words: readonly string[]): boolean {
  const [admin, weight] = [Number(words[6]), Number(words[7])]
  return (admin & 61) === 0 && weight > 0
}

/** No name is written as `-`. */
function placeLine(place: string | undefined, port: string | undefined): string[] {
  return place && place !== '-' ? [`server ${place}:${port};\n`] : []
}
