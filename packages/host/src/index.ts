export { armFleet, assertArmed, confirmFleet } from './arm-fleet.ts'
export { type CallOptions, callHost, firstWord, type Reply } from './call-host.ts'
export {
  type CompatibilityLimit,
  migrationList,
  recordCompatibilityLimit,
  removeCompatibilityLimit,
  removeLimitsCommand,
} from './compatibility-limit.ts'
export { armedTargets, hostConfirmer, postConfirmer } from './confirmer.ts'
export {
  type Connection,
  connect,
  connectionArguments,
  connectionFolder,
  connectionKey,
  disconnect,
  reopen,
} from './connection.ts'
export { type Credentials, keyFromInputs, knownHostsName, type LoginKey, readCredentials } from './credentials.ts'
export { assertArmedOnce, pendingSteps, undoEarlierSteps } from './earlier-steps.ts'
export { closeFleet, commonValue, type FleetHost, leaseFleet, onAllHosts, openFleet } from './fleet.ts'
export { type Forward, type ForwardTarget, forward } from './forward.ts'
export { composeHostScript, type HostLease, type HostScript, type HostState, type LockReply } from './host-commands.ts'
export { hostScript, slotScript } from './host-script.ts'
export {
  type HostFacts,
  type InspectOptions,
  inspectHost,
  type LockFacts,
  lockFacts,
  type PastRelease,
  type SlotFacts,
  type SystemdFacts,
} from './inspect.ts'
export { isLocal, localTarget } from './local.ts'
export { lockHosts, releaseLock, releaseLocks, withLease } from './lock.ts'
export { isHostFolder, readHostFolder, servicePath } from './path.ts'
export {
  assertNoFindings,
  endsWithLoginFinding,
  type PreflightFinding,
  sudoFinding,
  warnOfNotices,
} from './preflight-finding.ts'
export { assignments, quote, quoteWords } from './quote.ts'
export { readSlots } from './slots.ts'
export { deniedSudoLines, slotSystemctlLines, systemctlLines } from './sudo.ts'
export { type HostTarget, parseHost, readHosts } from './target.ts'
export { type SavedFleet, type UndoSpec, undoFleet } from './undo.ts'
export { isUnitName } from './unit-name.ts'
