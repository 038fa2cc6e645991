// All hosts of one change. What is done to one is done to all: open, lease, lock, arm, confirm, or undo; at last close.

export { armFleet, assertArmed, confirmFleet } from '../arm-fleet.ts'
export { armedTargets, claimTarget } from '../confirmer.ts'
export { assertArmedOnce, pendingSteps, transactionIdOf, undoEarlierSteps, undoJoinedSteps } from '../earlier-steps.ts'
export { closeFleet, commonValue, type FleetHost, leaseFleet, onAllHosts, openFleet } from '../fleet.ts'
export type { HostState, LockReply } from '../host-commands.ts'
export { lockHosts, lockUnmoved, releaseLock, releaseLocks, withLease } from '../lock.ts'
export { type Heard, hearProxies, knownWord, portsWithTraffic } from '../remote-traffic.ts'
export { type Claim, type SavedFleet, type UndoSpec, undoFleet } from '../undo.ts'
