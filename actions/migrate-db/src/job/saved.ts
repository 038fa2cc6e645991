import type { KubeObject, LeaseRef } from '@belay/kubernetes'

/** A migration that is not applied yet, as `status-command` names it. */
export interface PendingMigration {
  readonly name: string
  /** Certain, by its file: if it fails, it leaves no change. */
  readonly transactional: boolean
}

/** What post needs where a Job migrates, written before the Job is created. Holds no secret. */
export interface SavedJob {
  readonly via: 'job'
  readonly service: string
  /** The id of the release, which the Job names too. */
  readonly release: string
  /** The address of the API server: post changes no other one. */
  readonly server: string
  readonly lease: LeaseRef
  /** `locked`: no Job was created. `applying`: it may have been. `applied`: it ended well, and that was verified. */
  readonly stage: 'locked' | 'applying' | 'applied'
  readonly job: string
  /** Once the Job was seen: gone, it is then not taken for one that was never created. */
  readonly uid?: string
  /** The Job that asks what is pending; undefined without `status-command`. */
  readonly status: KubeObject | undefined
  /** What was pending before; undefined without `status-command`. */
  readonly pending: readonly PendingMigration[] | undefined
}
