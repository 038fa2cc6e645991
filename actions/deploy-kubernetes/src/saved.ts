import type { TargetOutcome } from '@belay/action-kit'
import type { CommitRecord, LeaseRef, SavedChart, SlotFill, TrafficMove, UndoEntry } from '@belay/kubernetes'
import type { Keeping } from './keeping.ts'

/** How many pods the canary of each Deployment has, by the Deployment's name. */
export type CanaryPods = Readonly<Record<string, number>>

/** What post needs to commit or undo the release; written to the journal before anything changes. Holds no secret. */
export interface SavedRelease {
  /** The transaction: the id of this job's release or rollback. */
  readonly release: string
  /** The address of the API server: post changes no other one. */
  readonly server: string
  readonly lease: LeaseRef
  /** The state of the Lease before the release. */
  stateBefore: string
  /** What was committed last; undefined where nothing was. */
  committed: CommitRecord | undefined
  /**
   * `locking`: at most the lock was taken. `storing`: what undoes the release may be in the cluster. `changing`: objects
   * may have been changed.
   */
  stage: 'locking' | 'storing' | 'changing'
  /** What commit does; undefined until something changes. */
  keeping?: Keeping
  /** Main commits: the Lease says whether it has. */
  committing?: true
  /** With slots: where the release goes. */
  fill?: SlotFill
  /** Traffic that a lost job had moved: only of a restoration, as a switch undoes its own. */
  traffic?: TrafficMove
  /** The canary of this job. */
  canary?: CanaryPods
  /** The step that made it: this one releases to all pods, and ends the transaction for both. */
  joins?: string
  entries: readonly UndoEntry[]
  /** Where Helm releases it, Helm undoes it, and the entries say what is compared then. */
  chart?: SavedChart
  /** What an undo came to, written before it removes what it needed itself: one that was killed then says the same. */
  undone?: Pick<TargetOutcome, 'result' | 'detail'>
}

/** What became of the target: the only one that the step has. */
export function outcomeOf(saved: SavedRelease, result: TargetOutcome['result'], detail: string): TargetOutcome[] {
  return [{ target: targetName(saved), service: saved.lease.service, result, detail }]
}

/** What an operator calls the target. */
export function targetName({ lease }: Pick<SavedRelease, 'lease'>): string {
  return `${lease.service} on namespace ${lease.namespace}`
}
