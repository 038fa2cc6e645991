import { toolEnvironment } from '../environment.ts'
import { byNumber, displayPath, filesOf, type Migration, textOf } from '../files.ts'
import { programOf, runTool, toolFailure } from '../tool.ts'
import type { Driver, History, MigrationContext } from './driver.ts'
import { tableExists, tableText } from './history.ts'

const up = /^--\s*migrate:up(.*)$/m
const down = /^--\s*migrate:down(.*)$/m

/** dbmate: one file for both directions, a row for each version. It has no lock of its own. */
export const dbmate: Driver = {
  tool: 'dbmate',
  folders: ['db/migrations', 'migrations'],
  strict: false,

  recognises: (files, read) => files.some((file) => file.endsWith('.sql') && up.test(read(file))),

  list: (folder) =>
    filesOf(folder)
      .filter((file) => /^\d+.*\.sql$/.test(file))
      .map((file): Migration => {
        const path = `${folder}/${file}`
        const text = textOf(path)
        const [, options = ''] = up.exec(text) ?? []
        const [downMark] = down.exec(text) ?? []
        return {
          name: file.replace(/\.sql$/, ''),
          version: /^\d+/.exec(file)?.[0] ?? '',
          path,
          // The generator writes an empty section, which would undo nothing.
          hasDown: downMark !== undefined && text.slice(text.indexOf(downMark) + downMark.length).trim() !== '',
          transactional: !/transaction:\s*false/.test(options),
        }
      })
      .sort(byNumber),

  async readHistory({ inputs, session, migrations }): Promise<History> {
    const table = tableOf(inputs.historyTable)
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const rows = await session.query<{ version: string }>(`select version from ${tableText(table)} order by version`)
    const names = new Map(migrations.map(({ version, name }) => [version, name]))
    return { exists: true, applied: rows.map(({ version }) => names.get(version) ?? version), edited: [] }
  },

  async scripts(_context, pending) {
    return pending.map(({ name, path, transactional }) => {
      const text = textOf(path)
      const from = up.exec(text)?.index ?? 0
      const to = down.exec(text)?.index ?? text.length
      const line = text.slice(0, from).split('\n').length
      return {
        migration: name,
        file: displayPath(path),
        line,
        text: text.slice(from, Math.max(from, to)),
        transactional,
      }
    })
  },

  prepare: async (context) => void (await findDbmate(context)),
  apply: (context) => runDbmate(context, 'migrate'),

  async down(context, applied) {
    for (const _ of applied) await runDbmate(context, 'rollback')
  },

  nextCommand: (_context, failed) =>
    failed && !failed.transactional
      ? `check what ${failed.name} changed before it failed, finish or undo that by hand, and insert its version ${failed.version} into the history if you finished it`
      : 'fix the migration and run the job again',
}

function tableOf(given: string): string {
  return given || process.env.DBMATE_MIGRATIONS_TABLE || 'schema_migrations'
}

function findDbmate(context: MigrationContext): Promise<string> {
  const install =
    'give tool-version, add the npm package dbmate to the repository, or install dbmate in an earlier step.'
  return programOf(context, 'dbmate', { own: true, install })
}

async function runDbmate(context: MigrationContext, command: 'migrate' | 'rollback'): Promise<void> {
  const { inputs, folder, access, session } = context
  const program = await findDbmate(context)
  const words = [
    program,
    '--migrations-dir',
    folder,
    '--migrations-table',
    tableOf(inputs.historyTable),
    '--no-dump-schema',
  ]
  const result = await runTool(context, [...words, command], toolEnvironment(inputs, access, session.tls))
  if (result.status !== 0) throw toolFailure('dbmate', result)
}
