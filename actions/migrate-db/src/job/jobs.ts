import { sleep } from '@belay/action-kit'
import {
  ApiError,
  type Client,
  collection,
  createdBy,
  type KubeList,
  type KubeObject,
  listAll,
  type ObjectMeta,
  orUndefined,
} from '@belay/kubernetes'
import { migrationsOf, ofMigrations } from './manifest.ts'

export interface Job extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

interface ContainerStatus {
  readonly containerID?: string
  readonly state?: { readonly terminated?: { readonly exitCode: number } }
}

interface Pod extends KubeObject {
  readonly status?: {
    readonly initContainerStatuses?: readonly ContainerStatus[]
    readonly containerStatuses?: readonly ContainerStatus[]
  }
}

const jobsOf = (namespace: string) => collection('batch/v1', 'jobs', namespace)
const podsOf = (namespace: string) => collection('v1', 'pods', namespace)

/** How a Job has ended; undefined while its pod may still run. Pure. */
export function endOf({ status }: Job): 'complete' | 'failed' | undefined {
  const has = (type: string) => status?.conditions?.some((one) => one.type === type && one.status === 'True')
  if (has('Complete')) return 'complete'
  return has('Failed') ? 'failed' : undefined
}

/**
 * Whether the pod of a Job that failed was ended from outside (a deadline, an eviction, its memory) and not by its program:
 * the database may then not know it yet. So too where the pod is gone.
 */
export async function wasKilled(client: Client, namespace: string, { metadata }: Job): Promise<boolean> {
  const labelSelector = `batch.kubernetes.io/controller-uid=${metadata.uid}`
  const { items } = await client.get<KubeList<Pod>>(podsOf(namespace), { labelSelector })
  const codes = items.flatMap(({ status }) =>
    (status?.containerStatuses ?? []).map(({ state }) => state?.terminated?.exitCode ?? 137),
  )
  return codes.length === 0 || codes.some((code) => code > 128)
}

export function readJob(client: Client, namespace: string, name: string): Promise<Job | undefined> {
  return orUndefined(client.get<Job>(`${jobsOf(namespace)}/${name}`))
}

/** The migrations of this service that have not ended, of whatever release. */
export async function runningMigrations(client: Client, namespace: string, lease: string): Promise<Job[]> {
  const labelSelector = `${ofMigrations}=${migrationsOf(lease)}`
  const { items } = await listAll<Job>(client, jobsOf(namespace), { labelSelector })
  return items.filter((job) => endOf(job) === undefined)
}

/** Creates a Job. One of this name that the same release has created is that Job: the first answer was lost. */
export async function createJob(client: Client, namespace: string, body: KubeObject): Promise<Job> {
  try {
    return await client.create<Job>(jobsOf(namespace), body)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error
    const found = await readJob(client, namespace, body.metadata.name)
    if (!found || releaseOf(found) !== releaseOf(body)) throw error
    return found
  }
}

/** The id of the release that has created a Job. Pure. */
export function releaseOf({ metadata }: KubeObject): string {
  return metadata.annotations?.[createdBy] ?? ''
}

/** Removes a Job that was read. Whatever fails, Kubernetes does it some minutes later. */
export async function removeJob(client: Client, namespace: string, { metadata }: Job): Promise<void> {
  // Also where the time of the asking is over.
  const signal = AbortSignal.timeout(2000)
  await client.remove(`${jobsOf(namespace)}/${metadata.name}`, { ...idOf(metadata), signal }).catch(() => {})
}

const idOf = ({ uid }: ObjectMeta) => (uid === undefined ? {} : { uid })

/** What a Job has printed, standard error included; its first container only. */
export async function printedBy(client: Client, namespace: string, { metadata }: Job): Promise<string> {
  const labelSelector = `batch.kubernetes.io/job-name=${metadata.name}`
  const { items } = await client.get<KubeList>(podsOf(namespace), { labelSelector, limit: 10 })
  const [pod] = items.filter((one) => one.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid))
  if (!pod) throw new Error(`the pod of job/${metadata.name} is gone, and what it printed with it`)
  const { containers } = pod.spec as { readonly containers: readonly { readonly name: string }[] }
  const container = containers[0]?.name ?? ''
  const text = await client.text(`${podsOf(namespace)}/${pod.metadata.name}/log`, { container }, 1_000_000)
  // Where a node has removed a log, it says so as if that were the log.
  if (/^unable to retrieve container logs for \S+$/.test(text)) throw new Error(text)
  return text
}

/**
 * `never-ran`: no container of it was ever started. `stopped`: it may have worked, and is certainly gone. `not-gone`: it
 * may still be at work.
 */
export type Stopped = 'never-ran' | 'stopped' | 'not-gone'

const pauseMs = 200

/** Ends a Job: its pod gets SIGTERM, and the Job is gone only after its pod. Never throws. */
export async function stopJob(
  client: Client,
  namespace: string,
  { metadata }: Job,
  signal: AbortSignal,
): Promise<Stopped> {
  const pods = new PodSightings(client, namespace, metadata.uid ?? '')
  try {
    await pods.list(signal)
    const path = `${jobsOf(namespace)}/${metadata.name}`
    await orUndefined(client.remove(path, { ...idOf(metadata), propagation: 'Foreground', signal }))
    const ended = new AbortController()
    const watching = pods.watch(AbortSignal.any([signal, ended.signal]))
    while (!signal.aborted) {
      const left = await orUndefined(client.get<Job>(path, undefined, signal))
      if (left?.metadata.uid !== metadata.uid && (await pods.none(signal))) break
      await sleep(pauseMs, signal)
    }
    ended.abort()
    await watching
    if (signal.aborted) return 'not-gone'
    return pods.haveRun ? 'stopped' : 'never-ran'
  } catch {
    return 'not-gone'
  }
}

/** What is seen of the pods of one Job, the last moment of each included. */
class PodSightings {
  readonly #client: Client
  readonly #path: string
  readonly #query: { readonly labelSelector: string }
  #version = ''
  /** A container of one of them was started, or what became of one was not seen. */
  haveRun = false

  constructor(client: Client, namespace: string, uid: string) {
    this.#client = client
    this.#path = podsOf(namespace)
    this.#query = { labelSelector: `batch.kubernetes.io/controller-uid=${uid}` }
  }

  async list(signal: AbortSignal): Promise<void> {
    const { items, metadata } = await this.#client.get<KubeList<Pod>>(this.#path, this.#query, signal)
    for (const pod of items) this.#see(pod)
    this.#version = metadata.resourceVersion ?? ''
  }

  async none(signal: AbortSignal): Promise<boolean> {
    const { items } = await this.#client.get<KubeList<Pod>>(this.#path, this.#query, signal)
    return items.length === 0
  }

  /** Until the signal is aborted. */
  async watch(signal: AbortSignal): Promise<void> {
    try {
      const query = { ...this.#query, resourceVersion: this.#version }
      for await (const { type, object } of this.#client.watch(this.#path, query, signal))
        if (type === 'ERROR') break
        else if (type !== 'BOOKMARK') this.#see(object)
    } catch {
      // The same as a watch that ended early.
    }
    if (!signal.aborted) this.haveRun = true
  }

  #see({ status }: Pod): void {
    const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
    if (all.some(({ containerID = '' }) => containerID !== '')) this.haveRun = true
  }
}
