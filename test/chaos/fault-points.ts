import { boundaries as switchBoundaries } from '../../actions/blue-green-switch/src/plan.ts'
import { boundaries, slotBoundaries } from '../../actions/deploy-ssh/src/plan.ts'

export const faults = ['kill', 'cancel', 'cut', 'lose-runner'] as const
export type Fault = (typeof faults)[number]

export const proxies = ['nginx', 'haproxy'] as const
export type ProxyName = (typeof proxies)[number]

/** One fault at one boundary of a release on two hosts. */
export interface FaultPoint {
  readonly name: string
  /** The paused step: deploy-ssh's, or blue-green-switch's if the job has one. */
  readonly step: 'api' | 'traffic'
  readonly stage: 'main' | 'post'
  /** The line of the journal at which the action is held. */
  readonly match: Record<string, unknown>
  /** Held when the first host comes there, or when both have come. */
  readonly nth: 1 | 2
  readonly fault: Fault
  /** How many hosts' connections are cut. */
  readonly hosts: 1 | 2
  /** The service lives in two slots, and the idle one is filled. */
  readonly slots: boolean
  /** The job then moves the traffic to it, on a real proxy of each host. */
  readonly proxy?: ProxyName
}

/** Boundaries that every host crosses separately; the others are crossed once for all. */
const perHost = new Set([
  ...['upload', 'prepare', 'switch', 'swap', 'fill', 'link', 'restart', 'check'],
  ...['weight-100', 'switched'],
])

// Until everything is uploaded, a release with slots crosses the same boundaries as one without.
const filling = slotBoundaries.slice(slotBoundaries.indexOf('fill'))
const decision = ['decided', 'outcome', 'result']

/** Where faults are injected, a row for each kind of job: what is held there, and at which boundaries of its main and its post. */
const rows: readonly Row[] = [
  { step: 'api', main: boundaries, post: decision, slots: false },
  { step: 'api', main: filling, post: decision, slots: true },
  // A fill and a switch in one job. What the fill does is the same before every proxy.
  { step: 'api', main: filling, post: [], slots: true, proxy: 'nginx' },
  ...proxies.map((proxy) => ({ step: 'traffic', main: switchBoundaries, post: decision, slots: true, proxy }) as const),
]

interface Row extends Pick<FaultPoint, 'step' | 'slots' | 'proxy'> {
  readonly main: readonly string[]
  readonly post: readonly string[]
}

/** Every boundary of a release, its post's included, with every fault, on one host and on both. */
export function allPoints(): FaultPoint[] {
  return rows.flatMap(pointsOf)
}

function pointsOf({ main, post, ...job }: Row): FaultPoint[] {
  const places = [
    ...main.map((phase) => ({
      stage: 'main' as const,
      at: phase,
      match: { event: 'phase', phase },
      twice: perHost.has(phase),
    })),
    ...post.map((event) => ({ stage: 'post' as const, at: event, match: { event }, twice: event === 'outcome' })),
  ]
  return places.flatMap(({ at, twice, ...place }) =>
    faults.flatMap((fault) =>
      ([1, 2] as const)
        // One point is enough where one host and both cannot differ (no boundary and no connection of its own). With a proxy
        // only a cut differs: a kill leaves the same state on the hosts at each one's boundary.
        .filter((hosts) => hosts === 1 || fault === 'cut' || (twice && !job.proxy))
        .map((hosts) => ({
          ...job,
          ...place,
          name: `${fault} at ${place.stage} ${at}${job.proxy ? ` of ${job.step}` : ''}, ${hosts === 1 ? 'one host' : 'both'}${withWhat(job)}`,
          nth: twice ? hosts : (1 as const),
          fault,
          hosts,
        })),
    ),
  )
}

function withWhat({ slots, proxy }: Pick<FaultPoint, 'slots' | 'proxy'>): string {
  if (proxy) return `, a fill and a switch of ${proxy}`
  return slots ? ', with slots' : ''
}
