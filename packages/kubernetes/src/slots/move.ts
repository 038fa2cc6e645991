import type { ObjectRef } from '../resources.ts'
import type { UndoEntry } from '../undo/entry.ts'

/** A release in the idle slot, as its step leaves it to the step that moves the traffic. */
export interface SlotFill {
  readonly active: string
  readonly idle: string
  /** The Services that lead to the slots. */
  readonly services: readonly string[]
  /** An autoscaler decides how many pods the slot has. */
  readonly scaled: boolean
}

/** Traffic that was moved, and what moves it back. Lies in the journal and in the cluster. */
export interface TrafficMove {
  readonly from: string
  readonly to: string
  readonly entries: readonly UndoEntry[]
  /** Nothing served before: going back leads to nothing, as before. */
  readonly fromNothing: boolean
  /** The Job of the cluster that moves it back where the job does not end in time. */
  readonly confirmJob?: ObjectRef
}
