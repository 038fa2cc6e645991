import type { Schema } from '../expect/schema.ts'

/** The rows of a query, their first column as a text. */
export type Query = (sql: string) => Promise<readonly string[]>

export interface SeenDatabase {
  /** Names of the migrations that are applied, in their order. */
  readonly applied: Schema
  readonly advisoryLocks: number
  /** Indexes that an interrupted migration left behind. */
  readonly invalidIndexes: readonly string[]
}

export async function inspectDatabase(query: Query): Promise<SeenDatabase> {
  const [table] = await query("select to_regclass('belay_migrations')::text")
  const locks = await query("select pid from pg_locks where locktype = 'advisory'")
  return {
    // Belay's own table; there is none before the first migration.
    applied: table ? await query('select name from belay_migrations order by version') : [],
    advisoryLocks: locks.length,
    invalidIndexes: await query('select indexrelid::regclass::text from pg_index where not indisvalid'),
  }
}
