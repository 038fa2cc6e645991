import { sleep } from '@belay/action-kit'
import type { KubeList, KubeObject, PatchOperation } from '../api.ts'
import { type Client, orUndefined } from '../client.ts'
import { escapePointer } from '../compare.ts'
import { collection, type ObjectRef } from '../resources.ts'
import { type Restored, restoreObjects } from '../undo/restore.ts'
import type { TrafficMove } from './move.ts'
import { type Labels, selectorOf, slotLabel } from './slot-set.ts'

/** Where Services lead, by their names; undefined for one that is not there. */
export async function slotsOfServices(
  client: Client,
  namespace: string,
  services: readonly string[],
): Promise<
  readonly { readonly ref: ObjectRef; readonly live: KubeObject | undefined; readonly slot: string | undefined }[]
> {
  return Promise.all(
    services.map(async (name) => {
      const ref = serviceRef(namespace, name)
      const live = await orUndefined(client.get(ref.path))
      return { ref, live, slot: live && selectorOf(live)[slotLabel] }
    }),
  )
}

function serviceRef(namespace: string, name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Service', name, path: `${collection('v1', 'services', namespace)}/${name}` }
}

/** The one patch that moves the traffic of a Service, if it still leads where it did. Pure. */
export function movePatch(uid: string, from: string, to: string): PatchOperation[] {
  const path = `/spec/selector/${escapePointer(slotLabel)}`
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path, value: from },
    { op: 'replace', path, value: to },
  ]
}

interface Pod extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

/** The ready pods to which a selector would lead with this slot. */
export async function readyPods(client: Client, namespace: string, selector: Labels, slot: string): Promise<string[]> {
  const labelSelector = Object.entries({ ...selector, [slotLabel]: slot })
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
  const { items } = await client.get<KubeList<Pod>>(collection('v1', 'pods', namespace), { labelSelector })
  return items
    .filter(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined &&
        status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    )
    .map(({ metadata }) => metadata.name)
}

interface EndpointSlice extends KubeObject {
  readonly endpoints?:
    | readonly {
        readonly conditions?: { readonly ready?: boolean }
        readonly targetRef?: { readonly name?: string }
      }[]
    | null
}

/** The pods that a Service really leads to, as its EndpointSlices say. */
export async function endpointsOf(client: Client, namespace: string, service: string): Promise<string[]> {
  const path = collection('discovery.k8s.io/v1', 'endpointslices', namespace)
  const { items } = await client.get<KubeList<EndpointSlice>>(path, {
    labelSelector: `kubernetes.io/service-name=${service}`,
  })
  return items.flatMap(({ endpoints }) =>
    (endpoints ?? []).flatMap(({ conditions, targetRef }) =>
      conditions?.ready === false ? [] : (targetRef?.name ?? []),
    ),
  )
}

/** Nodes learn within a second or two where a Service leads; after this time no request goes to the slot that was left. */
const drainMs = 3000

/**
 * Moves traffic back, as far as it is as the move left it and the slot that it came from still serves (rule 11). Then
 * waits until no request comes to the other slot any more. Never throws.
 */
export async function moveBack(
  client: Client,
  namespace: string,
  { from, entries, fromNothing }: TrafficMove,
  signal: AbortSignal,
): Promise<Restored[]> {
  const ended = await Promise.all(
    entries.map(async (entry): Promise<Restored[]> => {
      const { ref } = entry
      try {
        const live = await orUndefined(client.get(ref.path, {}, signal))
        const isThere = live !== undefined && selectorOf(live)[slotLabel] !== from
        if (isThere && !fromNothing && (await readyPods(client, namespace, selectorOf(live), from)).length === 0)
          return [{ ref, result: 'foreign', detail: `was left as it is: slot ${from} has no ready pod any more` }]
      } catch (error) {
        return [{ ref, result: 'failed', detail: (error as Error).message }]
      }
      return restoreObjects(client, namespace, [entry], signal)
    }),
  )
  const restored = ended.flat()
  if (restored.some(({ result }) => result === 'restored')) await sleep(drainMs, signal)
  return restored
}

/** The command by which a person moves the traffic of a Service. */
export function moveByHand(service: string, namespace: string, slot: string): string {
  return `kubectl patch service/${service} -n ${namespace} --type=merge -p '{"spec":{"selector":{"${slotLabel}":"${slot}"}}}'`
}
