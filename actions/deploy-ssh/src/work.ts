import type { Step } from '@belay/action-kit'
import { type HostFacts, look, onAll, renew, type Sight } from '@belay/remote'
import { type DeployInputs, unitsOf } from './inputs.ts'
import type { Observed, Plan } from './plan.ts'
import { missing, recoveryUnit, refuseMissing } from './preflight.ts'
import { type Content, type FleetHost, stateOf } from './release.ts'
import { script } from './script.ts'
import type { SavedRelease } from './undo.ts'

export type DeployStep = Step<SavedRelease>

/** What a release works with, from the first look to the last. */
export interface Work {
  readonly step: DeployStep
  readonly inputs: DeployInputs
  readonly fleet: readonly FleetHost[]
  readonly content: Content
  readonly signal: AbortSignal
}

/** What undo needs to know, as of now. */
export function savedOf(
  { inputs, fleet }: Pick<Work, 'inputs' | 'fleet'>,
  how: Pick<SavedRelease, 'armed' | 'differed'>,
): SavedRelease {
  const held = fleet.map((host) => host.held)
  return { service: inputs.release.service, held, ...how, ...(inputs.slots.length > 0 && { slots: true }) }
}

/** What to look at on a host: with `content`, also whether that fits. */
export function sightOf(inputs: DeployInputs, content: Content): Sight {
  const [unit = ''] = unitsOf(inputs)
  return { base: inputs.path, unit, recovery: recoveryUnit(inputs), release: stateOf(content, inputs) }
}

/** Looks at every host and names all that is missing on all of them. Changes nothing. */
export async function preflight({ step, inputs, fleet, content, signal }: Work, kib: number): Promise<HostFacts[]> {
  step.record({ event: 'phase', phase: 'preflight' })
  const sight = sightOf(inputs, content)
  const looks = await onAll(fleet, ({ connection }) => look(connection, sight, signal, script.text), signal)
  const findings = looks.flatMap((facts) => missing(facts, inputs, kib))
  for (const { host, text } of findings.filter(({ notice }) => notice)) step.warn(text, host)
  refuseMissing(findings)
  return looks
}

/** The release that all hosts had committed; empty where they differ or had none. */
export function commonPrevious(observed: readonly Observed[]): string {
  const previous = [...new Set(observed.map(({ committed }) => committed))]
  return previous.length === 1 ? (previous[0] ?? '') : ''
}

/** Says what will be done, in log, outputs and summary. */
export function announce({ step, inputs, content, fleet }: Work, plan: Plan, observed: readonly Observed[]): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  step.output('previous-release', commonPrevious(observed))
  step.output(
    'hosts',
    JSON.stringify(observed.map(({ host, committed }) => ({ host, previous: committed, release: content.id }))),
  )
  step.summary(
    `**deploy-ssh** ${inputs.release.service} ${inputs.release.environment} ${content.version} on ${fleet.length} host(s)\n\n` +
      plan.lines.map((line) => `- ${line}`).join('\n'),
  )
}

/** Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. */
export async function withLease<T>(work: Work, task: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // A renewal that fails is the connection's trouble: the work itself will say so.
    for (const { connection, held } of work.fleet) void renew(connection, held).catch(() => {})
  }, 8000)
  try {
    return await task()
  } finally {
    clearInterval(timer)
  }
}
