export type { Action, Outcome, Step, Transaction } from './action.ts'
export { type BoundedEnd, runBounded } from './bounded.ts'
export { monotonicSeconds, sleep } from './clock.ts'
export { type Conclusion, conclude, foreignFailure, whyUndone } from './conclusion.ts'
export { controlIn } from './control.ts'
export { withinDeadline } from './deadline.ts'
export { confirmAll, decide, decideOnce, type Keeper, postsShareSeconds, reasonToUndo } from './decision.ts'
export { asFailure, codeOf, Failure, Interrupted, messageOf } from './failure.ts'
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
  releaseUnderWay,
  resultOf,
  unsettled,
} from './job-state.ts'
export { type Journal, openJournal } from './journal.ts'
export type { ArmedTarget, Decision, JournalEntry, Judged, Settled } from './journal-entry.ts'
export { foldJournal } from './journal-fold.ts'
export { refuseAfterReturn } from './lifecycle/main.ts'
export { defuse, lineLog, log } from './log.ts'
export { mask, maskedForms } from './mask.ts'
export { type KeptMessage, keepMessage, type OpenMessage } from './open-message.ts'
export { type Ended, runProgram } from './program.ts'
export { earlierRelease, jobIdentity, joinRelease, type ReleaseInputs, readReleaseInputs } from './release.ts'
export { run } from './run.ts'
export { makeSecretFolder, sweepSecrets } from './secret-folder.ts'
export { codeBlock, plainMarkdown } from './summary.ts'
export { type InputKind, kindOf, parseSettings, releaseInputs, variableMistake, variableOf } from './variables.ts'
export { readWords, splitWords } from './words.ts'
