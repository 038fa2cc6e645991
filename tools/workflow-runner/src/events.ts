import type { Annotation } from './log.ts'
import type { ProcessEnd } from './process.ts'

export type StepStage = 'main' | 'post'
/** `lost`: the runner died under it. */
export type StepOutcome = 'success' | 'failure' | 'cancelled' | 'skipped' | 'lost'

/** One stage of one step. Nested steps of a composite stand before it. */
export interface StepResult {
  path: string
  stage: StepStage
  /** Before and after `continue-on-error`. */
  outcome: StepOutcome
  conclusion: StepOutcome
  /** What it wrote as outputs, not masked, also where the workflow cannot see them (no id, post). */
  outputs: Record<string, string>
  /** How its process ended; absent where it had none. */
  end?: ProcessEnd
  ms: number
  /** Masked. */
  log: string
  summary: string
  annotations: Annotation[]
}

export interface JobResult {
  conclusion: StepOutcome
  outputs: Record<string, string>
  /** What its steps wrote to GITHUB_ENV, at the end; not masked. */
  env: Record<string, string>
  steps: StepResult[]
  /** `$RUNNER_TEMP/belay/journal.jsonl`; kept. Empty for a job that called a workflow or did not run. */
  journalPath: string
  runnerTemp: string
  workspace: string
  /** `name`, `environment`, `permissions` and `concurrency`, evaluated, without effect here. */
  recorded: Record<string, unknown>
}

export type FaultName = 'break' | 'cancel' | 'kill' | 'loseRunner'

/** All that happens, in order, given to `onEvent` at the moment it happens. Texts are masked. */
export type RunEvent =
  | { type: 'job-start'; job: string; recorded: Record<string, unknown> }
  | { type: 'job-end'; job: string; result: JobResult }
  | { type: 'step-start'; path: string; stage: StepStage; name: string }
  | { type: 'process'; path: string; stage: StepStage; pid: number }
  | { type: 'log'; path: string; stage: StepStage; line: string }
  | { type: 'annotation'; path: string; stage: StepStage; annotation: Annotation }
  /** A line that a step appended to the job's journal (parsed; the text itself where it is not JSON). Not masked. */
  | { type: 'journal'; path: string; stage: StepStage; line: unknown }
  /** What the engine did otherwise than GitHub would. */
  | { type: 'note'; path: string; message: string }
  /** A fault was injected: at a line of the journal, or at the stage's end. */
  | { type: 'fault'; fault: FaultName; path: string; stage: StepStage; moment: 'journal' | 'end' }
  | { type: 'cancel'; job: string; reason: string }
  /** The runner was lost: everything of the job is dead. */
  | { type: 'lost'; job: string }
  /** Processes that the job had left running, killed at its end. */
  | { type: 'orphans'; job: string; pids: number[] }
  | { type: 'step-end'; result: StepResult }

/** Acts on the run at any moment, also from within `onEvent`. */
export interface RunController {
  /** As the cancel button: SIGINT to the running process, then only always() and cancelled() steps and posts. */
  cancel(): void
  /** kill -9 of the running step's process. */
  kill(): void
  /** Everything of the job's runner is killed at once; no further step, no post. Jobs after it run elsewhere, as their `if` says. */
  loseRunner(): void
}
