export type { Answer } from './answer.ts'
export { armFleet, assertArmed, confirmFleet } from './arm-fleet.ts'
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
export { noState, releaseState, type StateText, switchState } from './encode.ts'
export { closeFleet, commonValue, type FleetHost, leaseFleet, onAllHosts, openFleet } from './fleet.ts'
export { type Forward, type ForwardTarget, forward } from './forward.ts'
export type { HostLease, HostState, LockReply } from './host-commands.ts'
export { composeHostScript, type HostScript, sharedScript } from './host-script.ts'
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
export { deployProtocol, migrateProtocol, type ReleaseValues, type SwitchValues, switchProtocol } from './protocol.ts'
export type { Remedies } from './protocol-types.ts'
export { assignments, quote, quoteWords } from './quote.ts'
export { runCommand } from './run-command.ts'
export { readSlots } from './slots.ts'
export { deniedSudoLines, slotSystemctlLines, systemctlLines } from './sudo.ts'
export { type HostTarget, parseHost, readHosts } from './target.ts'
export { type SavedFleet, type UndoSpec, undoFleet } from './undo.ts'
export { isUnitName } from './unit-name.ts'
