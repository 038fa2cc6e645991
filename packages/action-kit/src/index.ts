export type { Action, MainOutcome, Step, Transaction } from './action.ts'
export { type BoundedEnd, runBounded } from './bounded.ts'
export { monotonicSeconds, sleep } from './clock.ts'
export { readCommandLine, splitCommandLine } from './command-line.ts'
export { type Confirmers, confirmerOf } from './confirmers.ts'
export { findControlCharacter } from './control-character.ts'
export { withinDeadline } from './deadline.ts'
export { type Confirmer, confirmAll, decide, decideOnce, postBudgetSeconds, reasonToUndo } from './decision.ts'
export {
  type Admission,
  type Decision,
  type JobEvent,
  type JournalEntry,
  type JournalLine,
  outcomeEntries,
  type RecordEvent,
  type RecordLine,
} from './events.ts'
export { asFailure, codeOf, Failure, firstLine, Interrupted, messageOf } from './failure.ts'
export {
  fromEnvironment,
  type InputContext,
  type InputReader,
  type RawInputs,
  readInputs,
  type VariableNames,
} from './inputs.ts'
export { interruptBudgetMs } from './interrupt.ts'
export { childEnvironment, currentRun, jobFolder } from './job.ts'
export {
  isSuperseded,
  type JobState,
  type JournalStep,
  jobResult,
  pendingTargets,
  releaseInProgress,
  resultOf,
} from './job-state.ts'
export { type Journal, openJournal, readJournal } from './journal.ts'
export { foldJournal } from './journal-fold.ts'
export { assertNotTimedOut } from './lifecycle/main.ts'
export { escapeCommands, lineLog, log } from './log.ts'
export { mask, maskedForms } from './mask.ts'
export { type MessageState, messageState, type OpenMessage } from './message-state.ts'
export { type ProgramResult, runProgram } from './program.ts'
export { recordLineOf, recordOf } from './record.ts'
export { earlierRelease, jobIdentity, joinRelease, type ReleaseInputs, readReleaseInputs } from './release.ts'
export {
  doubling,
  type ErrorRetryRules,
  type RetryableError,
  type RetryRules,
  retry,
  retryErrors,
  type Tried,
} from './retry.ts'
export { run } from './run.ts'
export { makeSecretFolder, sweepSecrets } from './secret-folder.ts'
export { foreignFailure, type ServiceOutcome, serviceOutcomes, whyUndone } from './service-outcome.ts'
export { codeBlock, plainMarkdown } from './summary.ts'
export type { ArmedTarget, TargetOutcome } from './targets.ts'
export { type InputKind, kindOf, parseSettings, releaseInputs, variableIssue, variableOf } from './variables.ts'
