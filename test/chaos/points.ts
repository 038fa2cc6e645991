import { boundaries, slotBoundaries } from '../../actions/deploy-ssh/src/plan.ts'

export const faults = ['kill', 'cancel', 'cut', 'lose-runner'] as const
export type Fault = (typeof faults)[number]

/** One fault at one boundary of a release on two hosts. */
export interface Point {
  readonly name: string
  readonly stage: 'main' | 'post'
  /** The line of journal or record at which the action is held. */
  readonly match: Record<string, unknown>
  /** Held when the first host comes there, or when both have come. */
  readonly nth: 1 | 2
  readonly fault: Fault
  /** How many hosts' connections are cut. */
  readonly hosts: 1 | 2
  /** The service lives in two slots, and the idle one is filled. */
  readonly slots: boolean
}

/** Boundaries that every host crosses by itself; the others are crossed once for all. */
const perHost = new Set(['upload', 'prepare', 'switch', 'swap', 'fill', 'link', 'restart', 'check'])

/** Every boundary of deploy-ssh, its post's included, with every fault, on one host and on both. */
export function allPoints(): Point[] {
  // Until everything is uploaded, a release with slots crosses the same boundaries as one without.
  const filling = slotBoundaries.slice(slotBoundaries.indexOf('fill'))
  return [...pointsAt(boundaries, false), ...pointsAt(filling, true)]
}

function pointsAt(phases: readonly string[], slots: boolean): Point[] {
  const main = phases.map((phase) => ({
    stage: 'main' as const,
    match: { event: 'phase', phase },
    twice: perHost.has(phase),
  }))
  const post = ['decided', 'settled', 'result'].map((event) => ({
    stage: 'post' as const,
    match: { event },
    twice: event === 'settled',
  }))
  return [...main, ...post].flatMap(({ stage, match, twice }) =>
    faults.flatMap((fault) =>
      ([1, 2] as const)
        // Where nothing tells one host from both (no boundary of its own, no connection of its own), one point is all.
        .filter((hosts) => hosts === 1 || twice || fault === 'cut')
        .map((hosts) => ({
          name: `${fault} at ${stage} ${'phase' in match ? match.phase : match.event}, ${hosts === 1 ? 'one host' : 'both'}${slots ? ', with slots' : ''}`,
          stage,
          match,
          nth: twice ? hosts : (1 as const),
          fault,
          hosts,
          slots,
        })),
    ),
  )
}

/** A sample that the seed alone decides (mulberry32). */
export function sample<T>(all: readonly T[], count: number, seed: number): T[] {
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return all
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ item }) => item)
}
