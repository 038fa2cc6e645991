import * as core from '@actions/core'
import type { Result } from '@belay/release-model'
import type { Action, Step } from '../action.ts'
import { monotonicSeconds } from '../clock.ts'
import { confirmerOf } from '../confirmers.ts'
import { confirmAll, decideOnce } from '../decision.ts'
import { messageOf } from '../failure.ts'
import { type JobState, jobResult, resultOf } from '../job-state.ts'
import { type Journal, openJournal } from '../journal.ts'
import { log } from '../log.ts'
import { journalForPost, recordLoss } from '../lost-journal.ts'
import type { MainState } from '../main-state.ts'
import { commitStep, undoStep } from './conclude.ts'
import { needsUndo, type PostAction, postAction } from './post-action.ts'
import { annotate, attempt, failOnBadOutcome, outcomeTable, reportLoss, serviceOutcomesOf } from './report.ts'
import { makeStep, stepState } from './step.ts'

export async function post<Inputs, Undo>(action: Action<Inputs, Undo>, state: MainState | undefined): Promise<void> {
  if (!state) return log.info('The main stage was stopped before it changed anything. There is nothing to undo.')
  const journal = journalForPost(openJournal(state.folder), state)
  recordLoss(journal, state)
  const { step, flush } = makeStep<Undo>(state.step, 'post', journal)
  try {
    if (action.transaction && (state.mutates || stepState(step)?.mutates)) await followDecision(action, step)
    else await action.end?.(step)
  } catch (error) {
    // An action that only reads reports what others did; its failure must not change the job's result.
    if (state.mutates || stepState(step)?.mutates) throw error
    log.warning(messageOf(error))
  } finally {
    attempt(() => reportLoss(action.name, step, state))
    await action.transaction?.close(step).catch((error: unknown) => log.debug(messageOf(error)))
    flush()
  }
}

/** Follows the decision of the job: confirms all targets at once, or undoes this step's own; then reports the result. */
async function followDecision<Inputs, Undo>(action: Action<Inputs, Undo>, step: Step<Undo>): Promise<void> {
  const { journal } = step
  const jobStatus = process.env['INPUT_JOB-STATUS'] || 'success'
  if (!action.transaction) return
  const confirmer = confirmerOf(action.transaction.confirmers, step)
  const decided = await decideOnce(journal, step.id, jobStatus, confirmer, monotonicSeconds())
  log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`)

  if (decided.decision === 'commit') await confirmAll(journal, step.id, confirmer)
  await doPostAction(postAction(journal.read(), stepState(step), decided.decision), action, step, decided.until)
  const job = journal.read()
  const own = stepState(step)
  core.exportVariable('BELAY_RESULT', jobResult(job))
  step.record({ event: 'result', result: jobResult(job) })
  step.summary(outcomeTable(action.name, decided.why, own))
  if (isFirstChange(job, step.id)) for (const one of serviceOutcomesOf(step, jobStatus)) annotate(one)
  if (job.damaged === undefined) failOnBadOutcome(own ? resultOf(own) : 'unknown', decided, jobStatus)
}

async function doPostAction<Inputs, Undo>(
  doing: PostAction,
  action: Action<Inputs, Undo>,
  step: Step<Undo>,
  until: number,
): Promise<void> {
  const end = (ok: boolean, result: Result) => step.record({ event: 'step-concluded', ok, result })
  if (doing === 'nothing') return
  if (doing === 'mark-committed') {
    const result = await commitStep(action, step)
    return end(result === 'committed', result)
  }
  if (doing === 'mark-superseded') return end(true, 'superseded')
  if (doing === 'mark-unchanged') return end(false, 'unchanged')
  const result = await undoStep(action, step, undoDeadline(step.journal, until))
  // Of a step that armed targets, their outcomes are the result.
  if (stepState(step)?.armed.length === 0) end(false, result)
}

/** The posts of a job share one time limit; each may use what is left, divided by the steps still to be undone. */
function undoDeadline(journal: Journal, until: number): number {
  const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length
  const left = Math.max(5, until - monotonicSeconds())
  return monotonicSeconds() + left / Math.max(1, waiting)
}

/** Posts run in reverse order: once the first change of the job has its outcome, all of them have. */
function isFirstChange({ steps }: JobState, id: string): boolean {
  return steps.find(({ mutates }) => mutates)?.id === id
}
