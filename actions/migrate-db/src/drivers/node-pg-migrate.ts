import { toolEnvironment } from '../environment.ts'
import { byNumber, filesOf, type Migration, shownPath, textOf } from '../files.ts'
import type { Script } from '../lint/rules.ts'
import { findProgram, type Ran, runTool, toolFailed } from '../tool.ts'
import { urlText } from '../url.ts'
import type { Driver, History, Work } from './driver.ts'
import { tableExists, tableText } from './history.ts'

const code = /\.(c|m)?(j|t)s$/
const mark = (direction: string) => new RegExp(`^\\s*--[\\s-]*${direction}\\s+migration`, 'im')

/** node-pg-migrate: SQL or JavaScript, all pending ones in one transaction unless one of them says otherwise. */
export const nodePgMigrate: Driver = {
  tool: 'node-pg-migrate',
  folders: ['migrations', 'db/migrations'],
  strict: true,

  recognises: (files, read) =>
    files.some(
      (file) => (/^\d/.test(file) && code.test(file)) || (file.endsWith('.sql') && mark('up').test(read(file))),
    ),

  list: (folder) =>
    filesOf(folder)
      .filter((file) => code.test(file) || file.endsWith('.sql'))
      .map((file): Migration => {
        const path = `${folder}/${file}`
        const text = textOf(path)
        const name = file.replace(/\.[^.]+$/, '')
        return {
          name,
          version: name,
          path,
          hasDown: hasDown(file, text),
          transactional: !/\bnoTransaction\(/.test(text),
        }
      })
      .sort(byNumber),

  async look({ inputs, session }): Promise<History> {
    const table = inputs.historyTable || 'public.pgmigrations'
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const rows = await session.query<{ name: string }>(`select name from ${tableText(table)} order by run_on, id`)
    return { exists: true, applied: rows.map(({ name }) => name), edited: [] }
  },

  async scripts(work, pending) {
    const generated = pending.some(({ path }) => code.test(path)) ? await dryRun(work) : new Map<string, string>()
    return pending.flatMap(({ name, path, transactional }): Script[] => {
      if (code.test(path)) {
        const text = generated.get(name)
        return text === undefined
          ? []
          : [{ migration: name, file: `${shownPath(path)} (generated SQL)`, line: 1, text, transactional }]
      }
      const text = textOf(path)
      const up = text.search(mark('up'))
      const down = text.search(mark('down'))
      const from = Math.max(0, up)
      const to = down > from ? down : text.length
      const line = text.slice(0, from).split('\n').length
      return [{ migration: name, file: shownPath(path), line, text: text.slice(from, to), transactional }]
    })
  },

  ready: async () => void programFor(),

  async apply(work) {
    const ran = await call(work, ['up'])
    if (ran.status !== 0) throw toolFailed('node-pg-migrate', ran)
  },

  async down(work, applied) {
    const ran = await call(work, ['down', String(applied.length)])
    if (ran.status !== 0) throw toolFailed('node-pg-migrate', ran)
  },

  nextCommand: (_work, failed) =>
    failed && !failed.transactional
      ? `look at what ${failed.name} did before it failed, finish or undo that by hand, and mark it with "node-pg-migrate up --fake" only if it is whole`
      : 'mend the migration and run this again',
}

/** Without a `down` of its own its builder makes one; `down = false` says that there is none. */
function hasDown(file: string, text: string): boolean {
  if (file.endsWith('.sql')) return mark('down').test(text)
  return !/\bdown\s*[=:]\s*(false|null)\b/.test(text)
}

function programFor(): string {
  return findProgram('node-pg-migrate', 'add the npm package node-pg-migrate to the repository, and run npm ci first.')
}

function call(
  { inputs, folder, reach, session, ...work }: Work,
  command: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const program = programFor()
  const [table, schema] = inputs.historyTable.split('.').reverse()
  const env = toolEnvironment(inputs, reach, session.tls)
  const parameters = new Map(
    [...reach.url.parameters].filter(([name]) => !['options', 'application_name'].includes(name)),
  )
  // node's pg takes sslmode=require for verify-full unless it is told to mean what libpq means.
  const text = urlText({ ...reach.url, parameters }, reach.place, { sslmode: session.tls, uselibpqcompat: 'true' })
  // Its parser takes no URL without a host; the socket's folder among the parameters wins over it.
  const url = text.replace('@:', '@localhost:')
  const words = [program, ...command, '--migrations-dir', folder, '--advisory-lock-mode', 'wait']
  if (table) words.push('--migrations-table', table)
  if (schema) words.push('--migrations-schema', schema)
  return runTool({ ...work, session }, words, { ...env, DATABASE_URL: url, ...more })
}

/**
 * The SQL that JavaScript makes, as its dry run prints it, by name. It runs with sessions that cannot write, and where
 * there is no history yet it has nothing to tell.
 */
async function dryRun(work: Work): Promise<Map<string, string>> {
  const env = toolEnvironment(work.inputs, work.reach, work.session.tls)
  const quiet = { ...work, print: () => {} }
  const ran = await call(quiet, ['up', '--dry-run'], {
    PGOPTIONS: `${env.PGOPTIONS} -c default_transaction_read_only=on`,
  })
  if (ran.status !== 0) return new Map()
  const parts = ran.output.split(/^### MIGRATION (.*) \(UP\) ###$/m)
  const pairs = parts.flatMap((name, index): [string, string][] =>
    index % 2 === 1 ? [[name, parts[index + 1] ?? '']] : [],
  )
  return new Map(pairs)
}
