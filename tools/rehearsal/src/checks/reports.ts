import type { JobResult, StepOutcome, WorkflowRunResult } from '@belay/workflow-runner'
import { conclusionWord } from '../../../../actions/notify-slack/src/release-report.ts'
import type { Reports } from '../observe/reports.ts'
import { slackText } from '../slack-text.ts'

/** A job that reports to Slack, and to GitHub where it has the permission. */
interface ReportingJob {
  readonly path: string
  readonly lost: boolean
  /** Its `BELAY_RESULT`; undefined if it declares or has none. */
  readonly result: string | undefined
  readonly message: Presence
  readonly deployment: Presence
}

/** Whether a report must be there, by how the step ended that makes it: one that was interrupted may have made it. */
type Presence = 'yes' | 'maybe' | 'no'

/** The state of a GitHub deployment by the result of its job. */
const deploymentStates: Readonly<Record<string, string>> = {
  committed: 'success',
  noop: 'success',
  superseded: 'inactive',
  'rolled-back': 'failure',
  unchanged: 'failure',
  mixed: 'error',
  unknown: 'error',
  'undo-started': 'error',
}
const runningStates = ['pending', 'queued', 'in_progress']

/**
 * Where Slack and GitHub do not report each job of a run as it ended: one message and one deployment for each, both ended,
 * both with the job's result. What must be there follows from the steps that the runner saw, never from what Belay says.
 */
export function reportProblems(
  { jobs }: Pick<WorkflowRunResult, 'jobs'>,
  { messages: all, deployments }: Reports,
): string[] {
  const reporting = reportingJobs(jobs)
  const messages = reporting.some(({ message }) => message === 'maybe') ? withoutReplaced(all) : all
  const hasAftercare = Object.values(jobs).some(isAftercare)
  return [
    ...unpaired('a message in Slack', reporting, messages, ({ message }) => message),
    ...unpaired('a deployment on GitHub', reporting, deployments, ({ deployment }) => deployment),
    ...pairs(reporting, messages, ({ message }) => message).flatMap(([job, { text }]) =>
      messageProblems(job, text, hasAftercare),
    ),
    ...pairs(reporting, deployments, ({ deployment }) => deployment).flatMap(([job, { statuses }]) =>
      deploymentProblems(job, statuses[0]?.state ?? 'pending'),
    ),
  ]
}

/**
 * A kill between Slack's receipt of a message and its answer leaves a message that cannot be found again. The next one has
 * to say so (docs/research/slack.md#no-second-message).
 */
function withoutReplaced(messages: Reports['messages']): Reports['messages'] {
  const replaces = (message: Reports['messages'][number] | undefined) =>
    message !== undefined && slackText(message).some((line) => line.startsWith('An earlier message may still say'))
  return messages.filter(({ text }, index) => !(isRunning(text) && replaces(messages[index + 1])))
}

function reportingJobs(jobs: WorkflowRunResult['jobs']): ReportingJob[] {
  return Object.entries(jobs)
    .filter(([, job]) => !isAftercare(job))
    .map(([path, job]) => ({
      path,
      lost: job.conclusion === 'lost',
      result: Object.values(job.outputs).find((value) => value in deploymentStates),
      message: presence(job, 'notify-slack'),
      deployment: mayWriteDeployments(job) ? presence(job, 'deployment') : 'no',
    }))
}

/** Aftercare ends the reports of a lost job. It makes none of its own. */
function isAftercare({ steps }: JobResult): boolean {
  return steps.some(({ path }) => nameOf(path) === 'aftercare')
}

/** Without the permission Belay keeps no deployment, and says so. A job that names no permissions gets them elsewhere. */
function mayWriteDeployments({ recorded }: JobResult): boolean {
  const { permissions } = recorded as { permissions?: unknown }
  if (typeof permissions !== 'object' || permissions === null) return permissions !== 'read-all'
  return (permissions as Record<string, unknown>).deployments === 'write'
}

function presence({ steps }: JobResult, name: string): Presence {
  const outcomes = steps.filter(({ path, stage }) => stage === 'main' && nameOf(path) === name)
  if (outcomes.some(({ outcome }) => outcome === 'success')) return 'yes'
  const interrupted: readonly StepOutcome[] = ['failure', 'cancelled', 'lost']
  return outcomes.some(({ outcome }) => interrupted.includes(outcome)) ? 'maybe' : 'no'
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}

/** Jobs run one after the other, so their reports are in the same order. */
function pairs<T>(
  jobs: readonly ReportingJob[],
  reports: readonly T[],
  of: (job: ReportingJob) => Presence,
): [ReportingJob, T][] {
  const possible = jobs.filter((job) => of(job) !== 'no')
  const having = possible.length === reports.length ? possible : possible.filter((job) => of(job) === 'yes')
  return having.flatMap((job, index) => (index < reports.length ? [[job, reports[index] as T]] : []))
}

function unpaired(
  what: string,
  jobs: readonly ReportingJob[],
  reports: readonly unknown[],
  of: (job: ReportingJob) => Presence,
): string[] {
  const must = jobs.filter((job) => of(job) === 'yes').length
  const may = jobs.filter((job) => of(job) !== 'no').length
  if (reports.length >= must && reports.length <= may) return []
  const wanted = must === may ? `${must}` : `${must} to ${may}`
  return [`${what} must be there for each job that reports: ${wanted}, not ${reports.length}`]
}

/** How a job ended, by the title of its message. */
function conclusionOf(text: string): string {
  return text.split('\n')[0]?.split(' · ').at(-1) ?? ''
}

function isRunning(text: string): boolean {
  return conclusionOf(text) === conclusionWord('running')
}

/** A message of a lost runner is ended by aftercare, which finds it by the deployment. */
function messageProblems(
  { path, lost, result, deployment }: ReportingJob,
  text: string,
  hasAftercare: boolean,
): string[] {
  const [title = ''] = text.split('\n')
  if (isRunning(text)) {
    const isFound = hasAftercare && deployment === 'yes'
    return lost && !isFound ? [] : [`the message of ${path} in Slack still says that the release runs: ${title}`]
  }
  if (lost || !result) return []
  const word = conclusionWord(result as Parameters<typeof conclusionWord>[0])
  const [said = ''] = conclusionOf(text)
    .replace(/^rollback /, '')
    .split(', job ')
  return said === word ? [] : [`the message of ${path} in Slack must say "${word}", but its title is: ${title}`]
}

function deploymentProblems({ path, lost, result }: ReportingJob, state: string): string[] {
  if (runningStates.includes(state)) return [`the deployment of ${path} on GitHub has no final state, but ${state}`]
  if (lost || !result || deploymentStates[result] === state) return []
  return [`the deployment of ${path} on GitHub must end as ${deploymentStates[result]}, not ${state}`]
}
