import { mkdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { githubContext, payloadOf } from './contexts.ts'
import { type DerivedStep, derivedSteps } from './derive.ts'
import type { FaultName, JobResult, RunController, RunEvent, StepStage } from './events.ts'
import type { Value } from './expressions.ts'
import { checkFaults, createFaultPlan, type Faults } from './faults.ts'
import { cancelJob, endAll } from './job.ts'
import { createMasker } from './log.ts'
import type { Launch, Run } from './model.ts'
import { pathsOf, planWorkflow } from './plan.ts'
import { killTracked, RUNNER_TIMING, type Timing } from './process.ts'
import { BELAY, type Repositories, type Repository } from './repositories.ts'
import { readInputs, runWorkflow } from './run.ts'
import { checkPush } from './triggers.ts'
import { UnsupportedWorkflow } from './unsupported-workflow.ts'
import { checkWorkflow, readWorkflowFile, triggerOf, type Workflow } from './workflow.ts'

export interface WorkflowRunOptions {
  /** A workflow file, or a workflow in memory, which stands in Belay's repository (`$/actions/…` is Belay's). */
  workflow: string | Workflow
  /** Belay's checkout: what `belay-actions/belay/…@ref` names. */
  belayRoot: string
  /** The files of the calling repository: what `actions/checkout` brings. */
  callerRoot: string
  /** Everything is made below it. Keep its path short: sockets below RUNNER_TEMP may have paths of 107 bytes at most. */
  workDir: string
  /** `payload` is laid over the payload that follows from the rest. */
  event?: { name: string; payload?: object }
  /** Default: the default branch; a push that the workflow does not start at is refused. */
  ref?: string
  sha?: string
  repository?: string
  /** GitHub's number for it. */
  repositoryId?: string
  actor?: string
  runId?: string
  runAttempt?: string
  inputs?: Record<string, Value>
  vars?: Record<string, string>
  /** GITHUB_TOKEN is among them unless given. */
  secrets?: Record<string, string>
  /** What only jobs see that name the environment; there it is over `vars` and `secrets`, which are the repository's. */
  environments?: Record<string, { vars?: Record<string, string>; secrets?: Record<string, string> }>
  /** `github.token`, the same for all jobs or made for the permissions that a job has (undefined: the default ones). */
  token?: string | ((permissions: Value | undefined) => string)
  /** Where GitHub's API is; a fake's address makes the actions ask that. */
  apiUrl?: string
  /** Run only these jobs and what they need. */
  jobs?: string[]
  /** Where artifacts are kept, a folder a run; give the same to a later run that reads them by `run-id`. */
  artifacts?: string
  /** Names of variables of this machine that the steps get, beside PATH, HOME, LANG and TZ. */
  passEnv?: string[]
  /** Variables for the process of one stage of one step, over all others. */
  stepEnv?: (path: string, stage: StepStage) => Record<string, string>
  /** What stands before the command of a step. Default: nothing. */
  launch?: Launch
  /** Default `main`. */
  defaultBranch?: string
  faults?: Faults
  timing?: Partial<Timing>
  /** Called for every event at the moment it happens. What it throws ends the run and is thrown by `result`. */
  onEvent?: (event: RunEvent, controller: RunController) => void
}

export interface WorkflowRunResult {
  runId: string
  conclusion: 'success' | 'failure' | 'cancelled' | 'lost'
  /** By path: `job`, and `job/inner` in a called workflow. */
  jobs: Record<string, JobResult>
  /** The faults asked for that were injected; one at a step that was skipped does not. */
  injected: FaultName[]
}

/**
 * Runs a workflow on this machine in the way of GitHub's runner; files that comments here name (`StepsRunner.cs`) are its
 * own, at the commit of docs/research/runner.md. Jobs run in the order of their `needs`, **one after
 * another**, the jobs of a matrix too, each with its own fresh workspace and RUNNER_TEMP, which are kept. `result` rejects with a
 * {@link UnsupportedWorkflow} before anything runs for what is beyond the subset (`supported-syntax.ts`); a job that fails does not reject.
 */
export function startWorkflow(options: WorkflowRunOptions): {
  controller: RunController
  result: Promise<WorkflowRunResult>
} {
  const run = openRun(options)
  return { controller: run.controller, result: runWhole(options, run) }
}

/** The paths of all steps, as faults name them. Those of `./` actions are not known before they run. */
export async function stepPaths(options: WorkflowRunOptions): Promise<string[]> {
  return pathsOf(await planRun(options, openRun(options))).paths
}

/** All steps with the inputs that they would get, as far as that is known without a run. */
export async function deriveSteps(options: WorkflowRunOptions): Promise<DerivedStep[]> {
  const run = openRun(options)
  const plan = await planRun(options, run)
  run.workflow = { name: plan.workflow.name ?? plan.file, file: plan.file }
  return derivedSteps(run, plan, { inputs: inputsOf(options, plan.workflow, run), secrets: options.secrets })
}

interface WorkflowRun extends Run {
  thrown: { error: unknown } | undefined
}

async function runWhole(options: WorkflowRunOptions, run: WorkflowRun): Promise<WorkflowRunResult> {
  const plan = await planRun(options, run)
  checkFaults(options.faults ?? {}, pathsOf(plan))
  checkJobs(options.jobs ?? [], Object.keys(plan.workflow.jobs))
  run.workflow = { name: plan.workflow.name ?? plan.file, file: plan.file }
  const secrets = { GITHUB_TOKEN: run.facts.token, ...options.secrets }
  const inputs = inputsOf(options, plan.workflow, run)
  const { event } = run.facts
  event.payload = { ...payloadOf(run.facts, inputs), ...event.payload }
  if (event.name === 'push') checkPush(plan.workflow, plan.file, run.facts.repository.ref)
  const end = () => void (run.current && killTracked(run.current.trackingId, true))
  process.once('exit', end)
  try {
    const conclusion = await runWorkflow(run, plan, { inputs, secrets, inherited: true }, options.jobs)
    if (run.thrown) throw run.thrown.error
    const whole = run.cancelled && conclusion !== 'lost' ? 'cancelled' : conclusion
    return {
      runId: run.facts.runId,
      conclusion: whole === 'skipped' ? 'success' : whole,
      jobs: run.jobs,
      injected: run.faults.injected(),
    }
  } finally {
    process.removeListener('exit', end)
  }
}

async function planRun(options: WorkflowRunOptions, { repositories }: Run) {
  if (typeof options.workflow !== 'string') {
    const workflow = checkWorkflow(options.workflow, 'workflow')
    return planWorkflow({ workflow, file: 'workflow', origin: repositories.belay }, repositories)
  }
  const path = resolve(options.workflow)
  const isIn = ({ root }: Repository) => !relative(root, path).startsWith('..')
  const origin = [repositories.caller, repositories.belay].find(isIn)
  if (!origin) throw new UnsupportedWorkflow([`${path} is neither in the caller's repository nor in Belay's`])
  const workflow = await readWorkflowFile(path)
  return planWorkflow({ workflow, file: relative(origin.root, path), origin }, repositories)
}

function checkJobs(wanted: string[], known: string[]): void {
  const unknown = wanted.filter((id) => !known.includes(id))
  if (unknown.length > 0)
    throw new UnsupportedWorkflow([`there is no job ${unknown.join(', ')}; the jobs are ${known.join(', ')}`])
}

function inputsOf(options: WorkflowRunOptions, workflow: Workflow, run: Run): Record<string, Value> {
  const given = options.inputs ?? {}
  const trigger =
    triggerOf(workflow, run.facts.event.name) ??
    triggerOf(workflow, 'workflow_call') ??
    triggerOf(workflow, 'workflow_dispatch')
  const contexts = { github: githubContext(run.facts, run.workflow), vars: run.vars }
  try {
    return readInputs(trigger ?? {}, given, { contexts, status: 'success', cancelled: false, workspace: run.workDir })
  } catch (error) {
    throw new UnsupportedWorkflow([(error as Error).message])
  }
}

function openRun(options: WorkflowRunOptions): WorkflowRun {
  const { token: given } = options
  const known = options.secrets?.GITHUB_TOKEN ?? 'ghs_rehearsal0000000000000000000000000000'
  const token = typeof given === 'string' ? given : known
  const environments = options.environments ?? {}
  const ofEnvironments = Object.values(environments).map(({ secrets = {} }) => secrets)
  const workDir = resolve(options.workDir)
  mkdirSync(workDir, { recursive: true })
  const repositories = repositoriesOf(options)
  const event = { name: options.event?.name ?? 'push', payload: options.event?.payload ?? {} }
  const run: WorkflowRun = {
    facts: {
      repository: repositories.caller,
      event,
      actor: options.actor ?? 'rehearsal',
      runId: options.runId ?? String(Date.now()),
      runNumber: '1',
      runAttempt: options.runAttempt ?? '1',
      token,
      defaultBranch: options.defaultBranch ?? 'main',
      apiUrl: (options.apiUrl ?? 'https://api.github.com').replace(/\/+$/, ''),
    },
    workflow: { name: '', file: '' },
    repositories,
    tokenFor: typeof given === 'function' ? given : () => token,
    vars: options.vars ?? {},
    environments,
    masker: createMasker([token, ...[options.secrets ?? {}, ...ofEnvironments].flatMap((some) => Object.values(some))]),
    timing: { ...RUNNER_TIMING, ...options.timing },
    workDir,
    artifacts: resolve(options.artifacts ?? join(workDir, 'artifacts')),
    passEnv: options.passEnv ?? [],
    stepEnv: options.stepEnv ?? (() => ({})),
    launch: options.launch ?? (() => []),
    emit: (event) => emit(run, options, event),
    controller: createController(() => run),
    faults: { atLine: () => {}, atEnd: () => false, injected: () => [] },
    cancelled: false,
    ended: false,
    current: undefined,
    jobs: {},
    thrown: undefined,
  }
  run.faults = createFaultPlan(options.faults ?? {}, run.controller, run.emit)
  return run
}

function emit(run: WorkflowRun, options: WorkflowRunOptions, event: RunEvent): void {
  try {
    options.onEvent?.(event, run.controller)
  } catch (error) {
    run.thrown ??= { error }
    run.ended = true
    run.controller.loseRunner()
  }
}

function createController(run: () => Run): RunController {
  return {
    cancel() {
      run().cancelled = true
      const job = run().current
      if (job && !job.wanted()) cancelJob(job, 'by hand')
    },
    kill() {
      const execution = run().current?.active.at(-1)
      if (!execution) return
      execution.killed = true
      execution.process?.kill()
    },
    loseRunner() {
      const job = run().current
      if (!job || job.over) return
      job.lost = true
      endAll(job)
      run().emit({ type: 'lost', job: job.path })
    },
  }
}

function repositoriesOf(options: WorkflowRunOptions): Repositories {
  const sha = options.sha ?? '0123456789abcdef0123456789abcdef01234567'
  const ref = options.ref ?? `refs/heads/${options.defaultBranch ?? 'main'}`
  return {
    caller: {
      root: resolve(options.callerRoot),
      repository: options.repository ?? 'acme/api',
      id: options.repositoryId ?? '1001',
      ref,
      sha,
    },
    belay: { root: resolve(options.belayRoot), repository: BELAY, id: '1000', ref: 'refs/heads/main', sha },
  }
}
