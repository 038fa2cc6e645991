import { existsSync } from 'node:fs'
import {
  Failure,
  firstLine,
  fromEnvironment,
  messageOf,
  monotonicSeconds,
  type Step,
  type TargetOutcome,
} from '@belay/action-kit'
import { type HostTarget, keyFromInputs } from '@belay/host/inputs'
import { removeLimitsCommand } from '@belay/host/limits'
import type { MadeBackup } from './backup.ts'
import { waitForDatabase } from './database.ts'
import { drivers, type History, type MigrationContext, type ToolName } from './drivers/index.ts'
import type { Migration } from './files.ts'
import { removeLimitsOnHosts } from './hosts.ts'
import type { MigrateInputs } from './inputs.ts'
import type { DatabaseContext, SchemaInspection } from './inspect.ts'
import { acquireLock, toolsEnded } from './lock.ts'
import { type DatabaseRoute, openRoute } from './route.ts'
import { parseDatabaseUrl } from './url.ts'

/** What post needs to undo a migration, written before the first change. No secret. */
export interface SavedSchema {
  readonly service: string
  readonly tool: ToolName
  readonly toolVersion: MigrateInputs['toolVersion']
  readonly folder: string
  /** `acme at 127.0.0.1:5432`: the changed database, because inputs may name another one by then. */
  readonly database: string
  readonly hosts: readonly HostTarget[]
  readonly knownHosts: string
  readonly path: string
  readonly phase: MigrateInputs['phase']
  readonly historyTable: string
  readonly statusCommand: readonly string[]
  readonly migrateCommand: readonly string[]
  /** Seconds, for down migrations as well. */
  readonly sessionLockTimeout: number
  readonly statementTimeout: number
  readonly deadline: number
  readonly down: boolean
  /** Names of the migrations to apply, in order. */
  readonly pending: readonly string[]
  /** `before` the first change; `applying`; `applied`, and verified. */
  readonly stage: 'before' | 'applying' | 'applied'
  /** The migration that failed, if one did. */
  readonly failed?: string
  /** Indexes that were invalid before. */
  readonly invalid: readonly string[]
  readonly backup: MadeBackup | undefined
}

export function undoStateOf<Undo>(
  { inputs }: DatabaseContext<Undo>,
  inspection: SchemaInspection,
  backup: MadeBackup | undefined,
  invalid: readonly string[],
): SavedSchema {
  return {
    service: inputs.release.service,
    tool: inspection.driver.tool,
    toolVersion: inputs.toolVersion,
    folder: inspection.context.folder,
    database: databaseName(inputs.url),
    hosts: inputs.through?.hosts ?? [],
    knownHosts: inputs.through?.credentials.knownHosts ?? '',
    path: inputs.path,
    phase: inputs.phase,
    historyTable: inputs.historyTable,
    statusCommand: inputs.statusCommand,
    migrateCommand: inputs.migrateCommand,
    sessionLockTimeout: inputs.sessionLockTimeout,
    statementTimeout: inputs.statementTimeout,
    deadline: inputs.deadline,
    down: inputs.down,
    pending: inspection.plan.pending.map(({ name }) => name),
    stage: 'before',
    invalid,
    backup,
  }
}

function databaseName({ database, host, socketFolder, port }: MigrateInputs['url']): string {
  return `${database} at ${host || socketFolder}:${port}`
}

type SchemaOutcome = Pick<TargetOutcome, 'result' | 'detail' | 'stays'>

/**
 * Undoes the migrations by their down migrations if `down` asks for it and it is possible; else reports exactly which ones
 * stay applied. Never restores data. Inspects first, so it may be called twice and after a kill at any point.
 */
export async function undoSchema(saved: SavedSchema, step: Step<SavedSchema>, until: number): Promise<TargetOutcome[]> {
  const base = { target: `schema of ${saved.service}`, service: saved.service }
  try {
    return [
      {
        ...base,
        ...(await reopenDatabase(saved, step, until, (opened) => undoMigrations(saved, opened, step, until))),
      },
    ]
  } catch (error) {
    const detail = `${saved.database} could not be inspected: ${firstLine(messageOf(error))} Any of these migrations may be applied: ${saved.pending.join(', ')}. ${describeRestore(saved)}`
    return [{ ...base, result: 'mixed', detail }]
  }
}

