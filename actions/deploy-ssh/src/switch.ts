import { Failure, refuseAfterReturn } from '@belay/action-kit'
import { arm, type HostState, hostKeeper, onAll } from '@belay/remote'
import type { Observed } from './plan.ts'
import { changeSeconds, type FleetHost } from './release.ts'
import { targetsOf } from './undo.ts'
import type { Work } from './work.ts'

/** Behind the barrier: every host has everything. Tells all at once; one that fails makes all go back. */
export async function switchFleet(work: Work, observed: readonly Observed[], differed: boolean): Promise<void> {
  const { step, inputs, fleet, signal } = work
  const { service } = inputs.release
  refuseAfterReturn(step.journal)
  step.save({ service, held: fleet.map(({ held }) => held), armed: true, differed })
  const targets = targetsOf({ service, held: fleet.map(({ held }) => held) })
  const previous = Object.fromEntries(observed.map(({ host, committed }) => [host, committed]))
  const phase = (name: string, host: string) => step.record({ event: 'phase', phase: name, host })
  for (const { held } of fleet) phase('switch', held.host)
  step.arm(targets, inputs.confirmTimeout, previous)
  step.info(`Unless this job confirms, the hosts go back by themselves at ${inSeconds(inputs.confirmTimeout)}.`)
  const states = await onAll(
    fleet,
    ({ connection, held }) =>
      arm(connection, held, {
        window: inputs.confirmTimeout,
        wait: changeSeconds(inputs),
        signal,
        onPhase: (name) => phase(name, held.host),
      }),
    signal,
  )
  refuseFailed(fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

function refuseFailed(fleet: readonly FleetHost[], states: readonly HostState[]): void {
  const failed = states.flatMap((state, index) => {
    if (state.worked && state.state === 'armed') return []
    const [phase = '', ...why] = state.failed.split(' ')
    const ended =
      state.state === 'armed' ? 'its process ended before it was through' : `is ${state.state} (${state.who})`
    const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : ended}`
    return [{ code: phase || 'switch', text }]
  })
  const [first] = failed
  if (!first) return
  throw new Failure(
    `${first.code}-failed`,
    failed.map(({ text }) => text).join('\n'),
    'see what the service says on the host; all hosts of this step are put back.',
  )
}

/** Makes the change final now, at the end of this main (`undo: false`, rollback); after the first confirm no way back. */
export async function confirmFleet({ step, inputs, fleet }: Work): Promise<void> {
  const saved = { service: inputs.release.service, held: fleet.map(({ held }) => held), armed: true, differed: false }
  step.save({ ...saved, confirming: true })
  const settled = await hostKeeper(() => inputs.credentials, step.journal.recordPath).confirm(targetsOf(saved))
  step.settle(settled)
  for (const one of settled) step.record({ event: 'settled', ...one })
  const late = settled.filter(({ result }) => result !== 'committed')
  if (late.length === 0) return
  throw new Failure(
    'not-confirmed',
    late.map(({ target, detail }) => `${target} ${detail}`).join('\n'),
    'run `command: status`: it says what each host serves; then release or roll back again.',
  )
}

function inSeconds(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`
}
