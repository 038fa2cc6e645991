import { Failure } from '@belay/action-kit'
import type { KubeObject } from '../api.ts'
import type { SlotWords } from '../slot-words.ts'

/** The label by which the two places of a service differ, in pods and in the selector of a Service. */
export const slotLabel = 'slot'

export type Labels = Readonly<Record<string, string>>

interface Deployment extends KubeObject {
  readonly spec?: {
    readonly replicas?: number
    readonly selector?: { readonly matchLabels?: Labels }
    readonly template?: { readonly metadata?: { readonly labels?: Labels } }
  }
}

/** Which slot has traffic, and which one a release goes to. */
export interface SlotChoice {
  readonly active: string
  readonly idle: string
}

/** Where the objects of a set go. */
export interface SlotGoal {
  readonly slot: string
  /** What the selectors of the Services say, which only a switch changes. */
  readonly active: string
  /** How many pods each Deployment of the set has in the active slot. */
  readonly replicas: ReadonlyMap<string, number>
}

const isDeployment = ({ kind }: KubeObject) => kind === 'Deployment'

/** The labels of a Deployment's pods, without that of the slot. */
export function podLabels(object: KubeObject): Labels {
  return without((object as Deployment).spec?.template?.metadata?.labels ?? {}, slotLabel)
}

/** The slot that a Deployment's pods are in; undefined where they are in none. */
export function slotOfPods(object: KubeObject): string | undefined {
  return (object as Deployment).spec?.template?.metadata?.labels?.[slotLabel]
}

export function selectorOf({ spec }: KubeObject): Labels {
  return (spec as { selector?: Labels } | undefined)?.selector ?? {}
}

/** Whether a selector leads to pods with these labels, whatever their slot. */
export function leadsTo(selector: Labels, labels: Labels): boolean {
  const others = Object.entries(without(selector, slotLabel))
  return others.length > 0 && others.every(([name, value]) => labels[name] === value)
}

/** The Deployments of a set: what has two places. */
export function slotted(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter(isDeployment)
}

/** Whether a Service of the set leads to one of its Deployments. */
export function isTrafficService(object: KubeObject, objects: readonly KubeObject[]): boolean {
  return object.kind === 'Service' && slotted(objects).some((one) => leadsTo(selectorOf(object), podLabels(one)))
}

/**
 * The set as it is in a slot, in the same order: Deployments under a name of the slot, with what scales or protects them;
 * Services with the selector that is live. Pure.
 */
export function intoSlot(objects: readonly KubeObject[], goal: SlotGoal): KubeObject[] {
  const names = new Set(slotted(objects).map(({ metadata }) => metadata.name))
  const labels = slotted(objects).map(podLabels)
  return objects.map((object) => {
    if (isDeployment(object)) return deploymentIn(object, goal, scalerOf(object, objects) !== undefined)
    if (isTrafficService(object, objects)) return withSelector(object, goal.active)
    const target = scaledName(object)
    if (target !== undefined && names.has(target)) return scalerIn(object, target, goal)
    const selector = object.kind === 'PodDisruptionBudget' ? matchLabels(object) : {}
    return labels.some((one) => leadsTo(selector, one)) ? budgetIn(object, goal.slot) : object
  })
}

/** The set without its slot, as the manifests had it. Pure. */
export function outOfSlot(objects: readonly KubeObject[], words: SlotWords): KubeObject[] {
  return objects.map((object) => {
    const slot = words.find((word) => slotOfObject(object) === word && object.metadata.name.endsWith(`-${word}`))
    if (slot === undefined) return object
    const plain = (name: string) => name.slice(0, -slot.length - 1)
    const named = {
      ...object,
      metadata: { ...object.metadata, name: plain(object.metadata.name), labels: without(labelsOf(object), slotLabel) },
    }
    const target = scaledName(object)
    return target === undefined ? named : withTarget(named, plain(target))
  })
}

