import {
  type CommitRecord,
  type DroppedObject,
  type Image,
  type KeptObject,
  type KeptRelease,
  type KeptSlot,
  type ObjectRef,
  packRelease,
  recordOf,
  type SlotFill,
  slotOfObject,
  type UndoEntry,
  unpackRelease,
  withImages,
} from '@belay/kubernetes'
import type { DesiredObject } from './desired.ts'

/** What the commit of a release records, keeps and deletes. Lies in the journal; holds no secret. */
export interface Keeping {
  /** What the Lease says from then on. */
  readonly record: CommitRecord
  /** The ConfigMaps that are written, by their numbers. The first is that of the release itself. */
  readonly writes: readonly { readonly slot: number; readonly packed: string }[]
  /** Those that are removed. */
  readonly removed: readonly number[]
  readonly dropped: readonly DroppedObject[]
}

/** What the release has of each object, as a rollback needs it. Of a Secret it is the name. Pure. */
export function keptObjects(desired: readonly DesiredObject[]): KeptObject[] {
  return desired.map(({ ref, send }) => {
    if ('patch' in send) return { ref, images: send.images }
    return ref.kind === 'Secret' ? { ref } : { ref, apply: send.apply }
  })
}

/** The objects of the release before, with the images of one that sets nothing else. Pure. */
export function withNewImages(
  before: readonly KeptObject[],
  desired: readonly DesiredObject[],
  images: readonly Image[],
): KeptObject[] {
  const changed = keptObjects(desired)
  const now = before.map((one): KeptObject => {
    if (one.apply) return { ...one, apply: withImages(one.apply, images) }
    const same = changed.find(({ ref }) => nameOf(ref) === nameOf(one.ref))
    return one.images ? { ...one, images: { ...one.images, ...same?.images } } : one
  })
  const known = new Set(before.map(({ ref }) => nameOf(ref)))
  return [...now, ...changed.filter(({ ref }) => !known.has(nameOf(ref)))]
}

/** Which release lies where after the commit: the newest ones, at most `keep`, in the ConfigMaps from 0 on. Pure. */
export function placeKept(
  kept: readonly KeptSlot[],
  release: string,
  keep: number,
): { slot: number; stay: readonly KeptSlot[]; moved: readonly KeptSlot[]; leave: readonly KeptSlot[] } {
  const others = kept
    .filter((one) => one.kept.release !== release)
    .toSorted((a, b) => b.kept.at.localeCompare(a.kept.at))
  const stay = others.slice(0, keep - 1)
  const taken = new Set(stay.map(({ slot }) => slot))
  const free = Array.from({ length: keep }, (_, slot) => slot).filter((slot) => !taken.has(slot))
  // An earlier and larger `keep-releases` has left them beyond the last number.
  const moved = stay.filter(({ slot }) => slot >= keep).map((one) => ({ ...one, slot: free.pop() as number }))
  const own = kept.find((one) => one.kept.release === release && free.includes(one.slot))
  return { slot: own?.slot ?? (free[0] as number), stay, moved, leave: others.slice(keep - 1) }
}

/** What holds data, or what more than one service may need, is never deleted. */
const neverDropped = ['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition']

/** With slots the pods of the former release go on, and start again with what they need. */
const neededByPods = ['Secret', 'ConfigMap', 'ServiceAccount']

/**
 * The objects that the release before had and this one has not. A Secret is one only once no kept release names it: a
 * rollback could not bring it back. With slots that holds for all that pods start with, and what earlier releases left in
 * the slot that this one fills is dropped, too. Pure.
 */
export function droppedObjects(
  release: Pick<KeptRelease, 'objects'>,
  before: KeptRelease | undefined,
  leave: readonly KeptRelease[],
  stay: readonly KeptRelease[],
  fill?: Pick<SlotFill, 'active' | 'idle'>,
): DroppedObject[] {
  if (!before) return []
  const names = (releases: readonly Pick<KeptRelease, 'objects'>[]) =>
    new Set(releases.flatMap(({ objects }) => objects.map(({ ref }) => nameOf(ref))))
  const isLasting = ({ ref }: { ref: ObjectRef }) => (fill ? neededByPods : ['Secret']).includes(ref.kind)
  const wanted = names([release])
  const wantedByKept = names([release, ...stay])
  const slotOf = ({ apply }: KeptObject) => apply && slotOfObject(apply)
  const inSlot = (one: KeptObject) => fill !== undefined && slotOf(one) === fill.idle
  const found = [
    // The slot that had traffic stays as it is, until a release fills it.
    ...before.objects.filter((one) => one.images === undefined && !(fill && slotOf(one) === fill.active)),
    ...[...leave, ...stay].flatMap(({ objects }) => objects.filter(inSlot)),
    ...before.dropped,
    ...leave.flatMap(({ objects }) => objects.filter(isLasting)),
  ].flatMap(({ ref, uid }): DroppedObject[] => (uid === undefined ? [] : [{ ref, uid }]))
  const dropped = found.filter(
    (one) => !neverDropped.includes(one.ref.kind) && !(isLasting(one) ? wantedByKept : wanted).has(nameOf(one.ref)),
  )
  return [...new Map(dropped.map((one) => [one.uid, one])).values()]
}

/** What commit does. Pure. */
export function planKeeping(
  release: KeptRelease,
  { slot, moved }: Pick<ReturnType<typeof placeKept>, 'slot' | 'moved'>,
  kept: readonly KeptSlot[],
  keep: number,
): Keeping {
  return {
    record: recordOf(release),
    writes: [
      { slot, packed: packRelease(release) },
      ...moved.map((one) => ({ slot: one.slot, packed: packRelease(one.kept) })),
    ],
    removed: kept.filter((one) => one.slot >= keep).map((one) => one.slot),
    dropped: release.dropped,
  }
}

/** The release as it is kept: with the objects that were there at its commit. Pure. */
export function withUids(packed: string, entries: readonly UndoEntry[]): KeptRelease {
  const kept = unpackRelease(packed)
  const uids = new Map(entries.map(({ ref, uid }) => [ref.path, uid]))
  return {
    ...kept,
    objects: kept.objects.map((one) => {
      const uid = uids.get(one.ref.path) ?? one.uid
      return { ...one, ...(uid !== undefined && { uid }) }
    }),
  }
}

/** An object, whatever version of its kind it was given in. */
function nameOf({ apiVersion, kind, name }: ObjectRef): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
  return `${group} ${kind} ${name}`
}
