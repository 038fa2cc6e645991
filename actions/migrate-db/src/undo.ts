import { existsSync } from 'node:fs'
import { Failure, fromEnvironment, messageOf, monotonicSeconds, type Settled, type Step } from '@belay/action-kit'
import { forgetByHand, type HostTarget, keyFromInputs } from '@belay/host'
import type { Copy } from './backup.ts'
import { waitForDatabase } from './database.ts'
import { drivers, type History, type ToolName, type Work } from './drivers/index.ts'
import type { Migration } from './files.ts'
import { forgetContracts } from './hosts.ts'
import type { MigrateInputs } from './inputs.ts'
import { takeLock, toolsEnded } from './lock.ts'
import type { Open, Seen } from './look.ts'
import { openRoute, type Route } from './route.ts'
import { parseDatabaseUrl } from './url.ts'

/** What post needs to know of a migration, written before the first change. No secret. */
export interface SavedSchema {
  readonly service: string
  readonly tool: ToolName
  readonly toolVersion: MigrateInputs['toolVersion']
  readonly folder: string
  /** `acme at 127.0.0.1:5432`: the database that was changed, for inputs may name another by then. */
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
  /** Names of what was to be applied, in order. */
  readonly pending: readonly string[]
  /** `before` the first change; `applying`; `applied`, and verified. */
  readonly stage: 'before' | 'applying' | 'applied'
  /** The migration that failed, where one did. */
  readonly failed?: string
  /** Indexes that were invalid before. */
  readonly invalid: readonly string[]
  readonly copy: Copy | undefined
}

export function savedOf<Undo>(
  { inputs }: Open<Undo>,
  seen: Seen,
  copy: Copy | undefined,
  invalid: readonly string[],
): SavedSchema {
  return {
    service: inputs.release.service,
    tool: seen.driver.tool,
    toolVersion: inputs.toolVersion,
    folder: seen.work.folder,
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
    pending: seen.plan.pending.map(({ name }) => name),
    stage: 'before',
    invalid,
    copy,
  }
}

function databaseName({ database, host, socketFolder, port }: MigrateInputs['url']): string {
  return `${database} at ${host || socketFolder}:${port}`
}

type Verdict = Pick<Settled, 'result' | 'detail' | 'stays'>

/**
 * Takes back what can be taken back by down migrations, where that was asked for; else says exactly what stands. Never
 * restores data. Looks first, so it may be called twice and after a kill at any point.
 */
export async function undoSchema(saved: SavedSchema, step: Step<SavedSchema>, until: number): Promise<Settled[]> {
  const base = { target: `schema of ${saved.service}`, service: saved.service }
  try {
    return [{ ...base, ...(await withSaved(saved, step, until, (opened) => takeBack(saved, opened, step, until))) }]
  } catch (error) {
    const detail = `nobody could look at ${saved.database}: ${messageOf(error)} Of ${saved.pending.join(', ')} any may be applied. ${restoreWords(saved)}`
    return [{ ...base, result: 'mixed', detail }]
  }
}

interface Opened {
  readonly route: Route
  readonly work: Work
}

/** The way to the same database: where to from what was saved, passwords and keys from the inputs. */
async function withSaved<T>(
  saved: SavedSchema,
  step: Step<SavedSchema>,
  until: number,
  task: (opened: Opened) => Promise<T>,
): Promise<T> {
  const url = parseDatabaseUrl(fromEnvironment('database-url').trim())
  if (typeof url === 'string') throw new Failure('inputs', `database-url ${url}.`)
  if (databaseName(url) !== saved.database) throw new Failure('inputs', `database-url names ${databaseName(url)} now.`)
  const credentials = { ...keyFromInputs(), knownHosts: saved.knownHosts }
  const through = saved.hosts.length > 0 ? { hosts: saved.hosts, credentials } : undefined
  const left = Math.max(2, until - monotonicSeconds())
  const signal = AbortSignal.timeout(Math.ceil(left * 1000))
  const route = await openRoute({ url, through }, step, signal)
  try {
    const session = await waitForDatabase(route.reach, Math.min(10, left / 2), signal)
    try {
      await takeLock(session, left / 2, signal, (holder) => step.info(`Waiting: ${holder} migrates this database.`))
      const driver = drivers[saved.tool]
      const print = (line: string) => step.info(`${saved.tool}| ${line}`)
      const migrations = driver.list(saved.folder, url.parameters)
      // What the driver reads of the inputs is what was saved; the rest is of no use to an undo.
      const inputs = { ...saved, url, through } as unknown as MigrateInputs
      return await task({
        route,
        work: { inputs, folder: saved.folder, migrations, reach: route.reach, session, print, signal },
      })
    } finally {
      await session.close()
    }
  } finally {
    await route.close()
  }
}

