import { armFleet, assertArmed, confirmFleet } from '@belay/host/fleet'
import type { Move } from '@belay/release-model'
import { type SwitchContext, undoStateOf } from './context.ts'
import { changeSeconds } from './fleet.ts'
import type { SwitchFacts } from './inspect.ts'
import { watchWeights } from './metrics.ts'
import { type HostOutcome, outcomeAfterMove, reportOutcomes } from './outcome.ts'
import { activeSlot, idleSlot } from './plan.ts'
import { claimSlots, giveRoles, routesOf } from './servers.ts'
import { type SavedSwitch, undoSpec } from './undo.ts'

/**
 * After the barrier, when every host's idle slot is verified: moves traffic on all hosts at once. If one fails, all roll back.
 * @returns what undo and confirm need, and where each host's traffic goes now
 */
export async function moveTraffic(
  context: SwitchContext,
  fleetFacts: readonly SwitchFacts[],
  differed: boolean,
): Promise<MovedTraffic> {
  const { step, inputs, fleet } = context
  const moves = movesOf(context, fleetFacts)
  const saved = { ...undoStateOf(context, { armed: true, differed }), moves }
  const measurements: Measurement[] = []
  const routes = inputs.servers && routesOf(inputs.servers, fleetFacts)
  if (routes) await claimSlots(context, saved)
  const watch = watchWeights(context)
  const request = {
    saved,
    undoSpec: undoSpec(saved),
    boundary: 'switch',
    confirmTimeout: inputs.confirmTimeout,
    changeTimeout: changeSeconds(inputs),
    otherwise: 'the hosts move the traffic back on their own',
    onPhase(text: string, host: string) {
      const [phase = '', value] = text.split(' ')
      if (value !== undefined) measurements.push({ host, what: phase, value: Number(value) })
      step.record({ event: 'phase', phase, host })
      watch.heard(phase)
    },
  }
  const states = await watch.during((watched) => armFleet(step, fleet, request, watched))
  reportMeasurements(context, measurements)
  assertArmed(
    fleet,
    states,
    'read the logs of the proxy and of the slot on the host; all hosts of this step are rolled back.',
  )
  if (routes) await giveRoles(context, saved, routes)
  step.record({ event: 'phase', phase: 'armed' })
  const outcomes = Object.entries(moves).map(([host, move]) => ({
    ...outcomeAfterMove(host, 'switched', move, move.to),
    ...measurementsOf(host, measurements),
  }))
  reportOutcomes(step, outcomes)
  return { saved, outcomes }
}

/** Traffic that has moved and is not confirmed yet. */
export interface MovedTraffic {
  readonly saved: SavedSwitch
  readonly outcomes: readonly HostOutcome[]
}

/** What users have, and what they get: an older release where the job rolls back. */
function movesOf({ step, inputs, content }: SwitchContext, fleetFacts: readonly SwitchFacts[]): Record<string, Move> {
  const chosen = step.journal.read().chosen.some(({ service }) => service === inputs.release.service)
  const back = (inputs.command === 'rollback' || chosen) && { back: true as const }
  return Object.fromEntries(
    fleetFacts.map((facts) => {
      const active = activeSlot(facts)
      const { version = '', release = '' } = facts.committed ?? active ?? {}
      const slot = active?.name ?? ''
      const to = { version: content.version, release: content.id, slot: idleSlot(facts)?.name ?? '' }
      return [facts.host, { from: { version, release, slot }, to, ...back }]
    }),
  )
}

/** Makes the switch final now, at the end of this main. */
export async function confirmSwitch({ step, inputs }: SwitchContext, { saved, outcomes }: MovedTraffic): Promise<void> {
  const remedy = 'run `command: status` to see where traffic goes; then switch or roll back again.'
  await confirmFleet(step, saved, undoSpec(saved), inputs.credentials, remedy)
  reportOutcomes(
    step,
    outcomes.map((outcome) => ({ ...outcome, state: 'committed' })),
  )
}

interface Measurement {
  readonly host: string
  readonly what: string
  readonly value: number
}

function measurementsOf(
  host: string,
  measurements: readonly Measurement[],
): Pick<HostOutcome, 'switchMs' | 'inflightAtCutoff'> {
  const last = (what: string) => measurements.findLast((one) => one.host === host && one.what === what)?.value
  const [switchMs, inflightAtCutoff] = [last('switched'), last('drained')]
  return { ...(switchMs !== undefined && { switchMs }), ...(inflightAtCutoff !== undefined && { inflightAtCutoff }) }
}

/** The longest switch of all hosts, and all connections that were left at the end of the drain. */
function reportMeasurements({ step, inputs }: SwitchContext, measurements: readonly Measurement[]): void {
  const switched = measurements.filter(({ what }) => what === 'switched')
  const drained = measurements.filter(({ what }) => what === 'drained')
  if (switched.length > 0) {
    const ms = Math.max(...switched.map(({ value }) => value))
    step.output('switch-ms', String(ms))
    step.info(`Traffic moved within ${ms} ms, as the proxy reports.`)
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
