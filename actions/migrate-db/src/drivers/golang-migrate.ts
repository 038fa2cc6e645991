import { childEnvironment } from '@belay/action-kit'
import { toolEnvironment } from '../environment.ts'
import { byNumber, displayPath, filesOf, type Migration, textOf } from '../files.ts'
import { splitSql } from '../lint/split.ts'
import { programOf, runTool, toolFailure } from '../tool.ts'
import type { Driver, History, MigrationContext } from './driver.ts'
import { tableExists, tableText } from './history.ts'

const file = /^(\d+)_(.*)\.(up|down)\.sql$/

/**
 * golang-migrate: two files per migration, one row with the last version. Every file goes to the server as one query, which
 * is a transaction of its own unless the file ends it or cannot run in one.
 */
export const golangMigrate: Driver = {
  tool: 'golang-migrate',
  folders: ['migrations', 'db/migrations'],
  strict: true,

  recognises: (files) => files.some((name) => /^\d+_.*\.up\.sql$/.test(name)),

  list(folder, parameters) {
    const files = filesOf(folder)
    return files
      .flatMap((name): Migration[] => {
        const [, version = '', title = '', direction] = file.exec(name) ?? []
        if (direction !== 'up') return []
        const path = `${folder}/${name}`
        return [
          {
            name: `${version}_${title}`,
            version: String(BigInt(version)),
            path,
            hasDown: files.includes(`${version}_${title}.down.sql`),
            transactional: parameters.get('x-multi-statement') !== 'true' && isTransactional(textOf(path)),
          },
        ]
      })
      .sort(byNumber)
  },

  async readHistory({ inputs, session, migrations, access }): Promise<History> {
    const table = tableOf(inputs.historyTable, access.url.parameters)
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const [row] = await session.query<{ version: string; dirty: boolean }>(
      `select version::text, dirty from ${tableText(table)} limit 1`,
    )
    if (!row) return { exists: true, applied: [], edited: [] }
    const at = { version: row.version }
    const reached = migrations.filter((one) => byNumber(one, at) <= 0)
    // A dirty version has failed; it is not applied.
    const applied = (row.dirty ? reached.filter(({ version }) => version !== row.version) : reached).map(
      ({ name }) => name,
    )
    if (!row.dirty && !reached.some(({ version }) => version === row.version)) applied.push(row.version)
    return { exists: true, applied, edited: [], ...(row.dirty && { dirty: row.version }) }
  },

  scripts: async (_context, pending) =>
    pending.map(({ name, path }) => {
      const text = textOf(path)
      const isSingle = splitSql(text).length <= 1
      return { migration: name, file: displayPath(path), line: 1, text, transactional: !isSingle }
    }),

  prepare: async (context) => void (await findMigrate(context)),
  apply: (context) => runMigrate(context, ['up']),
  down: (context, applied) => runMigrate(context, ['down', String(applied.length)]),

  async repairState(context, { dirty }) {
    if (dirty === undefined) return
    await runMigrate(context, ['force', versionBefore(context, dirty)])
  },

  nextCommand(context, failed, { dirty }) {
    if (dirty === undefined) return 'fix the migration and run the job again'
    const before = versionBefore(context, dirty)
    const instruction = failed
      ? `check what ${failed.name} changed before it failed`
      : `check what version ${dirty} changed`
    return `${instruction}, undo that by hand, run "migrate -path ${displayPath(context.folder)} -database … force ${before}" and run the job again; or finish it by hand and force ${dirty}`
  },
}

/** golang-migrate writes -1 for "none". */
function versionBefore({ migrations }: MigrationContext, version: string): string {
  return migrations.filter((one) => byNumber(one, { version }) < 0).at(-1)?.version ?? '-1'
}

function isTransactional(text: string): boolean {
  return !splitSql(text).some(({ bare }) =>
    /^(begin|commit|end|rollback|start transaction)\b|\bconcurrently\b/i.test(bare),
  )
}

function tableOf(given: string, parameters: ReadonlyMap<string, string>): string {
  return given || (parameters.get('x-migrations-table') ?? '').replaceAll('"', '') || 'schema_migrations'
}

function findMigrate(context: MigrationContext): Promise<string> {
  const install = 'give tool-version, or install golang-migrate in an earlier step.'
  return programOf(context, 'golang-migrate', { own: false, install })
}

/**
 * The tool takes its database only as an argument. So that URL has only the driver's own settings. Server, user, password
 * and database come from the environment, which lib/pq reads.
 */
async function runMigrate(context: MigrationContext, command: readonly string[]): Promise<void> {
  const { inputs, folder, access, session } = context
  const program = await findMigrate(context)
  const own = new URLSearchParams([...access.url.parameters].filter(([name]) => /^x-|^search_path$/.test(name)))
  if (inputs.historyTable.includes('.')) {
    own.set('x-migrations-table', tableText(inputs.historyTable))
    own.set('x-migrations-table-quoted', '1')
  } else if (inputs.historyTable) own.set('x-migrations-table', inputs.historyTable)
  const words = [program, '-path', folder, '-database', `postgres:///?${own}`, ...command]
  const { DATABASE_URL: _, ...env } = { ...childEnvironment(), ...toolEnvironment(inputs, access, session.tls) }
  const result = await runTool(context, words, env)
  if (result.status !== 0) throw toolFailure('golang-migrate', result)
}
