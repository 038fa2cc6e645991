import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type RunController,
  startWorkflow,
  type WorkflowRunOptions,
  type WorkflowRunResult,
} from '@belay/workflow-runner'
import { repository, repositoryId, tokenFor, tokenPrefix } from './github.ts'
import { type Leftover, leftoversOnRunner } from './observe/leftovers.ts'
import { belayRoot, workflowPath } from './paths.ts'
import { tagOf, type Version } from './version.ts'

export interface RunOptions extends Partial<Omit<WorkflowRunOptions, 'workflow'>> {
  /** A file in `.github/workflows`. */
  readonly workflow: string
  /** Files that replace those of the example, by path; everybody may execute them. */
  readonly files?: Readonly<Record<string, string>>
  /** What its steps get besides secrets, and may leave nowhere. */
  readonly hidden?: readonly string[]
  /** The runner. Default: our own. */
  readonly start?: typeof startWorkflow
}

/** How production is released: by the tag of a version, or by hand to go back. */
export function startOf(version: Version | 'previous'): Partial<RunOptions> {
  return version === 'previous'
    ? { event: { name: 'workflow_dispatch' }, inputs: { version } }
    : { ref: `refs/tags/${tagOf(version)}` }
}

/** A run, and what it left on its runner. A lost runner is gone with all that was on it. */
export interface EndedRun extends WorkflowRunResult {
  /** The jobs that left a process running. */
  readonly processesLeft: readonly string[]
  /** What it was given, and how its tokens begin: none of it may be left anywhere. */
  readonly secrets: readonly string[]
  /** Files on the runner with one of them. */
  readonly leftovers: readonly Leftover[]
}

/** Runs an example's workflows, each run in a checkout of its own. */
export interface Runs {
  /** The artifacts of all runs, in a folder for each run. */
  readonly artifacts: string
  run(version: Version, options: RunOptions): Promise<EndedRun>
  /** Ends the current run as a lost runner does. */
  lose(): void
}

/**
 * `folder`: for the runner's files. `checkOut` fills an empty folder with the example at a version.
 */
export function openRuns(folder: string, checkOut: (version: Version, into: string) => void): Runs {
  const workDir = join(folder, 'w')
  let runs = 0
  let running: RunController | undefined
  return {
    artifacts: join(workDir, 'artifacts'),
    async run(version, { workflow, files = {}, hidden = [], start = startWorkflow, stepEnv, onEvent, ...more }) {
      const number = ++runs
      const callerRoot = join(folder, `${version.name}.${number}`)
      checkOut(version, callerRoot)
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(callerRoot, path)), { recursive: true })
        writeFileSync(join(callerRoot, path), text, { mode: 0o755 })
      }
      mkdirSync(workDir, { recursive: true })
      const before = readdirSync(folder)
      const processesLeft: string[] = []
      const { controller, result } = start({
        workflow: workflowPath(callerRoot, workflow),
        belayRoot,
        callerRoot,
        workDir,
        repository,
        repositoryId,
        token: tokenFor,
        sha: version.sha,
        runId: String(number),
        // What a lost runner leaves on its disk is removed with the rehearsal.
        stepEnv: (path, stage) => ({ TMPDIR: folder, ...stepEnv?.(path, stage) }),
        onEvent(event, controller) {
          if (event.type === 'orphans') processesLeft.push(event.job)
          onEvent?.(event, controller)
        },
        ...more,
      })
      running = controller
      const ended = await result.finally(() => {
        running = undefined
      })
      const temporary = readdirSync(folder).filter((name) => !before.includes(name))
      const shared = isLost(ended) ? [] : temporary.map((name) => join(folder, name))
      const secrets = [...secretsOf(more), ...hidden]
      const leftovers = await leftoversOnRunner([...foldersOf(ended), ...shared], secrets)
      const remaining = processesLeft.filter((job) => ended.jobs[job]?.conclusion !== 'lost')
      return { ...ended, processesLeft: remaining, secrets, leftovers }
    },
    lose: () => running?.loseRunner(),
  }
}

function isLost({ jobs }: WorkflowRunResult): boolean {
  return Object.values(jobs).some(({ conclusion }) => conclusion === 'lost')
}

/** The folders of the jobs of a run whose runners are still there. */
function foldersOf({ jobs }: WorkflowRunResult): string[] {
  const remaining = Object.values(jobs).filter(({ conclusion, workspace }) => conclusion !== 'lost' && workspace)
  return remaining.map(({ workspace }) => dirname(workspace))
}

function secretsOf({ secrets = {}, environments = {} }: Partial<WorkflowRunOptions>): string[] {
  const ofEnvironments = Object.values(environments).map((environment) => environment.secrets ?? {})
  return [tokenPrefix, ...[secrets, ...ofEnvironments].flatMap((some) => Object.values(some))]
}
