import type { Pod } from './objects.ts'
import type { FollowedPod, FollowedWorkload } from './state.ts'

/** A container that ended may end again: until so many seconds later its workload is not complete. */
const afterEndSeconds = 10
/**
 * Without a readiness probe a container counts as ready the moment it starts: so long it must then run
 * (docs/research/kubernetes.md#containers).
 */
const withoutProbeSeconds = 5

/** Whether a workload's rollout is complete, its new pods were looked at, and none of them is to be doubted yet. Pure. */
export function isDone(workload: FollowedWorkload | undefined, now: number): boolean {
  if (!workload?.rollout?.complete || workload.gone || workload.changed) return false
  if (workload.ref.kind === 'Job' || workload.rollout.wanted === 0) return true
  if (!workload.podsListed) return false
  const runs = workload.object?.spec?.minReadySeconds ?? 0
  for (const pod of workload.pods.values()) if (!pod.gone && isDoubtful(pod, runs, now)) return false
  return true
}

function isDoubtful({ pod, endedAt, readySince }: FollowedPod, minReadySeconds: number, now: number): boolean {
  if (endedAt !== undefined && now - endedAt < afterEndSeconds) return true
  if (readySince === undefined || minReadySeconds >= withoutProbeSeconds || hasProbes(pod)) return false
  return now - readySince < withoutProbeSeconds
}

function hasProbes({ spec }: Pod): boolean {
  return (spec?.containers ?? []).every(({ readinessProbe }) => readinessProbe !== undefined)
}
