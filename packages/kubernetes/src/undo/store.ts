import { Failure } from '@belay/action-kit'
import { ApiError, type KubeObject, type PatchOperation } from '../api.ts'
import { type Client, orUndefined } from '../client.ts'
import type { SavedChart } from '../helm/undo-plan.ts'
import type { LeasePlace } from '../lease.ts'
import { collection } from '../resources.ts'
import type { SlotFill, TrafficMove } from '../slots/move.ts'
import { patchByHand, patchKey, type UndoEntry } from './entry.ts'

/** What undoes a release, as it lies in the cluster: for the next release where this job's runner is lost. */
export interface UndoRecord {
  readonly release: string
  /** The state of the Lease before it. */
  readonly stateBefore: string
  readonly entries: readonly UndoEntry[]
  /** With slots: where the release was filled, and the traffic that was moved there. */
  readonly fill?: SlotFill
  readonly traffic?: TrafficMove
  /** Where Helm released it, Helm undoes it, and the entries say what is compared then. */
  readonly chart?: SavedChart
}

export const undoName = (lease: string) => `${lease}-undo`
/** The Secret that holds the former data of the object with this number. */
export const beforeName = (lease: string, index: number) => `${lease}-before-${index}`

/** In bytes: a ConfigMap may have 1 MiB. */
export const largestConfigMap = 900_000

const configMaps = (namespace: string) => collection('v1', 'configmaps', namespace)
const secrets = (namespace: string) => collection('v1', 'secrets', namespace)

/**
 * Writes the undo to a ConfigMap, with the patch of each object for a person. @throws Failure `source` where the set is
 * too large for one
 */
export async function storeUndo(client: Client, { namespace, name }: LeasePlace, record: UndoRecord): Promise<void> {
  const patches = record.entries.flatMap((entry) => {
    const patch = entry.do === 'patch' && !record.chart ? patchByHand(entry) : undefined
    return patch ? [[patchKey(entry.ref), JSON.stringify(patch)] as const] : []
  })
  const data = { 'undo.json': JSON.stringify(record), ...Object.fromEntries(patches) }
  if (Buffer.byteLength(JSON.stringify(data)) > largestConfigMap)
    throw new Failure(
      'source',
      `The undo of this release has more than ${largestConfigMap / 1000} kB, which a ConfigMap cannot hold. Nothing was changed.`,
      'release the objects in several steps, or move large data out of ConfigMaps.',
    )
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: undoName(name), namespace }, data }
  await createOrReplace(client, configMaps(namespace), body)
}

/** Writes an object of Belay's own. One that is there gets its content. */
export async function createOrReplace(client: Client, path: string, body: KubeObject): Promise<void> {
  try {
    await client.create(path, body)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error
    const { data, binaryData, metadata } = body
    const content = { '/metadata/annotations': metadata.annotations, '/data': data, '/binaryData': binaryData }
    const operations = Object.entries(content).flatMap(([at, value]): PatchOperation[] =>
      value === undefined ? [] : [{ op: 'add', path: at, value }],
    )
    await client.patch(`${path}/${metadata.name}`, operations)
  }
}

/** The undo that a job left in the cluster; undefined where there is none. */
export async function readUndo(client: Client, { namespace, name }: LeasePlace): Promise<UndoRecord | undefined> {
  const path = `${configMaps(namespace)}/${undoName(name)}`
  const found = await orUndefined(client.get<KubeObject & { data?: Record<string, string> }>(path))
  const text = found?.data?.['undo.json']
  return text === undefined ? undefined : (JSON.parse(text) as UndoRecord)
}

/** Copies the data of a Secret to one of Belay's: they leave the cluster at no time. */
export async function storeSecret(client: Client, namespace: string, name: string, before: KubeObject): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data: before.data ?? {} }
  await createOrReplace(client, secrets(namespace), body)
}

/** The former data of a Secret; undefined where they are gone. */
export async function readSecret(
  client: Client,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<unknown> {
  const found = await orUndefined(client.get(`${secrets(namespace)}/${name}`, {}, signal))
  return found?.data
}

/** Removes all that was stored for an undo, and the Job that would have moved the traffic back. */
export async function removeUndo(
  client: Client,
  place: LeasePlace,
  { entries, fill }: Pick<UndoRecord, 'entries' | 'fill'>,
): Promise<void> {
  const sealed = entries
    .flatMap((entry) => (entry.do === 'patch' ? entry.fields : []))
    .flatMap(({ sealed: one }) => one?.in ?? [])
  // Only a switch that joined a fill has started one.
  const job = fill && (await readUndo(client, place))?.traffic?.confirmJob
  // First: where it is stands in what is removed next.
  if (job) await orUndefined(client.remove(job.path, { propagation: 'Background' }))
  await orUndefined(client.remove(`${configMaps(place.namespace)}/${undoName(place.name)}`))
  for (const name of sealed) await orUndefined(client.remove(`${secrets(place.namespace)}/${name}`))
}