/** The slot that an object was made for; undefined where both slots share it. */
export function slotOfObject(object: KubeObject): string | undefined {
  return object.kind === 'Service' ? undefined : labelsOf(object)[slotLabel]
}

/** Whether an autoscaler of the set scales one of its Deployments. */
export function isScaled(objects: readonly KubeObject[]): boolean {
  return slotted(objects).some((one) => scalerOf(one, objects))
}

/** @throws Failure `source` where no Deployment, or no Service that leads to one, is in the set */
export function assertSlotted(objects: readonly KubeObject[]): void {
  const deployments = slotted(objects)
  if (deployments.length > 0 && objects.some((one) => isTrafficService(one, objects))) return
  throw new Failure(
    'source',
    deployments.length === 0
      ? 'slots are given, and manifests have no Deployment. Nothing was changed.'
      : 'slots are given, and manifests have no Service that leads to a Deployment of theirs. Nothing was changed.',
    'add it to manifests, or leave slots out.',
  )
}

function deploymentIn(object: Deployment, { slot, replicas }: SlotGoal, scaled: boolean): KubeObject {
  const spec = object.spec ?? {}
  const template = spec.template ?? {}
  const active = replicas.get(object.metadata.name)
  // Of a number that the manifest leaves to the cluster, the one that users are served by counts.
  const number = scaled || spec.replicas !== undefined || active === undefined ? {} : { replicas: active }
  return {
    ...named(object, slot),
    spec: {
      ...spec,
      ...number,
      selector: { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, [slotLabel]: slot } },
      template: {
        ...template,
        metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [slotLabel]: slot } },
      },
    },
  }
}

function withSelector(object: KubeObject, active: string): KubeObject {
  return { ...object, spec: { ...(object.spec as object), selector: { ...selectorOf(object), [slotLabel]: active } } }
}

/** An autoscaler sees no load in an idle slot: the number of the active one is its least. */
function scalerIn(object: KubeObject, target: string, { slot, replicas }: SlotGoal): KubeObject {
  const { minReplicas = 1 } = object.spec as { minReplicas?: number }
  const least = Math.max(minReplicas, replicas.get(target) ?? 1)
  const moved = withTarget(named(object, slot), `${target}-${slot}`)
  return { ...moved, spec: { ...(moved.spec as object), minReplicas: least } }
}

function budgetIn(object: KubeObject, slot: string): KubeObject {
  const { selector, ...spec } = object.spec as { selector?: object }
  return {
    ...named(object, slot),
    spec: { ...spec, selector: { ...selector, matchLabels: { ...matchLabels(object), [slotLabel]: slot } } },
  }
}

function named(object: KubeObject, slot: string): KubeObject {
  const { name } = object.metadata
  const labels = { ...labelsOf(object), [slotLabel]: slot }
  return { ...object, metadata: { ...object.metadata, name: `${name}-${slot}`, labels } }
}

function scalerOf(deployment: KubeObject, objects: readonly KubeObject[]): KubeObject | undefined {
  return objects.find((one) => scaledName(one) === deployment.metadata.name)
}

interface ScaleTarget {
  readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string }
}

/** The Deployment that an autoscaler scales, KEDA's included. */
function scaledName({ spec }: KubeObject): string | undefined {
  const { scaleTargetRef: { kind = 'Deployment', name } = {} } = (spec ?? {}) as ScaleTarget
  return kind === 'Deployment' ? name : undefined
}

function withTarget(object: KubeObject, name: string): KubeObject {
  const spec = object.spec as ScaleTarget
  return { ...object, spec: { ...spec, scaleTargetRef: { ...spec.scaleTargetRef, name } } }
}

function matchLabels({ spec }: KubeObject): Labels {
  return (spec as { selector?: { matchLabels?: Labels } } | undefined)?.selector?.matchLabels ?? {}
}

function labelsOf({ metadata }: KubeObject): Labels {
  return metadata.labels ?? {}
}

function without(labels: Labels, name: string): Labels {
  const { [name]: _, ...others } = labels
  return others
}
