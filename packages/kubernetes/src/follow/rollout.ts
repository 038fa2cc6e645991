import { conditionOf, type Workload } from './objects.ts'
import type { Sign } from './sign.ts'

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job'

export interface WorkloadRef {
  readonly kind: WorkloadKind
  readonly name: string
}

/** `deployment/api`, as kubectl writes it. */
export function workloadName({ kind, name }: WorkloadRef): string {
  return `${kind.toLowerCase()}/${name}`
}

/** How far a rollout is, by the status of its workload. */
export interface Rollout {
  /** The controller has seen the newest spec; before, nothing else in the status counts. */
  readonly observed: boolean
  readonly complete: boolean
  /** Pods that must be new and available. */
  readonly wanted: number
  readonly updated: number
  readonly available: number
  /** Pods of former templates that still run. */
  readonly old: number
}

/**
 * How far a workload's rollout is. Complete is what `kubectl rollout status` takes for it, and for a Job that it ended
 * well. Pure.
 */
export function rolloutOf(kind: WorkloadKind, workload: Workload): Rollout {
  const observed = (workload.status?.observedGeneration ?? 0) >= (workload.metadata.generation ?? 0)
  if (kind === 'Job') return jobRollout(workload)
  const counts = counters[kind](workload)
  const { wanted, updated, available, old } = counts
  return { ...counts, observed, complete: observed && updated >= wanted && available >= wanted && old === 0 }
}

type Counts = Pick<Rollout, 'wanted' | 'updated' | 'available' | 'old'>

const counters: Readonly<Record<Exclude<WorkloadKind, 'Job'>, (workload: Workload) => Counts>> = {
  Deployment({ spec, status = {} }) {
    const updated = status.updatedReplicas ?? 0
    return {
      wanted: spec?.replicas ?? 1,
      updated,
      available: status.availableReplicas ?? 0,
      old: (status.replicas ?? 0) - updated,
    }
  },
  /** Below the partition pods stay old, on purpose; all must be available. */
  StatefulSet({ spec, status = {} }) {
    const replicas = spec?.replicas ?? 1
    const kept = Math.min(replicas, spec?.updateStrategy?.rollingUpdate?.partition ?? 0)
    const updated = status.updatedReplicas ?? 0
    const missing = replicas - (status.availableReplicas ?? 0)
    const wanted = replicas - kept
    // With nothing kept both revisions become one when the last old pod is gone.
    const turning = kept === 0 && replicas > 0 && status.updateRevision !== status.currentRevision
    const old = Math.max(0, (status.replicas ?? 0) - updated - kept)
    return { wanted, updated, available: wanted - missing, old: old === 0 && turning ? 1 : old }
  },
  DaemonSet({ status = {} }) {
    const updated = status.updatedNumberScheduled ?? 0
    return {
      wanted: status.desiredNumberScheduled ?? 0,
      updated,
      available: status.numberAvailable ?? 0,
      old: Math.max(0, (status.currentNumberScheduled ?? 0) - updated),
    }
  },
}

function jobRollout({ spec, status = {} }: Workload): Rollout {
  const complete = conditionOf(status.conditions, 'Complete')?.status === 'True'
  const updated = (status.active ?? 0) + (status.succeeded ?? 0)
  return { observed: true, complete, wanted: spec?.completions ?? 1, updated, available: status.succeeded ?? 0, old: 0 }
}

/** What the status of a workload says against its rollout. Only what belongs to the newest spec counts. Pure. */
export function workloadSigns(kind: WorkloadKind, workload: Workload): Sign[] {
  const { spec, status } = workload
  if (kind === 'Job') return jobSigns(workload)
  if (spec?.paused) return [{ word: 'paused', message: '' }]
  if (spec?.updateStrategy?.type === 'OnDelete') return [{ word: 'on-delete', message: '' }]
  if (!rolloutOf(kind, workload).observed) return []
  const signs: Sign[] = []
  const failure = conditionOf(status?.conditions, 'ReplicaFailure')
  if (failure?.status === 'True') signs.push({ word: failure.reason ?? '', message: failure.message ?? '' })
  const progress = conditionOf(status?.conditions, 'Progressing')
  if (progress?.status === 'False') signs.push({ word: progress.reason ?? '', message: progress.message ?? '' })
  return signs
}

function jobSigns({ spec, status }: Workload): Sign[] {
  // Kubernetes sets FailureTarget as soon as it has decided, and Failed once the pods are gone.
  const failed = ['FailureTarget', 'Failed'].map((type) => conditionOf(status?.conditions, type))
  const found = failed.find((condition) => condition?.status === 'True')
  if (found) {
    const word = found.reason === 'DeadlineExceeded' ? found.reason : 'kubernetes-job-failed'
    return [{ word, message: [found.reason, found.message].filter(Boolean).join(': ') }]
  }
  return spec?.suspend ? [{ word: 'suspended', message: '' }] : []
}
