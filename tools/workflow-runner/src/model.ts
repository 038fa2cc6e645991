import type { JobDirs, jobContext, RunFacts } from './contexts.ts'
import type { JobResult, RunController, RunEvent, StepOutcome, StepResult, StepStage } from './events.ts'
import type { Scope, Status, Value } from './expressions.ts'
import type { FaultPlan } from './faults.ts'
import type { JournalWatch } from './journal-watch.ts'
import type { Annotation, Masker } from './log.ts'
import type { PlannedStep } from './plan.ts'
import type { ProcessEnd, RunningProcess, Timing } from './process.ts'
import type { Repositories } from './repositories.ts'
import type { Defaults } from './workflow.ts'

/** What is the same for all jobs of a run, and what it has come to. */
export interface Run {
  facts: RunFacts
  /** The name and file of the workflow that was started; a called one sees the same. */
  workflow: { name: string; file: string }
  repositories: Repositories
  /** The token of a job with these permissions. */
  tokenFor(permissions: Value | undefined): string
  vars: Record<string, string>
  environments: Record<string, { vars?: Record<string, string>; secrets?: Record<string, string> }>
  masker: Masker
  timing: Timing
  workDir: string
  artifacts: string
  passEnv: string[]
  stepEnv(path: string, stage: StepStage): Record<string, string>
  launch: Launch
  emit(event: RunEvent): void
  controller: RunController
  faults: FaultPlan
  cancelled: boolean
  /** By an error of its own user: no further job begins. */
  ended: boolean
  /** The job that runs now. */
  current: JobRun | undefined
  jobs: Record<string, JobResult>
}

/** What stands before the command of a step, such as `nsenter …`: it must become the command, not start it. */
export type Launch = (step: LaunchedStep) => readonly string[]

export interface LaunchedStep {
  path: string
  /** The path of its job. */
  job: string
  stage: StepStage
  /** Absent for `run`. */
  isAction: boolean
  /** Of the job, with its workspace and RUNNER_TEMP. */
  folder: string
  /** Where the command starts. */
  cwd: string
}

export type StepsContext = Record<
  string,
  { outputs: Record<string, string>; outcome: StepOutcome; conclusion: StepOutcome }
>

/** A job while it runs. Maps are by step path. */
export interface JobRun {
  run: Run
  path: string
  dirs: JobDirs
  trackingId: string
  /** Workflow and job `env`, overlaid by GITHUB_ENV. */
  env: Record<string, string>
  fileEnv: Record<string, string>
  prependPath: string[]
  defaults: NonNullable<Defaults['run']>
  github: Record<string, unknown>
  job: ReturnType<typeof jobContext>
  runner: Record<string, string>
  /** `needs`, `vars`, `secrets`, `inputs`, `strategy`, `matrix`. */
  given: Record<string, unknown>
  steps: StepsContext
  /** The steps of a composite, kept from its main to its post. */
  nestedSteps: Map<string, StepsContext>
  state: Map<string, Record<string, string>>
  /** Steps with a post, in the order in which their mains began, each with the condition of its post. */
  posts: { planned: PlannedStep; condition: string }[]
  /** The same for steps of composites, whose posts run within the composite's. */
  nestedPosts: Map<string, string>
  /** The step that runs, and the composites around it, outermost first. */
  active: StepExecution[]
  journal: JournalWatch
  results: StepResult[]
  /** Whether the job's own `if` still holds; one with always() outlives a cancel. */
  wanted(): boolean
  cancelled: boolean
  graceTimer?: NodeJS.Timeout
  /** Everything is dead, by a lost runner or because the time after a cancel is up: nothing more runs. */
  over: boolean
  lost: boolean
}

/** What surrounds a step: the job, or a composite. */
export interface Frame {
  /** Without `env`, which is made anew for each step. */
  contexts: Record<string, unknown>
  /** `env:` of the steps around it. */
  env: Record<string, string>
  steps: StepsContext
  /** What success() and failure() look at. */
  status(): Status
  /** What a composite lays over the `github` context. */
  github: Record<string, unknown>
  defaults: NonNullable<Defaults['run']>
  /** When the time of a step around it is over, by `performance.now()`. */
  deadline?: number
}

/** One stage of one step while it runs. */
export interface StepExecution {
  job: JobRun
  planned: PlannedStep
  stage: StepStage
  frame: Frame
  condition: string
  /** The step's own `env:`, evaluated. */
  env: Record<string, string>
  github: Record<string, unknown>
  scope(): Scope
  /** Aborted with the reason `cancel` or `timeout`. */
  abort: AbortController
  deadline?: number
  process?: RunningProcess
  /** kill -9 was sent, perhaps when the process had just ended. */
  killed: boolean
  /** Why the step failed though its process ended well. */
  failures: string[]
  end?: ProcessEnd
  log: string[]
  annotations: Annotation[]
  outputs: Record<string, string>
  summary: string
}

/** Runs one stage of a step within a frame; a composite runs each of its steps by it. */
export type RunStep = (
  job: JobRun,
  planned: PlannedStep,
  stage: StepStage,
  frame: Frame,
  condition: string,
) => Promise<StepOutcome>
