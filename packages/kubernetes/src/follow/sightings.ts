import { type ClusterEvent, countOf } from './objects.ts'
import { type Reason, reasonFor } from './reasons.ts'
import type { Sign } from './sign.ts'

/** A reason that was seen: when first, and how often. */
export interface Sighting {
  readonly reason: Reason
  readonly sign: Sign
  /** Seconds. */
  readonly since: number
  readonly times: number
  /** Whether it is so now. */
  readonly present: boolean
}

export interface SeenEvent {
  readonly event: ClusterEvent
  /** When it was seen first, and last. */
  readonly since: number
  readonly last: number
  /** It was there at the start, so that it may be of an earlier release. */
  readonly earlier: boolean
}

/** The sightings of one place after it says this. The same word again after another one is another sight. */
export function seenNow(
  before: readonly Sighting[],
  at: Reason['at'],
  signs: readonly Sign[],
  now: number,
): Sighting[] {
  const others = before.filter(({ reason }) => reason.at !== at)
  const own = new Map(before.filter(({ reason }) => reason.at === at).map((one) => [keyOf(one.reason, one.sign), one]))
  const next = new Map([...own].map(([key, one]) => [key, { ...one, present: false }]))
  for (const sign of signs) {
    const reason = reasonFor(at, sign)
    if (!reason) continue
    const key = keyOf(reason, sign)
    const known = own.get(key)
    const again = !known?.present || (known.sign.word !== sign.word && sign.word === reason.words[0])
    next.set(key, {
      reason,
      sign,
      since: known?.present ? known.since : now,
      times: sign.times ?? (known?.times ?? 0) + (again ? 1 : 0),
      present: true,
    })
  }
  return [...others, ...next.values()]
}

function keyOf({ code, what }: Reason, { container = '' }: Sign): string {
  return `${container} ${code} ${what}`
}

export function eventSighting(at: 'event' | 'workload', { event, since }: SeenEvent): Sighting[] {
  const sign: Sign = { word: event.reason ?? '', message: event.message ?? '' }
  const reason = reasonFor(at, sign)
  return reason ? [{ reason, sign, since, times: countOf(event), present: true }] : []
}
