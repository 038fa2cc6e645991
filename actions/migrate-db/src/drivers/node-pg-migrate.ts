import { toolEnvironment } from '../environment.ts'
import { byNumber, displayPath, filesOf, type Migration, textOf } from '../files.ts'
import type { PendingScript } from '../lint/rules.ts'
import { findProgram, runTool, type ToolResult, toolFailure } from '../tool.ts'
import { urlText } from '../url.ts'
import type { Driver, History, MigrationContext } from './driver.ts'
import { tableExists, tableText } from './history.ts'

const code = /\.(c|m)?(j|t)s$/
const sectionMark = (direction: string) => new RegExp(`^\\s*--[\\s-]*${direction}\\s+migration`, 'im')

/** node-pg-migrate: SQL or JavaScript, all pending ones in one transaction unless one of them disables it. */
export const nodePgMigrate: Driver = {
  tool: 'node-pg-migrate',
  folders: ['migrations', 'db/migrations'],
  strict: true,

  recognises: (files, read) =>
    files.some(
      (file) => (/^\d/.test(file) && code.test(file)) || (file.endsWith('.sql') && sectionMark('up').test(read(file))),
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

  async readHistory({ inputs, session }): Promise<History> {
    const table = inputs.historyTable || 'public.pgmigrations'
    if (!(await tableExists(session, table))) return { exists: false, applied: [], edited: [] }
    const rows = await session.query<{ name: string }>(`select name from ${tableText(table)} order by run_on, id`)
    return { exists: true, applied: rows.map(({ name }) => name), edited: [] }
  },

  async scripts(context, pending) {
    const generated =
      context && pending.some(({ path }) => code.test(path)) ? await dryRun(context) : new Map<string, string>()
    return pending.flatMap(({ name, path, transactional }): PendingScript[] => {
      if (code.test(path)) {
        const text = generated.get(name)
        return text === undefined
          ? []
          : [{ migration: name, file: `${displayPath(path)} (generated SQL)`, line: 1, text, transactional }]
      }
      const text = textOf(path)
      const up = text.search(sectionMark('up'))
      const down = text.search(sectionMark('down'))
      const from = Math.max(0, up)
      const to = down > from ? down : text.length
      const line = text.slice(0, from).split('\n').length
      return [{ migration: name, file: displayPath(path), line, text: text.slice(from, to), transactional }]
    })
  },

  prepare: async () => void findNodePgMigrate(),

  async apply(context) {
    const result = await runNodePgMigrate(context, ['up'])
    if (result.status !== 0) throw toolFailure('node-pg-migrate', result)
  },

  async down(context, applied) {
    const result = await runNodePgMigrate(context, ['down', String(applied.length)])
    if (result.status !== 0) throw toolFailure('node-pg-migrate', result)
  },

  nextCommand: (_context, failed) =>
    failed && !failed.transactional
      ? `check what ${failed.name} changed before it failed, finish or undo that by hand, and mark it with "node-pg-migrate up --fake" only if you finished it`
      : 'fix the migration and run the job again',
}

/** Without a `down` in the file the tool derives one; `down = false` means that there is none. */
function hasDown(file: string, text: string): boolean {
  if (file.endsWith('.sql')) return sectionMark('down').test(text)
  return !/\bdown\s*[=:]\s*(false|null)\b/.test(text)
}

function findNodePgMigrate(): string {
  return findProgram(
    'node-pg-migrate',
    'add the npm package node-pg-migrate to the repository, and run npm ci before this step.',
  )
}

function runNodePgMigrate(
  { inputs, folder, access, session, ...context }: MigrationContext,
  command: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<ToolResult> {
  const program = findNodePgMigrate()
  const [table, schema] = inputs.historyTable.split('.').reverse()
  const env = toolEnvironment(inputs, access, session.tls)
  const parameters = new Map(
    [...access.url.parameters].filter(([name]) => !['options', 'application_name'].includes(name)),
  )
  // node's pg treats sslmode=require as verify-full unless `uselibpqcompat` is set.
  const text = urlText({ ...access.url, parameters }, access.endpoint, { sslmode: session.tls, uselibpqcompat: 'true' })
  // Its parser accepts no URL without a host; the socket's folder in the parameters wins over the host.
  const url = text.replace('@:', '@localhost:')
  const words = [program, ...command, '--migrations-dir', folder, '--advisory-lock-mode', 'wait']
  if (table) words.push('--migrations-table', table)
  if (schema) words.push('--migrations-schema', schema)
  return runTool({ ...context, session }, words, { ...env, DATABASE_URL: url, ...more })
}

/**
 * The SQL that JavaScript generates, as the dry run prints it, by name. The dry run uses sessions that cannot write.
 * Without a history table it prints nothing.
 */
async function dryRun(context: MigrationContext): Promise<Map<string, string>> {
  const env = toolEnvironment(context.inputs, context.access, context.session.tls)
  const quiet = { ...context, print: () => {} }
  const result = await runNodePgMigrate(quiet, ['up', '--dry-run'], {
    PGOPTIONS: `${env.PGOPTIONS} -c default_transaction_read_only=on`,
  })
  if (result.status !== 0) return new Map()
  const parts = result.output.split(/^### MIGRATION (.*) \(UP\) ###$/m)
  const pairs = parts.flatMap((name, index): [string, string][] =>
    index % 2 === 1 ? [[name, parts[index + 1] ?? '']] : [],
  )
  return new Map(pairs)
}
