import { currentRun, Failure, Interrupted, messageOf } from '@belay/action-kit'
import { codeOfError, openSession, type Session } from '../database.ts'
import { sessionSettings } from '../environment.ts'
import { byNumber, checksumOf, displayPath, filesOf, type Migration, textOf } from '../files.ts'
import { splitSql } from '../lint/split.ts'
import { cancelTools } from '../lock.ts'
import { type Driver, type History, type MigrationContext, ToolFailure } from './driver.ts'
import { tableExists, tableText } from './history.ts'

const noTransaction = /^--\s*belay:\s*no-transaction\s*$/

/** Belay's own tool: plain SQL files, one transaction each, and a history with the checksum of each file. */
export const sql: Driver = {
  tool: 'sql',
  folders: ['migrations', 'db/migrations'],
  strict: false,

  recognises: (files) =>
    files.some((file) => /^\d+_.*\.sql$/.test(file)) && !files.some((file) => /\.up\.sql$/.test(file)),

  list(folder) {
    const files = filesOf(folder)
    const migrations = files
      .filter((file) => /^\d+_.+\.sql$/.test(file) && !file.endsWith('.down.sql'))
      .map((file): Migration => {
        const path = `${folder}/${file}`
        const text = textOf(path)
        const name = file.replace(/\.sql$/, '')
        const transactional = !noTransaction.test(text.split('\n', 1)[0] ?? '')
        assertNoTransactionStatement(path, text)
        return {
          name,
          version: /^\d+/.exec(name)?.[0] ?? '',
          path,
          hasDown: files.includes(`${name}.down.sql`),
          transactional,
        }
      })
      .sort(byNumber)
    return migrations
  },

  async readHistory({ inputs, session, migrations }): Promise<History> {
    const table = tableOf(inputs.historyTable)
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const rows = await session.query<{ version: string; name: string; checksum: string }>(
      `select version, name, checksum from ${tableText(table)} order by applied_at, name`,
    )
    const files = new Map(migrations.map((migration) => [migration.version, migration]))
    return {
      exists: true,
      applied: rows.map(({ version, name }) => files.get(version)?.name ?? name),
      edited: rows.flatMap(({ version, checksum }) => {
        const file = files.get(version)
        return file && checksumOf(textOf(file.path)) !== checksum ? [file.name] : []
      }),
    }
  },

  scripts: async (_context, pending) =>
    pending.map(({ name, path, transactional }) => ({
      migration: name,
      file: displayPath(path),
      line: 1,
      text: textOf(path),
      transactional,
    })),

  apply: (context, pending) =>
    inSession(context, async (session) => {
      const table = tableText(tableOf(context.inputs.historyTable))
      await session.query(
        `create table if not exists ${table} (version text primary key, name text not null, checksum text not null,
           applied_at timestamptz not null default now(), run_id text not null, duration_ms integer not null)`,
      )
      for (const migration of pending) await applyOne(context, session, table, migration)
    }),

  down: (context, applied) =>
    inSession(context, async (session) => {
      const table = tableText(tableOf(context.inputs.historyTable))
      for (const { name, path, version } of applied.toReversed()) {
        context.print(`undoing ${name}`)
        const text = textOf(path.replace(/\.sql$/, '.down.sql'))
        const removeRow = () => session.query(`delete from ${table} where version = $1`, [version])
        await runText(session, name, text, !noTransaction.test(text.split('\n', 1)[0] ?? ''), removeRow)
      }
    }),

  nextCommand(_context, failed, _history) {
    if (!failed || failed.transactional) return 'fix the migration and run the job again'
    return (
      `finish or undo by hand the statements that ran; if you finished the migration, insert version ${failed.version} ` +
      `with sha256 of the file into the history, else run the job again`
    )
  },
}

function tableOf(given: string): string {
  return given || 'belay_migrations'
}

/** A file that ends the transaction itself could fail half applied. */
function assertNoTransactionStatement(path: string, text: string): void {
  const own = splitSql(text).find(({ bare }) =>
    /^(begin|commit|end|rollback|start transaction|abort|savepoint)\b/i.test(bare),
  )
  if (!own) return
  throw new Failure(
    'migration-files',
    `${displayPath(path)}:${own.line} begins or ends a transaction.`,
    'remove that statement: each file is a transaction of its own. With "-- belay: no-transaction" as its first line it is none.',
  )
}

async function applyOne(
  context: MigrationContext,
  session: Session,
  table: string,
  migration: Migration,
): Promise<void> {
  const { name, version, path, transactional } = migration
  const text = textOf(path)
  context.print(`applying ${name}`)
  const began = performance.now()
  const { repository, id, attempt } = currentRun()
  const insertRow = () => {
    // Without the lock another run may be active: roll back what is not committed yet.
    if (context.session.lost.aborted) throw new Error('the connection that held the lock was lost')
    return session.query(
      `insert into ${table} (version, name, checksum, run_id, duration_ms) values ($1, $2, $3, $4, $5)`,
      [version, name, checksumOf(text), `${repository}#${id}.${attempt}`, Math.round(performance.now() - began)],
    )
  }
  try {
    await runText(session, name, text, transactional, insertRow)
  } catch (error) {
    if (error instanceof ToolFailure) context.print(error.message)
    throw error
  }
  context.print(`applied ${name} in ${Math.round(performance.now() - began)} ms`)
}

async function runText(
  session: Session,
  name: string,
  text: string,
  transactional: boolean,
  recordInHistory: () => Promise<unknown>,
): Promise<void> {
  const statements = splitSql(text)
  let at: (typeof statements)[number] | undefined
  try {
    if (transactional) await session.query('begin')
    for (at of statements) await session.query(at.sql)
    at = undefined
    await recordInHistory()
    if (transactional) await session.query('commit')
  } catch (error) {
    if (transactional) await session.query('rollback').catch(() => {})
    const state = codeOfError(error)
    const where = at ? ` at line ${at.line}` : ''
    const what = { sqlstate: state, lockTimeout: state === '55P03', refused: state !== '' }
    throw new ToolFailure(`${name} failed${where}: ${messageOf(error)}`, what)
  }
}

/** Runs `task` in a session of its own, with the limits that every tool gets. */
async function inSession(context: MigrationContext, task: (session: Session) => Promise<void>): Promise<void> {
  const session = await openSession(context.access, 'belay-tool', 10_000)
  const stop = () => void cancelTools(context.session).catch(() => {})
  context.signal.addEventListener('abort', stop)
  try {
    for (const [name, value] of Object.entries(sessionSettings(context.inputs)))
      await session.query('select set_config($1, $2, false)', [name, value])
    const path = context.access.url.parameters.get('search_path')
    if (path) await session.query('select set_config($1, $2, false)', ['search_path', path])
    await task(session)
  } catch (error) {
    if (context.signal.aborted) throw new Interrupted()
    throw error
  } finally {
    context.signal.removeEventListener('abort', stop)
    await session.close()
  }
}
