// One host: a connection to it, the script that runs there, and what an inspection finds. The other faces of this package are
// `fleet` (all hosts of one change: lock, arm, confirm, undo), `inputs` (how a caller names hosts), `preflight` (what a host
// lacks), `limits` (which releases fit the schema), `protocol` (what runner and host say to each other) and `slot-script` (what
// a slot is, for the host scripts of two actions).

export type { Answer } from './answer.ts'
export { postConfirmer } from './confirmer.ts'
export type { Connection } from './connection.ts'
export { releaseState, type StateText, switchState } from './encode.ts'
export { composeHostScript, type HostScript } from './host-script.ts'
export { type HostFacts, type InspectOptions, inspectHost, type LockFacts, lockFacts } from './inspect.ts'
export type { Remedies } from './protocol-types.ts'
export { quote, quoteWords } from './quote.ts'
export { refusedSession } from './refused-session.ts'
export { runCommand } from './run-command.ts'
