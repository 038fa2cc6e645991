import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Names of a step's command files, as in the `github` context (`GITHUB_<NAME>`), with the runner's file prefixes. */
const FILES = {
  env: 'set_env_',
  output: 'set_output_',
  path: 'add_path_',
  state: 'save_state_',
  step_summary: 'step_summary_',
} as const

export type CommandFiles = Record<keyof typeof FILES, string>

/** What a process left in its command files. `problems`: files that could not be read as commands. */
export interface FileCommands {
  env: Record<string, string>
  output: Record<string, string>
  state: Record<string, string>
  path: string[]
  summary: string
  problems: string[]
}

const SUMMARY_LIMIT = 1024 * 1024

/** Makes the five empty files of one process below `temp` and returns their paths. */
export function createCommandFiles(temp: string, suffix: string): CommandFiles {
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const entries = Object.entries(FILES).map(([name, prefix]) => [name, join(folder, prefix + suffix)] as const)
  for (const [, path] of entries) writeFileSync(path, '')
  return Object.fromEntries(entries) as CommandFiles
}

/** Reads and removes the files. However the process ended, what it had written counts (runner: FileCommandManager.cs). */
export function readCommandFiles(files: CommandFiles): FileCommands {
  const problems: string[] = []
  const pairs = (name: 'env' | 'output' | 'state') => {
    const read = parsePairs(textOf(files[name]))
    if (read.problem) problems.push(`Unable to process file command '${name}' successfully. ${read.problem}`)
    return read.pairs
  }
  const commands = { env: pairs('env'), output: pairs('output'), state: pairs('state') }
  const path = textOf(files.path).split('\n').filter(Boolean)
  const summary = textOf(files.step_summary)
  if (Buffer.byteLength(summary) > SUMMARY_LIMIT)
    problems.push('The step summary is larger than 1 MiB and was dropped.')
  for (const file of Object.values(files)) rmSync(file, { force: true })
  return { ...commands, path, summary: Buffer.byteLength(summary) > SUMMARY_LIMIT ? '' : summary, problems }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** `NAME=value` and `NAME<<DELIMITER` lines as pairs; of a name that stands twice, the last value. */
export function parsePairs(text: string): { pairs: Record<string, string>; problem?: string } {
  const { list, ...rest } = listPairs(text)
  return { pairs: Object.fromEntries(list), ...rest }
}

/** Every pair in order. What stands before a mistake counts, nothing after it does, as in the runner, which applies pair by pair. */
export function listPairs(text: string): { list: [name: string, value: string][]; problem?: string } {
  const list: [string, string][] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      list.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (!name || !delimiter) return { list, problem: `Invalid format '${line}': a name and a delimiter are needed.` }
      const end = lines.indexOf(delimiter, at + 1)
      if (end < 0) return { list, problem: `Invalid value. Matching delimiter not found '${delimiter}'.` }
      list.push([name, lines.slice(at + 1, end).join('\n')])
      at = end
    } else {
      return { list, problem: `Invalid format '${line}'.` }
    }
  }
  return { list }
}
