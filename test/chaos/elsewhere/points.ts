import type { Fault, ProxyName } from '../fault-points.ts'
import type { HostFault } from '../host-points.ts'

/** What a struck host is to the service. */
export const roles = ['slot host', 'proxy'] as const
export type Role = (typeof roles)[number]

/** Faults of the runner, and of one host. A change that runs is killed in the points of one host, whose code is the same. */
export const elsewhereFaults = {
  runner: ['kill', 'cancel', 'lose-runner', 'cut', 'second job'],
  host: ['kill the process', 'reboot', 'fill the disk', 'edit by hand'],
} as const satisfies { runner: readonly (Fault | HostFault)[]; host: readonly HostFault[] }
type RunnerFault = (typeof elsewhereFaults.runner)[number]
type OnHost = (typeof elsewhereFaults.host)[number]

/** One fault at one boundary of a fill and a switch, with proxies on other hosts than the slots. */
export interface ElsewherePoint {
  readonly name: string
  readonly fault: RunnerFault | OnHost
  /** What is struck or cut: one host of that role; undefined: the runner itself, or all connections. */
  readonly role?: Role
  readonly boundary: ElsewhereBoundary
  readonly decision: 'commit' | 'undo'
  readonly driver: ProxyName
}

/** How far the job had come on slot hosts and on proxies. */
type Progress = 'filling' | 'filled' | 'claimed' | 'moved' | 'made' | 'decided' | 'ended'

/** A line of the journal of one step, after which it stands still. */
export interface ElsewhereBoundary {
  readonly name: string
  readonly step: 'api' | 'traffic'
  readonly stage: 'main' | 'post'
  readonly match: Readonly<Record<string, string>>
  readonly progress: Progress
}

const main = (step: 'api' | 'traffic', phase: string, progress: Progress): ElsewhereBoundary => ({
  name: `${phase} of the ${step === 'api' ? 'fill' : 'switch'}`,
  ...{ step, stage: 'main', match: { event: 'phase', phase }, progress },
})
const post = (event: string, progress: Progress): ElsewhereBoundary => ({
  name: `post ${event}`,
  ...{ step: 'traffic', stage: 'post', match: { event }, progress },
})

/** What main crosses does not depend on the decision, which comes later. */
const mains = [
  main('api', 'fill', 'filling'),
  main('api', 'armed', 'filled'),
  main('traffic', 'lock', 'filled'),
  main('traffic', 'prove', 'filled'),
  main('traffic', 'claim', 'filled'),
  main('traffic', 'switch', 'claimed'),
  main('traffic', 'role', 'moved'),
  main('traffic', 'armed', 'made'),
]
const posts = [post('decided', 'decided'), post('outcome', 'ended'), post('result', 'ended')]

/** Which fault exists where, and why not elsewhere. */
export function absentAt(fault: OnHost | RunnerFault, role: Role | undefined, { progress, name }: ElsewhereBoundary) {
  if (progress === 'ended' && fault !== 'reboot' && fault !== 'fill the disk' && !isOfRunner(fault))
    return 'the process ends by itself here, and nothing of the release looks at what a person edits'
  if (fault === 'second job' && (progress === 'decided' || progress === 'ended'))
    return 'locks are released here, so the second job would get them or not by chance'
  if (role === 'proxy' && !isOfRunner(fault) && beforeProxies.has(name))
    return 'nothing of Belay runs on a proxy yet, and what a person edits before its lock is simply what is live'
  return undefined
}

const beforeProxies = new Set(['fill of the fill', 'armed of the fill', 'lock of the switch'])
const isOfRunner = (fault: string) => (elsewhereFaults.runner as readonly string[]).includes(fault)

/** Every boundary with every fault that exists there, on a host of each role. */
export function elsewherePoints(): ElsewherePoint[] {
  const places = [
    ...[...mains, ...posts].map((boundary) => ({ boundary, decision: 'commit' as const })),
    ...posts.map((boundary) => ({ boundary, decision: 'undo' as const })),
  ]
  return places.flatMap((place) =>
    driversAt(place.boundary).flatMap((driver) =>
      faultsAt(place.boundary).map((one) => named({ ...place, ...one, driver })),
    ),
  )
}

/** Where proxies move, both kinds do it in their own way. */
function driversAt({ progress }: ElsewhereBoundary): readonly ProxyName[] {
  return progress === 'claimed' || progress === 'moved' ? ['nginx', 'haproxy'] : ['nginx']
}

function faultsAt(boundary: ElsewhereBoundary): Pick<ElsewherePoint, 'fault' | 'role'>[] {
  const whole = elsewhereFaults.runner.map((fault) => ({ fault }))
  const each = roles.flatMap((role) => (['cut', ...elsewhereFaults.host] as const).map((fault) => ({ fault, role })))
  return [...whole, ...each].filter(
    (one: Pick<ElsewherePoint, 'fault' | 'role'>) => absentAt(one.fault, one.role, boundary) === undefined,
  )
}

function named(point: Omit<ElsewherePoint, 'name'>): ElsewherePoint {
  const { fault, role, boundary, decision, driver } = point
  const where = role ? ` on a ${role}` : fault === 'cut' ? ' on all hosts' : ''
  return { ...point, name: `${fault}${where} at ${boundary.name}, ${decision}, ${driver} elsewhere` }
}
