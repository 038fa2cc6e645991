import { armFleet, confirmFleet, refuseUnarmed } from '@belay/host'
import type { Move } from '@belay/release-model'
import { changeSeconds } from './fleet.ts'
import type { SwitchFacts } from './look.ts'
import { afterMove, type HostOutcome, reportOutcome } from './outcome.ts'
import { activeSlot, idleSlot } from './plan.ts'
import { type SavedSwitch, wayBack } from './undo.ts'
import { savedOf, type Work } from './work.ts'

/**
 * Behind the barrier: every host's idle slot is proved. Tells all at once; one that fails makes all go back.
 * @returns what undo and confirm need, and where each host's traffic goes now
 */
export async function moveTraffic(work: Work, looks: readonly SwitchFacts[], differed: boolean): Promise<MovedTraffic> {
  const { step, inputs, fleet, signal } = work
  const moves = movesOf(work, looks)
  const saved = { ...savedOf(work, { armed: true, differed }), moves }
  const measured: Measured[] = []
  const order = {
    saved,
    way: wayBack(saved),
    boundary: 'switch',
    window: inputs.confirmTimeout,
    wait: changeSeconds(inputs),
    otherwise: 'traffic goes back by itself',
    onPhase(text: string, host: string) {
      const [phase = '', value] = text.split(' ')
      if (value !== undefined) measured.push({ host, what: phase, value: Number(value) })
      step.record({ event: 'phase', phase, host })
    },
  }
  const states = await armFleet(step, fleet, order, signal)
  tellMeasured(work, measured)
  refuseUnarmed(fleet, states, 'see what the proxy and the slot say on the host; all hosts of this step are put back.')
  step.record({ event: 'phase', phase: 'armed' })
  const outcomes = Object.entries(moves).map(([host, move]) => ({
    ...afterMove(host, 'switched', move, move.to),
    ...timesOf(host, measured),
  }))
  reportOutcome(step, outcomes)
  return { saved, outcomes }
}

/** Traffic that has moved and still goes back by itself. */
export interface MovedTraffic {
  readonly saved: SavedSwitch
  readonly outcomes: readonly HostOutcome[]
}

/** What users have, and get: an older release where the job goes back. */
function movesOf({ step, inputs, content }: Work, looks: readonly SwitchFacts[]): Record<string, Move> {
  const chosen = step.journal.read().chosen.some(({ service }) => service === inputs.release.service)
  const back = (inputs.command === 'rollback' || chosen) && { back: true as const }
  return Object.fromEntries(
    looks.map((facts) => {
      const { version = '', release = '', port: slot = '' } = activeSlot(facts) ?? {}
      const to = { version: content.version, release: content.id, slot: idleSlot(facts)?.port ?? '' }
      return [facts.host, { from: { version, release, slot }, to, ...back }]
    }),
  )
}

/** Makes the switch final now, at the end of this main. */
export async function confirmSwitch({ step, inputs }: Work, { saved, outcomes }: MovedTraffic): Promise<void> {
  const mend = 'run `command: status`: it says where traffic goes; then switch or roll back again.'
  await confirmFleet(step, saved, wayBack(saved), inputs.credentials, mend)
  reportOutcome(
    step,
    outcomes.map((outcome) => ({ ...outcome, state: 'committed' })),
  )
}

interface Measured {
  readonly host: string
  readonly what: string
  readonly value: number
}

function timesOf(host: string, measured: readonly Measured[]): Pick<HostOutcome, 'switchMs' | 'inflightAtCutoff'> {
  const last = (what: string) => measured.findLast((one) => one.host === host && one.what === what)?.value
  const [switchMs, inflightAtCutoff] = [last('switched'), last('drained')]
  return { ...(switchMs !== undefined && { switchMs }), ...(inflightAtCutoff !== undefined && { inflightAtCutoff }) }
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
