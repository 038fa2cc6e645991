import type { KubeObject } from '../api.ts'
import { isDone } from './done.ts'
import { type ClusterEvent, containersOf, countOf, isReady, type Pod, type Workload } from './objects.ts'
import { containerSigns, podSigns, restartsOf } from './pod-signs.ts'
import { type Rollout, rolloutOf, type WorkloadKind, workloadName, workloadSigns } from './rollout.ts'
import { type SeenEvent, seenNow } from './sightings.ts'
import {
  type Counts,
  type FollowedPod,
  type FollowedWorkload,
  type FollowState,
  type Observation,
  type Revision,
  readyPods,
} from './state.ts'

/** The state after these observations, in their order; `now` in seconds. Pure. */
export function observe(state: FollowState, observations: readonly Observation[], now: number): FollowState {
  const draft = new Draft(state, now)
  for (const observation of observations) draft.take(observation)
  return draft.finish()
}

/** The copy that one `observe` works on: a batch copies each map once, and not once an event. */
class Draft {
  readonly #workloads: Map<string, FollowedWorkload>
  readonly #pods = new Map<string, Map<string, FollowedPod>>()
  readonly #events: Map<string, readonly SeenEvent[]>
  readonly #state: FollowState
  readonly #now: number

  constructor(state: FollowState, now: number) {
    this.#state = state
    this.#now = now
    this.#workloads = new Map(state.workloads)
    this.#events = new Map(state.events)
  }

  take(observation: Observation): void {
    switch (observation.of) {
      case 'workload':
        this.#takeWorkload(observation.kind, observation.object, observation.gone ?? false)
        break
      case 'workloads':
        this.#takeWorkloads(observation.kind, observation.objects)
        break
      case 'revision':
        this.#takeRevision(observation.workload, observation.revision)
        break
      case 'pod':
        this.#takePod(observation.object, observation.gone ?? false)
        break
      case 'pods':
        this.#takePods(observation.hashes, observation.objects)
        break
      case 'event':
        this.#takeEvent(observation.object, false)
        break
      case 'events':
        for (const object of observation.objects) this.#takeEvent(object, true)
        break
      case 'scaling':
        this.#takeScaling(observation.pod, observation.up)
        break
    }
  }

  finish(): FollowState {
    for (const [name, pods] of this.#pods) this.#change(name, { pods })
    for (const [name, workload] of this.#workloads) this.#workloads.set(name, withProgress(workload, this.#now))
    return { startedAt: this.#state.startedAt, workloads: this.#workloads, events: this.#events }
  }

  #change(name: string, part: Partial<FollowedWorkload>): void {
    const workload = this.#workloads.get(name)
    if (workload) this.#workloads.set(name, { ...workload, ...part })
  }

  #takeWorkload(kind: WorkloadKind, object: Workload, gone: boolean): void {
    const name = workloadName({ kind, name: object.metadata.name })
    const before = this.#workloads.get(name)
    if (!before) return
    const rollout = rolloutOf(kind, object)
    const signs = workloadSigns(kind, object)
    this.#change(name, {
      object,
      rollout,
      // A Job that has ended may be removed by its time to live.
      gone: gone && !(kind === 'Job' && before.completed),
      sightings: seenNow(before.sightings, 'workload', signs, this.#now),
    })
    const own = ownRevision(kind, object, rollout)
    if (own) this.#takeRevision(name, own)
  }

  #takeWorkloads(kind: WorkloadKind, objects: readonly KubeObject[]): void {
    const listed = new Set(objects.map(({ metadata }) => workloadName({ kind, name: metadata.name })))
    for (const object of objects) this.#takeWorkload(kind, object, false)
    for (const [name, { ref, completed }] of this.#workloads)
      if (ref.kind === kind && !listed.has(name)) this.#change(name, { gone: !(kind === 'Job' && completed) })
  }