interface ReopenedDatabase {
  readonly route: DatabaseRoute
  readonly context: MigrationContext
}

/** Opens the same database: its address from the saved state, passwords and keys from the inputs. */
async function reopenDatabase<T>(
  saved: SavedSchema,
  step: Step<SavedSchema>,
  until: number,
  task: (opened: ReopenedDatabase) => Promise<T>,
): Promise<T> {
  const url = parseDatabaseUrl(fromEnvironment('database-url').trim())
  if (typeof url === 'string') throw new Failure('inputs', `database-url ${url}.`)
  if (databaseName(url) !== saved.database)
    throw new Failure('inputs', `database-url now names ${databaseName(url)}, not ${saved.database}.`)
  const credentials = { ...keyFromInputs(), knownHosts: saved.knownHosts }
  const through = saved.hosts.length > 0 ? { hosts: saved.hosts, credentials } : undefined
  const left = Math.max(2, until - monotonicSeconds())
  const signal = AbortSignal.timeout(Math.ceil(left * 1000))
  const route = await openRoute({ url, through }, step, signal)
  try {
    const session = await waitForDatabase(route.access, Math.min(10, left / 2), signal)
    try {
      await acquireLock(session, left / 2, signal, (holder) => step.info(`Waiting: ${holder} migrates this database.`))
      const driver = drivers[saved.tool]
      const print = (line: string) => step.info(`${saved.tool}| ${line}`)
      const migrations = driver.list(saved.folder, url.parameters)
      // The saved state has the inputs that the driver reads; an undo needs no others.
      const inputs = { ...saved, url, through } as unknown as MigrateInputs
      return await task({
        route,
        context: { inputs, folder: saved.folder, migrations, access: route.access, session, print, signal },
      })
    } finally {
      await session.close()
    }
  } finally {
    await route.close()
  }
}

async function undoMigrations(
  saved: SavedSchema,
  { context, route }: ReopenedDatabase,
  step: Step<SavedSchema>,
  until: number,
): Promise<SchemaOutcome> {
  await toolsEnded(context.session, Math.max(1, until - monotonicSeconds() - 2))
  const driver = drivers[saved.tool]
  const history = await driver.readHistory(context)
  const applied = appliedOf(saved, context.migrations, history)
  reportApplied(step, applied)
  const incomplete = incompleteMigration(saved, context.migrations, applied, history)
  if (saved.phase === 'contract' && !history.unknowable) {
    // These migrations left no change, so their limits are not needed.
    const present = new Set([...applied, incomplete].map((one) => one?.name))
    const open = saved.pending.filter((name) => !present.has(name))
    // Down migrations need time after this.
    const left = until - monotonicSeconds()
    const end = until - (saved.down ? left / 2 : Math.min(15, left / 2))
    await removeLimitsOnHosts(route.connections, saved.path, open, end).catch((error: unknown) =>
      step.warn(
        `The limits recorded for ${open.join(', ')} stay, and releases are refused because of them (schema-ahead): ` +
          `${messageOf(error)} Run on each host named here, once its lock is free: ${removeLimitsCommand(saved.path, open)}`,
      ),
    )
  }
  if (incomplete !== undefined) {
    const next = driver.nextCommand(context, incomplete, history)
    const detail = `${incomplete.name} ${saved.failed === incomplete.name ? 'failed' : 'may have begun'} and is not a transaction: the statements that ran before it stopped stay applied; ${next}. ${describeApplied(applied)}${describeRestore(saved)}`
    return { result: 'mixed', detail }
  }
  if (history.unknowable && saved.stage !== 'before')
    return {
      result: 'rolled-back',
      stays: true,
      detail: `the changes of ${saved.migrateCommand[0]} stay; Belay cannot know which these are. ${describeRestore(saved)}`,
    }
  if (applied.length === 0) return { result: 'unchanged', detail: 'nothing was applied' }
  if (!saved.down)
    return { result: 'rolled-back', stays: true, detail: `${describeApplied(applied)}${describeRestore(saved)}` }
  const why = whyNotDown(saved, context.migrations, applied, history)
  if (why !== undefined)
    return {
      result: 'rolled-back',
      stays: true,
      detail: `${describeApplied(applied)}The down migrations did not run: ${why}. ${describeRestore(saved)}`,
    }
  return runDownMigrations(saved, context, applied, step)
}

