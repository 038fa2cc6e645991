import { randomUUID } from 'node:crypto'
import { Failure, refuseAfterReturn } from '@belay/action-kit'
import { arm, type HostState, hostKeeper, onAll } from '@belay/remote'
import type { Observed } from './plan.ts'
import { changeSeconds, type FleetHost } from './release.ts'
import { targetsOf } from './undo.ts'
import { type DeployStep, savedOf, type Work } from './work.ts'

/**
 * Behind the barrier: every host has everything. Tells all at once; one that fails makes all go back. With slots no user
 * is moved by it; it has a time limit all the same, so that a lost runner leaves neither a lock nor a stranger behind.
 */
export async function switchFleet(work: Work, observed: readonly Observed[], differed: boolean): Promise<void> {
  const { step, inputs, fleet, signal } = work
  const saved = savedOf(work, { armed: true, differed })
  refuseAfterReturn(step.journal)
  step.save(saved)
  const targets = targetsOf(saved)
  const previous = Object.fromEntries(observed.map(({ host, committed }) => [host, committed]))
  const phase = (name: string, host: string) => step.record({ event: 'phase', phase: name, host })
  for (const { held } of fleet) phase(saved.slots ? 'fill' : 'switch', held.host)
  step.arm(targets, inputs.confirmTimeout, previous)
  const back = saved.slots ? 'leave the slot idle again' : 'go back'
  step.info(`Unless this job confirms, the hosts ${back} by themselves at ${inSeconds(inputs.confirmTimeout)}.`)
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
  for (const [index, { tail }] of states.entries()) tellTail(step, fleet[index]?.held.host ?? '', tail)
  refuseFailed(fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

/** What the service wrote goes to the job log alone, which masks secrets; there it must not be taken for a command. */
function tellTail(step: DeployStep, host: string, tail: readonly string[]): void {
  if (tail.length === 0) return
  const token = randomUUID()
  step.info(`The last lines of the service on ${host}:\n::stop-commands::${token}`)
  for (const line of tail) step.info(`  ${line}`)
  step.info(`::${token}::`)
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
export async function confirmFleet(work: Work): Promise<void> {
  const { step, inputs } = work
  const saved = savedOf(work, { armed: true, differed: false })
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
