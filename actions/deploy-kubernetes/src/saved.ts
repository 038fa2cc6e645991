import type { TargetOutcome } from '@belay/action-kit'
import type { CommitRecord, LeaseRef, UndoEntry } from '@belay/kubernetes'

/** What post needs to commit or undo the release; written to the journal before anything changes. Holds no secret. */
export interface SavedRelease {
  readonly release: string
  readonly version: string
  readonly sha: string
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
  entries: readonly UndoEntry[]
  /** What an undo came to, written before it removes what it needed itself: one that was killed then says the same. */
  undone?: Pick<TargetOutcome, 'result' | 'detail'>
}

/** What an operator calls the target. */
export function targetName({ lease }: Pick<SavedRelease, 'lease'>): string {
  return `${lease.service} on namespace ${lease.namespace}`
}
