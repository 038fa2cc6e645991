import { type Result, worstResult } from '@belay/release-model'
import type { Action, Step } from '../action.ts'
import { messageOf } from '../failure.ts'
import { log } from '../log.ts'
import { stepState } from './step.ts'

/** Undoes what the journal says that this step changed. Never throws. */
export async function undoStep<Inputs, Undo>(
  action: Action<Inputs, Undo>,
  step: Step<Undo>,
  until: number,
): Promise<Result> {
  const own = stepState(step)
  if (own?.undo === undefined || !action.transaction) return 'unchanged'
  try {
    const outcomes = await action.transaction.undo(own.undo as Undo, step, until)
    step.recordOutcomes(outcomes)
    for (const one of outcomes) log.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`)
    return worstResult(outcomes.map(({ result }) => result))
  } catch (error) {
    log.error(`Rollback failed: ${messageOf(error)}`)
    return 'mixed'
  }
}

/**
 * Makes final what a step that arms nothing has changed. What cannot be made final is `mixed`. A target that went back before fails
 * the job. Never throws.
 */
export async function commitStep<Inputs, Undo>(action: Action<Inputs, Undo>, step: Step<Undo>): Promise<Result> {
  const own = stepState(step)
  if (own?.undo === undefined || !action.transaction?.commit) return 'committed'
  try {
    const outcomes = await action.transaction.commit(own.undo as Undo, step)
    step.recordOutcomes(outcomes)
    for (const one of outcomes) log.info(`${one.target}: ${one.result}. ${one.detail}`)
    const late = outcomes.find(({ result }) => result === 'rolled-back')
    if (late) log.setFailed(`${late.target} was rolled back before the end of the job: ${late.detail}.`)
    return worstResult(outcomes.map(({ result }) => result))
  } catch (error) {
    log.error(`The change could not be made final: ${messageOf(error)}`)
    return 'mixed'
  }
}
