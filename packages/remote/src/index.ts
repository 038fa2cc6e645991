export { type CallOptions, call, hostScript, type Reply } from './call.ts'
export {
  type Connection,
  connect,
  connectionFolder,
  connectionKey,
  disconnect,
  overConnection,
  reopen,
} from './connection.ts'
export { type Contract, forgetContract, rememberContract, schemaText } from './contract.ts'
export { type Credentials, knownHostsName, readCredentials } from './credentials.ts'
export { allOrNone, closeFleet, onAll, openFleet } from './fleet.ts'
export { type Forward, type ForwardTarget, forward } from './forward.ts'
export { heldOf, hostKeeper, type KeyOnly, onHost, shadowEnd } from './keeper.ts'
export { isLocal, localTarget } from './local.ts'
export { type HostFacts, look, type PastRelease, type Sight, type SlotFacts, type SystemdFacts } from './look.ts'
export { assignments, quote, words } from './quote.ts'
export {
  actor,
  arm,
  ask,
  confirm,
  type Held,
  type Holding,
  type HostScript,
  type HostState,
  hold,
  leaseSeconds,
  renew,
  undo,
  withPart,
} from './release-process.ts'
export { allowedWithoutPassword, slotLines, systemctlLines } from './sudo.ts'
export { type HostTarget, parseHost, readHosts } from './target.ts'
