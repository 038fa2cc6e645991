import type { Connection } from './connection.ts'
import { sharedScript } from './host-script.ts'
import { quote } from './quote.ts'
import { runCommand } from './run-command.ts'

/** A migration that removed something which older releases need. */
export interface CompatibilityLimit {
  readonly migration: string
  /** The oldest release that is compatible with it: its version, commit or release id. */
  readonly oldestCompatible: string
}

/**
 * Records on a host, beside the releases of `base`, that releases older than `oldestCompatible` no longer work with the
 * schema: deploy, rollback and switch refuse them from then on. An earlier record of the same migration is replaced.
 */
export async function recordCompatibilityLimit(
  connection: Connection,
  base: string,
  limit: CompatibilityLimit,
): Promise<void> {
  const [migration, oldest] = [oneWord(limit.migration), oneWord(limit.oldestCompatible)]
  await runCommand(connection, sharedScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 })
}

/**
 * Removes that record, where the migration was not applied after all. Waits for another job's lock, `seconds` at most.
 * @throws Failure `lock-held` where it is held for longer
 */
export async function removeCompatibilityLimit(
  connection: Connection,
  base: string,
  migration: string,
  seconds = 5,
): Promise<void> {
  const wait = Math.max(1, Math.floor(seconds))
  const values = { base, migration: oneWord(migration), wait }
  await runCommand(connection, sharedScript, 'forget', values, { timeoutMs: (wait + 15) * 1000 })
}

/** The command with which a person on the host removes the records of migrations. */
export function removeLimitsCommand(base: string, migrations: readonly string[]): string {
  const literal = (name: string) => oneWord(name).replaceAll(/[.*[\]^$/\\]/g, '\\$&')
  const lines = migrations.map((name) => ` -e ${quote(`/^${literal(name)} /d`)}`)
  return `sed -i${lines.join('')} ${quote(`${base}/.belay/contracts`)}`
}

/** The names of migrations as a host keeps them: one list, separated by spaces, so no name has one inside. */
export function migrationList(migrations: readonly string[]): string {
  return migrations.map(oneWord).join(' ')
}

function oneWord(name: string): string {
  return name.trim().replaceAll(/\s+/g, '_')
}
