import { Failure, type Outcome, withinDeadline } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import { giveAllBack, openFleet, refuseArmedTwice, withLease } from '@belay/host'
import type { Release } from '@belay/release-model'
import { fleetOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import { agreeFleet, lockFleet, proveFleet } from './lock.ts'
import { confirmSwitch, moveTraffic } from './move.ts'
import { type Content, contentOfRelease, planSwitch } from './plan.ts'
import { script } from './script.ts'
import { targetName } from './undo.ts'
import { announce, preflight, type SwitchStep, type Work } from './work.ts'

/** `command: switch`: every host's idle slot is proved before traffic moves on any. */
export async function switchTraffic(inputs: SwitchInputs, step: SwitchStep): Promise<Outcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  refuseSwitchedTwice(inputs, step)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    step.record({ event: 'phase', phase: 'connect' })
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const fleet = fleetOf(connections, inputs, release.id)
    const work = { step, inputs, fleet, content: contentOf(step, inputs, release), signal }
    const looks = await preflight(work)
    if (!inputs.dryRun) return moveRelease(work)
    const plan = planSwitch(work.content, looks)
    announce(work, plan, looks)
    if (!plan.noop) step.info(`It would move traffic so${inWeights(inputs)}. Nothing was changed.`)
    return { result: 'unchanged' }
  })
}

/** The release of this job, or the kept one that an earlier step of it chose to go back to. */
function contentOf(step: SwitchStep, { release: { service } }: SwitchInputs, release: Release): Content {
  const chosen = step.journal.read().chosen.findLast((one) => one.service === service)
  return chosen?.release ?? contentOfRelease(release)
}

/** From the lock to the armed fleet. */
async function moveRelease(work: Work): Promise<Outcome> {
  const { step, inputs, fleet, content, signal } = work
  const { plan, looks } = await withLease(fleet, signal, async (signal) => {
    const leased = { ...work, signal }
    const looks = await lockFleet(leased)
    const plan = planSwitch(content, looks)
    announce(work, plan, looks)
    if (plan.noop) for (const line of await agreeFleet(leased)) step.info(`${line}; it is now.`)
    else await proveFleet(leased)
    return { plan, looks }
  })
  if (plan.noop) {
    await giveAllBack(step, fleet, script)
    return { result: 'noop' }
  }
  if (signal.aborted) throw new Failure('interrupted', 'The step was stopped before traffic was moved.')
  const moved = await moveTraffic(work, looks, plan.differed)
  if (inputs.undo) return { result: 'pending' }
  await confirmSwitch(work, moved)
  return { result: 'committed' }
}

function inWeights({ weights, hold }: SwitchInputs): string {
  return weights.length === 0 ? '' : `, first ${weights.map((weight) => `${weight} %`).join(', ')} for ${hold} s each`
}

/** @throws Failure where an earlier step of this job moved the same service's traffic on one of these hosts. */
function refuseSwitchedTwice(inputs: SwitchInputs, step: SwitchStep): void {
  const { service } = inputs.release
  refuseArmedTwice(step, inputs.hosts, (host) => [targetName(service, host)], {
    did: (host) => `moved the traffic of ${service} on ${host}`,
    verb: 'switch',
  })
}
