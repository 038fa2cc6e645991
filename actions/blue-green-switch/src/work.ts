import { plainMarkdown, type Step } from '@belay/action-kit'
import { type FleetHost, onAll, tellNotices } from '@belay/host'
import { baseOf, stateOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import { type SwitchFacts, see } from './look.ts'
import { asFound, reportOutcome } from './outcome.ts'
import type { Content, Plan } from './plan.ts'
import { missing, recoveryUnit, refuseMissing } from './preflight.ts'
import type { SavedSwitch } from './undo.ts'

export type SwitchStep = Step<SavedSwitch>

/** What a switch works with, from the first look to the last. */
export interface Work {
  readonly step: SwitchStep
  readonly inputs: SwitchInputs
  readonly fleet: readonly FleetHost[]
  readonly content: Content
  readonly signal: AbortSignal
}

export const noContent: Content = { id: '', version: '', sha: '' }

/** What undo needs to know, as of now. */
export function savedOf(
  { inputs, fleet }: Pick<Work, 'inputs' | 'fleet'>,
  how: Pick<SavedSwitch, 'armed' | 'differed'>,
): SavedSwitch {
  return { service: inputs.release.service, held: fleet.map(({ held }) => held), ...how }
}

/** Looks at every host. Changes nothing. */
export function seeFleet({ inputs, fleet, signal }: Pick<Work, 'inputs' | 'fleet' | 'signal'>): Promise<SwitchFacts[]> {
  const what = { base: baseOf(inputs), recovery: recoveryUnit(inputs), params: stateOf(noContent, inputs) }
  return onAll(fleet, ({ connection }) => see(connection, what, signal), signal)
}

/** Looks at every host and names all that is missing on all of them. */
export async function preflight(work: Work): Promise<SwitchFacts[]> {
  work.step.record({ event: 'phase', phase: 'preflight' })
  const looks = await seeFleet(work)
  const findings = looks.flatMap((facts) => missing(facts, work.inputs))
  tellNotices(work.step, findings)
  refuseMissing(findings)
  return looks
}

/** Says what will be done, in log, outputs and summary. */
export function announce({ step, inputs, content }: Work, plan: Plan, looks: readonly SwitchFacts[]): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  // Nothing is moved yet; what becomes of it is reported when it is known.
  reportOutcome(step, looks.map(asFound))
  step.summary(
    `**blue-green-switch** ${inputs.release.service} ${inputs.release.environment} ${plainMarkdown(content.version)}\n\n` +
      plan.lines.map((line) => `- ${plainMarkdown(line)}`).join('\n'),
  )
}
