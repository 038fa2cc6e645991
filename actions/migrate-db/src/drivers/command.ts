import { Failure } from '@belay/action-kit'
import { toolEnvironment } from '../environment.ts'
import { filesOf, type Migration } from '../files.ts'
import { runTool, toolFailure } from '../tool.ts'
import type { Driver, History, MigrationContext } from './driver.ts'

/**
 * Any other tool, run by `migrate-command`. Only its `status-command` can report what is pending: one name per line, nothing
 * if all is applied. Without one the command itself counts as pending, every time.
 */
export const command: Driver = {
  tool: 'command',
  folders: ['migrations', 'db/migrations'],
  strict: false,
  recognises: () => false,

  list: (folder) =>
    filesOf(folder).map((file): Migration => {
      const name = file.replace(/\.[^.]+$/, '')
      return { name, version: name, path: `${folder}/${file}`, hasDown: false, transactional: false }
    }),

  async readHistory(context): Promise<History> {
    const names = context.migrations.map(({ name }) => name)
    if (context.inputs.statusCommand.length === 0)
      return {
        exists: true,
        applied: [],
        edited: [],
        pending: [commandMigration(context.inputs.migrateCommand)],
        unknowable: true,
      }
    const pending = await pendingOf(context)
    const open = new Set(pending.map(({ name }) => name))
    return { exists: true, applied: names.filter((name) => !open.has(name)), edited: [], pending }
  },

  scripts: async () => [],

  async apply(context) {
    const result = await runTool(
      context,
      context.inputs.migrateCommand,
      toolEnvironment(context.inputs, context.access, context.session.tls),
    )
    if (result.status !== 0) throw toolFailure(context.inputs.migrateCommand[0] ?? '', result)
  },

  async down() {
    throw new Failure('no-down', 'Belay knows no down migrations of a command of your own.')
  },

  nextCommand: () => 'check the state with your tool: Belay knows only that the command failed',
}

function commandMigration([program = '']: readonly string[]): Migration {
  return { name: program, version: program, path: '', hasDown: false, transactional: false }
}

/** The pending migrations that `status-command` prints. */
async function pendingOf(
  context: Pick<MigrationContext, 'inputs' | 'access' | 'session' | 'signal' | 'print'>,
): Promise<Migration[]> {
  const { inputs, access, session } = context
  if (inputs.statusCommand.length === 0) return []
  const result = await runTool(context, inputs.statusCommand, toolEnvironment(inputs, access, session.tls))
  if (result.status !== 0)
    throw new Failure(
      'status-failed',
      `status-command failed: ${inputs.statusCommand[0]} ended with status ${result.status}.`,
      'status-command must print the names of the pending migrations, one per line, and end with status 0.',
    )
  const names = result.output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return names.map((name) => ({ name, version: name, path: '', hasDown: false, transactional: false }))
}