async function takeBack(
  saved: SavedSchema,
  { work, route }: Opened,
  step: Step<SavedSchema>,
  until: number,
): Promise<Verdict> {
  await toolsEnded(work.session, Math.max(1, until - monotonicSeconds() - 2))
  const driver = drivers[saved.tool]
  const history = await driver.look(work)
  const applied = appliedOf(saved, work.migrations, history)
  tellApplied(step, applied)
  const half = halfDone(saved, work.migrations, applied, history)
  if (saved.phase === 'contract' && !history.unknowable) {
    // Of these nothing is there, so nothing needs them.
    const there = new Set([...applied, half].map((one) => one?.name))
    const open = saved.pending.filter((name) => !there.has(name))
    // Down migrations need time after this.
    const left = until - monotonicSeconds()
    const end = until - (saved.down ? left / 2 : Math.min(15, left / 2))
    await forgetContracts(route.connections, saved.path, open, end).catch((error: unknown) =>
      step.warn(
        `What was noted of ${open.join(', ')} stays, and releases are refused for it (schema-ahead): ` +
          `${messageOf(error)} On each host named here, once its lock is free: ${forgetByHand(saved.path, open)}`,
      ),
    )
  }
  if (half !== undefined) {
    const next = driver.nextCommand(work, half, history)
    const detail = `${half.name} ${saved.failed === half.name ? 'failed' : 'may have begun'} and is no transaction: what it did before it stopped stands; ${next}. ${standsWords(applied)}${restoreWords(saved)}`
    return { result: 'mixed', detail }
  }
  if (history.unknowable && saved.stage !== 'before')
    return {
      result: 'rolled-back',
      stays: true,
      detail: `what ${saved.migrateCommand[0]} did stays; Belay knows no more of it. ${restoreWords(saved)}`,
    }
  if (applied.length === 0) return { result: 'unchanged', detail: 'nothing was applied' }
  if (!saved.down)
    return { result: 'rolled-back', stays: true, detail: `${standsWords(applied)}${restoreWords(saved)}` }
  const why = whyNotDown(saved, work.migrations, applied, history)
  if (why !== undefined)
    return {
      result: 'rolled-back',
      stays: true,
      detail: `${standsWords(applied)}It was not taken back: ${why}. ${restoreWords(saved)}`,
    }
  return goDown(saved, work, applied, step)
}

async function goDown(
  saved: SavedSchema,
  work: Work,
  applied: readonly Migration[],
  step: Step<SavedSchema>,
): Promise<Verdict> {
  const driver = drivers[saved.tool]
  let trouble = ''
  await driver.down(work, applied).catch((error: unknown) => {
    trouble = messageOf(error)
  })
  const left = appliedOf(saved, work.migrations, await driver.look(work))
  tellApplied(step, left)
  const names = applied.map(({ name }) => name).join(', ')
  if (trouble === '' && left.length === 0)
    return { result: 'rolled-back', detail: `taken back by down migrations: ${names}` }
  return {
    result: 'mixed',
    detail: `the down migrations did not get through: ${trouble || 'the history still has them'}. ${standsWords(left)}${restoreWords(saved)}`,
  }
}

/** What stands of this run, for the steps that come after a failure; none of them sees what the post says. */
function tellApplied(step: Step<SavedSchema>, applied: readonly Migration[]): void {
  if (step.stage === 'main') step.output('applied', JSON.stringify(applied.map(({ name }) => name)))
}

/** What this run applied, by the history, in order. */
function appliedOf(saved: SavedSchema, migrations: readonly Migration[], history: History): Migration[] {
  if (history.unknowable) return []
  const pending = new Set(history.pending?.map(({ name }) => name))
  const there = (name: string) => (history.pending ? !pending.has(name) : history.applied.includes(name))
  return saved.pending.filter(there).map((name) => {
    const file = migrations.find((one) => one.name === name)
    return file ?? { name, version: name, path: '', hasDown: false, transactional: false }
  })
}

/** The migration that is neither applied nor certainly untouched; undefined where there is none. */
function halfDone(
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
  // A broken state that nobody mended is not whole either, whatever the file is.
  return file.transactional && history.dirty === undefined ? undefined : file
}

/** Why down migrations would not give back exactly what was there; undefined where they would. */
function whyNotDown(
  saved: SavedSchema,
  migrations: readonly Migration[],
  applied: readonly Migration[],
  history: History,
): string | undefined {
  if (saved.phase === 'contract') return 'a contract has taken away what no down migration brings back'
  const without = applied.filter(({ hasDown }) => !hasDown)
  if (without.length > 0) return `${without.map(({ name }) => name).join(', ')} has no down migration`
  const order = migrations.filter(({ name }) => history.applied.includes(name)).map(({ name }) => name)
  const last = order.slice(-applied.length)
  return applied.every(({ name }, index) => last[index] === name) ? undefined : 'later migrations are applied as well'
}

function standsWords(applied: readonly Migration[]): string {
  if (applied.length === 0) return 'Nothing else was applied. '
  return `${applied.map(({ name }) => name).join(', ')} ${applied.length === 1 ? 'stays' : 'stay'} applied; the version before works with ${applied.length === 1 ? 'it' : 'them'}, if it was an expand migration. `
}

function restoreWords({ copy }: SavedSchema): string {
  if (!copy) return 'There is no backup of this run.'
  if (copy.file !== undefined && !existsSync(copy.file))
    return `The backup of this run, ${copy.where}, is not there any more.`
  return `The database as it was before: ${copy.where}${copy.sha256 ? ` (sha256 ${copy.sha256.slice(0, 12)}…)` : ''}; to restore it, which loses what was written since: ${copy.restore}`
}