async function runDownMigrations(
  saved: SavedSchema,
  context: MigrationContext,
  applied: readonly Migration[],
  step: Step<SavedSchema>,
): Promise<SchemaOutcome> {
  const driver = drivers[saved.tool]
  let failure = ''
  await driver.down(context, applied).catch((error: unknown) => {
    failure = messageOf(error)
  })
  const left = appliedOf(saved, context.migrations, await driver.readHistory(context))
  reportApplied(step, left)
  const names = applied.map(({ name }) => name).join(', ')
  if (failure === '' && left.length === 0)
    return { result: 'rolled-back', detail: `undone by down migrations: ${names}` }
  return {
    result: 'mixed',
    detail: `the down migrations failed: ${failure || 'the history still has the migrations'}. ${describeApplied(left)}${describeRestore(saved)}`,
  }
}

/** Writes which migrations of this run stay applied, for the steps after a failure: they run before the post. */
function reportApplied(step: Step<SavedSchema>, applied: readonly Migration[]): void {
  if (step.stage === 'main') step.output('applied', JSON.stringify(applied.map(({ name }) => name)))
}

/** The migrations that this run applied, by the history, in order. */
function appliedOf(saved: SavedSchema, migrations: readonly Migration[], history: History): Migration[] {
  if (history.unknowable) return []
  const pending = new Set(history.pending?.map(({ name }) => name))
  const isApplied = (name: string) => (history.pending ? !pending.has(name) : history.applied.includes(name))
  return saved.pending.filter(isApplied).map((name) => {
    const file = migrations.find((one) => one.name === name)
    return file ?? { name, version: name, path: '', hasDown: false, transactional: false }
  })
}

/** The migration that is neither applied nor certainly without changes; undefined if there is none. */
function incompleteMigration(
  saved: SavedSchema,
  migrations: readonly Migration[],
  applied: readonly Migration[],
  history: History,
): Migration | undefined {
  if (saved.stage !== 'applying' || history.unknowable) return undefined
  const next = saved.pending[applied.length]
  if (next === undefined) return undefined
  const file = migrations.find(({ name }) => name === next) ?? {
    name: next,
    version: next,
    path: '',
    hasDown: false,
    transactional: false,
  }
  // A dirty state that was not repaired counts as incomplete too, whatever the file is.
  return file.transactional && history.dirty === undefined ? undefined : file
}

/** Why down migrations would not restore exactly the previous schema; undefined if they would. */
function whyNotDown(
  saved: SavedSchema,
  migrations: readonly Migration[],
  applied: readonly Migration[],
  history: History,
): string | undefined {
  if (saved.phase === 'contract') return 'a contract has removed what no down migration can restore'
  const without = applied.filter(({ hasDown }) => !hasDown)
  if (without.length > 0) return `${without.map(({ name }) => name).join(', ')} has no down migration`
  const order = migrations.filter(({ name }) => history.applied.includes(name)).map(({ name }) => name)
  const last = order.slice(-applied.length)
  return applied.every(({ name }, index) => last[index] === name) ? undefined : 'later migrations are applied as well'
}

function describeApplied(applied: readonly Migration[]): string {
  if (applied.length === 0) return 'Nothing else was applied. '
  return `${applied.map(({ name }) => name).join(', ')} ${applied.length === 1 ? 'stays' : 'stay'} applied; the previous version works with ${applied.length === 1 ? 'it' : 'them'}, if it was an expand migration. `
}

function describeRestore({ backup }: SavedSchema): string {
  if (!backup) return 'This run made no backup.'
  if (backup.file !== undefined && !existsSync(backup.file))
    return `The backup of this run, ${backup.where}, does not exist any more.`
  return `The backup from before this run: ${backup.where}${backup.sha256 ? ` (sha256 ${backup.sha256.slice(0, 12)}…)` : ''}; to restore it, which loses everything written since: ${backup.restore}`
}
