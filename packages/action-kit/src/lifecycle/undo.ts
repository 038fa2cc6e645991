import { type Result, worst } from '@belay/release-model'
import type { Action, Step } from '../action.ts'
import { messageOf } from '../failure.ts'
import { log } from '../log.ts'
import { find } from './step.ts'

/** Undoes this step as far as its journal says that there is something to undo. Never throws. */
export async function undoNow<Inputs, Undo>(
  action: Action<Inputs, Undo>,
  step: Step<Undo>,
  until: number,
): Promise<Result> {
  const me = find(step)
  if (me?.undo === undefined || !action.transaction) return 'unchanged'
  try {
    const settled = await action.transaction.undo(me.undo as Undo, step, until)
    step.settle(settled)
    for (const one of settled) {
      log.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`)
      step.record({ event: 'settled', ...one })
    }
    return worst(settled.map(({ result }) => result))
  } catch (error) {
    log.error(`Rollback failed: ${messageOf(error)}`)
    return 'mixed'
  }
}
