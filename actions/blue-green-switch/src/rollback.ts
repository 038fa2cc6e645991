import { Failure, jobIdentity, type MainOutcome, withinDeadline } from '@belay/action-kit'
import { openFleet, pendingSteps, releaseLock, undoEarlierSteps, undoJoinedSteps, withLease } from '@belay/host/fleet'
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
 * `command: rollback`: first undoes this job's own switch of the service. Then, unless that restored what was asked for,
 * moves traffic to the slot that had it before and is still warm. It is final at its own end.
 */
export async function rollback(inputs: SwitchInputs, step: SwitchStep): Promise<MainOutcome> {
  const id = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  step.output('release-id', id)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const undone = inputs.dryRun ? false : await undoOwnSteps(inputs, step)
    if (undone && inputs.release.version === 'previous') {
      step.info('The earlier switch of this job was undone: traffic goes to the previous slot again.')
      return { result: 'noop' }
    }
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const fleet = fleetOf(connections, inputs, id)
    return switchBack({ step, inputs, fleet, servers: [], content: noContent, signal }, id)
  })
}

async function switchBack(unplanned: SwitchContext, id: string): Promise<MainOutcome> {
  const { step, inputs, fleet } = unplanned
  // Chosen before the wait for the lock, for the hosts' state files, and checked again under the lock.
  const chosen = chooseRollbackContent(inputs.release.version, await preflight(unplanned))
  if (inputs.dryRun) {
    step.info(`It would roll back to ${chosen.version}. Nothing was changed.`)
    return { result: 'unchanged' }
  }
  const context = { ...unplanned, content: { ...chosen, id: chosen.id || id } }
  const fleetFacts = await withLease(fleet, context.signal, async (signal) => {
    const leased = { ...context, signal }
    const fleetFacts = await lockFleet(leased)
    const rechosen = chooseRollbackContent(inputs.release.version, fleetFacts)
    if (rechosen.id !== chosen.id || rechosen.sha !== chosen.sha) {
      await Promise.all(fleet.map((host) => releaseLock(host)))
      throw new Failure(
        'lock-held',
        'Another run moved the traffic while this one waited for the lock.',
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

/** Undoes this job's own switch and reports it. Returns whether there was one. */
async function undoOwnSteps(inputs: SwitchInputs, step: SwitchStep): Promise<boolean> {
  const pending = pendingSteps(step, inputs.release.service)
  const steps = pending.filter(({ action }) => action === 'blue-green-switch')
  const key = () => inputs.credentials
  await undoEarlierSteps(step, steps, (saved: SavedSwitch, until) => undoSwitch(saved, key, until, () => {}))
  const joined = pending.filter((other) => !steps.includes(other))
  await undoJoinedSteps(step, joined, script, key)
  const back = steps.flatMap(({ undo }) => Object.entries((undo as SavedSwitch).moves ?? {}))
  if (steps.length > 0)
    reportOutcomes(
      step,
      back.map(([host, { from, to }]) => outcomeAfterMove(host, 'rolled-back', { from: to, to: from }, from)),
    )
  return steps.length > 0
}
