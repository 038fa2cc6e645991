import { childEnvironment } from '@belay/action-kit'
import { toolEnvironment } from '../environment.ts'
import { byNumber, filesOf, type Migration, shownPath, textOf } from '../files.ts'
import { splitSql } from '../lint/split.ts'
import { programOf, runTool, toolFailed } from '../tool.ts'
import type { Driver, History, Work } from './driver.ts'
import { tableExists, tableText } from './history.ts'

const file = /^(\d+)_(.*)\.(up|down)\.sql$/

/**
 * golang-migrate: two files a migration, one row that says how far it is. Every file goes to the server as one query,
 * which is a transaction of its own unless the file ends it or may not run in one.
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

  async look({ inputs, session, migrations, reach }): Promise<History> {
    const table = tableOf(inputs.historyTable, reach.url.parameters)
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const [row] = await session.query<{ version: string; dirty: boolean }>(
      `select version::text, dirty from ${tableText(table)} limit 1`,
    )
    if (!row) return { exists: true, applied: [], edited: [] }
    const at = { version: row.version }
    const reached = migrations.filter((one) => byNumber(one, at) <= 0)
    // A dirty version is the one that failed, not one that is applied.
    const applied = (row.dirty ? reached.filter(({ version }) => version !== row.version) : reached).map(
      ({ name }) => name,
    )
    if (!row.dirty && !reached.some(({ version }) => version === row.version)) applied.push(row.version)
    return { exists: true, applied, edited: [], ...(row.dirty && { dirty: row.version }) }
  },

  scripts: async (_work, pending) =>
    pending.map(({ name, path }) => {
      const text = textOf(path)
      const alone = splitSql(text).length <= 1
      return { migration: name, file: shownPath(path), line: 1, text, transactional: !alone }
    }),

  ready: async (work) => void (await programFor(work)),
  apply: (work) => call(work, ['up']),
  down: (work, applied) => call(work, ['down', String(applied.length)]),

  async settle(work, { dirty }) {
    if (dirty === undefined) return
    await call(work, ['force', versionBefore(work, dirty)])
  },

  nextCommand(work, failed, { dirty }) {
    if (dirty === undefined) return 'mend the migration and run this again'
    const before = versionBefore(work, dirty)
    const look = failed ? `look at what ${failed.name} did before it failed` : `look at what version ${dirty} did`
    return `${look}, undo that by hand, then run "migrate -path ${shownPath(work.folder)} -database … force ${before}" and this again; or finish it by hand and force ${dirty}`
  },
}

/** -1 is its word for "none". */
function versionBefore({ migrations }: Work, version: string): string {
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

function programFor(work: Work): Promise<string> {
  const install = 'give tool-version, or install golang-migrate in an earlier step.'
  return programOf(work, 'golang-migrate', { own: false, install })
}

/**
 * It takes its database as an argument only. So the URL there names nothing but the driver's own settings, and server,
 * user, password and database come from the environment, as lib/pq reads them.
 */
async function call(work: Work, command: readonly string[]): Promise<void> {
  const { inputs, folder, reach, session } = work
  const program = await programFor(work)
  const own = new URLSearchParams([...reach.url.parameters].filter(([name]) => /^x-|^search_path$/.test(name)))
  if (inputs.historyTable.includes('.')) {
    own.set('x-migrations-table', tableText(inputs.historyTable))
    own.set('x-migrations-table-quoted', '1')
  } else if (inputs.historyTable) own.set('x-migrations-table', inputs.historyTable)
  const words = [program, '-path', folder, '-database', `postgres:///?${own}`, ...command]
  const { DATABASE_URL: _, ...env } = { ...childEnvironment(), ...toolEnvironment(inputs, reach, session.tls) }
  const ran = await runTool(work, words, env)
  if (ran.status !== 0) throw toolFailed('golang-migrate', ran)
}
