import type { Decision } from '../events.ts'
import { type JobState, type JournalStep, resultOf } from '../job-state.ts'

/** What a post does about its own step, once the job is decided and the armed targets are confirmed. */
export type PostAction =
  /** The change of its main stays. */
  | 'mark-committed'
  /** A newer release came first. */
  | 'mark-superseded'
  /** Its main was stopped before it changed anything. */
  | 'mark-unchanged'
  | 'undo'
  /** It has its result already. */
  | 'nothing'

/** What the post of a step has to do, by the journal. Pure. */
export function postAction(job: JobState, step: JournalStep | undefined, decision: Decision): PostAction {
  if (isOvertaken(job, step)) return 'mark-superseded'
  if (decision === 'commit') return isUnarmed(step) && isPending(step) ? 'mark-committed' : 'nothing'
  if (step?.undo === undefined && !step?.ended) return 'mark-unchanged'
  return needsUndo(step) ? 'undo' : 'nothing'
}

/** Whether a step has saved an undo that is not done. */
export function needsUndo(step: JournalStep | undefined): boolean {
  if (step?.undo === undefined) return false
  return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step))
}

/**
 * Whether a step that arms nothing (a schema) changed a service before the job found that a newer release came first.
 * Its change stays, for the newer release was built upon it.
 */
function isOvertaken({ steps }: JobState, step: JournalStep | undefined): boolean {
  if (step?.service === undefined || !isUnarmed(step) || !isPending(step)) return false
  return steps.some(
    ({ mutates, service, ended }) => mutates && service === step.service && ended?.result === 'superseded',
  )
}

function isUnarmed(step: JournalStep | undefined): boolean {
  return step?.armed.length === 0
}

function isPending(step: JournalStep | undefined): boolean {
  return step?.ended?.result === 'pending'
}
