import { Failure, refuseAfterReturn } from '@belay/action-kit'
import { arm, type HostState, hostKeeper, onAll } from '@belay/remote'
import { changeSeconds, type FleetHost } from './fleet.ts'
import type { SwitchFacts } from './look.ts'
import { activeSlot } from './plan.ts'
import { targetsOf } from './undo.ts'
import type { Work } from './work.ts'

/** Behind the barrier: every host's idle slot is proved. Tells all at once; one that fails makes all go back. */
export async function moveTraffic(work: Work, looks: readonly SwitchFacts[], differed: boolean): Promise<void> {
  const { step, inputs, fleet, signal } = work
  const { service } = inputs.release
  refuseAfterReturn(step.journal)
  const held = fleet.map((host) => host.held)
  step.save({ service, held, armed: true, differed })
  const phase = (name: string, host: string) => step.record({ event: 'phase', phase: name, host })
  for (const { host } of held) phase('switch', host)
  const previous = Object.fromEntries(looks.map((facts) => [facts.host, activeSlot(facts)?.port ?? '']))
  step.arm(targetsOf({ service, held }), inputs.confirmTimeout, previous)
  step.info(`Unless this job confirms, traffic goes back by itself at ${inSeconds(inputs.confirmTimeout)}.`)
  const measured: Measured[] = []
  const states = await onAll(
    fleet,
    ({ connection, held }) =>
      arm(connection, held, {
        window: inputs.confirmTimeout,
        wait: changeSeconds(inputs),
        signal,
        onPhase: (text) => {
          const [name = '', value] = text.split(' ')
          if (value !== undefined) measured.push({ host: held.host, what: name, value: Number(value) })
          phase(name, held.host)
        },
      }),
    signal,
  )
  tellMeasured(work, measured)
  refuseFailed(fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

interface Measured {
  readonly host: string
  readonly what: string
  readonly value: number
}

/** The longest switch of all hosts, and all connections that were left at the end of the drain. */
function tellMeasured({ step, inputs }: Work, measured: readonly Measured[]): void {
  const switched = measured.filter(({ what }) => what === 'switched')
  const drained = measured.filter(({ what }) => what === 'drained')
  if (switched.length > 0) {
    const ms = Math.max(...switched.map(({ value }) => value))
    step.output('switch-ms', String(ms))
    step.info(`Traffic moved within ${ms} ms, as the proxy itself tells.`)
  }
  const left = drained.reduce((sum, { value }) => sum + value, 0)
  if (drained.length > 0) step.output('inflight-at-cutoff', String(left))
  for (const { host, value } of drained)
    if (value > 0)
      step.warn(
        `${value} connections to the old slot were still open after ${inputs.drainTimeout} s; it keeps running for them`,
        host,
      )
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
    'see what the proxy and the slot say on the host; all hosts of this step are put back.',
  )
}

/** Makes the switch final now, at the end of this main (`undo: false`, rollback); after the first confirm no way back. */
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
    'run `command: status`: it says where traffic goes; then switch or roll back again.',
  )
}

function inSeconds(seconds: number): string {
  return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`
}
