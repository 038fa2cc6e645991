import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const dist = join(import.meta.dirname, '../../dist')

export interface StageResult {
  readonly exit: number
  readonly log: string
  /** Every value that was set, in order. */
  readonly outputs: Record<string, string[]>
  readonly summary: string
  readonly ms: number
}

export interface Job {
  readonly folder: string
  /** Starts dist/index.js as the runner does, and keeps the state for the post. `killAfterMs`: then kill -9. */
  main(step: string, inputs: Record<string, string>, options?: { killAfterMs?: number }): Promise<StageResult>
  post(step: string, inputs: Record<string, string>): Promise<StageResult>
  /** The text of every file that is left below the job's folder. */
  files(): string
  close(): void
}

/** One job in the way of the runner: a RUNNER_TEMP for all steps, files of commands for each stage. */
export function openJob(): Job {
  const folder = mkdtempSync(join(tmpdir(), 'notify-'))
  mkdirSync(join(folder, 'temp'))
  const states = new Map<string, Record<string, string>>()

  async function stage(
    step: string,
    file: string,
    inputs: Record<string, string>,
    state: Record<string, string>,
    timeout = 40_000,
  ) {
    const at = mkdtempSync(join(folder, 'stage-'))
    const commandFile = (name: string) => {
      writeFileSync(join(at, name), '')
      return join(at, name)
    }
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      RUNNER_TEMP: join(folder, 'temp'),
      GITHUB_OUTPUT: commandFile('output'),
      GITHUB_STATE: commandFile('state'),
      GITHUB_ENV: commandFile('env'),
      GITHUB_STEP_SUMMARY: commandFile('summary'),
      GITHUB_REPOSITORY: 'acme/acme-api',
      GITHUB_RUN_ID: '77',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'release',
      GITHUB_ACTOR: 'ada',
      GITHUB_SERVER_URL: 'https://github.com',
    }
    for (const [name, value] of Object.entries({ 'job-status': 'success', ...inputs }))
      env[`INPUT_${name.toUpperCase()}`] = value
    for (const [name, value] of Object.entries(state)) env[`STATE_${name}`] = value
    const began = performance.now()
    const { exit, log } = await runNode(join(dist, file), env, timeout)
    const ms = performance.now() - began
    if (file === 'index.js') states.set(step, last(readCommands(join(at, 'state'))))
    return {
      exit,
      log,
      ms,
      outputs: readCommands(join(at, 'output')),
      summary: readFileSync(join(at, 'summary'), 'utf8'),
    }
  }

  return {
    folder: join(folder, 'temp/belay'),
    main: (step, inputs, options) => stage(step, 'index.js', inputs, {}, options?.killAfterMs),
    post: (step, inputs) => stage(step, 'post.js', inputs, states.get(step) ?? {}),
    files: () => readAll(folder),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function runNode(file: string, env: Record<string, string>, timeout: number): Promise<{ exit: number; log: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file], { env, timeout, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const exit = error ? (typeof error.code === 'number' ? error.code : 137) : 0
      resolve({ exit, log: stdout + stderr })
    })
  })
}

/** Reads `name<<delimiter` records, as `GITHUB_OUTPUT` and its like hold them. */
function readCommands(path: string): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const [, name = '', , value = ''] of readFileSync(path, 'utf8').matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2\n/gm))
    values[name] = [...(values[name] ?? []), value]
  return values
}

function last(values: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']))
}

function readAll(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}
