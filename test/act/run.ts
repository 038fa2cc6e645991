import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { stringify } from 'yaml'
import { killTracked, trackedProcesses } from '../../tools/workflow-runner/src/process.ts'
import { type ActStage, type Line, stagesOf } from './log.ts'
import { actProgram } from './program.ts'
import { forAct, type Repositories } from './repositories.ts'

export interface ActRunOptions {
  /** YAML. */
  readonly workflow: string
  /** Default: a push of `sha` to main. */
  readonly event?: { readonly name: string; readonly payload: object }
  /** Only this job and what it needs. */
  readonly job?: string
  /** Variables of every step, over those of act. */
  readonly env?: Readonly<Record<string, string>>
  /** The files of the repository. Default: none. */
  readonly workspace?: string
  readonly repositories: Repositories
  /** `owner/name` of the repository that is released. */
  readonly repository: string
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
  /** Called for each line when it is printed. */
  readonly onLine?: (line: Line, control: ActControl) => void
  /** Called when act runs. */
  readonly onStart?: (control: ActControl) => void
}

/** What can be done to a run. */
export interface ActControl {
  /** What Ctrl-C does. */
  cancel(): void
  /** Kills act and all that it started. */
  loseRunner(): void
  /** Ids of the processes of the run, act's own among them. */
  processes(): number[]
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
const limitMs = 600_000

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
    const control: ActControl = {
      cancel() {
        // The second one would end act without its posts.
        if (!cancelled) child.kill('SIGINT')
        cancelled = true
      },
      loseRunner: kill,
      processes: () => trackedProcesses(trackingId),
    }
    options.onStart?.(control)
    createInterface(child.stderr).on('line', (line) => log.push(line))
    createInterface(child.stdout).on('line', (text) => {
      if (!text.startsWith('{')) return log.push(text)
      const line = JSON.parse(text) as Line
      lines.push(line)
      log.push([line.stepID?.join('/') ?? line.jobID, line.stage, line.msg.trim()].join(' '))
      if (line.msg.startsWith('LocalRepositoryCache not matched')) giveUp(`${line.msg}: act would ask GitHub for it`)
      options.onLine?.(line, control)
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

/** Writes the files that act reads. The workspace is no git repository: the event has what was pushed. */
function prepare(options: ActRunOptions, trackingId: string): string[] {
  const { workDir } = options
  const write = (name: string, text: string) => {
    writeFileSync(join(workDir, name), text, { mode: 0o600 })
    return join(workDir, name)
  }
  const { workspace = join(workDir, 'workspace') } = options
  for (const folder of [workspace, join(workDir, 'home'), cacheOf(workDir)]) mkdirSync(folder, { recursive: true })
  const pushed = { ref: 'refs/heads/main', after: options.sha, deleted: false, repository: { default_branch: 'main' } }
  const event = options.event ?? { name: 'push', payload: pushed }
  const env = {
    ...options.env,
    GITHUB_REPOSITORY: options.repository,
    GITHUB_API_URL: options.apiUrl,
    GITHUB_RUN_ID: options.runId,
    // act would set it to nothing.
    RUNNER_TRACKING_ID: trackingId,
  }
  return [
    event.name,
    '--json',
    '--rm',
    ...(options.job ? ['--job', options.job] : []),
    ...['--directory', workspace],
    ...['--workflows', write('workflow.yml', forAct(options.workflow))],
    ...['--eventpath', write('event.json', JSON.stringify(event.payload))],
    ...['--var-file', write('vars.yml', stringify(options.vars))],
    // Without a token it asks `gh` for one.
    ...['--secret-file', write('secrets.yml', stringify({ GITHUB_TOKEN: 'ghs_fake', ...options.secrets }))],
    ...['--platform', 'ubuntu-latest=-self-hosted'],
    ...['--defaultbranch', 'main'],
    // It would listen on an address that others reach.
    '--no-cache-server',
    // act would copy the workspace itself where a step names no other commit, without what git ignores.
    '--no-skip-checkout',
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(options.repositories).flatMap(([name, folder]) => ['--local-repository', `${name}=${folder}`]),
  ]
}

/** Where act keeps a folder for each job, with its workspace and RUNNER_TEMP. */
export const cacheOf = (workDir: string) => join(workDir, 'cache')

/** All of act's own environment reaches the steps. */
function environment({ workDir, nodeFolder }: ActRunOptions, trackingId: string): Record<string, string> {
  return {
    PATH: [nodeFolder, process.env.PATH].join(delimiter),
    HOME: join(workDir, 'home'),
    XDG_CACHE_HOME: cacheOf(workDir),
    LANG: 'C.UTF-8',
    RUNNER_TRACKING_ID: trackingId,
  }
}
