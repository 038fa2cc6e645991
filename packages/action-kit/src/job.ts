import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WorkflowRun } from '@belay/release-model'

/** The run, attempt and job that this process belongs to, from the variables the runner sets. */
export function currentRun(env: NodeJS.ProcessEnv = process.env): WorkflowRun {
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com'
  const repository = env.GITHUB_REPOSITORY ?? 'local/local'
  const id = env.GITHUB_RUN_ID ?? '0'
  return {
    repository,
    id,
    attempt: Number(env.GITHUB_RUN_ATTEMPT ?? '1'),
    job: env.GITHUB_JOB ?? 'job',
    actor: env.GITHUB_TRIGGERING_ACTOR ?? env.GITHUB_ACTOR ?? 'unknown',
    url: `${server}/${repository}/actions/runs/${id}`,
  }
}

/** The folder that the actions of this job share. The runner empties RUNNER_TEMP after the posts. */
export function jobFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.RUNNER_TEMP ?? tmpdir(), 'belay')
}

/**
 * The environment for a child: this process's own without the inputs and the state of the step, which hold secrets. A
 * connection's child outlives the step, and its environment can be read by every later step of the job.
 */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INPUT|STATE)_/.test(name)))
}
