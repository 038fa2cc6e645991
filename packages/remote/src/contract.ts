import { call } from './call.ts'
import type { Connection } from './connection.ts'
import { hostScript } from './host-script.ts'

/** A migration that took something away which older releases need. */
export interface Contract {
  readonly migration: string
  /** The oldest release that survives it: its version, commit or release id. */
  readonly oldest: string
}

/**
 * Notes on a host, beside the releases of `base`, that releases older than `oldest` cannot live with the schema any more:
 * deploy, rollback and switch refuse them from then on. A migration that is noted already is noted anew.
 */
export async function rememberContract(connection: Connection, base: string, contract: Contract): Promise<void> {
  const [migration, oldest] = [oneWord(contract.migration), oneWord(contract.oldest)]
  await call(connection, hostScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 })
}

/** The opposite, where the migration was not applied after all. */
export async function forgetContract(connection: Connection, base: string, migration: string): Promise<void> {
  await call(connection, hostScript, 'forget', { base, migration: oneWord(migration) }, { timeoutMs: 20_000 })
}

/** The names of migrations as a host keeps them: one list with a space between, so none inside. */
export function schemaText(migrations: readonly string[]): string {
  return migrations.map(oneWord).join(' ')
}

function oneWord(name: string): string {
  return name.trim().replaceAll(/\s+/g, '_')
}
