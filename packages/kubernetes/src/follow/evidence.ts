import type { ApiReader, KubeList } from '../api.ts'
import { type Failing, podsToShow, saysLittle, silentPod } from './evaluate.ts'
import { type ClusterEvent, type ContainerStatus, containersOf, countOf } from './objects.ts'
import { exitWords } from './pod-signs.ts'
import type { FollowedPod, FollowState } from './state.ts'
import { lastLines, oneLine } from './text.ts'

/** What a pod, or a workload that gets no pods, showed when its release failed. All texts are safe to print. */
export interface Evidence {
  /** `deployment/api`. */
  readonly workload: string
  /** Undefined where it is about the workload itself. */
  readonly pod?: string
  readonly node?: string
  /** A line for each container: its state, restarts and last exit code. */
  readonly containers: readonly string[]
  /** A line for each warning, the newest last. */
  readonly events: readonly string[]
  readonly logs: readonly ContainerLog[]
}

export interface ContainerLog {
  readonly container: string
  /** Of the container that runs now, or of the one before it. */
  readonly which: 'current' | 'previous'
  readonly text: string
}

/** No more pods than these are shown, each for another reason. */
const mostPods = 3
const budgetMs = 8000
const logLines = 30
/** With `mostPods` pods and two logs of each, all of it is below 64 KB. */
const logBytes = 7000
const readBytes = 200_000
const lineBytes = 400
const mostEvents = 6
const mostContainers = 6

/**
 * Gathers what explains a failure, before anything is undone: an undo removes the pods, and their logs with them. Ends
 * within 8 s, whatever the server does. Without `api` (after a cancel, when time is short) only what is known already.
 */
export async function gatherEvidence(
  api: ApiReader | undefined,
  namespace: string,
  failing: Failing,
  state: FollowState,
): Promise<Evidence[]> {
  const late = AbortSignal.timeout(budgetMs)
  const found = podsToShow(failing, state, mostPods).flatMap(({ pod }) => (pod ? [pod] : []))
  // What keeps a workload from getting pods is said about it, not about a pod.
  const ofItself = !failing.pod && !saysLittle(failing)
  const silent = found.length === 0 && !ofItself ? silentPod(failing, state) : undefined
  const pods = silent ? [silent] : found
  const reader = api && new EvidenceReader(api, namespace, late)
  const ofWorkload = ofItself || pods.length === 0 ? [workloadEvidence(reader, failing, state)] : []
  return Promise.all([...ofWorkload, ...pods.map((pod) => podEvidence(reader, pod, state))])
}

async function workloadEvidence(
  reader: EvidenceReader | undefined,
  { workload }: Failing,
  state: FollowState,
): Promise<Evidence> {
  const { object, revision } = state.workloads.get(workload) ?? {}
  const uids = [...new Set([object?.metadata.uid, revision?.owner])].filter((uid) => uid !== undefined)
  const events = await Promise.all(uids.map((uid) => eventsOf(reader, uid, state)))
  return { workload, containers: [], events: events.flat(), logs: [] }
}

async function podEvidence(
  reader: EvidenceReader | undefined,
  followed: FollowedPod,
  state: FollowState,
): Promise<Evidence> {
  const { pod } = followed
  const containers = containersOf(pod)
  // The container that is in trouble; the first that is not ready, else all that there are.
  const container =
    containers.find(({ name }) => followed.sightings.some(({ sign, present }) => present && sign.container === name)) ??
    containers.find(({ ready, state: { terminated } = {} }) => !ready && terminated?.exitCode !== 0)
  const [events, logs] = await Promise.all([
    eventsOf(reader, pod.metadata.uid ?? '', state),
    reader && container ? reader.logs(pod.metadata.name, container) : [],
  ])
  return {
    workload: workloadOf(followed, state),
    pod: pod.metadata.name,
    ...(pod.spec?.nodeName !== undefined && { node: pod.spec.nodeName }),
    containers: containers.slice(0, mostContainers).map(containerLine),
    events,
    logs,
  }
}

function workloadOf({ pod }: FollowedPod, { workloads }: FollowState): string {
  for (const [name, { pods }] of workloads) if (pods.has(pod.metadata.uid ?? '')) return name
  return ''
}

async function eventsOf(reader: EvidenceReader | undefined, uid: string, state: FollowState): Promise<string[]> {
  const known = (state.events.get(uid) ?? []).map(({ event }) => event)
  const all = (await reader?.events(uid)) ?? known
  return all.slice(-mostEvents).map(eventLine)
}

