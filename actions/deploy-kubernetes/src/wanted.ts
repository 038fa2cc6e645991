import type { CommitRecord, KeptRelease, KeptSlot } from '@belay/kubernetes'
import type { ChartChange } from './chart/plan.ts'
import type { DesiredObject } from './desired.ts'

/** What the namespace is at. */
export interface Past {
  readonly committed: CommitRecord | undefined
  readonly kept: readonly KeptSlot[]
  /** A job that is gone had left a release open: the committed one was not live. */
  readonly wasOpen: boolean
}

/** What is to be released. */
export interface Wanted {
  readonly desired: readonly DesiredObject[]
  /** What is kept of it. */
  readonly release: Omit<KeptRelease, 'dropped'>
  /** Helm releases it. */
  readonly chart?: ChartChange
  /** It is released only where it changes an object; else also to be recorded as what is live. */
  readonly onlyChanges: boolean
}
