import { Failure } from '@belay/action-kit'
import {
  assertSlotted,
  chooseSlots,
  configurationOf,
  intoSlot,
  isScaled,
  type KeptObject,
  type KubeObject,
  outOfSlot,
  readLiveSlots,
  refName,
  refOf,
  type SlotFill,
  type SlotGoal,
  type SlotWords,
} from '@belay/kubernetes'
import type { DeployContext } from './context.ts'
import type { DesiredObject } from './desired.ts'
import { isUnchanged, type PlannedObject, planObjects } from './plan.ts'
import type { Wanted } from './wanted.ts'

/** What is released to the slot that has no traffic. */
export interface Filled {
  readonly wanted: Wanted
  readonly fill: SlotFill
  /** The Deployments that have traffic. */
  readonly serving: readonly KubeObject[]
  /** The slot that has traffic is this release already, as the server says of each object; undefined: it is not. */
  readonly live: readonly PlannedObject[] | undefined
}

/** Finds the idle slot, and turns what is wanted into its objects. The slot that has traffic is not touched. */
export async function fillIdleSlot(
  context: DeployContext,
  wanted: Wanted,
  words: SlotWords,
  droppedBy: (release: Wanted['release'], to: Pick<SlotFill, 'active' | 'idle'>) => readonly unknown[],
): Promise<Filled> {
  const { client, inputs, step } = context
  assertWhole(wanted.desired)
  const plain = outOfSlot(bodiesOf(wanted.desired), words)
  assertSlotted(plain)
  const { active, idle, services, isFirst, serving, replicas } = chooseSlots(
    plain,
    await readLiveSlots(client, inputs.namespace),
    words,
  )
  const goal = (slot: string): Goal => ({ slot, active, replicas, services })
  const inActive = inSlot(wanted, words, goal(active))
  // What it drops must be deleted, and that comes with a release.
  const drops = droppedBy(inActive.release, { active: idle, idle: active }).length > 0
  const live = wanted.onlyChanges && !isFirst && !drops ? await served(context, inActive) : undefined
  step.info(sentenceOf({ active, idle, isFirst, isLive: live !== undefined }))
  const fill = { active, idle, services, scaled: isScaled(plain) }
  return { wanted: live ? inActive : inSlot(wanted, words, goal(idle)), fill, serving, live }
}

function sentenceOf(of: { active: string; idle: string; isFirst: boolean; isLive: boolean }): string {
  const { active, idle, isFirst, isLive } = of
  if (isLive) return `Slot ${active} has the traffic, and is this release already.`
  return `${isFirst ? 'No slot has traffic yet' : `Slot ${active} has the traffic`}; the release goes to slot ${idle}.`
}

/** @throws Failure `workload-missing`: a release that only set images has no objects that could be made for a slot */
function assertWhole(desired: readonly DesiredObject[]): void {
  const images = desired.filter(({ send }) => 'patch' in send)
  if (images.length === 0) return
  throw new Failure(
    'workload-missing',
    `That release only set the images of ${images.map(({ ref }) => refName(ref)).join(', ')}, which cannot be filled into a slot. Nothing was changed.`,
    'release its version with manifests.',
  )
}

/** The objects of the slot that has traffic, if none would change. What is refused there changed. */
async function served(
  { client, inputs, release }: DeployContext,
  { desired }: Wanted,
): Promise<readonly PlannedObject[] | undefined> {
  try {
    const planned = await planObjects(client, desired, inputs.namespace, { release: release.id })
    return planned.every(isUnchanged) ? planned : undefined
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

function bodiesOf(desired: readonly DesiredObject[]): KubeObject[] {
  return desired.flatMap(({ send }) => ('apply' in send ? [send.apply] : []))
}

type Goal = SlotGoal & { readonly services: readonly string[] }

/** The same release in a slot, and what is kept of it. Pure. */
function inSlot(wanted: Wanted, words: SlotWords, goal: Goal): Wanted {
  const moved = intoSlot(outOfSlot(bodiesOf(wanted.desired), words), goal)
  const desired = wanted.desired.map((one, index): DesiredObject => {
    const apply = moved[index] as KubeObject
    return { ...one, ref: refOf(one.resource, apply.metadata.name), send: { apply } }
  })
  const { objects } = wanted.release
  const bodies = intoSlot(
    outOfSlot(
      objects.flatMap(({ apply }) => apply ?? []),
      words,
    ),
    goal,
  )
  const { slot, services } = goal
  const release = { ...wanted.release, slot, services, objects: objects.map((one) => kept(one, bodies)) }
  return { ...wanted, desired, release }
}

/** A kept object as it is in the slot. Takes its body from the front of the list. */
function kept(one: KeptObject, bodies: KubeObject[]): KeptObject {
  const apply = one.apply && bodies.shift()
  if (!apply) return one
  const { name } = apply.metadata
  if (name === one.ref.name) return { ...one, apply }
  const path = `${one.ref.path.slice(0, one.ref.path.lastIndexOf('/'))}/${name}`
  return { ref: { ...one.ref, name, path }, apply }
}

/**
 * @throws Failure `config-shared`: pods that have traffic would read the new configuration within a minute, and an undo
 * would be too late
 */
export function assertOwnConfiguration(
  planned: readonly PlannedObject[],
  serving: readonly KubeObject[],
  whoUses = 'The slot that has traffic uses',
): void {
  const used = new Set(serving.flatMap(configurationOf))
  const shared = planned.filter(
    ({ ref, before, changes }) =>
      before !== undefined &&
      used.has(`${ref.kind}/${ref.name}`) &&
      changes.some(({ path }) => /^\/(data|binaryData|stringData)/.test(path)),
  )
  if (shared.length === 0) return
  throw new Failure(
    'config-shared',
    `${whoUses} ${shared.map(({ ref }) => refName(ref)).join(', ')}, which this release changes. Nothing was changed.`,
    "give it a new name with each change, as kustomize's configMapGenerator and secretGenerator do.",
  )
}
