import type { ProxyName } from './fault-points.ts'

/** Faults that strike on a host. */
export const hostFaults = [
  'kill the process',
  'kill the change',
  'kill both',
  'reboot',
  'fill the disk',
  'second job',
  'edit by hand',
] as const
export type HostFault = (typeof hostFaults)[number]

/** How far the release had come on the struck host; what is promised follows from it (host-promises.ts). */
export type Progress = 'unlocked' | 'held' | 'changing' | 'made' | 'asked' | 'ended' | 'ordered' | 'undoing' | 'undone'

/** One boundary of one kind of job. */
export interface HostPlace {
  readonly step: 'api' | 'traffic'
  readonly slots: boolean
  readonly proxy?: ProxyName
  readonly decision: 'commit' | 'undo'
  readonly boundary: Boundary
}

/** One fault on one host or on both, at one boundary. */
export interface HostPoint extends HostPlace {
  readonly name: string
  readonly fault: HostFault
  /** How many hosts are struck. */
  readonly hosts: 1 | 2
}

/** Where a release stands still while it is struck: the runner at a line of its journal, or the host itself. */
export interface Boundary {
  readonly name: string
  readonly progress: Progress
  readonly runner?: { readonly stage: 'main' | 'post'; readonly match: Record<string, unknown> }
  readonly host?: { readonly kind: 'phase' | 'state'; readonly word: string }
}

/**
 * Which fault exists where, and why not elsewhere. A line that is not here has all of them. `kill both` differs from
 * `kill the process` only while a change runs, which then goes on without its process.
 */
export const absent: Record<Progress, Partial<Record<HostFault, string>>> = {
  unlocked: {
    'kill the process': 'the release has none before it holds the lock',
    'kill the change': 'no change runs',
    'kill both': 'there is neither',
    reboot: 'nothing of Belay runs and nothing is written: for the job it is a cut connection',
    'edit by hand': 'the release reads what is live under the lock, so an edit before it is simply what is live',
  },
  held: {
    'kill the change': 'no change runs before the release is armed',
    'kill both': 'only the process runs: the same as to kill that',
  },
  changing: {},
  made: {
    'kill the change': 'it has ended',
    'kill both': 'only the process runs',
  },
  asked: {
    'kill the change': 'it has ended',
    'kill both': 'only the process runs',
  },
  ended: {
    'kill the process': 'it ends by itself here, so a kill would strike or not by chance',
    'kill the change': 'it has ended',
    'kill both': 'the process ends by itself here',
    'second job': 'the lock is released here, so the second job would get it or not by chance',
    'edit by hand': 'nothing of the release looks at it any more',
  },
  ordered: {
    'kill the change': 'it has ended, and the undo has not begun',
    'kill both': 'only the process runs',
  },
  undoing: {},
  undone: {
    'kill the process': 'it ends by itself here',
    'kill the change': 'the undo has ended',
    'kill both': 'the process ends by itself here',
    'second job': 'the lock is released here',
    'edit by hand': 'nothing of the release looks at it any more',
  },
}

const line = (name: string, progress: Progress, stage: 'main' | 'post' = 'main'): Boundary => ({
  name: stage === 'main' ? name : `post ${name}`,
  progress,
  runner: { stage, match: stage === 'main' ? { event: 'phase', phase: name } : { event: name } },
})
const phase = (word: string, progress: Progress): Boundary => ({
  name: `the host's phase ${word}`,
  progress,
  host: { kind: 'phase', word },
})
const rename = (word: string, progress: Progress): Boundary => ({
  name: `the rename to ${word}`,
  progress,
  host: { kind: 'state', word },
})

const begin = [line('preflight', 'unlocked'), line('lock', 'unlocked')]
const held = (...names: string[]) => names.map((name) => line(name, 'held'))
const changing = (...words: string[]) => words.map((word) => phase(word, 'changing'))
const armed = [line('armed', 'made')]
const commit = [
  line('decided', 'asked', 'post'),
  rename('confirmed', 'asked'),
  line('outcome', 'ended', 'post'),
  line('result', 'ended', 'post'),
]
const undo = [
  line('decided', 'ordered', 'post'),
  rename('undoing', 'ordered'),
  phase('undo', 'undoing'),
  rename('undone', 'undoing'),
  line('outcome', 'undone', 'post'),
  line('result', 'undone', 'post'),
]

