import type { KubeObject } from '../api.ts'
import { isReady, type Pod, type Workload } from './objects.ts'
import type { Restarts } from './pod-signs.ts'
import { type Rollout, type WorkloadKind, type WorkloadRef, workloadName } from './rollout.ts'
import type { SeenEvent, Sighting } from './sightings.ts'

export interface FollowedPod {
  readonly pod: Pod
  /** It is deleted, and kept for what it showed. */
  readonly gone: boolean
  /** Restarts that it had when it was first seen. */
  readonly restarts: Restarts
  /** When a container of it was last seen to have ended. */
  readonly endedAt: number | undefined
  /** When it became ready; undefined while it is not, and where it was so before it was first listed. */
  readonly readySince: number | undefined
  readonly sightings: readonly Sighting[]
  /** An autoscaler was asked after for this pod: when, and whether it is adding a node. */
  readonly scaling: { readonly at: number; readonly up: boolean } | undefined
}

/** The template that is being rolled out. */
export interface Revision {
  /** What the label of its pods says. */
  readonly hash: string
  /** The owner of its pods. */
  readonly owner: string
  /** The generation of the workload for which it was found. */
  readonly generation: number
}

export interface FollowedWorkload {
  readonly ref: WorkloadRef
  readonly object: Workload | undefined
  readonly gone: boolean
  readonly rollout: Rollout | undefined
  readonly revision: Revision | undefined
  /** Somebody changed the template after the first revision was found. */
  readonly changed: boolean
  readonly podsListed: boolean
  readonly pods: ReadonlyMap<string, FollowedPod>
  readonly sightings: readonly Sighting[]
  /** When a count last moved towards the end. */
  readonly progressAt: number
  readonly best: Counts
  /** When it was first seen to be done, and how many were available then. */
  readonly completed: { readonly at: number; readonly available: number } | undefined
}

export interface Counts {
  readonly updated: number
  readonly ready: number
  readonly available: number
  readonly old: number
}

/** All that following knows. Plain data: only `observe` makes a new one. */
export interface FollowState {
  readonly startedAt: number
  readonly workloads: ReadonlyMap<string, FollowedWorkload>
  /** Warnings about an object, by its uid. */
  readonly events: ReadonlyMap<string, readonly SeenEvent[]>
}

/** What the cluster says: an object as it is, or a list of all there are. */
export type Observation =
  | { readonly of: 'workload'; readonly kind: WorkloadKind; readonly object: KubeObject; readonly gone?: boolean }
  | { readonly of: 'workloads'; readonly kind: WorkloadKind; readonly objects: readonly KubeObject[] }
  | { readonly of: 'revision'; readonly workload: string; readonly revision: Revision }
  | { readonly of: 'pod'; readonly object: KubeObject; readonly gone?: boolean }
  /** All pods with one of these hashes. */
  | { readonly of: 'pods'; readonly hashes: readonly string[]; readonly objects: readonly KubeObject[] }
  | { readonly of: 'event'; readonly object: KubeObject }
  | { readonly of: 'events'; readonly objects: readonly KubeObject[] }
  | { readonly of: 'scaling'; readonly pod: string; readonly up: boolean }

export function followState(workloads: readonly WorkloadRef[], now: number): FollowState {
  const started = workloads.map((ref): [string, FollowedWorkload] => [
    workloadName(ref),
    {
      ref,
      object: undefined,
      gone: false,
      rollout: undefined,
      revision: undefined,
      changed: false,
      podsListed: false,
      pods: new Map(),
      sightings: [],
      progressAt: now,
      best: { updated: 0, ready: 0, available: 0, old: Number.POSITIVE_INFINITY },
      completed: undefined,
    },
  ])
  return { startedAt: now, workloads: new Map(started), events: new Map() }
}

/** How many new pods are ready. Pure. */
export function readyPods({ pods }: FollowedWorkload): number {
  let ready = 0
  for (const { pod, gone } of pods.values()) if (!gone && isReady(pod)) ready += 1
  return ready
}
