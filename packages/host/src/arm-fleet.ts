import { type ArmedTarget, assertNotTimedOut, Failure, pendingTargets, type Step } from '@belay/action-kit'
import { armedTargets, hostConfirmer, isOnHost, leaseOf } from './confirmer.ts'
import type { LoginKey } from './credentials.ts'
import { pendingSteps } from './earlier-steps.ts'
import { type FleetHost, onAllHosts } from './fleet.ts'
import { armOnHost, type HostState } from './host-commands.ts'
import type { SavedFleet, UndoSpec } from './undo.ts'

/** A change of a fleet, which each host undoes on its own unless it is confirmed. */
export interface ArmRequest<Saved extends SavedFleet> {
  /** What undo needs from now on: `armed` is set. */
  readonly saved: Saved
  readonly undoSpec: Pick<UndoSpec, 'target'>
  /** What is armed; default: the hosts of `saved`, without its claims. Empty for what an earlier call of the same step armed. */
  readonly targets?: readonly ArmedTarget[]
  /** The boundary that is crossed: `switch`. */
  readonly boundary: string
  /** Seconds until hosts that are not confirmed roll back. */
  readonly confirmTimeout: number
  /** Seconds that the change itself may take. */
  readonly changeTimeout: number
  /** What happens without a confirmation; the message adds the time: `traffic goes back by itself`. Empty: none is logged. */
  readonly otherwise: string
  /** Called with what a host reports of its change, while it is made. */
  onPhase(text: string, host: string): void
}

/**
 * Arms all hosts at once, and follows each until its change is made or it has rolled back. `assertArmed` checks the
 * states that are returned.
 * @throws Failure `confirm-timeout-expired` where the confirm timeout of an earlier step of the job is over
 */
export async function armFleet<Saved extends SavedFleet>(
  step: Step<Saved>,
  fleet: readonly FleetHost[],
  request: ArmRequest<Saved>,
  signal: AbortSignal,
): Promise<HostState[]> {
  const { saved, undoSpec, confirmTimeout, changeTimeout } = request
  assertNotTimedOut(step.journal)
  step.save(saved)
  for (const { lease } of fleet) step.record({ event: 'phase', phase: request.boundary, host: lease.host })
  const { targets = armedTargets({ ...saved, claims: [] }, undoSpec.target) } = request
  if (targets.length > 0) step.arm(targets, confirmTimeout)
  if (request.otherwise !== '')
    step.info(`Unless this job confirms, ${request.otherwise} at ${clockTimeIn(confirmTimeout)}.`)
  return onAllHosts(
    fleet,
    ({ connection, lease }) =>
      armOnHost(connection, lease, {
        confirmTimeout,
        changeTimeout,
        signal,
        onPhase: (text) => request.onPhase(text, lease.host),
      }),
    signal,
  )
}

/** @throws Failure with every host whose change is not made, and the code of the first one's phase: `check-failed`. */
export function assertArmed(fleet: readonly FleetHost[], states: readonly HostState[], remedy: string): void {
  const failed = states.flatMap((state, index) => {
    if (state.changed && state.state === 'armed') return []
    const { failed } = state
    const text = `${fleet[index]?.lease.host}: ${failed ? `${failed.failure} failed: ${failed.why}` : describeState(state)}`
    return [{ code: failed?.failure ?? 'switch', text }]
  })
  const [first] = failed
  if (!first) return
  throw new Failure(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), remedy)
}

function describeState({ state, decidedBy: who, changed: worked }: HostState): string {
  if (state === 'armed') return 'its change did not finish in time; its process is still running'
  if (state === 'dead') return `its process ended ${worked ? 'after' : 'before'} its change was made`
  return `is ${state} (${who})`
}

/**
 * Confirms a change at the end of its own main (`undo: false`, rollback), and with it all that earlier steps of the job
 * changed for that service on these hosts (rule 14). After the first confirm nothing is undone.
 * @throws Failure `not-confirmed`
 */
export async function confirmFleet<Saved extends SavedFleet>(
  step: Step<Saved>,
  saved: Saved,
  undoSpec: Pick<UndoSpec, 'target'>,
  key: LoginKey,
  remedy: string,
): Promise<void> {
  step.save({ ...saved, confirming: true })
  const targets = [...earlierTargets(step, saved), ...armedTargets(saved, undoSpec.target)]
  const outcomes = await hostConfirmer(() => key, step.journal).confirm(targets)
  step.recordOutcomes(outcomes)
  const late = outcomes.filter(({ result }) => result !== 'committed')
  if (late.length === 0) return
  throw new Failure('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), remedy)
}

/** The targets that earlier steps of the job armed for the service on the same hosts, such as the slot of a switch. */
function earlierTargets(
  step: Pick<Step, 'id' | 'journal'>,
  { service, leases, claims = [] }: SavedFleet,
): ArmedTarget[] {
  const hosts = new Set([...leases, ...claims.map(({ lease }) => lease)].map(({ host }) => host))
  return pendingSteps(step, service)
    .flatMap(pendingTargets)
    .filter((target) => isOnHost(target) && hosts.has(leaseOf(target).host))
}

function clockTimeIn(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`
}
