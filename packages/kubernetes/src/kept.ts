import { gunzipSync, gzipSync } from 'node:zlib'
import { Failure } from '@belay/action-kit'
import { annotation } from './annotations.ts'
import type { KubeObject } from './api.ts'
import { type Client, orUndefined } from './client.ts'
import type { CommitRecord, LeasePlace } from './lease.ts'
import { collection, type ObjectRef } from './resources.ts'
import { createOrReplace, largestConfigMap } from './undo/store.ts'

/** An object of a kept release. Of a Secret there is only its name. */
export interface KeptObject {
  readonly ref: ObjectRef
  /** Of the very object that was there when the release was committed. */
  readonly uid?: string
  /** As it was applied. */
  readonly apply?: KubeObject
  /** Where only images were set: the image of each container. */
  readonly images?: Readonly<Record<string, string>>
}

/** An object that a release dropped: this very one. */
export interface DroppedObject {
  readonly ref: ObjectRef
  readonly uid: string
}

/** A committed release as it lies in the namespace: a rollback applies it again. */
export interface KeptRelease extends CommitRecord {
  readonly objects: readonly KeptObject[]
  /** What it dropped. Where that could not be deleted, the next release tries again. */
  readonly dropped: readonly DroppedObject[]
  /** Where Helm released it: it has no objects of its own, and Helm keeps them under this revision. */
  readonly chart?: { readonly name: string; readonly revision: number }
}

/** What the Lease records of a kept release. */
export function recordOf({ objects: _, dropped: __, chart: ___, ...record }: KeptRelease): CommitRecord {
  return record
}

/** A kept release, and the number of its ConfigMap. */
export interface KeptSlot {
  readonly slot: number
  readonly kept: KeptRelease
}

/** Numbers, and not the releases' ids: so a role can name the only ConfigMaps that Belay reads and deletes. */
export const keptName = (lease: string, slot: number) => `${lease}-kept-${slot}`

const file = 'release.json.gz'

interface KeptMap extends KubeObject {
  readonly binaryData?: Readonly<Record<string, string>>
}

const pathOf = ({ namespace, name }: LeasePlace, slot: number) =>
  `${collection('v1', 'configmaps', namespace)}/${keptName(name, slot)}`

/** A release as text that a ConfigMap and a journal can hold. Pure. */
export function packRelease(kept: KeptRelease): string {
  return gzipSync(JSON.stringify(kept)).toString('base64')
}

/** @throws Error where the text is not a release */
export function unpackRelease(text: string): KeptRelease {
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as KeptRelease
}

/** The kept releases, those beyond `keep` included, which an earlier and larger `keep-releases` left. */
export async function readKept(
  client: Client,
  place: LeasePlace,
  keep: number,
  warn: (text: string) => void,
): Promise<KeptSlot[]> {
  // A role for fewer releases does not grant those beyond.
  const beyond = (slot: number) => readSlot(client, place, slot, () => {}).catch(() => undefined)
  const [within, first] = await Promise.all([
    Promise.all(Array.from({ length: keep }, (_, slot) => readSlot(client, place, slot, warn))),
    beyond(keep),
  ])
  const found = within.flatMap((one) => one ?? [])
  for (let [next, slot] = [first, keep]; next; next = await beyond(++slot)) found.push(next)
  return found
}

async function readSlot(
  client: Client,
  place: LeasePlace,
  slot: number,
  warn: (text: string) => void,
): Promise<KeptSlot | undefined> {
  const found = await orUndefined(client.get<KeptMap>(pathOf(place, slot)))
  if (!found) return undefined
  try {
    return { slot, kept: unpackRelease(found.binaryData?.[file] ?? '') }
  } catch {
    warn(`configmap/${keptName(place.name, slot)} is not a release that Belay can read: it is not used, and replaced.`)
    return undefined
  }
}

/** @throws Failure `source` where the release is too large for a ConfigMap */
export async function storeKept(client: Client, place: LeasePlace, slot: number, kept: KeptRelease): Promise<void> {
  const packed = packRelease(kept)
  if (packed.length > largestConfigMap)
    throw new Failure(
      'source',
      `The release has more than ${largestConfigMap / 1000} kB, which a ConfigMap cannot hold.`,
    )
  const { release, version, at } = kept
  const annotations = { [annotation('kept')]: release, [annotation('version')]: version, [annotation('at')]: at }
  await createOrReplace(client, collection('v1', 'configmaps', place.namespace), {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: keptName(place.name, slot), namespace: place.namespace, annotations },
    binaryData: { [file]: packed },
  })
}

export async function removeKept(client: Client, place: LeasePlace, slot: number): Promise<void> {
  await orUndefined(client.remove(pathOf(place, slot)))
}
