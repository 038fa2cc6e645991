import type { ApiError, KubeObject, ManagedFields } from './api.ts'
import { manager, undoManager } from './client.ts'

/** A field that somebody else sets, and who that is. */
export interface Conflict {
  readonly manager: string
  readonly field: string
}

/** The conflicts that the server names; empty for any other refusal. */
export function conflictsIn({ status, causes }: ApiError): Conflict[] {
  if (status !== 409) return []
  return causes.flatMap(({ reason, message = '', field = '' }) => {
    if (reason !== 'FieldManagerConflict') return []
    return [{ manager: /^conflict with "([^"]*)"/.exec(message)?.[1] ?? message, field }]
  })
}

export function isOwnManager(name: string | undefined): boolean {
  return name === manager || name === undoManager
}

const owners: readonly { where: 'labels' | 'annotations'; name: string; owner: string }[] = [
  { where: 'annotations', name: 'argocd.argoproj.io/tracking-id', owner: 'Argo CD' },
  { where: 'labels', name: 'kustomize.toolkit.fluxcd.io/name', owner: 'Flux' },
  { where: 'labels', name: 'helm.toolkit.fluxcd.io/name', owner: 'Flux' },
  { where: 'annotations', name: 'meta.helm.sh/release-name', owner: 'Helm' },
]

/** The tool that keeps an object as it wants it, and that would revert a change; undefined where there is none. */
export function ownerOf({ metadata }: KubeObject): string | undefined {
  const found = owners.find(({ where, name }) => metadata[where]?.[name] !== undefined)
  return found && `${found.owner} (${metadata[found.where]?.[found.name]})`
}

/** A Helm release, which owns the objects of its chart. */
export interface HelmOwner {
  readonly name: string
  readonly namespace: string
}

const helmName = 'meta.helm.sh/release-name'
const helmNamespace = 'meta.helm.sh/release-namespace'

/** An object as Helm marks its own. Pure. */
export function withHelmOwner(object: KubeObject, { name, namespace }: HelmOwner): KubeObject {
  const { metadata } = object
  const labels = { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' }
  const annotations = { ...metadata.annotations, [helmName]: name, [helmNamespace]: namespace }
  return { ...object, metadata: { ...metadata, labels, annotations } }
}

/** Why Helm may not release an object as one of this release; undefined where it may. Pure. */
export function notOfHelm(object: KubeObject, { name, namespace }: HelmOwner): string | undefined {
  const { [helmName]: ownName, [helmNamespace]: ownNamespace, ...annotations } = object.metadata.annotations ?? {}
  const other = ownerOf({ ...object, metadata: { ...object.metadata, annotations } })
  if (other !== undefined) return `belongs to ${other}, which would revert the change`
  if (ownName === undefined) return `is there, and does not belong to the Helm release ${name}`
  if (ownName === name && ownNamespace === namespace) return undefined
  return `belongs to Helm (${ownName} in ${ownNamespace})`
}

const sameEntry = (a: ManagedFields, b: ManagedFields) =>
  a.manager === b.manager &&
  a.operation === b.operation &&
  a.apiVersion === b.apiVersion &&
  (a.subresource ?? '') === (b.subresource ?? '')

/**
 * Who set which fields before our change, with what others have come to set since. Entries of a subresource (status,
 * scale) are taken as they are live: controllers write them all the time. Pure.
 */
export function restoredManagers(saved: readonly ManagedFields[], live: readonly ManagedFields[]): ManagedFields[] {
  const isOfObject = ({ subresource = '' }: ManagedFields) => subresource === ''
  const restored = saved.filter(isOfObject).map((entry) => {
    const now = live.find((one) => sameEntry(one, entry))
    return isOwnManager(entry.manager) || !now
      ? entry
      : { ...entry, fieldsV1: { ...merged(entry.fieldsV1, now.fieldsV1) } }
  })
  const others = live.filter(
    (entry) => !isOfObject(entry) || (!isOwnManager(entry.manager) && !saved.some((one) => sameEntry(one, entry))),
  )
  return [...restored, ...others]
}

type Fields = Readonly<Record<string, unknown>>

/** The union of two sets of fields, which are trees of names. */
function merged(a: Fields = {}, b: Fields = {}): Fields {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...names].map((name) => [name, merged(a[name] as Fields, b[name] as Fields)]))
}

/** Whether `name` sets a field of the object's spec; `others`: somebody else does. */
export function owns(object: KubeObject, field: string): { ours: boolean; others: boolean } {
  const holders = (object.metadata.managedFields ?? []).filter(({ fieldsV1 }) => {
    const spec = fieldsV1?.['f:spec'] as Fields | undefined
    return spec !== undefined && `f:${field}` in spec
  })
  return {
    ours: holders.some(({ manager: name, operation }) => name === manager && operation === 'Apply'),
    others: holders.some(({ manager: name }) => name !== manager),
  }
}
