import { createHash } from 'node:crypto'
import type { KubeObject, ManagedFields, PatchOperation } from '../api.ts'
import { changesBetween, escapePointer, isEqual, valueAt } from '../compare.ts'
import { canonical } from '../configuration.ts'
import type { ObjectRef } from '../resources.ts'

/** A field that was changed: what we left there, and what was there before. A side without the field has no value. */
export interface SavedField {
  readonly path: string
  readonly left?: unknown
  readonly saved?: unknown
  /** Of a Secret: only digests stand here. The former data lie in a Secret of the cluster, of this name. */
  readonly sealed?: { readonly left: string; readonly in: string }
}

/** How one object is undone. Pure data: it lies in the journal and in the cluster. */
export type UndoEntry =
  | {
      readonly do: 'patch'
      readonly ref: ObjectRef
      readonly uid: string
      readonly fields: readonly SavedField[]
      readonly managers: readonly ManagedFields[]
    }
  /** Created by the release; without a `uid` the request may not have arrived, and its annotation says whose it is. */
  | { readonly do: 'delete'; readonly ref: ObjectRef; readonly uid?: string; readonly release: string }

/**
 * What undoes a change of an object, as the server announced it. A Secret's data are one value, of which only a digest is
 * written down. Pure.
 */
export function entryFor(ref: ObjectRef, before: KubeObject, after: KubeObject, sealedIn: string): UndoEntry {
  const changes = changesBetween(before, after)
  const isSecret = ref.kind === 'Secret'
  const ofData = ({ path }: { path: string }) => isSecret && /^\/(data|stringData)(\/|$)/.test(path)
  const plain = changes
    .filter((change) => !ofData(change))
    .map(({ path, before: saved, after: left }) => ({
      path,
      ...(left !== undefined && { left }),
      ...(saved !== undefined && { saved }),
    }))
  const sealed = { path: '/data', sealed: { left: digestOfValue(after.data), in: sealedIn } }
  return {
    do: 'patch',
    ref,
    uid: before.metadata.uid ?? '',
    fields: [...plain, ...(changes.some(ofData) ? [sealed] : [])],
    managers: before.metadata.managedFields ?? [],
  }
}

/** The same with what the server really stored, which a webhook may have changed. Fields of others do not count. Pure. */
export function withStored(entry: UndoEntry, stored: KubeObject): UndoEntry {
  if (entry.do === 'delete') return { ...entry, uid: stored.metadata.uid ?? '' }
  const fields = entry.fields.map((field): SavedField => {
    if (field.sealed) return { ...field, sealed: { ...field.sealed, left: digestOfValue(stored.data) } }
    const left = valueAt(stored, field.path)
    const { left: _, ...others } = field
    return left === undefined ? others : { ...others, left }
  })
  return { ...entry, fields }
}

export function digestOfValue(value: unknown): string {
  return createHash('sha256')
    .update(canonical(value ?? null))
    .digest('hex')
}

/** What is to be done about one object that is as somebody found it. */
export interface RestorePlan {
  readonly operations: readonly PatchOperation[]
  /** Fields that are neither as we left them nor as they were. */
  readonly foreign: readonly string[]
  /** The former data of a Secret are needed. */
  readonly needs?: string
}

type PatchEntry = Extract<UndoEntry, { do: 'patch' }>

/** The patch that restores an object, tested against what it is now. Without operations it is restored already. Pure. */
export function restorePlan(
  { uid, fields }: Pick<PatchEntry, 'uid' | 'fields'>,
  live: KubeObject,
  former?: unknown,
): RestorePlan {
  const operations: PatchOperation[] = []
  const foreign: string[] = []
  let needs: string | undefined
  for (const field of fields) {
    const now = valueAt(live, field.path)
    const saved = field.sealed ? former : field.saved
    if (field.sealed && former === undefined) needs = field.sealed.in
    else if (isEqual(now, saved)) continue
    else if (field.sealed ? digestOfValue(now) !== field.sealed.left : !isEqual(now, field.left))
      foreign.push(field.path)
    else operations.push(...operationsFor(field.path, now, saved, live))
  }
  const test: PatchOperation = { op: 'test', path: '/metadata/uid', value: uid }
  return {
    operations: operations.length > 0 ? [test, ...withoutRepeated(operations)] : [],
    foreign,
    ...(needs !== undefined && { needs }),
  }
}

function operationsFor(path: string, now: unknown, saved: unknown, live: KubeObject): PatchOperation[] {
  if (now === undefined) return [...missingParents(path, live), { op: 'add', path, value: saved }]
  const test: PatchOperation = { op: 'test', path, value: now }
  return saved === undefined ? [test, { op: 'remove', path }] : [test, { op: 'replace', path, value: saved }]
}

/** A map that became empty is gone: nothing can be added to it. */
function missingParents(path: string, live: KubeObject): PatchOperation[] {
  const parent = path.slice(0, path.lastIndexOf('/'))
  if (parent === '' || valueAt(live, parent) !== undefined) return []
  return [...missingParents(parent, live), { op: 'add', path: parent, value: {} }]
}

/** Two fields may need the same parent: added again, it would lose the first one. */
function withoutRepeated(operations: readonly PatchOperation[]): PatchOperation[] {
  return operations.filter(
    ({ op, path }, index) =>
      op !== 'add' || operations.findIndex((one) => one.op === 'add' && one.path === path) === index,
  )
}

/** The patch for a person, as a file for `kubectl patch --type=json`; undefined where only Belay can restore it. */
export function patchByHand({ uid, fields }: PatchEntry): PatchOperation[] | undefined {
  if (fields.some(({ sealed }) => sealed)) return undefined
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    ...fields.flatMap(({ path, left, saved }): PatchOperation[] => {
      const tested: PatchOperation[] = left === undefined ? [] : [{ op: 'test', path, value: left }]
      if (saved === undefined) return [...tested, { op: 'remove', path }]
      return [...tested, { op: left === undefined ? 'add' : 'replace', path, value: saved }]
    }),
  ]
}

/** The name under which an object's patch lies in the ConfigMap of the undo. */
export function patchKey({ kind, name }: ObjectRef): string {
  return `${escapePointer(kind.toLowerCase())}.${name.replace(/[^A-Za-z0-9._-]/g, '-')}.json`
}
