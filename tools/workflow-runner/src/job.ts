import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JobDirs, jobContext, runnerContext } from './contexts.ts'
import type { JobResult, StepOutcome } from './events.ts'
import { condition, evaluateAll, resolve, type Scope, toText, type Value } from './expressions.ts'
import { watchJournal } from './journal-watch.ts'
import type { Frame, JobRun, Run, StepExecution } from './model.ts'
import type { PlannedJob, PlannedStep, PlannedWorkflow } from './plan.ts'
import { killTracked } from './process.ts'
import { runStep } from './step.ts'

/** Runs the steps of a job, then its posts, last first. Throws only before the first step. */
export async function runJob(
  run: Run,
  plan: PlannedWorkflow,
  planned: PlannedJob,
  given: Record<string, unknown>,
  wanted: () => boolean,
  recorded: Record<string, unknown>,
): Promise<JobResult> {
  const job = openJob(run, plan, planned, given, wanted)
  const minutes = Number(resolve(planned.job['timeout-minutes'] ?? 0, jobScope(job)))
  const timer =
    minutes > 0 ? setTimeout(() => cancelJob(job, `after ${minutes} minutes`), minutes * run.timing.minute) : undefined
  run.current = job
  try {
    await runSteps(job, planned.steps)
    await runPosts(job)
  } finally {
    clearTimeout(timer)
    clearTimeout(job.graceTimer)
    run.current = undefined
    endOrphans(job)
  }
  const outputs = job.over ? {} : jobOutputs(job, planned.job.outputs ?? {})
  return {
    conclusion: job.lost ? 'lost' : job.job.status,
    outputs,
    env: job.fileEnv,
    steps: job.results,
    journalPath: journalPath(job.dirs),
    runnerTemp: job.dirs.temp,
    workspace: job.dirs.workspace,
    recorded,
  }
}

/** A job that ran no steps of its own. */
export function unstartedJob(conclusion: StepOutcome): JobResult {
  return { conclusion, outputs: {}, env: {}, steps: [], journalPath: '', runnerTemp: '', workspace: '', recorded: {} }
}

/** As the runner does: the running steps whose condition does not hold for a cancelled job are interrupted. */
export function cancelJob(job: JobRun, reason: string): void {
  if (job.cancelled || job.over) return
  job.cancelled = true
  job.job.status = 'cancelled'
  job.run.emit({ type: 'cancel', job: job.path, reason })
  job.graceTimer = setTimeout(() => endAll(job), job.run.timing.grace)
  for (const execution of [...job.active].reverse())
    if (!isWantedAfterCancel(execution)) execution.abort.abort('cancel')
}

/** Kills everything of the job at once; nothing of it runs any more. */
export function endAll(job: JobRun): void {
  job.over = true
  killTracked(job.trackingId, true)
}

/** A step that fails, or a post that fails, turns the job's status; nothing turns a cancelled one (TaskResultUtil.cs). */
function noteConclusion(job: JobRun, conclusion: StepOutcome): void {
  if (conclusion === 'failure' && job.job.status === 'success') job.job.status = 'failure'
}

async function runSteps(job: JobRun, steps: PlannedStep[]): Promise<void> {
  for (const planned of steps) {
    if (job.over) return
    noteConclusion(job, await runStep(job, planned, 'main', jobFrame(job), String(planned.step.if ?? '')))
  }
}

async function runPosts(job: JobRun): Promise<void> {
  for (const { planned, condition } of job.posts.toReversed()) {
    if (job.over) return
    noteConclusion(job, await runStep(job, planned, 'post', jobFrame(job), condition))
  }
}

function jobFrame(job: JobRun): Frame {
  return {
    contexts: jobContexts(job),
    env: {},
    steps: job.steps,
    status: () => job.job.status,
    github: {},
    defaults: job.defaults,
  }
}

function jobContexts(job: JobRun): Record<string, unknown> {
  return { ...job.given, github: job.github, job: job.job, runner: job.runner, steps: job.steps }
}

function jobScope(job: JobRun): Scope {
  return {
    contexts: { ...jobContexts(job), env: job.env },
    status: job.job.status,
    cancelled: job.cancelled,
    workspace: job.dirs.workspace,
  }
}

function isWantedAfterCancel(execution: StepExecution): boolean {
  try {
    return condition(execution.condition, { ...execution.scope(), status: 'cancelled', cancelled: true })
  } catch {
    return false
  }
}

/** Evaluated after all posts. Empty ones are left out, and those that hold a secret (JobExtension.cs). */
function jobOutputs(job: JobRun, declared: Record<string, Value>): Record<string, string> {
  const outputs: Record<string, string> = {}
  try {
    for (const [name, value] of Object.entries(declared)) {
      const text = toText(resolve(value, jobScope(job)))
      if (job.run.masker.mask(text) !== text) {
        job.run.emit({ type: 'note', path: job.path, message: `Skip output '${name}' since it may contain secret.` })
      } else if (text !== '') outputs[name] = text
    }
  } catch (error) {
    job.run.emit({ type: 'note', path: job.path, message: `Fail to evaluate job outputs: ${(error as Error).message}` })
    noteConclusion(job, 'failure')
  }
  return outputs
}

function endOrphans(job: JobRun): void {
  const pids = killTracked(job.trackingId, job.over)
  if (pids.length > 0) job.run.emit({ type: 'orphans', job: job.path, pids })
}

function openJob(
  run: Run,
  plan: PlannedWorkflow,
  planned: PlannedJob,
  given: Record<string, unknown>,
  wanted: () => boolean,
): JobRun {
  const dirs = createDirs(run, planned.folder)
  const eventPath = join(dirs.temp, '_github_workflow', 'event.json')
  mkdirSync(join(dirs.temp, '_github_workflow'))
  writeFileSync(eventPath, JSON.stringify(run.facts.event.payload, undefined, 2))
  const { github, ...others } = given
  const job: JobRun = {
    run,
    path: planned.path,
    dirs,
    trackingId: `github_${randomUUID()}`,
    env: {},
    fileEnv: {},
    prependPath: [],
    defaults: { ...plan.workflow.defaults?.run, ...planned.job.defaults?.run },
    github: { ...(github as object), job: planned.id, workspace: dirs.workspace, event_path: eventPath },
    job: jobContext(plan),
    runner: runnerContext(dirs),
    given: others,
    steps: {},
    nestedSteps: new Map(),
    state: new Map(),
    posts: [],
    nestedPosts: new Map(),
    active: [],
    journal: watchJournal(journalPath(dirs)),
    results: [],
    wanted,
    cancelled: false,
    over: false,
    lost: false,
  }
  for (const env of [plan.workflow.env, planned.job.env])
    job.env = { ...job.env, ...evaluateAll(env ?? {}, jobScope(job)) }
  return job
}

function journalPath(dirs: JobDirs): string {
  return join(dirs.temp, 'belay', 'journal.jsonl')
}

/** Fresh folders for a job. Short names: sockets below RUNNER_TEMP may have paths of 107 bytes at most. */
function createDirs(run: Run, folder: string): JobDirs {
  const root = join(run.workDir, `${run.facts.runId}.${run.facts.runAttempt}`, folder)
  const dirs = { workspace: join(root, 'work'), temp: join(root, 'temp'), toolCache: join(run.workDir, 'tools') }
  rmSync(root, { recursive: true, force: true })
  for (const folder of Object.values(dirs)) mkdirSync(folder, { recursive: true })
  return dirs
}
