import { Failure, jobIdentity, type MainOutcome, withinDeadline } from '@belay/action-kit'
import { openFleet, pendingSteps, releaseLock, undoEarlierSteps, withLease } from '@belay/host'
import { releaseId } from '@belay/release-model'
import { announce, noContent, preflight, type SwitchContext } from './context.ts'
import { fleetOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import { lockFleet, verifySlots } from './lock.ts'
import { confirmSwitch, moveTraffic } from './move.ts'
import { outcomeAfterMove, reportOutcomes } from './outcome.ts'
import { chooseRollbackContent, planSwitch } from './plan.ts'
import { script } from './script.ts'
import type { SwitchStep } from './undo.ts'
import { type SavedSwitch, undoSwitch } from './undo.ts'

/**
 * `command: rollback`: first this job's own switch of the service goes back; then, unless that was what was before,
 * traffic goes to the slot that had it and is still warm. It is final at its own end.
 */
export async function rollback(inputs: SwitchInputs, step: SwitchStep): Promise<MainOutcome> {
  const id = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  step.output('release-id', id)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const wentBack = inputs.dryRun ? false : await undoOwnSteps(inputs, step)
    if (wentBack && inputs.release.version === 'previous') {
      step.info('What this job had switched went back; that is what was before it.')
      return { result: 'noop' }
    }
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const fleet = fleetOf(connections, inputs, id)
    return switchBack({ step, inputs, fleet, content: noContent, signal }, id)
  })
}

async function switchBack(unplanned: SwitchContext, id: string): Promise<MainOutcome> {
  const { step, inputs, fleet } = unplanned
  // Chosen before the lock, which may be waited for, and again under it: what it says goes into the hosts' state files.
  const chosen = chooseRollbackContent(inputs.release.version, await preflight(unplanned))
  if (inputs.dryRun) {
    step.info(`It would go to ${chosen.version}. Nothing was changed.`)
    return { result: 'unchanged' }
  }
  const context = { ...unplanned, content: { ...chosen, id: chosen.id || id } }
  const fleetFacts = await withLease(fleet, context.signal, async (signal) => {
    const leased = { ...context, signal }
    const fleetFacts = await lockFleet(leased)
    const rechosen = chooseRollbackContent(inputs.release.version, fleetFacts)
    if (rechosen.id !== chosen.id || rechosen.sha !== chosen.sha) {
      await Promise.all(fleet.map((host) => releaseLock(host, script)))
      throw new Failure(
        'lock-held',
        'Another run moved the traffic meanwhile.',
        'roll back again if that is still wanted.',
      )
    }
    await verifySlots(leased)
    return fleetFacts
  })
  announce(context, { ...planSwitch(context.content, fleetFacts), noop: false }, fleetFacts)
  await confirmSwitch(context, await moveTraffic(context, fleetFacts, false))
  return { result: 'committed' }
}

/** Whether this job had moved the traffic; then it is back where it was, which is reported. */
async function undoOwnSteps(inputs: SwitchInputs, step: SwitchStep): Promise<boolean> {
  const steps = pendingSteps(step, inputs.release.service).filter(({ action }) => action === 'blue-green-switch')
  const key = () => inputs.credentials
  await undoEarlierSteps(step, steps, (saved: SavedSwitch, until) => undoSwitch(saved, key, until, () => {}))
  const back = steps.flatMap(({ undo }) => Object.entries((undo as SavedSwitch).moves ?? {}))
  if (steps.length > 0)
    reportOutcomes(
      step,
      back.map(([host, { from, to }]) => outcomeAfterMove(host, 'rolled-back', { from: to, to: from }, from)),
    )
  return steps.length > 0
}
