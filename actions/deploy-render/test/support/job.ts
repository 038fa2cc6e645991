import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalEntry } from '@belay/action-kit'
import { type RecordLine, readJsonLines, readRecord } from '@belay/release-model'

const dist = join(import.meta.dirname, '../../dist')

export interface StageResult {
  readonly exit: number | null
  readonly log: string
  readonly outputs: Record<string, string>
  readonly summary: string
  /** `BELAY_RESULT` as this stage left it. */
  readonly belay: string | undefined
}

/** One step of one job; its stages run as child processes, as the runner starts them. */
export interface Job {
  main(inputs: Record<string, string>, during?: (child: ChildProcess) => Promise<void> | void): Promise<StageResult>
  post(inputs: Record<string, string>): Promise<StageResult>
  record(): RecordLine[]
  journal(): JournalEntry[]
  /** The text of every file that the job has left. */
  files(): string
  close(): void
}

export function openJob({ sha, github }: { sha: string; github: string }): Job {
  const folder = mkdtempSync(join(tmpdir(), 'belay-render-'))
  const temp = join(folder, 'temp')
  mkdirSync(temp)
  let state: Record<string, string> = {}

  async function stage(file: string, inputs: Record<string, string>, during?: (child: ChildProcess) => unknown) {
    const at = mkdtempSync(join(folder, 'stage-'))
    const commandFile = (name: string) => {
      writeFileSync(join(at, name), '')
      return join(at, name)
    }
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: commandFile('output'),
      GITHUB_STATE: commandFile('state'),
      GITHUB_ENV: commandFile('env'),
      GITHUB_STEP_SUMMARY: commandFile('summary'),
      GITHUB_REPOSITORY: 'acme/acme',
      GITHUB_SHA: sha,
      GITHUB_API_URL: github,
      GITHUB_RUN_ID: '77',
      GITHUB_RUN_ATTEMPT: '1',
    }
    for (const [name, value] of Object.entries({ 'job-status': 'success', ...inputs }))
      env[`INPUT_${name.toUpperCase()}`] = value
    for (const [name, value] of Object.entries(state)) env[`STATE_${name}`] = value
    const child = spawn(process.execPath, [join(dist, file)], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    })
    let log = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk))
    const [exit] = await Promise.all([
      new Promise<number | null>((resolve) => child.once('close', resolve)),
      during?.(child),
    ])
    if (file === 'index.js') state = readCommands(join(at, 'state'))
    return {
      exit,
      log,
      outputs: readCommands(join(at, 'output')),
      summary: readFileSync(join(at, 'summary'), 'utf8'),
      belay: readCommands(join(at, 'env')).BELAY_RESULT,
    }
  }

  return {
    main: (inputs, during) => stage('index.js', inputs, during),
    post: (inputs) => stage('post.js', inputs),
    journal: () => readJsonLines<JournalEntry>(join(temp, 'belay/journal.jsonl')),
    record: () => readRecord(join(temp, 'belay/record.jsonl')),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
        .join('\n'),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Reads `name<<delimiter` records, as in `GITHUB_OUTPUT` and similar files; the last one of a name counts. */
function readCommands(path: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [, name = '', , value = ''] of readFileSync(path, 'utf8').matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2\n/gm))
    values[name] = value
  return values
}
