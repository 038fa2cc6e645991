import { currentRun, messageOf } from '@belay/action-kit'
import { type GitHub, type GitHubInputs, openGitHub } from './client.ts'
import { assertShape } from './failure.ts'

/** The job that asks: one of its own run does not count as being at work. */
export interface AskingJob {
  readonly run: string
  readonly attempt: number
  /** The name of its runner: GitHub lists jobs by the names that people see, and not by their keys. */
  readonly runner: string
}

function askingJob(): AskingJob {
  const { id, attempt } = currentRun()
  return { run: id, attempt, runner: process.env.RUNNER_NAME ?? '' }
}

/** A job in one of these states has no runner, or none any more. One that is `queued` may have got it by now. */
const idle: readonly string[] = ['completed', 'waiting', 'pending']

/** Whether a job of an attempt is at work, another one than the one that asks. */
async function isAtWork(github: GitHub, run: number, attempt: number, asking: AskingJob): Promise<boolean> {
  const jobs = await github.ask(async ({ paginate, rest }, repository) => {
    const of = { ...repository, run_id: run, attempt_number: attempt, per_page: 100 }
    return { data: await paginate(rest.actions.listJobsForWorkflowRunAttempt, of) }
  })
  assertShape(
    jobs.every(({ status }) => typeof status === 'string'),
    'the jobs of a run',
  )
  const isOwnRun = asking.run === String(run) && asking.attempt === attempt
  return jobs.some(({ status, runner_name }) => !idle.includes(status) && !(isOwnRun && runner_name === asking.runner))
}

/**
 * Whether GitHub says that a job has ended, given the address of its run's attempt, with or without more after a `#`: no
 * other job of that attempt is at work. Only runs of this repository can be asked after. Where GitHub does not answer, it
 * counts as running.
 */
export async function hasJobEnded(
  job: string,
  inputs: GitHubInputs,
  { signal, info }: { readonly signal: AbortSignal; readonly info: (text: string) => void },
  asking = askingJob(),
): Promise<boolean> {
  const [, repository, run, attempt] = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/attempts\/(\d+)(?:#|$)/.exec(job) ?? []
  if (inputs.token === '' || repository !== inputs.repository) return false
  try {
    return !(await isAtWork(openGitHub(inputs, signal), Number(run), Number(attempt), asking))
  } catch (error) {
    info(`GitHub does not say whether that job has ended: ${messageOf(error)}`)
    return false
  }
}
