import type { RunOptions } from '../runs.ts'
import type { Version } from '../version.ts'
import { callerRepository, type Lab } from './lab.ts'
import { environmentFor, launcherFor } from './launcher.ts'
import { ofRepository } from './variables.ts'
import { type ReleaseWorkflow, startOptions } from './workflows.ts'

/** How a workflow starts. */
export interface Started {
  /** By hand, with `previous`. */
  readonly back: boolean
  readonly commit: Version
  readonly branch: string
}

/** What a workflow of a repository runs with. `times`: shorter ones, for a lost runner. */
export function runOptions(
  lab: Lab,
  workflow: ReleaseWorkflow,
  { back, commit, branch }: Started,
  times: Readonly<Record<string, string>> = {},
): RunOptions {
  const environments = Object.entries(lab.variables).filter(([name]) => name !== ofRepository)
  const start = back
    ? { event: { name: 'workflow_dispatch' }, inputs: { version: 'previous' } }
    : startOptions(workflow, commit)
  return {
    workflow: workflow.file,
    repository: callerRepository,
    defaultBranch: branch,
    sha: commit.sha,
    ...start,
    apiUrl: lab.github.url,
    vars: { ...lab.variables[ofRepository], ...times },
    // All of them may be an environment's or the repository's: which is which no file says.
    secrets: { ...lab.secrets },
    environments: Object.fromEntries(environments.map(([name, vars]) => [name, { vars: { ...vars, ...times } }])),
    launch: launcherFor(workflow, lab.network, lab.user),
    stepEnv: environmentFor(workflow, lab.user, lab.network, lab.images?.stepEnv),
  }
}
