/** Follows rollouts: every new pod, until all are ready or one of them cannot become so. */

export { type ContainerLog, type Evidence, evidenceText } from './evidence.ts'
export { followFailure } from './failure.ts'
export { type FollowOptions, followWorkloads } from './follow.ts'
export type { FollowOutcome, WorkloadState } from './outcome.ts'
export type { FollowCode } from './reasons.ts'
export { type WorkloadKind, type WorkloadRef, workloadName } from './rollout.ts'
export { lastLines } from './text.ts'
export { lastingReasons } from './waiting.ts'
