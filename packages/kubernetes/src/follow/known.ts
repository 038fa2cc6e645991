import { isReady } from './objects.ts'
import { hasStarted } from './pod-signs.ts'
import { eventSighting, type Sighting } from './sightings.ts'
import type { FollowedPod, FollowedWorkload, FollowState } from './state.ts'

/** What is known of a pod, with its events. An event about a mount is over once a container of the pod ran. Pure. */
export function sightingsOfPod({ pod, gone, sightings }: FollowedPod, { events }: FollowState): Sighting[] {
  const seen = latestOfEach((events.get(pod.metadata.uid ?? '') ?? []).flatMap((one) => eventSighting('event', one)))
  const open = seen.filter(({ sign }) => (sign.word === 'Unhealthy' ? !isReady(pod) : !hasStarted(pod)))
  return [...sightings, ...open.map((one) => ({ ...one, present: !gone }))]
}

/**
 * What is known of a workload itself, with its events. One that was there at the start may be of an earlier release, and
 * one from before the last progress is over. Pure.
 */
export function sightingsOfWorkload({ object, sightings, progressAt }: FollowedWorkload, { events }: FollowState) {
  const seen = (events.get(object?.metadata.uid ?? '') ?? []).filter(
    ({ earlier, last }) => !earlier && last >= progressAt,
  )
  const open = latestOfEach(seen.flatMap((one) => eventSighting('workload', one)))
  return [...sightings, ...open.map((one) => ({ ...one, since: Math.max(one.since, progressAt) }))]
}

/** The newest message of each reason, since its oldest. Events come in the order in which they were last seen. */
function latestOfEach(sightings: readonly Sighting[]): Sighting[] {
  const ofReason = Map.groupBy(sightings, ({ reason }) => reason)
  return [...ofReason.values()].flatMap((all) => {
    const latest = all.at(-1)
    return latest ? [{ ...latest, since: Math.min(...all.map(({ since }) => since)) }] : []
  })
}