  #takeRevision(name: string, revision: Revision): void {
    const before = this.#workloads.get(name)
    if (!before) return
    const changed = before.revision !== undefined && before.revision.hash !== revision.hash
    this.#change(name, { revision, changed: before.changed || changed })
  }

  /** Of pods with the label of a new template only: those of former templates are not the release's. */
  #takePod(object: Pod, gone: boolean, listed = false): void {
    const name = this.#workloadOf(object)
    const uid = object.metadata.uid
    if (name === undefined || uid === undefined) return
    const pods = this.#podsOf(name)
    const before = pods.get(uid)
    if (gone && !before) return
    const readySince = before || !listed ? readyTime(object, before, this.#now) : undefined
    const after = followedPod({ pod: object, readySince }, before, this.#state.events.get(uid) ?? [], this.#now)
    if (!gone) pods.set(uid, after)
    else if (after.sightings.length > 0) pods.set(uid, { ...after, gone: true })
    else pods.delete(uid)
  }

  #takePods(hashes: readonly string[], objects: readonly KubeObject[]): void {
    const listed = new Set(objects.map(({ metadata }) => metadata.uid))
    for (const [name, { revision, pods }] of this.#workloads) {
      if (!revision || !hashes.includes(revision.hash)) continue
      for (const [uid, { pod, gone }] of this.#pods.get(name) ?? pods)
        if (!gone && !listed.has(uid)) this.#takePod(pod, true)
      this.#change(name, { podsListed: true })
    }
    for (const object of objects) this.#takePod(object, false, true)
  }

  #takeEvent(object: ClusterEvent, listed: boolean): void {
    const uid = object.involvedObject?.uid
    if (uid === undefined || object.reason === undefined || !heard.has(object.reason)) return
    const all = this.#events.get(uid) ?? []
    const before = all.find(({ event }) => event.metadata.uid === object.metadata.uid)
    const same = before !== undefined && countOf(before.event) === countOf(object)
    const seen: SeenEvent = {
      event: object,
      since: before && !before.earlier ? before.since : this.#now,
      last: same ? before.last : this.#now,
      earlier: before ? before.earlier && same : listed,
    }
    const others = all.filter((one) => one !== before).slice(-eventsOfAnObject)
    this.#events.set(uid, [...others, seen])
    if (this.#events.size > objectsWithEvents) this.#events.delete(this.#events.keys().next().value ?? '')
  }

  #takeScaling(uid: string, up: boolean): void {
    for (const name of this.#workloads.keys()) {
      const pods = this.#podsOf(name)
      const before = pods.get(uid)
      if (before) pods.set(uid, { ...before, scaling: { at: this.#now, up } })
    }
  }

  #podsOf(name: string): Map<string, FollowedPod> {
    const own = this.#pods.get(name) ?? new Map(this.#workloads.get(name)?.pods)
    this.#pods.set(name, own)
    return own
  }

  #workloadOf({ metadata }: Pod): string | undefined {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller)?.uid
    const labels = Object.values(metadata.labels ?? {})
    for (const [name, { revision, ref }] of this.#workloads)
      if (revision?.owner === owner && (ref.kind === 'Job' || labels.includes(revision?.hash ?? ''))) return name
    return undefined
  }
}

const eventsOfAnObject = 20
/** A namespace may have very many warnings that are not about the release. */
const objectsWithEvents = 2000

/** Events of interest; all others are read only for the evidence. */
const heard = new Set([
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'Unhealthy',
  'FailedCreate',
])

/** The revision that stands in the workload itself. That of the others must be asked for. */
function ownRevision(kind: WorkloadKind, { metadata, status }: Workload, rollout: Rollout): Revision | undefined {
  const { uid: owner = '', generation = 0 } = metadata
  if (kind === 'Job') return { hash: metadata.name, owner, generation }
  if (kind !== 'StatefulSet' || !rollout.observed || !status?.updateRevision) return undefined
  return { hash: status.updateRevision, owner, generation }
}

function followedPod(
  { pod, readySince }: Pick<FollowedPod, 'pod' | 'readySince'>,
  before: FollowedPod | undefined,
  events: readonly SeenEvent[],
  now: number,
): FollowedPod {
  const restarts = before?.restarts ?? restartsOf(pod)
  const killedByProbe = events.some(({ event }) => /^(Liveness|Startup) probe/.test(event.message ?? ''))
  const leaving = pod.metadata.deletionTimestamp !== undefined
  const found = seenNow(before?.sightings ?? [], 'container', containerSigns(pod, restarts, killedByProbe), now)
  const all = seenNow(found, 'pod', podSigns(pod), now)
  return {
    pod,
    gone: false,
    restarts,
    endedAt: hasEnded(pod, before) ? now : before?.endedAt,
    readySince,
    // A pod that is being removed says nothing more of the release.
    sightings: leaving ? all.map((sighting) => ({ ...sighting, present: false })) : all,
    scaling: before?.scaling,
  }
}

function readyTime(pod: Pod, before: FollowedPod | undefined, now: number): number | undefined {
  if (!isReady(pod)) return undefined
  return before && isReady(before.pod) ? before.readySince : now
}

/** Whether a container of the pod ended since it was seen before. */
function hasEnded(pod: Pod, before: FollowedPod | undefined): boolean {
  const earlier = new Map(before ? containersOf(before.pod).map((container) => [container.name, container]) : [])
  return containersOf(pod).some(({ name, restartCount, state }) => {
    const known = earlier.get(name)
    const ended = Boolean(state?.terminated && state.terminated.exitCode !== 0 && !known?.state?.terminated)
    return ended || (known !== undefined && restartCount > known.restartCount)
  })
}

function withProgress(workload: FollowedWorkload, now: number): FollowedWorkload {
  const { rollout, best } = workload
  if (!rollout?.observed) return workload
  const counts: Counts = {
    updated: Math.max(best.updated, rollout.updated),
    ready: Math.max(best.ready, readyPods(workload)),
    available: Math.max(best.available, rollout.available),
    old: Math.min(best.old, rollout.old),
  }
  const moved =
    counts.updated > best.updated ||
    counts.ready > best.ready ||
    counts.available > best.available ||
    counts.old < best.old
  const completed =
    workload.completed ?? (isDone(workload, now) ? { at: now, available: rollout.available } : undefined)
  if (!moved && completed === workload.completed) return workload
  return { ...workload, best: counts, completed, progressAt: moved ? now : workload.progressAt }
}
