import { type KubeObject, type Labels, refOf, selectorOf, type UndoEntry } from '@belay/kubernetes'
import type { DesiredObject } from '../desired.ts'
import type { PlannedObject } from '../plan.ts'
import type { CanaryPods } from '../saved.ts'

/** The label by which the pods of a canary differ from the others. */
export const trackLabel = 'track'
export const canaryTrack = 'canary'

interface Deployment extends KubeObject {
  readonly spec?: {
    readonly replicas?: number
    readonly selector?: { readonly matchLabels?: Labels }
    readonly template?: { readonly metadata?: { readonly labels?: Labels } }
  }
}

const canaryName = (name: string) => `${name}-canary`

function isDeployment({ ref }: Pick<DesiredObject, 'ref'>): boolean {
  return ref.kind === 'Deployment'
}

/** The Deployments that run pods, beside which a canary could be. Pure. */
export function running(planned: readonly PlannedObject[]): PlannedObject[] {
  return planned.filter((one) => isDeployment(one) && one.before !== undefined && podsOf(one.before) > 0)
}

/** A canary for each of them whose pods the release replaces: of a share of their pods, rounded up. Pure. */
export function canaryPods(planned: readonly PlannedObject[], percent: number): CanaryPods {
  const changed = running(planned).filter(({ changes }) =>
    changes.some(({ path }) => path.startsWith('/spec/template')),
  )
  return Object.fromEntries(
    changed.map(({ ref, before }) => [ref.name, Math.ceil((podsOf(before as KubeObject) * percent) / 100)]),
  )
}

function podsOf({ spec }: Deployment): number {
  return spec?.replicas ?? 1
}

/**
 * The Deployments of the canary. Their pods have all labels of the others, so the same Services lead to them, and one
 * more, which their own selector asks for. Pure.
 */
export function canariesOf(desired: readonly DesiredObject[], pods: CanaryPods): DesiredObject[] {
  return desired.flatMap((one): DesiredObject[] => {
    const replicas = pods[one.ref.name]
    if (!isDeployment(one) || replicas === undefined || !('apply' in one.send)) return []
    const { apply } = one.send
    return [{ ...one, ref: refOf(one.resource, canaryName(one.ref.name)), send: { apply: canaryOf(apply, replicas) } }]
  })
}

function canaryOf({ metadata, spec = {}, ...others }: Deployment, replicas: number): KubeObject {
  const track = { [trackLabel]: canaryTrack }
  const template = spec.template ?? {}
  return {
    ...others,
    metadata: { ...metadata, name: canaryName(metadata.name), labels: { ...metadata.labels, ...track } },
    spec: {
      ...spec,
      replicas,
      selector: { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, ...track } },
      template: { ...template, metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...track } } },
    },
  }
}

/** The labels of a Deployment's pods. */
export function podLabelsOf({ spec }: Deployment): Labels {
  return spec?.template?.metadata?.labels ?? {}
}

/** The Services that lead to the pods which serve, where none of them would lead to those of the canary. Pure. */
export function narrowServices(services: readonly KubeObject[], serving: Labels, canary: Labels): KubeObject[] {
  const leads = (service: KubeObject, labels: Labels) => {
    const selector = Object.entries(selectorOf(service))
    return selector.length > 0 && selector.every(([name, value]) => labels[name] === value)
  }
  const found = services.filter((one) => leads(one, serving))
  return found.some((one) => leads(one, canary)) ? [] : found
}

/** What pods start with, and what may be there before them without any effect. */
const firstKinds = ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Secret', 'PersistentVolumeClaim']

/** What the release creates and the pods of the canary may need. Pure. */
export function createdFirst(planned: readonly PlannedObject[]): PlannedObject[] {
  return planned.filter(({ ref, before }) => before === undefined && firstKinds.includes(ref.kind))
}

/** What removes the Deployments of the canary. Pure. */
export function canaryEntries(entries: readonly UndoEntry[], pods: CanaryPods): UndoEntry[] {
  const names = Object.keys(pods).map(canaryName)
  return entries.filter((one) => one.do === 'delete' && isDeployment(one) && names.includes(one.ref.name))
}

/** The undo of a release to all pods, by its own objects in their order; and of what the canary had created before. Pure. */
export function withCanaryEntries(entries: readonly UndoEntry[], created: readonly UndoEntry[]): UndoEntry[] {
  const at = (path: string) => (one: UndoEntry) => one.ref.path === path
  return [
    ...entries.map((entry) => created.find(at(entry.ref.path)) ?? entry),
    ...created.filter(({ ref }) => !entries.some(at(ref.path))),
  ]
}
