import { sleep } from '@belay/action-kit'
import type { KubeList, KubeObject, PatchOperation } from '../api.ts'
import { type Client, orUndefined } from '../client.ts'
import { escapePointer } from '../compare.ts'
import { collection, type ObjectRef } from '../resources.ts'
import type { UndoEntry } from '../undo/entry.ts'
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
export async function readyPods(
  client: Client,
  namespace: string,
  selector: Labels,
  slot: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const labelSelector = Object.entries({ ...selector, [slotLabel]: slot })
    .map(([name, value]) => `${name}=${value}`)
    .join(',')
  const { items } = await client.get<KubeList<Pod>>(collection('v1', 'pods', namespace), { labelSelector }, signal)
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
async function endpointsOf(client: Client, namespace: string, service: string, signal: AbortSignal): Promise<string[]> {
  const path = collection('discovery.k8s.io/v1', 'endpointslices', namespace)
  const labelSelector = `kubernetes.io/service-name=${service}`
  const { items } = await client.get<KubeList<EndpointSlice>>(path, { labelSelector }, signal)
  return items.flatMap(({ endpoints }) =>
    (endpoints ?? []).flatMap(({ conditions, targetRef }) =>
      conditions?.ready === false ? [] : (targetRef?.name ?? []),
    ),
  )
}

/** A Service with the pods that its selector leads to, whatever their slot. */
interface LiveService {
  readonly ref: ObjectRef
  readonly live: KubeObject
}

/** The endpoints of a Service that are no ready pods of the slot; undefined: it has endpoints, and all of them are. */
export async function strayEndpoints(
  client: Client,
  namespace: string,
  { ref, live }: LiveService,
  slot: string,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const [endpoints, pods] = await Promise.all([
    endpointsOf(client, namespace, ref.name, signal),
    readyPods(client, namespace, selectorOf(live), slot, signal),
  ])
  const others = endpoints.filter((name) => !pods.includes(name))
  return endpoints.length > 0 && others.length === 0 ? undefined : others
}

/** Nodes follow the endpoints within a second or two; after this time no request goes to the slot that was left. */
const drainMs = 3000
/** How long the endpoints may take to follow a selector before an undo goes on without them. */
const followMs = 10_000
const pauseMs = 100

/**
 * Moves traffic back, as far as it is as the move left it and the slot that it came from still serves (rule 11). Then
 * waits until no request comes to the other slot any more. Never throws.
 */
export async function moveBack(
  client: Client,
  namespace: string,
  move: TrafficMove,
  signal: AbortSignal,
): Promise<Restored[]> {
  const ended = await Promise.all(move.entries.map((entry) => moveServiceBack(client, namespace, entry, move, signal)))
  const restored = ended.flat()
  if (restored.some(isRestored)) await sleep(drainMs, signal)
  return restored
}

const isRestored = ({ result }: Restored) => result === 'restored'

async function moveServiceBack(
  client: Client,
  namespace: string,
  entry: UndoEntry,
  { from, fromNothing }: TrafficMove,
  signal: AbortSignal,
): Promise<Restored[]> {
  const { ref } = entry
  try {
    const live = await orUndefined(client.get(ref.path, {}, signal))
    const isAway = live !== undefined && selectorOf(live)[slotLabel] !== from && !fromNothing
    if (isAway && (await readyPods(client, namespace, selectorOf(live), from, signal)).length === 0)
      return [{ ref, result: 'foreign', detail: `was left as it is: slot ${from} has no ready pod any more` }]
    const restored = await restoreObjects(client, namespace, [entry], signal)
    if (isAway && restored.some(isRestored)) await waitForEndpoints(client, namespace, { ref, live }, from, signal)
    return restored
  } catch (error) {
    return [{ ref, result: 'failed', detail: (error as Error).message }]
  }
}

/** An undo goes on, whatever becomes of the endpoints: so it does not throw. */
async function waitForEndpoints(
  client: Client,
  namespace: string,
  service: LiveService,
  slot: string,
  signal: AbortSignal,
): Promise<void> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(followMs)])
  try {
    while (!inTime.aborted) {
      if ((await strayEndpoints(client, namespace, service, slot, inTime)) === undefined) return
      await sleep(pauseMs, inTime)
    }
  } catch {
    // The traffic is back; only when each node has followed is not known.
  }
}

/** The command by which a person moves the traffic of a Service. */
export function moveByHand(service: string, namespace: string, slot: string): string {
  return `kubectl patch service/${service} -n ${namespace} --type=merge -p '{"spec":{"selector":{"${slotLabel}":"${slot}"}}}'`
}
