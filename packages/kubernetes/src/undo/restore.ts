import { messageOf } from '@belay/action-kit'
import { createdBy } from '../annotations.ts'
import { ApiError, type KubeObject } from '../api.ts'
import { type Client, orUndefined, undoManager } from '../client.ts'
import { isEqual } from '../compare.ts'
import { restoredManagers } from '../ownership.ts'
import { type ObjectRef, refName } from '../resources.ts'
import { restorePlan, type UndoEntry } from './entry.ts'
import { readSecret } from './store.ts'

/** What became of one object. */
export interface Restored {
  readonly ref: ObjectRef
  /** `foreign`: somebody else changed it, and it was left alone. `failed`: the server refused, or did not answer. */
  readonly result: 'as-before' | 'restored' | 'removed' | 'kept' | 'foreign' | 'failed'
  readonly detail: string
}

type PatchEntry = Extract<UndoEntry, { do: 'patch' }>
type DeleteEntry = Extract<UndoEntry, { do: 'delete' }>

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']

/**
 * Configuration first, so that no old pod starts with the new one; then what runs pods; then the others; last what was
 * created, which new pods may still read.
 */
function waveOf(entry: UndoEntry): number {
  if (entry.do === 'delete') return 3
  if (['ConfigMap', 'Secret'].includes(entry.ref.kind)) return 0
  return workloads.includes(entry.ref.kind) ? 1 : 2
}

/**
 * Restores what a release changed, object by object, as far as it is still as the release left it. May be called again,
 * and after a kill at any point. Never throws.
 */
export async function restoreObjects(
  client: Client,
  namespace: string,
  entries: readonly UndoEntry[],
  signal: AbortSignal,
): Promise<Restored[]> {
  const restored: Restored[] = []
  for (const wave of [0, 1, 2, 3])
    restored.push(
      ...(await Promise.all(
        entries.filter((entry) => waveOf(entry) === wave).map((entry) => restoreOne(client, namespace, entry, signal)),
      )),
    )
  return restored
}

async function restoreOne(client: Client, namespace: string, entry: UndoEntry, signal: AbortSignal): Promise<Restored> {
  const { ref } = entry
  try {
    return entry.do === 'delete'
      ? await removeCreated(client, entry, signal)
      : await restoreChanged(client, namespace, entry, signal)
  } catch (error) {
    return { ref, result: 'failed', detail: messageOf(error) }
  }
}

/** What holds data is never removed. */
const kept = ['PersistentVolumeClaim', 'Namespace']

async function removeCreated(client: Client, entry: DeleteEntry, signal: AbortSignal): Promise<Restored> {
  const { ref, uid, release } = entry
  const live = await orUndefined(client.get(ref.path, {}, signal))
  if (!live || live.metadata.deletionTimestamp !== undefined)
    return { ref, result: live ? 'removed' : 'as-before', detail: 'is not there, as before' }
  const isOurs = uid === undefined ? live.metadata.annotations?.[createdBy] === release : live.metadata.uid === uid
  if (!isOurs) return { ref, result: 'foreign', detail: 'was made anew by somebody else, and is left alone' }
  if (kept.includes(ref.kind))
    return { ref, result: 'kept', detail: 'was created and is kept, because it may hold data' }
  await orUndefined(client.remove(ref.path, { uid: live.metadata.uid ?? '', propagation: 'Background', signal }))
  return { ref, result: 'removed', detail: 'was created, and is removed' }
}

const attempts = 3

async function restoreChanged(
  client: Client,
  namespace: string,
  entry: PatchEntry,
  signal: AbortSignal,
): Promise<Restored> {
  const { ref } = entry
  for (let attempt = 1; ; attempt++) {
    const live = await orUndefined(client.get(ref.path, {}, signal))
    if (!live) return { ref, result: 'foreign', detail: 'was deleted by somebody else' }
    if (live.metadata.uid !== entry.uid)
      return { ref, result: 'foreign', detail: 'was made anew by somebody else, and is left alone' }
    try {
      return await restoreLive(client, entry, live, await formerData(client, namespace, entry, signal), signal)
    } catch (error) {
      // A field was changed between the question and the patch.
      if (!(error instanceof ApiError) || error.status !== 422 || attempt === attempts) throw error
    }
  }
}

async function restoreLive(
  client: Client,
  entry: PatchEntry,
  live: KubeObject,
  former: unknown,
  signal: AbortSignal,
): Promise<Restored> {
  const { ref } = entry
  const { operations, foreign, needs } = restorePlan(entry, live, former)
  if (needs !== undefined)
    return { ref, result: 'failed', detail: `its former data are gone: secret/${needs} does not exist` }
  if (operations.length > 0) await client.patch(ref.path, operations, { manager: undoManager, signal })
  if (foreign.length > 0) return { ref, result: 'foreign', detail: foreignDetail(foreign, live) }
  await giveBackFields(client, entry, signal)
  return operations.length > 0
    ? { ref, result: 'restored', detail: 'is as before' }
    : { ref, result: 'as-before', detail: 'was as before' }
}

async function formerData(
  client: Client,
  namespace: string,
  { fields }: PatchEntry,
  signal: AbortSignal,
): Promise<unknown> {
  const sealed = fields.find((field) => field.sealed)?.sealed
  return sealed && readSecret(client, namespace, sealed.in, signal)
}

function foreignDetail(paths: readonly string[], live: KubeObject): string {
  const last = (live.metadata.managedFields ?? [])
    .filter(({ subresource, manager = '' }) => !subresource && !manager.startsWith('belay'))
    .toSorted((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))
    .at(-1)
  const who = last ? `, last changed by ${last.manager} at ${last.time}` : ''
  return `was changed by somebody else, and that is left alone: ${paths.join(', ')}${who}`
}

/** Controllers write the status of a workload while it changes. */
const managerAttempts = 8

/**
 * Puts back who set which fields: otherwise those who set them before would meet our undo as a conflict. The server takes
 * the list from a request that changes nothing else (docs/research/kubernetes.md#apply-and-patch).
 */
async function giveBackFields(client: Client, entry: PatchEntry, signal: AbortSignal): Promise<void> {
  const { path } = entry.ref
  for (let attempt = 1; attempt <= managerAttempts; attempt++) {
    const { metadata } = await client.get(path, {}, signal)
    const live = metadata.managedFields ?? []
    const wanted = restoredManagers(entry.managers, live)
    if (isEqual(wanted, live)) return
    try {
      await client.patch(
        path,
        [
          { op: 'test', path: '/metadata/uid', value: entry.uid },
          { op: 'test', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
          { op: 'replace', path: '/metadata/managedFields', value: wanted },
        ],
        { manager: undoManager, signal },
      )
      return
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422) throw error
    }
  }
}

/** The command by which a person finishes the undo of an object. */
export function byHand({ kind, name }: ObjectRef, namespace: string, undo: string): string {
  return `kubectl get configmap ${undo} -n ${namespace} -o jsonpath='{.data.${kind.toLowerCase()}\\.${name}\\.json}' > undo.json && kubectl patch ${refName({ kind, name })} -n ${namespace} --type=json --patch-file undo.json`
}
