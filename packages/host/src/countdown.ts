import { type ArmedTarget, Failure, refuseAfterReturn, type Step, unsettled } from '@belay/action-kit'
import type { KeyOnly } from './credentials.ts'
import { type FleetHost, onAll } from './fleet.ts'
import { armedTargets, heldOf, hostKeeper } from './keeper.ts'
import { unsettledSteps } from './own-steps.ts'
import { arm, type HostState } from './release-process.ts'
import type { SavedFleet, WayBack } from './undo.ts'

/** A change that a fleet is told to make, and returns from by itself unless it is confirmed. */
export interface ArmOrder<Saved extends SavedFleet> {
  /** What undo needs, as of now: armed. */
  readonly saved: Saved
  readonly way: Pick<WayBack, 'target'>
  /** The boundary that is crossed: `switch`. */
  readonly boundary: string
  /** Seconds until the hosts return. */
  readonly window: number
  /** Seconds that the change itself may take. */
  readonly wait: number
  /** What happens by itself otherwise, before the time at which it does: `traffic goes back by itself`. */
  readonly otherwise: string
  /** Told what a host says of its change, while it is made. */
  onPhase(text: string, host: string): void
}

/**
 * Starts the countdown on all hosts at once, and follows each until its change is made or it has gone back. How each
 * ended is for `refuseUnarmed`.
 * @throws Failure `window-passed` where the countdown of an earlier step of the job is over
 */
export async function armFleet<Saved extends SavedFleet>(
  step: Step<Saved>,
  fleet: readonly FleetHost[],
  order: ArmOrder<Saved>,
  signal: AbortSignal,
): Promise<HostState[]> {
  const { saved, way, window, wait } = order
  refuseAfterReturn(step.journal)
  step.save(saved)
  for (const { held } of fleet) step.record({ event: 'phase', phase: order.boundary, host: held.host })
  step.arm(armedTargets(saved, way.target), window)
  step.info(`Unless this job confirms, ${order.otherwise} at ${inSeconds(window)}.`)
  return onAll(
    fleet,
    ({ connection, held }) =>
      arm(connection, held, { window, wait, signal, onPhase: (text) => order.onPhase(text, held.host) }),
    signal,
  )
}

/** @throws Failure with every host whose change is not made, and the code of the first one's phase: `check-failed`. */
export function refuseUnarmed(fleet: readonly FleetHost[], states: readonly HostState[], mend: string): void {
  const failed = states.flatMap((state, index) => {
    if (state.worked && state.state === 'armed') return []
    const [phase = '', ...why] = state.failed.split(' ')
    const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : howItStands(state)}`
    return [{ code: phase || 'switch', text }]
  })
  const [first] = failed
  if (!first) return
  throw new Failure(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), mend)
}

function howItStands({ state, who, worked }: HostState): string {
  if (state === 'armed') return 'its change was not through in time; its process is still at work'
  if (state === 'dead') return `its process ended ${worked ? 'after' : 'before'} its change was made`
  return `is ${state} (${who})`
}

/**
 * Makes a change final now, at the end of its own main (`undo: false`, rollback), and with it all that earlier steps of
 * the job changed for that service on these hosts (rule 14); after the first confirm no way back.
 * @throws Failure `not-confirmed`
 */
export async function confirmFleet<Saved extends SavedFleet>(
  step: Step<Saved>,
  saved: Saved,
  way: Pick<WayBack, 'target'>,
  key: KeyOnly,
  mend: string,
): Promise<void> {
  step.save({ ...saved, confirming: true })
  const targets = [...earlierTargets(step, saved), ...armedTargets(saved, way.target)]
  const settled = await hostKeeper(() => key, step.journal.recordPath).confirm(targets)
  step.settle(settled)
  for (const one of settled) step.record({ event: 'settled', ...one })
  const late = settled.filter(({ result }) => result !== 'committed')
  if (late.length === 0) return
  throw new Failure('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), mend)
}

/** What earlier steps of the job armed for the service on the same hosts, such as the slot below a switch. */
function earlierTargets(step: Pick<Step, 'id' | 'journal'>, { service, held }: SavedFleet): ArmedTarget[] {
  const hosts = new Set(held.map(({ host }) => host))
  return unsettledSteps(step, service)
    .flatMap(unsettled)
    .filter((target) => hosts.has(heldOf(target).host))
}

function inSeconds(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`
}
