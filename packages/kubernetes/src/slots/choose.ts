import { Failure } from '@belay/action-kit'
import type { KubeList, KubeObject } from '../api.ts'
import type { Client } from '../client.ts'
import { collection, refName } from '../resources.ts'
import type { SlotWords } from '../slot-words.ts'
import {
  isTrafficService,
  type Labels,
  leadsTo,
  podLabels,
  type SlotChoice,
  selectorOf,
  slotLabel,
  slotOfPods,
  slotted,
} from './slot-set.ts'

/** What of the namespace decides to which slot a release goes. */
export interface LiveSlots {
  readonly services: readonly KubeObject[]
  readonly deployments: readonly KubeObject[]
}

/** The slots of a set, as they are in the namespace. */
export interface ChosenSlots extends SlotChoice {
  /** The Services that a switch moves. */
  readonly services: readonly string[]
  /** No such Service is there yet. */
  readonly isFirst: boolean
  /** The Deployments that have traffic, as they are. */
  readonly serving: readonly KubeObject[]
  /** How many pods they are to have, by the names in the set. */
  readonly replicas: ReadonlyMap<string, number>
}

export async function readLiveSlots(client: Client, namespace: string): Promise<LiveSlots> {
  const [services, deployments] = await Promise.all([
    client.get<KubeList>(collection('v1', 'services', namespace)),
    client.get<KubeList>(collection('apps/v1', 'deployments', namespace)),
  ])
  return { services: services.items, deployments: deployments.items }
}

/**
 * Which slot has traffic, by the selectors of the Services that lead to the set's Deployments. Pure.
 * @throws Failure `selector-too-wide`, `traffic-split`
 */
export function chooseSlots(objects: readonly KubeObject[], live: LiveSlots, words: SlotWords): ChosenSlots {
  const labels = slotted(objects).map(podLabels)
  assertNarrow(live.services, labels, words)
  const services = objects.filter((one) => isTrafficService(one, objects)).map(({ metadata }) => metadata.name)
  const found = live.services.filter(({ metadata }) => services.includes(metadata.name))
  // Nothing serves yet: the Services are made so that they lead to the slot that stays empty.
  const active = commonSlot(found, words) ?? words[1]
  const idle = active === words[0] ? words[1] : words[0]
  const selectors = [
    ...found,
    ...objects.filter(({ kind, metadata }) => kind === 'Service' && services.includes(metadata.name)),
  ].map(selectorOf)
  assertOwnPods(objects, live.deployments, selectors, idle)
  const serving = live.deployments.filter((one) => slotOfPods(one) === active && isOfSet(one, labels))
  const replicas = new Map(
    slotted(objects).flatMap(({ metadata: { name } }) => {
      const one = serving.find(({ metadata }) => [name, `${name}-${active}`].includes(metadata.name))
      const number = (one?.spec as { replicas?: number } | undefined)?.replicas
      return number === undefined ? [] : [[name, number] as const]
    }),
  )
  return { active, idle, services, isFirst: found.length === 0, serving, replicas }
}

function isOfSet(deployment: KubeObject, labels: readonly Labels[]): boolean {
  const own = podLabels(deployment)
  return labels.some((one) => leadsTo(one, own))
}

/** The slot to which all of these Services lead; undefined where there is none of them. */
function commonSlot(services: readonly KubeObject[], words: SlotWords): string | undefined {
  const slots = new Set(services.map((one) => selectorOf(one)[slotLabel]))
  const [slot] = slots
  if (slots.size === 0) return undefined
  if (slots.size === 1 && slot !== undefined && words.includes(slot)) return slot
  const where = services.map((one) => `${refName(withKind(one))} leads to ${selectorOf(one)[slotLabel]}`).join('; ')
  throw new Failure(
    'traffic-split',
    `The Services of the set lead to different slots, or to none of ${words.join(' and ')}: ${where}. Nothing was changed.`,
    `choose the slot that serves, and set it in all of them: kubectl patch service/NAME --type=merge -p '{"spec":{"selector":{"${slotLabel}":"${words[0]}"}}}'`,
  )
}

const withKind = ({ metadata }: KubeObject) => ({ kind: 'Service', name: metadata.name })

/** @throws Failure `selector-too-wide`: the idle slot's pods would get traffic the moment they are ready */
function assertNarrow(services: readonly KubeObject[], labels: readonly Labels[], words: SlotWords): void {
  const wide = services.filter((one) => {
    const selector = selectorOf(one)
    return selector[slotLabel] === undefined && labels.some((own) => leadsTo(selector, own))
  })
  if (wide.length === 0) return
  const names = wide.map((one) => refName(withKind(one))).join(', ')
  throw new Failure(
    'selector-too-wide',
    `${names} selects pods whatever their slot, so those of an idle slot would get traffic. Nothing was changed.`,
    `release twice without slots: first with the label \`${slotLabel}: ${words[0]}\` in the Deployment's pod template; then, once all pods have it, with \`${slotLabel}: ${words[0]}\` in the selector of ${names}. From then on give slots.`,
  )
}

/** @throws Failure `selector-too-wide`: pods that are not the release's would get traffic with it */
function assertOwnPods(
  objects: readonly KubeObject[],
  deployments: readonly KubeObject[],
  selectors: readonly Labels[],
  idle: string,
): void {
  const own = slotted(objects).map(({ metadata }) => `${metadata.name}-${idle}`)
  const foreign = deployments.filter(
    (one) =>
      slotOfPods(one) === idle &&
      !own.includes(one.metadata.name) &&
      selectors.some((selector) => leadsTo(selector, podLabels(one))),
  )
  if (foreign.length === 0) return
  const names = foreign.map(({ metadata }) => refName({ kind: 'Deployment', name: metadata.name })).join(', ')
  throw new Failure(
    'selector-too-wide',
    `${names} has the label ${slotLabel}: ${idle} and is not of this release, so it would get traffic with it. Nothing was changed.`,
    `delete it if it is left from before, or give its pods another label than ${slotLabel}.`,
  )
}
