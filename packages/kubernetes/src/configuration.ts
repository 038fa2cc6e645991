import { createHash } from 'node:crypto'
import { annotation } from './annotations.ts'
import type { KubeObject } from './api.ts'
import { podTemplates } from './images.ts'

/** The annotation of a pod template that changes with its configuration, so that its pods are replaced. */
export const configAnnotation = annotation('config')

/** Kinds whose pods are replaced when their template changes. */
const rolling = ['Deployment', 'StatefulSet', 'DaemonSet']

/**
 * Notes in the pod templates of workloads which state of the set's ConfigMaps and Secrets they use. Without it nothing
 * would be rolled out where only a ConfigMap changed. Pure.
 */
export function withConfigHash(objects: readonly KubeObject[]): KubeObject[] {
  const contents = new Map<string, unknown>(
    objects.flatMap((object) => {
      if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return []
      const { data, binaryData, stringData } = object
      return [[`${object.kind}/${object.metadata.name}`, { data, binaryData, stringData }] as const]
    }),
  )
  return objects.map((object) => {
    if (!rolling.includes(object.kind ?? '')) return object
    const [template] = podTemplates(object)
    const used = [...new Set(references(template?.spec))].filter((name) => contents.has(name)).sort()
    if (used.length === 0) return object
    const hash = createHash('sha256')
      .update(canonical(used.map((name) => [name, contents.get(name)])))
      .digest('hex')
      .slice(0, 16)
    return annotated(object, hash)
  })
}

function annotated(object: KubeObject, hash: string): KubeObject {
  const spec = object.spec as { template?: { metadata?: { annotations?: Record<string, string> } } }
  const { template = {} } = spec
  const annotations = { ...template.metadata?.annotations, [configAnnotation]: hash }
  return { ...object, spec: { ...spec, template: { ...template, metadata: { ...template.metadata, annotations } } } }
}

/** The ConfigMaps and Secrets that an object's pods use: `ConfigMap/api`. */
export function configurationOf(object: KubeObject): string[] {
  return podTemplates(object).flatMap(({ spec }) => references(spec))
}

/** The ConfigMaps and Secrets that a pod's spec names: `ConfigMap/api`. */
function references(value: unknown, parent = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one) => references(one, parent))
  const map = value as Record<string, unknown>
  const name = map.name ?? map.secretName
  const own =
    typeof name !== 'string'
      ? []
      : /^configMap(Ref|KeyRef)?$/.test(parent)
        ? [`ConfigMap/${name}`]
        : /^secret(Ref|KeyRef)?$/.test(parent)
          ? [`Secret/${name}`]
          : []
  return [...own, ...Object.entries(map).flatMap(([key, inner]) => references(inner, key))]
}

/** JSON with the names of every map in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
