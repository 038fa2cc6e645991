import { chooseDriver, type Driver, migrationFolder } from '../drivers/index.ts'
import { assertUniqueVersions, filesOf, type Migration } from '../files.ts'
import type { MigrateInputs } from '../inputs.ts'
import type { PendingScript } from '../lint/rules.ts'
import type { PendingMigration } from './saved.ts'

/** The migrations of the checkout, which the image was built with. */
export interface MigrationFiles {
  readonly driver: Driver
  readonly migrations: readonly Migration[]
}

/**
 * Reads them, for the lint. Undefined where there are none: they may be only in the image.
 * @throws Failure `migrations-missing`, `tool-unclear`, `migration-files`
 */
export function readFiles(inputs: Pick<MigrateInputs, 'tool' | 'migrations'>): MigrationFiles | undefined {
  const isUnsaid = inputs.tool === 'command' || (inputs.tool === 'auto' && inputs.migrations === '')
  if (isUnsaid && filesOf(migrationFolder(inputs)).length === 0) return undefined
  const { driver, folder } = chooseDriver(inputs)
  const migrations = driver.list(folder, new Map())
  assertUniqueVersions(migrations)
  return { driver, migrations }
}

/** The file of a migration, by its name, its version, or the name of its file. Pure. */
export function fileOf(files: MigrationFiles | undefined, name: string): Migration | undefined {
  const plain = name.replace(/^.*\//, '').replace(/(\.up)?\.(sql|[cm]?[jt]s)$/, '')
  return files?.migrations.find((one) => one.name === plain || one.version === plain)
}

/** What is known of pending migrations by their files. Without a file nothing is certain. Pure. */
export function knownOf(files: MigrationFiles | undefined, names: readonly string[]): PendingMigration[] {
  return names.map((name) => ({ name, transactional: fileOf(files, name)?.transactional ?? false }))
}

/** The SQL of pending migrations, as far as the files have it. */
export async function scriptsOf(files: MigrationFiles | undefined, names: readonly string[]): Promise<PendingScript[]> {
  if (!files) return []
  const named = names.flatMap((name) => {
    const file = fileOf(files, name)
    return file ? [{ name, file }] : []
  })
  const scripts = await files.driver.scripts(
    undefined,
    named.map(({ file }) => file),
  )
  return scripts.map((script) => ({
    ...script,
    migration: named.find(({ file }) => file.name === script.migration)?.name ?? script.migration,
  }))
}
