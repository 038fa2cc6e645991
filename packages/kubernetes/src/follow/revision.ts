import type { ApiReader, KubeList, KubeObject } from '../api.ts'
import type { LabelSelector, Workload } from './objects.ts'
import type { WorkloadRef } from './rollout.ts'
import type { Revision } from './state.ts'

/**
 * The revision that a Deployment or DaemonSet is rolling out, of those that it owns. The highest is the one: a controller
 * that goes back to a former template gives its ReplicaSet a new number before it reports the generation as observed.
 * (docs/research/kubernetes.md#rollouts). Undefined where there is none yet.
 */
export async function findRevision(
  api: ApiReader,
  namespace: string,
  { kind }: WorkloadRef,
  workload: Workload,
  signal: AbortSignal,
): Promise<Revision | undefined> {
  const path = `/apis/apps/v1/namespaces/${namespace}/${kind === 'DaemonSet' ? 'controllerrevisions' : 'replicasets'}`
  const query = { labelSelector: selectorText(workload.spec?.selector) }
  const { items } = await api.get<KubeList>(path, query, signal)
  return newestRevision(kind, workload, items)
}

/** The newest revision of those that the workload owns. Pure. */
export function newestRevision(
  kind: WorkloadRef['kind'],
  workload: Workload,
  objects: readonly KubeObject[],
): Revision | undefined {
  const { uid, generation = 0 } = workload.metadata
  const own = objects.filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
  const [newest] = own.sort((a, b) => numberOf(kind, b) - numberOf(kind, a))
  const hash = newest?.metadata.labels?.[hashLabel[kind]]
  // The pods of a Deployment belong to its ReplicaSet, those of a DaemonSet to itself.
  const owner = kind === 'DaemonSet' ? uid : newest?.metadata.uid
  return hash === undefined || owner === undefined ? undefined : { hash, owner, generation }
}

/** The label of a pod that holds the hash of its template. */
export const hashLabel: Readonly<Record<WorkloadRef['kind'], string>> = {
  Deployment: 'pod-template-hash',
  StatefulSet: 'controller-revision-hash',
  DaemonSet: 'controller-revision-hash',
  Job: 'job-name',
}

function numberOf(kind: WorkloadRef['kind'], object: KubeObject): number {
  if (kind === 'DaemonSet') return Number(object.revision ?? 0)
  return Number(object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0)
}

/** A selector as a query has it. Pure. */
export function selectorText(selector: LabelSelector = {}): string {
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`
  })
  return [...labels, ...expressions].join(',')
}
