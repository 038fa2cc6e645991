import { toolEnvironment } from '../environment.ts'
import { byNumber, filesOf, type Migration, shownPath, textOf } from '../files.ts'
import { programOf, runTool, toolFailed } from '../tool.ts'
import type { Driver, History, Work } from './driver.ts'
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
          // An empty section is what its generator leaves: nothing would be taken back by it.
          hasDown: downMark !== undefined && text.slice(text.indexOf(downMark) + downMark.length).trim() !== '',
          transactional: !/transaction:\s*false/.test(options),
        }
      })
      .sort(byNumber),

  async look({ inputs, session, migrations }): Promise<History> {
    const table = tableOf(inputs.historyTable)
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const rows = await session.query<{ version: string }>(`select version from ${tableText(table)} order by version`)
    const names = new Map(migrations.map(({ version, name }) => [version, name]))
    return { exists: true, applied: rows.map(({ version }) => names.get(version) ?? version), edited: [] }
  },

  async scripts(_work, pending) {
    return pending.map(({ name, path, transactional }) => {
      const text = textOf(path)
      const from = up.exec(text)?.index ?? 0
      const to = down.exec(text)?.index ?? text.length
      const line = text.slice(0, from).split('\n').length
      return { migration: name, file: shownPath(path), line, text: text.slice(from, Math.max(from, to)), transactional }
    })
  },

  ready: async (work) => void (await programFor(work)),
  apply: (work) => call(work, 'migrate'),

  async down(work, applied) {
    for (const _ of applied) await call(work, 'rollback')
  },

  nextCommand: (_work, failed) =>
    failed && !failed.transactional
      ? `look at what ${failed.name} did before it failed, finish or undo that by hand, and insert its version ${failed.version} into the history once it is whole`
      : 'mend the migration and run this again',
}

function tableOf(given: string): string {
  return given || process.env.DBMATE_MIGRATIONS_TABLE || 'schema_migrations'
}

function programFor(work: Work): Promise<string> {
  const install =
    'give tool-version, add the npm package dbmate to the repository, or install dbmate in an earlier step.'
  return programOf(work, 'dbmate', { own: true, install })
}

async function call(work: Work, command: 'migrate' | 'rollback'): Promise<void> {
  const { inputs, folder, reach, session } = work
  const program = await programFor(work)
  const words = [
    program,
    '--migrations-dir',
    folder,
    '--migrations-table',
    tableOf(inputs.historyTable),
    '--no-dump-schema',
  ]
  const ran = await runTool(work, [...words, command], toolEnvironment(inputs, reach, session.tls))
  if (ran.status !== 0) throw toolFailed('dbmate', ran)
}
