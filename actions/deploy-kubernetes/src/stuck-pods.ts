import { messageOf, sleep } from '@belay/action-kit'
import type { Client, KubeList, KubeObject, WorkloadRef } from '@belay/kubernetes'
import { collection, orUndefined } from '@belay/kubernetes'

const pauseMs = 1000
const hashLabel = 'controller-revision-hash'

interface StatefulSet extends KubeObject {
  readonly status?: { readonly updateRevision?: string; readonly observedGeneration?: number }
}
interface Pod extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

/**
 * A StatefulSet waits for ever for a pod that never gets ready, also after its template is the old one again: pods of
 * another revision that are not ready are deleted, one at a time, the highest first. Never throws.
 */
export async function removeStuckPods(
  client: Client,
  namespace: string,
  workloads: readonly WorkloadRef[],
  signal: AbortSignal,
  info: (text: string) => void,
): Promise<void> {
  const sets = workloads.filter(({ kind }) => kind === 'StatefulSet')
  while (sets.length > 0 && !signal.aborted) {
    try {
      for (const { name } of sets) await removeOne(client, namespace, name, info)
    } catch (error) {
      info(`A stuck pod could not be removed: ${messageOf(error)}`)
    }
    await sleep(pauseMs, signal)
  }
}

async function removeOne(client: Client, namespace: string, name: string, info: (text: string) => void): Promise<void> {
  const set = await orUndefined(client.get<StatefulSet>(`${collection('apps/v1', 'statefulsets', namespace)}/${name}`))
  const { updateRevision, observedGeneration = 0 } = set?.status ?? {}
  // Until the controller has seen the patch, it names the revision that was undone.
  if (!set || updateRevision === undefined || observedGeneration < (set.metadata.generation ?? 0)) return
  const path = collection('v1', 'pods', namespace)
  const { items } = await client.get<KubeList<Pod>>(path, { labelSelector: hashLabel })
  const own = items.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === set.metadata.uid))
  if (own.some(({ metadata }) => metadata.deletionTimestamp !== undefined)) return
  const ordinal = ({ metadata }: Pod) => Number(metadata.name.slice(name.length + 1))
  const [stuck] = own
    .filter(({ metadata, status }) => {
      const ready = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True')
      return metadata.labels?.[hashLabel] !== updateRevision && !ready
    })
    .toSorted((a, b) => ordinal(b) - ordinal(a))
  if (!stuck) return
  info(`pod/${stuck.metadata.name} is of the undone revision and not ready: it is deleted.`)
  await orUndefined(client.remove(`${path}/${stuck.metadata.name}`, { uid: stuck.metadata.uid ?? '' }))
}
