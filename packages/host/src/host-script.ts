import { readFileSync } from 'node:fs'
import { protocol, sharedCommands } from './protocol.ts'
import type { Commands, Remedies } from './protocol-types.ts'
import { sharedRemedies } from './shared-remedies.ts'

const words = readFileSync(new URL('./host/words.sh', import.meta.url), 'utf8')
const process = readFileSync(new URL('./host/process.sh', import.meta.url), 'utf8')
const state = readFileSync(new URL('./host/state.sh', import.meta.url), 'utf8')
const protocolPart = readFileSync(new URL('./host/protocol.sh', import.meta.url), 'utf8')
const lock = readFileSync(new URL('./host/lock.sh', import.meta.url), 'utf8')
const schema = readFileSync(new URL('./host/schema.sh', import.meta.url), 'utf8')
const hooks = readFileSync(new URL('./host/hooks.sh', import.meta.url), 'utf8')
const prune = readFileSync(new URL('./host/prune.sh', import.meta.url), 'utf8')
const serve = readFileSync(new URL('./host/serve.sh', import.meta.url), 'utf8')
const hold = readFileSync(new URL('./host/hold.sh', import.meta.url), 'utf8')
const commands = readFileSync(new URL('./host/commands.sh', import.meta.url), 'utf8')
const inspect = readFileSync(new URL('./host/inspect.sh', import.meta.url), 'utf8')
const main = readFileSync(new URL('./host/main.sh', import.meta.url), 'utf8')

/** No commands but the shared ones. */
type NoCommands = Readonly<Record<never, never>>

/** A host script: the shared part alone, or with an action's own, as one text with a name. */
export interface HostScript<Own extends Commands = NoCommands> {
  /** Names the file below `.belay/`: `deploy-ssh`. Empty where nothing is kept there. */
  readonly name: string
  readonly text: string
  /** The number of its protocol. */
  readonly protocol: number
  readonly commands: typeof sharedCommands & Own
  /** Of the codes that it refuses with. */
  readonly remedies: Remedies
}

/** A file uses only files before it, and the hooks. */
const sharedText = [
  words,
  process,
  state,
  protocolPart,
  lock,
  schema,
  hooks,
  prune,
  serve,
  hold,
  commands,
  inspect,
  main,
].join('\n')

/** The part of every host script that all actions share, alone. */
export const sharedScript: HostScript = {
  name: '',
  text: sharedText,
  protocol,
  commands: sharedCommands,
  remedies: sharedRemedies,
}

/**
 * Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one, with its own commands and
 * the remedies of its own codes.
 */
export function composeHostScript<const Own extends Commands>(
  name: string,
  part: string,
  own: { readonly commands: Own; readonly remedies: Remedies },
): HostScript<Own> {
  return {
    name,
    // Started as a file (by the detached process, by a boot hook) it runs the command in its arguments.
    text: `${sharedText}\n${part}\n[ -z "\${1-}" ] || main "$@"\n`,
    protocol,
    commands: { ...sharedCommands, ...own.commands },
    remedies: { ...sharedRemedies, ...own.remedies },
  }
}
