import { isDeepStrictEqual } from 'node:util'
import type { KubeObject } from './api.ts'

/** A field of an object that a change of ours touches. A side without the field has no value. */
export interface FieldChange {
  /** A JSON Pointer. */
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/** What the server writes itself, and what an undo never touches. */
const serverFields = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink']
const serverAnnotations = ['deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation']

export const isEqual: (a: unknown, b: unknown) => boolean = isDeepStrictEqual

/** An object without what the server writes. Labels and annotations are compared one by one, also where there are none. */
export function contentOf({ status: _, metadata, apiVersion: __, kind: ___, ...others }: KubeObject): object {
  const kept = Object.entries(metadata).filter(([name]) => !serverFields.includes(name))
  const own = Object.entries(metadata.annotations ?? {}).filter(([name]) => !serverAnnotations.includes(name))
  const { labels = {}, ...rest } = Object.fromEntries(kept)
  return { ...others, metadata: { ...rest, labels, annotations: Object.fromEntries(own) } }
}

/**
 * The fields in which two states of one object differ. Lists of the same named entries (containers, ports) are compared
 * entry by entry; any other list is one value. Pure.
 */
export function changesBetween(before: KubeObject, after: KubeObject): FieldChange[] {
  return differences(contentOf(before), contentOf(after), '')
}

function differences(before: unknown, after: unknown, path: string): FieldChange[] {
  if (isEqual(before, after)) return []
  if (isMap(before) && isMap(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => differences(before[name], after[name], `${path}/${escapePointer(name)}`))
  }
  if (Array.isArray(before) && Array.isArray(after) && haveSameNames(before, after))
    return before.flatMap((entry, index) => differences(entry, after[index], `${path}/${index}`))
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function haveSameNames(before: readonly unknown[], after: readonly unknown[]): boolean {
  const nameOf = (entry: unknown) => (isMap(entry) && typeof entry.name === 'string' ? entry.name : undefined)
  return (
    before.length === after.length &&
    before.every((entry, index) => nameOf(entry) !== undefined && nameOf(entry) === nameOf(after[index]))
  )
}

export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The names that a JSON Pointer leads through. */
export function pointerNames(pointer: string): string[] {
  const names = pointer.split('/').slice(1)
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at a JSON Pointer; undefined where nothing is there. */
export function valueAt(object: unknown, pointer: string): unknown {
  return pointerNames(pointer).reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, object)
}
