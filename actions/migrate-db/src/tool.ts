import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failure, Interrupted, jobFolder, messageOf, runBounded } from '@belay/action-kit'
import { type MigrationContext, ToolFailure } from './drivers/driver.ts'
import { workspaceFolder } from './files.ts'
import { cancelTools } from './lock.ts'
import { type PinnedName, pinnedFile, toolReleases } from './pinned-tools.ts'
import { fetchTool } from './tool-download.ts'

/**
 * The path of a program: in the repository's own `node_modules/.bin`, else on PATH.
 * @throws Failure `tool-missing`
 */
export function findProgram(name: string, install: string, own = true): string {
  const found = searchProgram(name, own)
  if (found) return found
  throw new Failure('tool-missing', `The program ${name} is neither in node_modules/.bin nor on PATH.`, install)
}

/**
 * The path of a program that Belay can download: as `findProgram`, else the download that `tool-version` names.
 * @throws Failure `tool-missing`, and what `pinnedFile` and `fetchTool` throw
 */
export async function programOf(
  { inputs, signal, print }: Pick<MigrationContext, 'inputs' | 'signal' | 'print'>,
  tool: PinnedName,
  { own, install }: { own: boolean; install: string },
): Promise<string> {
  const { program } = toolReleases[tool]
  const found = searchProgram(program, own)
  if (found) return found
  const { toolVersion } = inputs
  if (toolVersion === undefined)
    throw new Failure(
      'tool-missing',
      `The program ${program} is not on PATH${own ? ', nor in node_modules/.bin' : ''}.`,
      install,
    )
  const folder = join(jobFolder(), 'tools')
  return fetchTool(pinnedFile(tool, toolVersion, process.arch), { folder, signal, info: print, warn: print })
}

function searchProgram(name: string, own: boolean): string | undefined {
  const folders = [
    ...(own ? [join(workspaceFolder(), 'node_modules/.bin')] : []),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface ToolResult {
  readonly status: number
  /** Of a very long stream only the last 4,000,000 characters. */
  readonly output: string
  readonly errors: string
}

/**
 * Runs a tool in the workspace until it ends, and prints its output. If the job is cancelled, the tool is stopped, and its
 * statements in the server are cancelled.
 */
export async function runTool(
  context: Pick<MigrationContext, 'print' | 'signal' | 'session'>,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ToolResult> {
  const [program = '', ...args] = words
  const stopped = AbortSignal.any([context.signal, context.session.lost])
  const cancelStatements = () => void cancelTools(context.session).catch(() => {})
  stopped.addEventListener('abort', cancelStatements)
  const lines = { output: printLines(context.print), errors: printLines(context.print) }
  try {
    const { status, output, errors } = await runBounded(program, args, {
      cwd: workspaceFolder(),
      env,
      signal: stopped,
      keptCharacters: 4_000_000,
      onText: (text, stream) => lines[stream].write(text),
    })
    return { status: status ?? 137, output, errors }
  } catch (error) {
    if (context.signal.aborted) throw new Interrupted()
    // The session was lost: what the tool did is unknown, as if it had been killed.
    if (error instanceof Interrupted) return { status: 137, output: '', errors: '' }
    throw new Failure('tool-missing', `The program ${program} could not be started: ${messageOf(error)}`)
  } finally {
    lines.output.end()
    lines.errors.end()
    stopped.removeEventListener('abort', cancelStatements)
  }
}

/** Prints line by line. `print` puts a prefix before each, so that the runner takes no line for a workflow command. */
function printLines(print: (line: string) => void): { write(text: string): void; end(): void } {
  let rest = ''
  return {
    write(text) {
      const parts = `${rest}${text}`.split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) print(part)
    },
    end() {
      if (rest !== '') print(rest)
    },
  }
}

/** The failure of a tool. Its output stays only in the log, because it may hold rows of the database. */
export function toolFailure(name: string, { status, output, errors }: ToolResult): ToolFailure {
  const printed = `${output.slice(-20_000)}\n${errors}`
  const lockTimeout = /\b55P03\b|due to lock timeout/.test(printed)
  const refused = lockTimeout || /\(details: pq: |\bpq: |\berror: /.test(printed)
  return new ToolFailure(`${name} ended with status ${status}`, { sqlstate: '', lockTimeout, refused })
}
