import { Failure, sleep } from '@belay/action-kit'
import {
  ApiError,
  type Client,
  entryFor,
  type KubeObject,
  type Labels,
  moveByHand,
  movePatch,
  type ObjectRef,
  readyPods,
  refName,
  type SlotFill,
  selectorOf,
  slotsOfServices,
  strayEndpoints,
  type TrafficMove,
  withStored,
} from '@belay/kubernetes'
import { deploymentsIn } from './deployments.ts'

/** A Service, and how many pods of each slot are ready to be its endpoints. */
export interface CountedService {
  readonly ref: ObjectRef
  readonly live: KubeObject
  readonly active: number
  readonly idle: number
  /** How many are to be ready before it moves. */
  readonly needed: number
}

/** @throws Failure `selector-changed`: the Services do not lead where the release found them */
export async function liveServices(
  client: Client,
  namespace: string,
  { services, active }: Pick<SlotFill, 'services' | 'active'>,
): Promise<{ ref: ObjectRef; live: KubeObject }[]> {
  const there = await slotsOfServices(client, namespace, services)
  const changed = there.filter(({ slot }) => slot !== active)
  if (changed.length > 0) {
    const where = changed.map(({ ref, slot }) => `${refName(ref)} leads to ${slot ?? 'no slot'}`).join('; ')
    const byHand = changed.map(({ ref }) => moveByHand(ref.name, namespace, active)).join(' && ')
    throw new Failure(
      'selector-changed',
      `${where}, and not to slot ${active} any more: somebody changed it. No traffic was moved.`,
      `find out why, then: ${byHand}`,
    )
  }
  return there.flatMap(({ ref, live }) => (live ? [{ ref, live }] : []))
}

/** In milliseconds. */
const pauseMs = 500
/** How long pods that were seen ready may take to be so again, and a Service to get its endpoints. */
const settleMs = 15_000
/** How long an autoscaler may take to give the idle slot as many pods as the active one has. */
const scalerPatienceMs = 60_000

interface Count extends Pick<SlotFill, 'active' | 'idle'> {
  /** `filled`: a release may have fewer pods than the one before, where its manifests say so. */
  readonly asManyAs: 'active' | 'filled'
}

/**
 * Waits until the idle slot has enough ready pods for each Service.
 * @throws Failure `endpoints`
 */
export async function waitForEndpoints(
  client: Client,
  namespace: string,
  services: readonly { ref: ObjectRef; live: KubeObject }[],
  count: Count,
  signal: AbortSignal,
): Promise<CountedService[]> {
  const waitMs = count.asManyAs === 'active' ? scalerPatienceMs : settleMs
  for (const late = performance.now() + waitMs; ; await sleep(pauseMs, signal)) {
    signal.throwIfAborted()
    const counted = await Promise.all(services.map((one) => countPods(client, namespace, one, count)))
    const few = counted.filter(({ idle, needed }) => idle < needed)
    if (few.length === 0) return counted
    if (performance.now() < late) continue
    const what = few.map(({ ref, idle, needed }) => `${refName(ref)}: ${idle} of ${needed}`).join('; ')
    throw new Failure(
      'endpoints',
      `Slot ${count.idle} has too few ready pods to take the traffic (${what}). No traffic was moved.`,
      'find out why they are not ready, then release again.',
    )
  }
}

async function countPods(
  client: Client,
  namespace: string,
  { ref, live }: { ref: ObjectRef; live: KubeObject },
  { active, idle, asManyAs }: Count,
): Promise<CountedService> {
  const selector = selectorOf(live)
  const [serving, ready, filled] = await Promise.all([
    readyPods(client, namespace, selector, active),
    readyPods(client, namespace, selector, idle),
    asManyAs === 'active' ? Number.POSITIVE_INFINITY : podsWanted(client, namespace, selector, idle),
  ])
  const needed = Math.max(1, Math.min(serving.length, filled))
  return { ref, live, active: serving.length, idle: ready.length, needed }
}

/** How many pods the Deployments of a slot are to have to which a selector leads. */
async function podsWanted(client: Client, namespace: string, selector: Labels, slot: string): Promise<number> {
  const deployments = await deploymentsIn(client, namespace, [slot], [selector])
  return deployments.reduce((sum, { spec }) => sum + ((spec as { replicas?: number }).replicas ?? 1), 0)
}

/** How the server would store the move of each Service, and what takes it back. Changes nothing. */
export async function planMove(
  client: Client,
  counted: readonly CountedService[],
  { active, idle }: Pick<SlotFill, 'active' | 'idle'>,
): Promise<TrafficMove> {
  const entries = await Promise.all(
    counted.map(async ({ ref, live }) => {
      const after = await client.patch(ref.path, movePatch(live.metadata.uid ?? '', active, idle), { dryRun: true })
      return entryFor(ref, live, after, '')
    }),
  )
  return { from: active, to: idle, entries, fromNothing: counted.every((one) => one.active === 0) }
}

/** Moves the traffic of each Service by one patch. @throws Failure `selector-changed` */
export async function moveServices(
  client: Client,
  namespace: string,
  counted: readonly CountedService[],
  { from, to, entries }: TrafficMove,
): Promise<TrafficMove['entries']> {
  return Promise.all(
    counted.map(async ({ ref, live }, index) => {
      const entry = entries[index] as TrafficMove['entries'][number]
      try {
        return withStored(entry, await client.patch(ref.path, movePatch(live.metadata.uid ?? '', from, to)))
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 422) throw error
        // The answer to the first of two requests may have been lost.
        const [now] = await slotsOfServices(client, namespace, [ref.name])
        if (now?.slot === to) return entry
        throw new Failure(
          'selector-changed',
          `${refName(ref)} was changed by somebody else at this moment: it leads to ${now?.slot ?? 'no slot'}.`,
          'find out who changes it, then release again.',
        )
      }
    }),
  )
}

/**
 * Waits until the endpoints of each Service are pods of the slot that it leads to, and no others.
 * @throws Failure `endpoints`
 */
export async function waitForTraffic(
  client: Client,
  namespace: string,
  counted: readonly CountedService[],
  to: string,
  signal: AbortSignal,
): Promise<void> {
  for (const late = performance.now() + settleMs; ; await sleep(pauseMs / 5, signal)) {
    signal.throwIfAborted()
    const open = await Promise.all(
      counted.map(async (one) => {
        const stray = await strayEndpoints(client, namespace, one, to, signal)
        return stray ? [`${refName(one.ref)} has ${stray.join(', ') || 'none'}`] : []
      }),
    )
    const wrong = open.flat()
    if (wrong.length === 0) return
    if (performance.now() < late) continue
    throw new Failure(
      'endpoints',
      `The traffic was moved to slot ${to}, and the endpoints are not its pods: ${wrong.join('; ')}.`,
      "look at the cluster's controllers: they have not followed the selector.",
    )
  }
}
