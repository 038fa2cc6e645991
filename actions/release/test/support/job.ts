import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const actions = join(import.meta.dirname, '../../..')

export interface StageResult {
  readonly exit: number
  readonly log: string
  readonly outputs: Record<string, string>
  readonly environment: Record<string, string>
  readonly summary: string
}

/** One job in the way of the runner: a RUNNER_TEMP for all its steps, files of commands for each stage. */
export interface Job {
  /** RUNNER_TEMP. */
  readonly temp: string
  /** Starts the bundle of an action, such as `release/plan`; inputs as the runner would give them. */
  main(action: string, inputs: Record<string, string>): Promise<StageResult>
  /** Starts the post of the action's last main, with the state that it left. */
  post(action: string, inputs: Record<string, string>): Promise<StageResult>
  close(): void
}

export function openJob(environment: Record<string, string>): Job {
  const folder = mkdtempSync(join(tmpdir(), 'belay-release-'))
  const temp = join(folder, 'temp')
  mkdirSync(temp)
  const states = new Map<string, Record<string, string>>()

  async function stage(action: string, file: string, inputs: Record<string, string>): Promise<StageResult> {
    const at = mkdtempSync(join(folder, 'stage-'))
    const commandFile = (name: string) => {
      writeFileSync(join(at, name), '')
      return join(at, name)
    }
    const env: Record<string, string> = {
      PATH: process.env.PATH ?? '',
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: commandFile('output'),
      GITHUB_STATE: commandFile('state'),
      GITHUB_ENV: commandFile('env'),
      GITHUB_STEP_SUMMARY: commandFile('summary'),
      GITHUB_REPOSITORY: 'acme/acme-sales',
      GITHUB_RUN_ID: '77',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'release',
      GITHUB_ACTOR: 'ada',
      GITHUB_EVENT_NAME: 'push',
      ...environment,
    }
    for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.toUpperCase()}`] = value
    const state = file === 'post.js' ? (states.get(action) ?? {}) : {}
    for (const [name, value] of Object.entries(state)) env[`STATE_${name}`] = value
    const { exit, log } = await runNode(join(actions, action, 'dist', file), env)
    if (file === 'index.js') states.set(action, readCommands(join(at, 'state')))
    return {
      exit,
      log,
      outputs: readCommands(join(at, 'output')),
      environment: readCommands(join(at, 'env')),
      summary: readFileSync(join(at, 'summary'), 'utf8'),
    }
  }

  return {
    temp,
    main: (action, inputs) => stage(action, 'index.js', inputs),
    post: (action, inputs) => stage(action, 'post.js', inputs),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function runNode(file: string, env: Record<string, string>): Promise<{ exit: number; log: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [file],
      { env, timeout: 200_000, killSignal: 'SIGKILL' },
      (error: (Error & { code?: number | string | null }) | null, stdout, stderr) =>
        resolve({ exit: error ? (typeof error.code === 'number' ? error.code : 137) : 0, log: stdout + stderr }),
    )
  })
}

/** Reads `name<<delimiter` records, as `GITHUB_OUTPUT` and its like hold them; the last of a name holds. */
function readCommands(path: string): Record<string, string> {
  const records = readFileSync(path, 'utf8').matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2\n/gm)
  return Object.fromEntries([...records].map(([, name = '', , value = '']) => [name, value]))
}
