import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Schema } from '../expect/schema.ts'
import type { DerivedUnit } from './facts.ts'

/** The migrations of a repository. */
export interface Migrations {
  /** The files that the first version has, and those of the second. */
  readonly first: Schema
  readonly second: Schema
  /** Those that an interruption may leave half done. */
  readonly noTransactions: Schema
}

/** Where `migrate-db` looks by default. */
const folders = ['migrations', 'db/migrations']

/** Those of the unit that changes the schema; none if no unit does. `newFiles`: what only the second version has. */
export function migrationsOf(units: readonly DerivedUnit[], root: string, newFiles: readonly string[]): Migrations {
  const unit = units.find(({ schema }) => schema)
  const folder = unit && [unit.inputs.migrations ?? '', ...folders].find((name) => name && existsSync(join(root, name)))
  return folder ? readMigrations(root, folder, newFiles) : { first: [], second: [], noTransactions: [] }
}

export function readMigrations(root: string, folder: string, newFiles: readonly string[]): Migrations {
  const second = readdirSync(join(root, folder))
    .filter((name) => !name.endsWith('.down.sql'))
    .sort()
  const isTransaction = (name: string) =>
    !/^-- belay: no-transaction$/m.test(readFileSync(join(root, folder, name), 'utf8'))
  return {
    first: second.filter((name) => !newFiles.includes(`${folder}/${name}`)),
    second,
    noTransactions: second.filter((name) => !isTransaction(name)),
  }
}
