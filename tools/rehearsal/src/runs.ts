import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type RunController,
  startWorkflow,
  type WorkflowRunOptions,
  type WorkflowRunResult,
} from '@belay/workflow-runner'
import { repository, repositoryId, tokenFor } from './github.ts'
import { belayRoot, workflowPath } from './paths.ts'
import type { Version } from './version.ts'

export interface RunOptions extends Partial<Omit<WorkflowRunOptions, 'workflow'>> {
  /** A file in `.github/workflows`. */
  readonly workflow: string
  /** Files that replace those of the example, by path; everybody may execute them. */
  readonly files?: Readonly<Record<string, string>>
}

/** Runs an example's workflows, each run in a checkout of its own. */
export interface Runs {
  /** The artifacts of all runs, in a folder for each run. */
  readonly artifacts: string
  run(version: Version, options: RunOptions): Promise<WorkflowRunResult>
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
    run(version, { workflow, files = {}, stepEnv, ...more }) {
      const number = ++runs
      const callerRoot = join(folder, `${version.name}.${number}`)
      checkOut(version, callerRoot)
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(callerRoot, path)), { recursive: true })
        writeFileSync(join(callerRoot, path), text, { mode: 0o755 })
      }
      const { controller, result } = startWorkflow({
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
        ...more,
      })
      running = controller
      return result.finally(() => {
        running = undefined
      })
    },
    lose: () => running?.loseRunner(),
  }
}
