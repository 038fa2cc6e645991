import { join } from 'node:path'
import { Failure } from '@belay/action-kit'
import { displayPath, filesOf, textOf, workspaceFolder } from '../files.ts'
import type { MigrateInputs } from '../inputs.ts'
import { command } from './command.ts'
import { dbmate } from './dbmate.ts'
import type { Driver, ToolName } from './driver.ts'

export type { Driver, History, MigrationContext, ToolName } from './driver.ts'

import { golangMigrate } from './golang-migrate.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { sql } from './sql.ts'

export const drivers: Record<ToolName, Driver> = {
  sql,
  dbmate,
  'golang-migrate': golangMigrate,
  'node-pg-migrate': nodePgMigrate,
  command,
}

/**
 * The tool and the folder of the migrations. With `tool: auto` the files decide.
 * @throws Failure `migrations-missing`, `tool-unclear`
 */
export function chooseDriver(inputs: Pick<MigrateInputs, 'tool' | 'migrations'>): { driver: Driver; folder: string } {
  const folder = migrationFolder(inputs)
  const files = filesOf(folder)
  if (inputs.tool === 'command') return { driver: command, folder }
  if (files.length === 0)
    throw new Failure(
      'migrations-missing',
      `The folder ${displayPath(folder)} has no migrations.`,
      'check out the repository before this step, or give the folder as migrations.',
    )
  if (inputs.tool !== 'auto') return { driver: drivers[inputs.tool], folder }
  const read = (file: string) => textOf(join(folder, file))
  const fits = [golangMigrate, dbmate, nodePgMigrate].filter((driver) => driver.recognises(files, read))
  if (fits.length === 0 && sql.recognises(files, read)) fits.push(sql)
  const [driver, other] = fits
  if (driver && !other) return { driver, folder }
  const verdict = other
    ? `fit more than one tool: ${fits.map(({ tool }) => tool).join(' and ')}`
    : 'fit no tool that Belay knows'
  throw new Failure('tool-unclear', `The files in ${displayPath(folder)} ${verdict}.`, 'give the input tool.')
}

/** The folder of the migrations, whether it exists or not. */
export function migrationFolder({ tool, migrations }: Pick<MigrateInputs, 'tool' | 'migrations'>): string {
  return migrations || firstFolder(tool === 'auto' ? sql.folders : drivers[tool].folders)
}

function firstFolder(folders: readonly string[]): string {
  const found = folders.map((folder) => join(workspaceFolder(), folder))
  return found.find((folder) => filesOf(folder).length > 0) ?? found[0] ?? ''
}
