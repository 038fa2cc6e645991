import { type JobState, type JournalStep, resultOf } from '../job-state.ts'
import type { Decision } from '../journal-entry.ts'

/** What a post does about its own step, once the job is decided and what was armed is confirmed. */
export type PostAction =
  /** What its main did stays as it is. */
  | 'mark-committed'
  /** A newer release was there first. */
  | 'mark-superseded'
  /** It was stopped before it changed anything. */
  | 'mark-unchanged'
  | 'undo'
  /** Its result stands already. */
  | 'nothing'

/** What the post of a step has to do, by what the journal says of it. Pure. */
export function postAction(job: JobState, step: JournalStep | undefined, decision: Decision): PostAction {
  if (isOvertaken(job, step)) return 'mark-superseded'
  if (decision === 'commit') return isUnarmed(step) && isPending(step) ? 'mark-committed' : 'nothing'
  if (step?.undo === undefined && !step?.ended) return 'mark-unchanged'
  return needsUndo(step) ? 'undo' : 'nothing'
}

/** Whether a step has saved a way back, and has not gone it. */
export function needsUndo(step: JournalStep | undefined): boolean {
  if (step?.undo === undefined) return false
  return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step))
}

/**
 * What a job did for a service before it found that a newer release was there first, and that arms nothing (a schema):
 * it stays, for the newer release was built upon it.
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
