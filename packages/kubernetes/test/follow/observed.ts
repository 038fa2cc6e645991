import { readFileSync } from 'node:fs'
import type { KubeObject } from '@belay/kubernetes'
import { type Evaluation, evaluate } from '../../src/follow/evaluate.ts'
import { observe } from '../../src/follow/observe.ts'
import { newestRevision } from '../../src/follow/revision.ts'
import { type WorkloadKind, workloadName } from '../../src/follow/rollout.ts'
import { type FollowState, followState, type Observation } from '../../src/follow/state.ts'

/**
 * A line of `observed.jsonl`: an object as a watch of a Kubernetes 1.36.3 printed it, less the fields that following does
 * not read. The lines of one kind are in the order of the watch.
 */
interface Line {
  readonly case: string
  readonly of: WorkloadKind | 'ReplicaSet' | 'ControllerRevision' | 'pod' | 'event'
  readonly gone?: true
  readonly object: KubeObject
}

const lines: readonly Line[] = readFileSync(new URL('observed.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

/** The objects of a kind of a case, in the order in which the cluster printed them. */
export function observed(name: string, of: Line['of']): KubeObject[] {
  const found = lines.filter((line) => line.case === name && line.of === of).map(({ object }) => object)
  if (found.length === 0) throw new Error(`observed.jsonl has no ${of} of the case "${name}"`)
  return found
}

/** One of them, the first by default. */
export function observedOne(name: string, of: Line['of'], index = 0): KubeObject {
  const object = observed(name, of).at(index)
  if (!object) throw new Error(`observed.jsonl has no ${of} number ${index} of the case "${name}"`)
  return object
}

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const

/** A case, played to the state machine by the test's own clock. */
export class Played {
  state: FollowState
  now = 0
  readonly kind: WorkloadKind
  readonly #case: string
  readonly #progressTimeout: number

  constructor(name: string, { progressTimeout = 300 } = {}) {
    const kind = kinds.find((one) => lines.some((line) => line.case === name && line.of === one))
    if (!kind) throw new Error(`observed.jsonl has no case "${name}"`)
    this.kind = kind
    this.#case = name
    this.#progressTimeout = progressTimeout
    const [workload] = observed(name, kind)
    this.state = followState([{ kind, name: workload?.metadata.name ?? '' }], this.now)
  }

  take(...observations: Observation[]): Evaluation {
    this.state = observe(this.state, observations, this.now)
    return this.evaluation
  }

  get evaluation(): Evaluation {
    return evaluate(this.state, this.#progressTimeout, this.now)
  }

  /** The word of the row for which it failed; undefined while it goes on or is done. */
  get failed(): string | undefined {
    const { evaluation } = this
    return evaluation.verdict === 'failed' ? evaluation.failing.sighting.sign.word : undefined
  }

  wait(seconds: number): this {
    this.now += seconds
    return this
  }

  /** The workload in its state number `index`, the last by default, with the revision that the objects around it name. */
  workload(index = -1): this {
    const object = observedOne(this.#case, this.kind, index)
    this.take({ of: 'workload', kind: this.kind, object })
    const others = { Deployment: 'ReplicaSet', DaemonSet: 'ControllerRevision' } as const
    if (this.kind === 'Deployment' || this.kind === 'DaemonSet') {
      const revision = newestRevision(this.kind, object, observed(this.#case, others[this.kind]))
      const name = workloadName({ kind: this.kind, name: object.metadata.name })
      if (revision) this.take({ of: 'revision', workload: name, revision })
    }
    const [followed] = this.state.workloads.values()
    return followed?.podsListed ? this : this.podsListed([])
  }

  podsListed(objects: readonly KubeObject[]): this {
    const hashes = [...this.state.workloads.values()].flatMap(({ revision }) => (revision ? [revision.hash] : []))
    this.take({ of: 'pods', hashes, objects })
    return this
  }

  /** The pods' states, one a second, until it failed; returns the one at which it did. */
  podsUntilFailure(): KubeObject | undefined {
    for (const object of observed(this.#case, 'pod')) {
      this.wait(1).take({ of: 'pod', object })
      if (this.failed !== undefined) return object
    }
    return undefined
  }

  pods(): this {
    for (const object of observed(this.#case, 'pod')) this.take({ of: 'pod', object })
    return this
  }

  events(): this {
    for (const object of observed(this.#case, 'event')) this.take({ of: 'event', object })
    return this
  }
}
