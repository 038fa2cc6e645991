import { readFileSync } from 'node:fs'
import { protocol, sharedCommands, sharedRemedies } from './protocol.ts'
import type { Commands, Remedies } from './protocol-types.ts'

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

const sharedText = readFileSync(new URL('./host.sh', import.meta.url), 'utf8')

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
