import { faults, type Fault as RunnerFault } from './fault-points.ts'
import { absent, type HostFault, type HostPlace, hostPlaces, nameOfPlace } from './host-points.ts'

/**
 * The runner is struck while a host stands still in its own work, or in the post of a job that failed: at places that a
 * fault of the runner alone (fault-points.ts) does not reach.
 */
export interface CrossPoint extends HostPlace {
  readonly name: string
  readonly runner: RunnerFault
  /** Strikes the held host at the same moment: no process is left that would undo there. */
  readonly host?: HostFault
  /** How many hosts are held, and how many connections are cut. */
  readonly hosts: 1 | 2
}

/** What ends the work of a host for good when its runner is lost as well. */
const lasting = ['kill the process', 'kill both', 'reboot'] as const

export function crossPoints(): CrossPoint[] {
  return hostPlaces()
    .filter(({ boundary, decision }) => boundary.host || (decision === 'undo' && boundary.runner))
    .flatMap((place) =>
      [
        ...faults.flatMap((runner) =>
          (runner === 'cut' ? ([1, 2] as const) : ([1] as const)).map((hosts) => ({ runner, hosts })),
        ),
        ...lasting
          .filter((host) => existsAt(host, place))
          .map((host) => ({ runner: 'lose-runner', host, hosts: 1 }) as const),
      ].map((strike) => ({ ...place, ...strike, name: nameOf({ ...place, ...strike }) })),
    )
}

/** Where the process ends by itself a kill would strike or not by chance. */
function existsAt(fault: HostFault, { boundary }: HostPlace): boolean {
  if (!boundary.host || absent[boundary.progress][fault] !== undefined) return false
  return !(boundary.host.word === 'undone' && fault === 'kill both')
}

function nameOf({ runner, host, hosts, ...place }: Omit<CrossPoint, 'name'>): string {
  return `${faultOf(host ? { runner, host } : { runner })} at ${nameOfPlace(place)}, ${hosts === 1 ? 'one host' : 'both'}`
}

/** What strikes, in words. */
export function faultOf({ runner, host }: Pick<CrossPoint, 'runner' | 'host'>): string {
  return host ? `${runner} and ${host}` : runner
}
