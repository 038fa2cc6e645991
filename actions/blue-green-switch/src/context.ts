import { plainMarkdown } from '@belay/action-kit'
import { type FleetHost, onAllHosts } from '@belay/host/fleet'
import { warnOfNotices } from '@belay/host/preflight'
import { claimsOf, stateOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import { inspectSwitch, type SwitchFacts } from './inspect.ts'
import { reportOutcomes, unchangedOutcome } from './outcome.ts'
import type { SlotContent, SwitchPlan } from './plan.ts'
import { assertReady, fleetFindings, recoveryUnit } from './preflight.ts'
import type { SavedSwitch, SwitchStep } from './undo.ts'

/** What all stages of a switch share. */
export interface SwitchContext {
  readonly step: SwitchStep
  readonly inputs: SwitchInputs
  /** The hosts of the proxies. */
  readonly fleet: readonly FleetHost[]
  /** The slot hosts, where they are others than the proxies'; empty otherwise. */
  readonly servers: readonly FleetHost[]
  readonly content: SlotContent
  readonly signal: AbortSignal
}

export const noContent: SlotContent = { id: '', version: '', sha: '' }

/** What undo needs to know, as of now. */
export function undoStateOf(
  { inputs, fleet, servers }: Pick<SwitchContext, 'inputs' | 'fleet' | 'servers'>,
  how: Pick<SavedSwitch, 'armed' | 'differed'>,
): SavedSwitch {
  const claims = inputs.servers && { claims: claimsOf(inputs.servers, servers) }
  return { service: inputs.release.service, leases: fleet.map(({ lease }) => lease), ...how, ...claims }
}

/** All hosts that hold locks in a switch: those of the proxies, and of the slots. */
export function lockedHosts({ fleet, servers }: Pick<SwitchContext, 'fleet' | 'servers'>): FleetHost[] {
  return [...servers, ...fleet]
}

/** Inspects every host. Changes nothing. */
export function inspectFleet({
  inputs,
  fleet,
  signal,
}: Pick<SwitchContext, 'inputs' | 'fleet' | 'signal'>): Promise<SwitchFacts[]> {
  const options = { base: inputs.path, recovery: recoveryUnit(inputs), state: stateOf(noContent, inputs) }
  return onAllHosts(fleet, ({ connection }) => inspectSwitch(connection, options, signal), signal)
}

/** Inspects every host and names all that is missing on all of them. */
export async function preflight(context: SwitchContext): Promise<SwitchFacts[]> {
  context.step.record({ event: 'phase', phase: 'preflight' })
  const fleetFacts = await inspectFleet(context)
  const findings = fleetFindings(fleetFacts, context.inputs)
  warnOfNotices(context.step, findings)
  assertReady(findings)
  return fleetFacts
}

/** Reports what will be done, in log, outputs and summary. */
export function announce(
  { step, inputs, content }: SwitchContext,
  plan: SwitchPlan,
  fleetFacts: readonly SwitchFacts[],
): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  // Nothing is moved yet; the outcome is reported later.
  reportOutcomes(step, fleetFacts.map(unchangedOutcome))
  step.summary(
    `**blue-green-switch** ${inputs.release.service} ${inputs.release.environment} ${plainMarkdown(content.version)}\n\n` +
      plan.lines.map((line) => `- ${plainMarkdown(line)}`).join('\n'),
  )
}
