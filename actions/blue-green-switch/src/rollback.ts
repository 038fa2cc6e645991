import { Failure, jobIdentity, type Outcome, withinDeadline } from '@belay/action-kit'
import { giveBack, openFleet, takeBackSteps, unsettledSteps, withLease } from '@belay/host'
import { releaseId } from '@belay/release-model'
import { fleetOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import { lockFleet, proveFleet } from './lock.ts'
import { confirmSwitch, moveTraffic } from './move.ts'
import { afterMove, reportOutcome } from './outcome.ts'
import { chooseGoal, planSwitch } from './plan.ts'
import { script } from './script.ts'
import { type SavedSwitch, undoSwitch } from './undo.ts'
import { announce, noContent, preflight, type SwitchStep, type Work } from './work.ts'

/**
 * `command: rollback`: first this job's own switch of the service goes back; then, unless that was what was before,
 * traffic goes to the slot that had it and is still warm. It is final at its own end.
 */
export async function rollback(inputs: SwitchInputs, step: SwitchStep): Promise<Outcome> {
  const id = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  step.output('release-id', id)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const wentBack = inputs.dryRun ? false : await takeBackOwnSteps(inputs, step)
    if (wentBack && inputs.release.version === 'previous') {
      step.info('What this job had switched went back; that is what was before it.')
      return { result: 'noop' }
    }
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const fleet = fleetOf(connections, inputs, id)
    return goBack({ step, inputs, fleet, content: noContent, signal }, id)
  })
}

async function goBack(blank: Work, id: string): Promise<Outcome> {
  const { step, inputs, fleet } = blank
  // Chosen before the lock, which may be waited for, and again under it: what it says goes into the hosts' state files.
  const seen = chooseGoal(inputs.release.version, await preflight(blank))
  if (inputs.dryRun) {
    step.info(`It would go to ${seen.version}. Nothing was changed.`)
    return { result: 'unchanged' }
  }
  const work = { ...blank, content: { ...seen, id: seen.id || id } }
  const looks = await withLease(fleet, work.signal, async (signal) => {
    const leased = { ...work, signal }
    const looks = await lockFleet(leased)
    const goal = chooseGoal(inputs.release.version, looks)
    if (goal.id !== seen.id || goal.sha !== seen.sha) {
      await Promise.all(fleet.map((host) => giveBack(host, script)))
      throw new Failure(
        'lock-held',
        'Another run moved the traffic meanwhile.',
        'roll back again if that is still wanted.',
      )
    }
    await proveFleet(leased)
    return looks
  })
  announce(work, { ...planSwitch(work.content, looks), noop: false }, looks)
  await confirmSwitch(work, await moveTraffic(work, looks, false))
  return { result: 'committed' }
}

/** Whether this job had moved the traffic; then it is back where it was, which is reported. */
async function takeBackOwnSteps(inputs: SwitchInputs, step: SwitchStep): Promise<boolean> {
  const own = unsettledSteps(step, inputs.release.service).filter(({ action }) => action === 'blue-green-switch')
  const key = () => inputs.credentials
  await takeBackSteps(step, own, (saved: SavedSwitch, until) => undoSwitch(saved, key, until, () => {}))
  const back = own.flatMap(({ undo }) => Object.entries((undo as SavedSwitch).moves ?? {}))
  if (own.length > 0)
    reportOutcome(
      step,
      back.map(([host, { from, to }]) => afterMove(host, 'rolled-back', { from: to, to: from }, from)),
    )
  return own.length > 0
}
