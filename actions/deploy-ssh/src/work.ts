import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { plainMarkdown, type Step } from '@belay/action-kit'
import {
  type Connection,
  common,
  type Finding,
  type FleetHost,
  type HostFacts,
  look,
  onAll,
  type Sight,
  tellNotices,
} from '@belay/host'
import { type DeployInputs, unitsOf } from './inputs.ts'
import type { Observed, Plan } from './plan.ts'
import { floorKib, found, hasRoom, missing, recoveryUnit, refuseMissing } from './preflight.ts'
import { type Content, stateOf } from './release.ts'
import { resultsOf } from './results.ts'
import { script } from './script.ts'
import { isIn, type Source } from './source.ts'
import type { SavedRelease } from './undo.ts'
import { uploadKib } from './upload.ts'

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
  const slots = inputs.slots.length > 0 && { slots: true as const }
  return { service: inputs.release.service, held, ...how, ...slots, nothing: backToNothing(inputs) }
}

function backToNothing({ restart }: DeployInputs): string {
  switch (restart.kind) {
    case 'systemd':
      return `went back to nothing; ${restart.unit} is stopped`
    case 'command':
      return 'went back to nothing; its restart command was run with an empty BELAY_RELEASE, and what that did is not known'
    case 'none':
      return 'went back to nothing'
    case 'compose':
      return 'back to what ran there before the first release'
  }
}

/** What to look at on a host: with `content`, also whether that fits. */
export function sightOf(inputs: DeployInputs, content: Content, kib = 0): Sight {
  const [unit = inputs.restart.kind === 'compose' ? 'docker.service' : ''] = unitsOf(inputs)
  const room = { needKib: kib + floorKib, keep: inputs.keepReleases }
  return { base: inputs.path, unit, recovery: recoveryUnit(inputs), release: stateOf(content, inputs), ...room }
}

/** What is on a host, and the KiB that would travel there. */
export interface Inspection {
  readonly facts: HostFacts
  readonly kib: number
}

/** Looks at every host, and, where there is little room, at what of `source` it has already. Changes nothing. */
export async function inspectHosts(
  connections: readonly Connection[],
  { inputs, content, signal }: Pick<Work, 'inputs' | 'content' | 'signal'>,
  { folder, kib }: Pick<Source, 'folder' | 'kib'>,
): Promise<Inspection[]> {
  const sight = sightOf(inputs, content, kib)
  const looks = await onAll(connections, (connection) => look(connection, sight, signal, script.text), signal)
  return onAll(
    connections.map((connection, index) => ({ connection, facts: looks[index] as HostFacts })),
    async ({ connection, facts }) => {
      const beside = facts.releases.some(({ id, there }) => there && id === facts.committed)
      if (hasRoom(facts, kib) || !beside || folder === '') return { facts, kib }
      const committed = `${inputs.path}/releases/${facts.committed}`
      return { facts, kib: await uploadKib(connection, folder, committed, signal) }
    },
    signal,
  )
}

/** Looks at every host and names all that is missing on all of them. Changes nothing. */
export async function preflight(work: Work, source: Pick<Source, 'folder' | 'kib'>): Promise<HostFacts[]> {
  const { step, inputs, fleet } = work
  step.record({ event: 'phase', phase: 'preflight' })
  const connections = fleet.map(({ connection }) => connection)
  const inspections = await inspectHosts(connections, work, source)
  const looks = inspections.map(({ facts }) => facts)
  resultsOf(step)?.before(looks)
  const findings = inspections.flatMap(({ facts, kib }) => missing(facts, inputs, kib, isIn(source.folder)))
  tellNotices(
    step,
    findings.filter(({ code }) => code !== 'lines-unread'),
  )
  tellUnread(step, findings)
  refuseMissing(findings)
  for (const line of found(looks)) step.info(line)
  return looks
}

/** A folder of this step's own on the runner. */
export function temporary(step: DeployStep): string {
  const folder = join(step.journal.folder, step.id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** A release that goes well needs none of these lines: said once, and anew where one fails. */
function tellUnread(step: DeployStep, findings: readonly Finding[]): void {
  const lines = findings.filter(({ code }) => code === 'lines-unread').map(({ host, text }) => `  ${host}: ${text}`)
  if (lines.length > 0)
    step.info(['If this release fails, the last lines of the service cannot be shown:', ...new Set(lines)].join('\n'))
}

/** Says what will be done, in log, outputs and summary. */
export function announce({ step, inputs, content, fleet }: Work, plan: Plan, observed: readonly Observed[]): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  step.output('previous-release', common(observed.map(({ committed }) => committed)))
  resultsOf(step)?.goal(content)
  resultsOf(step)?.before(observed)
  step.summary(
    `**deploy-ssh** ${inputs.release.service} ${inputs.release.environment} ${plainMarkdown(content.version)} on ${fleet.length} host(s)\n\n` +
      plan.lines.map((line) => `- ${plainMarkdown(line)}`).join('\n'),
  )
}
