import type { Result } from '@belay/release-model'
import type { Confirmers } from './confirmers.ts'
import type { JobEvent } from './events.ts'
import type { InputReader, VariableNames } from './inputs.ts'
import type { Journal } from './journal.ts'
import type { ArmedTarget, TargetOutcome } from './targets.ts'

/** What an action is: how it reads its inputs, what it does, and, where it changes production, how that is undone. */
export interface Action<Inputs, Undo = never> {
  readonly name: string
  /** All inputs, all validation, all defaults. Called before anything else happens; may be called without a job. */
  inputs(read: InputReader): Inputs
  /** Where an input's variable has the name that `release` has for it, or where no variable may stand for it. */
  readonly variables?: VariableNames
  main(inputs: Inputs, step: Step<Undo>): Promise<MainOutcome>
  /** Only actions that change production have one. */
  readonly transaction?: Transaction<Inputs, Undo>
  /** What an action that only reads does at the end of the job. It never decides, and its failure is a warning. */
  end?(step: Step<Undo>): Promise<void>
}

export interface Transaction<Inputs, Undo> {
  /** False for a `dry-run` and for commands that only read. */
  mutates(inputs: Inputs): boolean
  /** True for `command: rollback`, which is there for jobs that failed. */
  startsAfterFailure(inputs: Inputs): boolean
  service(inputs: Inputs): string
  /**
   * Restores what `saved` says, as far as it was changed. May be called twice, and after a kill at any point. Starts
   * on all targets at once. A target without an answer by `until` (monotonic seconds) is `undo-started`; one that
   * cannot be reached is `mixed`. Takes targets from `saved`, secrets from inputs, nothing else from inputs.
   */
  undo(saved: Undo, step: Step<Undo>, until: number): Promise<TargetOutcome[]>
  /**
   * Makes final what the step changed, once the job is decided to commit: where the target arms nothing, and keeps a
   * record of what was committed. Without it nothing has to be done there. May be called twice.
   */
  commit?(saved: Undo, step: Step<Undo>): Promise<TargetOutcome[]>
  /**
   * All kinds of targets that a step of the job may arm, as its post may be the first, which decides for all: that is
   * `@belay/confirmers`.
   */
  readonly confirmers: Confirmers
  /** Releases what this step still holds: connections, keys. Called at the end of its post, whatever happened. */
  close(step: Step<Undo>): Promise<void>
}

/** The result of a main that succeeded; `rolled-back` is that of one whose only work is to restore. */
export interface MainOutcome {
  readonly result: Extract<Result, 'noop' | 'unchanged' | 'superseded' | 'pending' | 'committed' | 'rolled-back'>
}

/** What the kit hands to an action's stages. */
export interface Step<Undo = never> {
  /** Unique in the job: `deploy-ssh-1`. */
  readonly id: string
  readonly stage: 'main' | 'post'
  readonly journal: Journal
  /** Aborted when the runner asks the process to stop. */
  readonly signal: AbortSignal
  /** Writes an event of this step to the journal, before what it announces is done (rule 2). */
  record(event: JobEvent): void
  /** Sets an output of the main stage. It stays set if the step fails later. */
  output(name: string, value: string): void
  /**
   * A section of the job summary, in Markdown; written at the end of the stage, however it ends. `first`: the report of
   * the whole job, with which the summary begins.
   */
  summary(markdown: string, place?: 'first'): void
  info(text: string): void
  /** A warning annotation, also in the record. */
  warn(text: string, host?: string): void
  /** Writes ahead what undo needs (rule 2). Call it before the change; without an argument once nothing is left to undo. */
  save(undo?: Undo): void
  /** Writes ahead that these targets roll back on their own `seconds` from now. Call it before they are armed. */
  arm(targets: readonly ArmedTarget[], seconds: number): void
  recordOutcomes(outcomes: readonly TargetOutcome[]): void
}