function eventLine(event: ClusterEvent): string {
  const count = countOf(event)
  const times = count > 1 ? ` (${count} times)` : ''
  return oneLine(`${event.reason ?? ''}${times}: ${event.message ?? ''}`, lineBytes)
}

/** `app: waiting, CrashLoopBackOff; 3 restarts; before that ended with exit code 1`. Pure. */
export function containerLine({ name, state = {}, lastState, ready, restartCount }: ContainerStatus): string {
  const parts = [`${name}: ${stateWords(state, ready)}`]
  if (restartCount > 0) parts.push(restartCount === 1 ? '1 restart' : `${restartCount} restarts`)
  if (lastState?.terminated) parts.push(`before that ${endWords(lastState.terminated)}`)
  return oneLine(parts.join('; '), lineBytes)
}

function stateWords({ waiting, running, terminated }: NonNullable<ContainerStatus['state']>, ready: boolean): string {
  if (waiting) return ['waiting', waiting.reason, waiting.message].filter(Boolean).join(', ')
  if (terminated) return endWords(terminated)
  return running ? `running, ${ready ? 'ready' : 'not ready'}` : 'not started'
}

function endWords({ exitCode, reason }: { readonly exitCode: number; readonly reason?: string }): string {
  const why = reason && reason !== 'Error' && reason !== 'Completed' ? `, ${reason}` : ''
  return `ended with exit code ${exitWords(exitCode)}${why}`
}

/** What a node answers, as if it were the log, where it has removed the log of a container before. */
const lost = /^unable to retrieve container logs for \S+$/

/** Reads what only the server has. A part that cannot be read in time is left out. */
class EvidenceReader {
  readonly #api: ApiReader
  readonly #namespace: string
  readonly #late: AbortSignal

  constructor(api: ApiReader, namespace: string, late: AbortSignal) {
    this.#api = api
    this.#namespace = namespace
    this.#late = late
  }

  async events(uid: string): Promise<ClusterEvent[] | undefined> {
    const query = { fieldSelector: `involvedObject.uid=${uid},type=Warning`, limit: 100 }
    const list = await this.#inTime(
      this.#api.get<KubeList<ClusterEvent>>(`/api/v1/namespaces/${this.#namespace}/events`, query, this.#late),
    )
    return list && [...list.items].sort((a, b) => lastTime(a) - lastTime(b))
  }

  async logs(pod: string, container: ContainerStatus): Promise<ContainerLog[]> {
    const { name, restartCount, lastState, state } = container
    const which: ContainerLog['which'][] = []
    if (state?.running || state?.terminated) which.push('current')
    if (restartCount > 0 || lastState?.terminated) which.push('previous')
    const logs = await Promise.all(
      which.map(async (one): Promise<ContainerLog[]> => {
        const text = await this.#log(pod, name, one === 'previous')
        return text === undefined || text === '' || lost.test(text) ? [] : [{ container: name, which: one, text }]
      }),
    )
    return logs.flat()
  }

  async #log(pod: string, container: string, previous: boolean): Promise<string | undefined> {
    const path = `/api/v1/namespaces/${this.#namespace}/pods/${pod}/log`
    const query = { container, tailLines: logLines, previous: previous || undefined }
    const text = await this.#inTime(this.#api.text(path, query, readBytes, this.#late))
    return text === undefined ? undefined : lastLines(text, logBytes, lineBytes)
  }

  /** Also where a request does not heed its signal. */
  async #inTime<T>(request: Promise<T>): Promise<T | undefined> {
    const late = new Promise<undefined>((resolve) => {
      if (this.#late.aborted) resolve(undefined)
      this.#late.addEventListener('abort', () => resolve(undefined), { once: true })
    })
    return Promise.race([request.catch(() => undefined), late])
  }
}

function lastTime({ lastTimestamp, metadata, ...event }: ClusterEvent): number {
  const at = lastTimestamp ?? event.eventTime ?? metadata.creationTimestamp
  return typeof at === 'string' ? Date.parse(at) : 0
}

/** Evidence as text for a log, line by line. Pure. */
export function evidenceText(evidence: readonly Evidence[]): string {
  return evidence
    .flatMap(({ workload, pod, node, containers, events, logs }) => [
      pod === undefined ? `${workload}:` : `${workload}, pod ${pod}${node === undefined ? '' : ` on ${node}`}:`,
      ...containers.map((line) => `  ${line}`),
      ...events.map((line) => `  event ${line}`),
      ...logs.flatMap(({ container, which, text }) => [
        `  log of ${container}${which === 'previous' ? ' before its restart' : ''}, last lines:`,
        ...text.split('\n').map((line) => `    | ${line}`),
      ]),
    ])
    .join('\n')
}
