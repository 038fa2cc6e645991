import { Failure, type MainOutcome, withinDeadline } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import { assertArmedOnce, openFleet, releaseLocks, transactionIdOf, withLease } from '@belay/host/fleet'
import type { Release } from '@belay/release-model'
import { announce, lockedHosts, preflight, type SwitchContext } from './context.ts'
import { fleetOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import { lockFleet, syncSlotRoles, verifySlots } from './lock.ts'
import { confirmSwitch, moveTraffic } from './move.ts'
import { contentOfRelease, planSwitch, type SlotContent } from './plan.ts'
import { openServers } from './servers.ts'
import type { SwitchStep } from './undo.ts'
import { targetName } from './undo.ts'

/** `command: switch`: verifies every host's idle slot before traffic moves on any. */
export async function switchTraffic(inputs: SwitchInputs, step: SwitchStep): Promise<MainOutcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  assertSwitchedOnce(inputs, step)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    step.record({ event: 'phase', phase: 'connect' })
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const id = transactionIdOf(step, inputs.release.service, release.id)
    const [fleet, servers] = [fleetOf(connections, inputs, id), await openServers(inputs, step, id, signal)]
    const context = { step, inputs, fleet, servers, content: slotContentOf(step, inputs, release), signal }
    const fleetFacts = await preflight(context)
    if (!inputs.dryRun) return moveRelease(context)
    const plan = planSwitch(context.content, fleetFacts)
    announce(context, plan, fleetFacts)
    if (!plan.noop) step.info(`It would move traffic so${describeWeights(inputs)}. Nothing was changed.`)
    return { result: 'unchanged' }
  })
}

/** The release of this job, or the kept one that an earlier step of it chose for a rollback. */
function slotContentOf(step: SwitchStep, { release: { service } }: SwitchInputs, release: Release): SlotContent {
  const chosen = step.journal.read().chosen.findLast((one) => one.service === service)
  return chosen?.release ?? contentOfRelease(release)
}

/** From the lock to the armed fleet. */
async function moveRelease(context: SwitchContext): Promise<MainOutcome> {
  const { step, inputs, content, signal } = context
  const { plan, fleetFacts } = await withLease(lockedHosts(context), signal, async (signal) => {
    const leased = { ...context, signal }
    const fleetFacts = await lockFleet(leased)
    const plan = planSwitch(content, fleetFacts)
    announce(context, plan, fleetFacts)
    if (plan.noop) for (const line of await syncSlotRoles(leased)) step.info(`${line}; it is now.`)
    else await verifySlots(leased)
    return { plan, fleetFacts }
  })
  if (plan.noop) {
    await releaseLocks(step, lockedHosts(context))
    return { result: 'noop' }
  }
  if (signal.aborted) throw new Failure('interrupted', 'The step was stopped before traffic was moved.')
  const moved = await moveTraffic(context, fleetFacts, plan.differed)
  if (inputs.undo) return { result: 'pending' }
  await confirmSwitch(context, moved)
  return { result: 'committed' }
}

function describeWeights({ weights, hold, metrics }: SwitchInputs): string {
  if (weights.length === 0) return ''
  const asked = metrics ? `, each until ${metrics.metrics.map(({ name }) => name).join(' and ')} hold` : ''
  return `, first ${weights.map((weight) => `${weight} %`).join(', ')} for ${hold} s each${asked}`
}

/** @throws Failure where an earlier step of this job moved the same service's traffic on one of these hosts. */
function assertSwitchedOnce(inputs: SwitchInputs, step: SwitchStep): void {
  const { service } = inputs.release
  assertArmedOnce(step, inputs.hosts, (host) => [targetName(service, host)], {
    did: (host) => `moved the traffic of ${service} on ${host}`,
    verb: 'switch',
  })
}
