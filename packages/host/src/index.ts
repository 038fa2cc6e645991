export { type CallOptions, call, firstWord, type Reply } from './call.ts'
export {
  type Connection,
  connect,
  connectionFolder,
  connectionKey,
  disconnect,
  overConnection,
  reopen,
} from './connection.ts'
export { type Contract, forgetByHand, forgetContract, rememberContract, schemaText } from './contract.ts'
export { armFleet, confirmFleet, refuseUnarmed } from './countdown.ts'
export { type Credentials, type KeyOnly, keyFromInputs, knownHostsName, readCredentials } from './credentials.ts'
export { endsWithLogin, type Finding, refusedLine, refuseFindings, tellNotices } from './finding.ts'
export { closeFleet, common, type FleetHost, heldFleet, onAll, openFleet } from './fleet.ts'
export { type Forward, type ForwardTarget, forward } from './forward.ts'
export { hostScript } from './host-script.ts'
export { armedTargets, hostKeeper, postKeeper } from './keeper.ts'
export { isLocal, localTarget } from './local.ts'
export { giveAllBack, giveBack, lockHosts, withLease } from './lock.ts'
export {
  type HostFacts,
  type LockFacts,
  lockFacts,
  look,
  type PastRelease,
  type Sight,
  type SlotFacts,
  type SystemdFacts,
} from './look.ts'
export { refuseArmedTwice, takeBackSteps, unsettledSteps } from './own-steps.ts'
export { isHostFolder, readHostFolder, servicePath } from './path.ts'
export { assignments, quote, words } from './quote.ts'
export { type Held, type Holding, type HostScript, type HostState, withPart } from './release-process.ts'
export { readSlots } from './slots.ts'
export { refusedBySudo, slotLines, systemctlLines } from './sudo.ts'
export { type HostTarget, parseHost, readHosts } from './target.ts'
export { type SavedFleet, undoFleet, type WayBack } from './undo.ts'
export { isUnit } from './unit.ts'
