import { armFleet, confirmFleet, refuseUnarmed } from '@belay/remote'
import type { Observed } from './plan.ts'
import { changeSeconds } from './release.ts'
import { wayBack } from './undo.ts'
import { type DeployStep, savedOf, type Work } from './work.ts'

/**
 * Behind the barrier: every host has everything. Tells all at once; one that fails makes all go back. With slots no user
 * is moved by it; it has a time limit all the same, so that a lost runner leaves neither a lock nor a stranger behind.
 */
export async function switchFleet(work: Work, observed: readonly Observed[], differed: boolean): Promise<void> {
  const { step, inputs, fleet, signal } = work
  const saved = savedOf(work, { armed: true, differed })
  const order = {
    saved,
    way: wayBack(saved),
    boundary: saved.slots ? 'fill' : 'switch',
    previous: Object.fromEntries(observed.map(({ host, committed }) => [host, committed])),
    window: inputs.confirmTimeout,
    wait: changeSeconds(inputs),
    otherwise: `the hosts ${saved.slots ? 'leave the slot idle again' : 'go back'} by themselves`,
    onPhase: (phase: string, host: string) => step.record({ event: 'phase', phase, host }),
  }
  const states = await armFleet(step, fleet, order, signal)
  for (const [index, { tail }] of states.entries()) tellTail(step, fleet[index]?.held.host ?? '', tail)
  refuseUnarmed(fleet, states, 'see what the service says on the host; all hosts of this step are put back.')
  step.record({ event: 'phase', phase: 'armed' })
}

/** Makes the release final now, at the end of this main. */
export async function confirmRelease(work: Work): Promise<void> {
  const { step, inputs } = work
  const saved = savedOf(work, { armed: true, differed: false })
  const mend = 'run `command: status`: it says what each host serves; then release or roll back again.'
  await confirmFleet(step, saved, wayBack(saved), inputs.credentials, mend)
}

/** What the service wrote goes to the job log alone, which masks secrets. */
function tellTail(step: DeployStep, host: string, tail: readonly string[]): void {
  if (tail.length === 0) return
  step.info([`The last lines of the service on ${host}:`, ...tail.map((line) => `  ${line}`)].join('\n'))
}
