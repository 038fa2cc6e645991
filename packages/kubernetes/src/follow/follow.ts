import { monotonicSeconds, sleep } from '@belay/action-kit'
import { ApiError, type ApiReader, type KubeList, type Query } from '../api.ts'
import { type CollectionObserver, followCollection } from './collection.ts'
import { evaluate, explained, type Failing, failAll, saysLittle, silentPod } from './evaluate.ts'
import { gatherEvidence } from './evidence.ts'
import type { ClusterEvent } from './objects.ts'
import { observe } from './observe.ts'
import { type FollowOutcome, failureOf, workloadStates } from './outcome.ts'
import { Progress } from './progress.ts'
import { findRevision, hashLabel } from './revision.ts'
import type { WorkloadKind, WorkloadRef } from './rollout.ts'
import { type FollowState, followState, type Observation } from './state.ts'

export interface FollowOptions {
  readonly namespace: string
  readonly workloads: readonly WorkloadRef[]
  /** Seconds a workload may be without any progress. */
  readonly progressTimeout: number
  /** Seconds that all of it may take. */
  readonly deadline: number
  readonly signal: AbortSignal
  readonly onProgress: (line: string) => void
}

/**
 * Follows the rollout of workloads that were just applied, pod by pod, until all are complete or one has failed. Only
 * pods of the new template count. Evidence is gathered before it returns, and so before anything is undone. It changes
 * nothing. One list and one watch a kind, whatever the number of pods.
 * @throws ApiError where the API server refuses a request
 */
export async function followWorkloads(api: ApiReader, options: FollowOptions): Promise<FollowOutcome> {
  const stop = new AbortController()
  const follower = new Follower(api, options, AbortSignal.any([options.signal, stop.signal]))
  try {
    return await follower.run()
  } finally {
    stop.abort()
  }
}

/** Events that come together are taken together. */
const gatherMs = 25
/** Time alone changes the verdict, too. */
const tickMs = 250
/** Between two requests for the same revision that is not there yet. */
const revisionPauseMs = 300
const explainMs = 3000

const collections: Readonly<Record<WorkloadKind, string>> = {
  Deployment: 'apis/apps/v1/namespaces/NS/deployments',
  StatefulSet: 'apis/apps/v1/namespaces/NS/statefulsets',
  DaemonSet: 'apis/apps/v1/namespaces/NS/daemonsets',
  Job: 'apis/batch/v1/namespaces/NS/jobs',
}

/** The requests of one `followWorkloads`; what they bring goes into the state, which decides. */
class Follower {
  readonly #api: ApiReader
  readonly #options: FollowOptions
  readonly #signal: AbortSignal
  readonly #progress: Progress
  readonly #startedAt = monotonicSeconds()
  #state: FollowState
  #observations: Observation[] = []
  #wake = () => {}
  #failed: { readonly error: unknown } | undefined
  /** Collections of which nothing is seen, and since when; what was not seen does not count as time without progress. */
  readonly #unreachable = new Set<string>()
  #blindSince = 0
  #blindSeconds = 0
  readonly #seeking = new Set<string>()
  readonly #asking = new Set<string>()
  readonly #podWatches = new Map<string, { readonly hashes: string; readonly stop: AbortController }>()

  constructor(api: ApiReader, options: FollowOptions, signal: AbortSignal) {
    this.#api = api
    this.#options = options
    this.#signal = signal
    this.#progress = new Progress(options.onProgress)
    this.#state = followState(options.workloads, 0)
  }

