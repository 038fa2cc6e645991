import { readFileSync } from 'node:fs'
import { type Remedies, sharedRemedies } from './protocol.ts'

/** A host script: the shared part alone, or with an action's own, as one text with a name. */
export interface HostScript {
  /** Names the file below `.belay/`: `deploy-ssh`. Empty where nothing is kept there. */
  readonly name: string
  readonly text: string
  /** Of the codes that it refuses with. */
  readonly remedies: Remedies
}

const sharedText = readFileSync(new URL('./host.sh', import.meta.url), 'utf8')

/** The part of every host script that all actions share, alone. */
export const sharedScript: HostScript = { name: '', text: sharedText, remedies: sharedRemedies }

/**
 * Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one. `remedies` are those of the
 * part's own codes.
 */
export function composeHostScript(name: string, part: string, remedies: Remedies): HostScript {
  // Started as a file (by the detached process, by a boot hook) it runs the command in its arguments.
  const text = `${sharedText}\n${part}\n[ -z "\${1-}" ] || main "$@"\n`
  return { name, text, remedies: { ...sharedRemedies, ...remedies } }
}
