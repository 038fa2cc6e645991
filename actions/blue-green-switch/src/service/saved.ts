import type { TargetOutcome } from '@belay/action-kit'
import type { CommitRecord, LeaseRef, TrafficMove } from '@belay/kubernetes'

/** What post needs to move the traffic back, or to see that it stays; written to the journal before it moves. No secret. */
export interface SavedMove {
  /** The address of the API server: post changes no other one. */
  readonly server: string
  readonly lease: LeaseRef
  /** The transaction in the Lease. */
  readonly release: string
  /** What serves after the move, as the Lease records it. */
  readonly record: CommitRecord
  /** The state of the Lease before, where this step has opened the transaction itself: for a rollback. */
  readonly stateBefore?: string
  traffic: TrafficMove
}

/** The only target of the step. */
export function outcomeOf({ lease }: SavedMove, result: TargetOutcome['result'], detail: string): TargetOutcome[] {
  return [{ target: targetOf(lease), service: lease.service, result, detail }]
}

export function targetOf({ service, namespace }: Pick<LeaseRef, 'service' | 'namespace'>): string {
  return `traffic of ${service} on namespace ${namespace}`
}
