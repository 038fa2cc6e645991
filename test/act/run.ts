import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { stringify } from 'yaml'
import { killTracked, trackedProcesses } from '../../tools/workflow-runner/src/process.ts'
import { type ActStage, type Line, stagesOf } from './log.ts'
import { actProgram } from './program.ts'
import { type Repositories, spellOut } from './repositories.ts'

export interface ActRunOptions {
  readonly workflow: object
  readonly repositories: Repositories
  /** 40 hex digits: the commit that was pushed. */
  readonly sha: string
  readonly runId: string
  readonly vars: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** Where GitHub's API is; the token is `ghs_fake`. */
  readonly apiUrl: string
  /** Everything is written below it: a folder for each run, its path short, for paths of sockets end at 107 bytes. */
  readonly workDir: string
  /** Comes first on PATH: act runs actions by the first `node` that it finds. */
  readonly nodeFolder: string
  /** Called for each line when it is printed. `cancel` does what Ctrl-C does. */
  readonly onLine?: (line: Line, cancel: () => void) => void
}

/** A run under act, from act's output. */
export interface ActRun {
  /** 0 where all jobs succeeded, else 1. */
  readonly status: number
  /** In the order in which they began. */
  readonly stages: readonly ActStage[]
  /** All that was printed. */
  readonly log: string
  /** Ids of processes that steps left behind. They have been killed. */
  readonly left: readonly number[]
}

/** Longer than any run here on a busy machine. */
const limitMs = 150_000

/**
 * Runs a workflow for a push, its jobs as processes of this machine: no container, no network.
 * @throws Error where act takes too long, or asks for a repository that is not among `repositories`
 */
export async function runUnderAct(options: ActRunOptions): Promise<ActRun> {
  const trackingId = `act-${process.pid}-${options.runId}`
  const args = prepare(options, trackingId)
  const lines: Line[] = []
  const log: string[] = []
  // act itself, and all that it started.
  const kill = () => void killTracked(trackingId, true)
  let problem: string | undefined
  const giveUp = (why: string) => {
    problem ??= why
    kill()
  }

  process.once('exit', kill)
  const timer = setTimeout(() => giveUp(`act was not done after ${limitMs / 1000} s`), limitMs)
  try {
    const child = spawn(actProgram, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment(options, trackingId) })
    let cancelled = false
    const cancel = () => {
      // The second one would end act without its posts.
      if (!cancelled) child.kill('SIGINT')
      cancelled = true
    }
    createInterface(child.stderr).on('line', (line) => log.push(line))
    createInterface(child.stdout).on('line', (text) => {
      if (!text.startsWith('{')) return log.push(text)
      const line = JSON.parse(text) as Line
      lines.push(line)
      log.push([line.stepID?.join('/') ?? line.jobID, line.stage, line.msg.trim()].join(' '))
      if (line.msg.startsWith('LocalRepositoryCache not matched')) giveUp(`${line.msg}: act would ask GitHub for it`)
      options.onLine?.(line, cancel)
    })
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 128))
    })
    if (problem) throw new Error(`${problem}\n${log.join('\n')}`)
    return { status, stages: stagesOf(lines), log: log.join('\n'), left: trackedProcesses(trackingId) }
  } finally {
    clearTimeout(timer)
    kill()
    process.removeListener('exit', kill)
  }
}

/** Writes the files that act reads. The workspace is empty and no git repository: the event has what was pushed. */
function prepare(options: ActRunOptions, trackingId: string): string[] {
  const { workDir } = options
  const write = (name: string, text: string) => {
    writeFileSync(join(workDir, name), text, { mode: 0o600 })
    return join(workDir, name)
  }
  for (const folder of ['workspace', 'home', 'cache']) mkdirSync(join(workDir, folder), { recursive: true })
  const event = { ref: 'refs/heads/main', after: options.sha, deleted: false, repository: { default_branch: 'main' } }
  const env = {
    GITHUB_REPOSITORY: 'acme/acme',
    GITHUB_API_URL: options.apiUrl,
    GITHUB_RUN_ID: options.runId,
    // act would set it to nothing.
    RUNNER_TRACKING_ID: trackingId,
  }
  return [
    'push',
    '--json',
    '--rm',
    ...['--directory', join(workDir, 'workspace')],
    ...['--workflows', write('workflow.yml', spellOut(stringify(options.workflow)))],
    ...['--eventpath', write('event.json', JSON.stringify(event))],
    ...['--var-file', write('vars.yml', stringify(options.vars))],
    // Without a token it asks `gh` for one.
    ...['--secret-file', write('secrets.yml', stringify({ GITHUB_TOKEN: 'ghs_fake', ...options.secrets }))],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--defaultbranch', 'main'],
    // It would listen on an address that others reach.
    '--no-cache-server',
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(options.repositories).flatMap(([name, folder]) => ['--local-repository', `${name}=${folder}`]),
  ]
}

/** All of act's own environment reaches the steps. */
function environment({ workDir, nodeFolder }: ActRunOptions, trackingId: string): Record<string, string> {
  return {
    PATH: [nodeFolder, process.env.PATH].join(delimiter),
    HOME: join(workDir, 'home'),
    XDG_CACHE_HOME: join(workDir, 'cache'),
    LANG: 'C.UTF-8',
    RUNNER_TRACKING_ID: trackingId,
  }
}