  async run(): Promise<FollowOutcome> {
    this.#start()
    for (;;) {
      await this.#nextObservations()
      if (this.#options.signal.aborted) return this.#fail(failAll(this.#state, 'interrupted', this.#now()))
      if (this.#failed) throw this.#failed.error
      this.#seekRevisions()
      this.#watchPods()
      const evaluation = evaluate(this.#state, this.#options.progressTimeout, this.#now())
      this.#report(evaluation.verdict !== 'going')
      if (evaluation.verdict === 'done') return { ok: true, workloads: workloadStates(this.#state, this.#now()) }
      if (evaluation.verdict === 'failed') return this.#fail(evaluation.failing)
      for (const pod of evaluation.ask) this.#askForScaling(pod)
      if (monotonicSeconds() - this.#startedAt >= this.#options.deadline)
        return this.#fail(failAll(this.#state, 'deadline', this.#now()))
    }
  }

  #start(): void {
    const { workloads } = this.#options
    for (const kind of new Set(workloads.map((ref) => ref.kind))) {
      const names = workloads.filter((ref) => ref.kind === kind).map(({ name }) => name)
      // By name where that is possible: a role may allow only this.
      const query = names.length === 1 ? { fieldSelector: `metadata.name=${names[0]}` } : {}
      void this.#collect(kind, this.#path(collections[kind]), query, {
        listed: (objects) => this.#take({ of: 'workloads', kind, objects }),
        changed: (object, gone) => this.#take({ of: 'workload', kind, object, gone }),
      })
    }
    void this.#collect(
      'events',
      this.#path('api/v1/namespaces/NS/events'),
      { fieldSelector: 'type=Warning' },
      {
        listed: (objects) => this.#take({ of: 'events', objects }),
        changed: (object, gone) => gone || this.#take({ of: 'event', object }),
      },
    )
  }

  /** Lists and watches a collection; a refusal ends the whole. */
  async #collect(
    name: string,
    path: string,
    query: Query,
    observer: {
      listed: CollectionObserver['listed']
      changed(...args: Parameters<CollectionObserver['changed']>): unknown
    },
    signal = this.#signal,
  ): Promise<void> {
    const reachable = (yes: boolean) => this.#setReachable(name, yes)
    try {
      await followCollection(this.#api, path, query, { ...observer, reachable }, signal)
    } catch (error) {
      this.#failed ??= { error }
      this.#wake()
    } finally {
      reachable(true)
    }
  }

  #take(observation: Observation): void {
    this.#observations.push(observation)
    this.#wake()
  }

  async #nextObservations(): Promise<void> {
    if (this.#observations.length === 0) {
      const woken = new AbortController()
      this.#wake = () => woken.abort()
      await sleep(tickMs, AbortSignal.any([woken.signal, this.#options.signal]))
      this.#wake = () => {}
      if (woken.signal.aborted) await sleep(gatherMs, this.#options.signal)
    }
    const observations = this.#observations
    this.#observations = []
    if (observations.length > 0) this.#state = observe(this.#state, observations, this.#now())
  }

  /** Seconds since the start in which the server could be seen. */
  #now(): number {
    const until = this.#unreachable.size > 0 ? this.#blindSince : monotonicSeconds()
    return until - this.#startedAt - this.#blindSeconds
  }

  #setReachable(name: string, yes: boolean): void {
    const before = this.#unreachable.size
    if (yes) this.#unreachable.delete(name)
    else this.#unreachable.add(name)
    if (before === 0 && this.#unreachable.size > 0) {
      this.#blindSince = monotonicSeconds()
      this.#options.onProgress('the API server does not answer; waiting for it')
    }
    if (before > 0 && this.#unreachable.size === 0) this.#blindSeconds += monotonicSeconds() - this.#blindSince
  }

  /** The revisions that stand in other objects: a Deployment's in its ReplicaSets, a DaemonSet's in its history. */
  #seekRevisions(): void {
    for (const [name, { ref, object, rollout, revision }] of this.#state.workloads) {
      if (ref.kind !== 'Deployment' && ref.kind !== 'DaemonSet') continue
      if (!object || !rollout?.observed || revision?.generation === object.metadata.generation) continue
      void this.#once(this.#seeking, name, async () => {
        const found = await findRevision(this.#api, this.#options.namespace, ref, object, this.#signal)
        if (found) this.#take({ of: 'revision', workload: name, revision: found })
        else await sleep(revisionPauseMs, this.#signal)
      })
    }
  }

  /** One watch for each label that pods of these kinds have, by the hashes that are known. */
  #watchPods(): void {
    const hashes = Map.groupBy(
      [...this.#state.workloads.values()].flatMap(({ ref, revision }) =>
        revision ? [{ label: hashLabel[ref.kind], hash: revision.hash }] : [],
      ),
      ({ label }) => label,
    )
    for (const [label, found] of hashes) {
      const wanted = [...new Set(found.map(({ hash }) => hash))].sort()
      const before = this.#podWatches.get(label)
      if (before?.hashes === wanted.join()) continue
      before?.stop.abort()
      const stop = new AbortController()
      this.#podWatches.set(label, { hashes: wanted.join(), stop })
      const labelSelector = wanted.length === 1 ? `${label}=${wanted[0]}` : `${label} in (${wanted.join()})`
      void this.#collect(
        `pods by ${label}`,
        this.#path('api/v1/namespaces/NS/pods'),
        { labelSelector },
        {
          listed: (objects) => this.#take({ of: 'pods', hashes: wanted, objects }),
          changed: (object, gone) => this.#take({ of: 'pod', object, gone }),
        },
        AbortSignal.any([this.#signal, stop.signal]),
      )
    }
  }

  /** Whether a cluster autoscaler or Karpenter is adding a node for a pod: they say so in events that are no warnings. */
  #askForScaling(pod: string): void {
    void this.#once(this.#asking, pod, async () => {
      const query = { fieldSelector: `involvedObject.uid=${pod}` }
      const path = this.#path('api/v1/namespaces/NS/events')
      const { items } = await this.#api.get<KubeList<ClusterEvent>>(path, query, this.#signal)
      const up = items.some(({ reason }) => reason === 'TriggeredScaleUp' || reason === 'Nominated')
      this.#take({ of: 'scaling', pod, up })
    })
  }

  /** Runs a request that is not already running; one that fails is made again at the next turn. */
  async #once(running: Set<string>, name: string, request: () => Promise<void>): Promise<void> {
    if (running.has(name)) return
    running.add(name)
    try {
      await request()
    } catch (error) {
      const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
      if (refused || !(error instanceof ApiError)) this.#failed ??= { error }
      else await sleep(revisionPauseMs, this.#signal)
    } finally {
      running.delete(name)
    }
  }

  #report(last: boolean): void {
    this.#progress.report(workloadStates(this.#state, this.#now()), monotonicSeconds(), last)
  }

  /** Where no pod has said anything yet: events may come late. */
  async #explain(failing: Failing): Promise<Failing> {
    const pod = saysLittle(failing) && !failing.explanation ? silentPod(failing, this.#state) : undefined
    if (!pod) return failing
    const query = { fieldSelector: `involvedObject.uid=${pod.pod.metadata.uid},type=Warning` }
    const path = this.#path('api/v1/namespaces/NS/events')
    const late = AbortSignal.any([this.#signal, AbortSignal.timeout(explainMs)])
    for (;;) {
      const list = await this.#api.get<KubeList>(path, query, late).catch(() => undefined)
      if (list) this.#state = observe(this.#state, [{ of: 'events', objects: list.items }], this.#now())
      const known = explained(failing, this.#state)
      if (known.explanation || late.aborted) return known
      await sleep(revisionPauseMs, late)
    }
  }

  async #fail(found: Failing): Promise<FollowOutcome> {
    const { signal, namespace } = this.#options
    const failing = signal.aborted ? found : await this.#explain(found)
    const evidence = await gatherEvidence(signal.aborted ? undefined : this.#api, namespace, failing, this.#state)
    const workloads = workloadStates(this.#state, this.#now())
    return { ok: false, ...failureOf(failing), workload: failing.workload, evidence, workloads }
  }

  #path(path: string): string {
    return `/${path.replace('NS', this.#options.namespace)}`
  }
}