const swap = [...begin, ...held('upload', 'prepare', 'switch'), rename('armed', 'held')]
const fill = [...begin, ...held('upload', 'prepare', 'fill'), rename('armed', 'held')]
// The fill has armed the transaction already.
const move = [...begin, ...held('prove', 'switch')]

interface Row extends Pick<HostPlace, 'step' | 'slots' | 'proxy'> {
  readonly commit: readonly Boundary[]
  readonly undo: readonly Boundary[]
}

/** A row for each kind of job. What main crosses does not depend on the decision, which comes later. */
const rows: readonly Row[] = [
  { step: 'api', slots: false, commit: [...swap, ...changing('swap', 'restart', 'check'), ...armed, ...commit], undo },
  { step: 'api', slots: true, commit: [...fill, ...changing('link', 'restart', 'check'), ...armed, ...commit], undo },
  ...(['nginx', 'haproxy'] as const).flatMap((proxy): Row[] => [
    // The first post is that of the switch: it decides, and the renames are those of both. Until its change a fill does the
    // same before every proxy. It is undone after the switch.
    {
      ...{ step: 'api', slots: true, proxy },
      commit: [
        ...(proxy === 'nginx' ? held('upload', 'prepare', 'fill') : []),
        ...changing('link', 'restart', 'check'),
        ...armed,
      ],
      undo: [phase('undo', 'undoing')],
    },
    {
      ...{ step: 'traffic', slots: true, proxy },
      commit: [...move, ...changing('weight-100', 'switched'), ...armed, ...commit],
      undo,
    },
  ]),
]

/** Every boundary of every kind of job. */
export function hostPlaces(): HostPlace[] {
  return rows.flatMap(({ commit: forward, undo: back, ...job }) => [
    ...forward.map((boundary) => ({ ...job, boundary, decision: 'commit' as const })),
    ...back.map((boundary) => ({ ...job, boundary, decision: 'undo' as const })),
  ])
}

/** Every boundary with every fault that can strike there, on one host and on both. */
export function hostPoints(): HostPoint[] {
  return hostPlaces().flatMap((place) =>
    hostFaults.filter((fault) => existsAt(fault, place)).flatMap((fault) => onHosts(place, fault)),
  )
}

function existsAt(fault: HostFault, { boundary, step }: HostPlace): boolean {
  if (absent[boundary.progress][fault] !== undefined) return false
  // A second job is refused by the lock of the fill, which is a point of the fill.
  if (fault === 'second job' && step === 'traffic' && boundary.progress === 'unlocked') return false
  // The process renames to undone at its end: no child of it runs then.
  return !(boundary.host?.word === 'undone' && (fault === 'kill the change' || fault === 'kill both'))
}

function onHosts(place: HostPlace, fault: HostFault): HostPoint[] {
  // A job holds the locks of all its hosts or none, so one that wants them meets the same on one host and on both.
  const numbers = fault === 'second job' ? ([2] as const) : ([1, 2] as const)
  return numbers.map((hosts) => ({ ...place, fault, hosts, name: nameOf({ ...place, fault, hosts }) }))
}

function nameOf({ fault, hosts, ...place }: Omit<HostPoint, 'name'>): string {
  return `${fault} at ${nameOfPlace(place)}, ${hosts === 1 ? 'one host' : 'both'}`
}

/** Such as `the host's phase swap of a release, commit`. */
export function nameOfPlace({ boundary, step, slots, proxy, decision }: HostPlace): string {
  const job = proxy ? `${step === 'api' ? 'fill' : 'switch'} before ${proxy}` : slots ? 'fill' : 'release'
  return `${boundary.name} of a ${job}, ${decision}`
}
