import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { plainMarkdown } from '@belay/action-kit'
import { type Connection, type HostFacts, type InspectOptions, inspectHost } from '@belay/host'
import { commonValue, type FleetHost, type Heard, onAllHosts } from '@belay/host/fleet'
import { type PreflightFinding, warnOfNotices } from '@belay/host/preflight'
import { type DeployInputs, unitsOf } from './inputs.ts'
import type { ObservedHost, ReleasePlan } from './plan.ts'
import { assertReady, hasRoom, noteLines, preflightFindings, recoveryUnit, reservedKib } from './preflight.ts'
import { hear } from './proxies.ts'
import { type ReleaseContent, stateOf } from './release.ts'
import { resultsOf } from './results.ts'
import { script } from './script.ts'
import { isReleasedFile, type Source } from './source.ts'
import type { DeployStep, SavedRelease } from './undo.ts'
import { uploadKib } from './upload.ts'

/** What all stages of a release share. */
export interface DeployContext {
  readonly step: DeployStep
  readonly inputs: DeployInputs
  readonly fleet: readonly FleetHost[]
  /** Of proxies that are not on the slots' hosts. */
  readonly proxies: readonly Connection[]
  readonly content: ReleaseContent
  readonly signal: AbortSignal
}

/** What undo needs to know, as of now. */
export function undoStateOf(
  { inputs, fleet }: Pick<DeployContext, 'inputs' | 'fleet'>,
  how: Pick<SavedRelease, 'armed' | 'differed'>,
): SavedRelease {
  const leases = fleet.map((host) => host.lease)
  const slots = inputs.slots.length > 0 && { fillsSlots: true as const }
  return { service: inputs.release.service, leases, ...how, ...slots, nothingDetail: nothingDetail(inputs) }
}

function nothingDetail({ restart }: DeployInputs): string {
  switch (restart.kind) {
    case 'systemd':
      return `no earlier release to restore; ${restart.unit} is stopped`
    case 'command':
      return 'no earlier release to restore; the restart command was run with an empty BELAY_RELEASE, and its effect is not known'
    case 'none':
      return 'no earlier release to restore'
    case 'compose':
      return 'restored what ran there before the first release'
  }
}

/** What to inspect on a host: with `content`, also whether it is compatible with the schema. */
export function inspectOptionsOf(
  inputs: DeployInputs,
  content: ReleaseContent,
  host: string,
  heard: Heard | undefined,
  kib = 0,
): InspectOptions {
  const [unit = inputs.restart.kind === 'compose' ? 'docker.service' : ''] = unitsOf(inputs)
  const room = { needKib: kib + reservedKib, keepReleases: inputs.keepReleases }
  const traffic = heard && { traffic: heard.words.get(host), proxies: heard.proxies }
  const release = stateOf(content, inputs, host)
  return { base: inputs.path, unit, recovery: recoveryUnit(inputs), release, ...room, ...traffic }
}

/** What is on a host, and the KiB that the upload to it would take. */
export interface Inspection {
  readonly facts: HostFacts
  readonly kib: number
}

/** Inspects every host. Where room is short, also finds what of `source` the host has already. Changes nothing. */
export async function inspectHosts(
  connections: readonly Connection[],
  { inputs, content, signal }: Pick<DeployContext, 'inputs' | 'content' | 'signal'>,
  { folder, kib }: Pick<Source, 'folder' | 'kib'>,
  heard: Heard | undefined,
): Promise<Inspection[]> {
  const fleetFacts = await onAllHosts(
    connections,
    (connection) => {
      const options = inspectOptionsOf(inputs, content, connection.target.name, heard, kib)
      return inspectHost(connection, options, signal, script)
    },
    signal,
  )
  return onAllHosts(
    connections.map((connection, index) => ({ connection, facts: fleetFacts[index] as HostFacts })),
    async ({ connection, facts }) => {
      const hasCommitted = facts.releases.some(({ id, exists }) => exists && id === facts.committed)
      if (hasRoom(facts, kib) || !hasCommitted || folder === '') return { facts, kib }
      const committed = `${inputs.path}/releases/${facts.committed}`
      return { facts, kib: await uploadKib(connection, folder, committed, signal) }
    },
    signal,
  )
}

/** Inspects every host and names all that is missing on all of them. Changes nothing. */
export async function preflight(context: DeployContext, source: Pick<Source, 'folder' | 'kib'>): Promise<HostFacts[]> {
  const { step, inputs, fleet } = context
  step.record({ event: 'phase', phase: 'preflight' })
  const connections = fleet.map(({ connection }) => connection)
  const inspections = await inspectHosts(connections, context, source, await hear(context))
  const fleetFacts = inspections.map(({ facts }) => facts)
  resultsOf(step)?.setBefore(fleetFacts)
  const findings = inspections.flatMap(({ facts, kib }) =>
    preflightFindings(facts, inputs, kib, isReleasedFile(source.folder)),
  )
  warnOfNotices(
    step,
    findings.filter(({ code }) => code !== 'lines-unread'),
  )
  reportUnreadableLogs(step, findings)
  assertReady(findings)
  for (const line of noteLines(fleetFacts)) step.info(line)
  return fleetFacts
}

/** A folder of this step's own on the runner. */
export function stepFolder(step: DeployStep): string {
  const folder = join(step.journal.folder, step.id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** A release that succeeds needs none of these lines: reported once here, and again when a release fails. */
function reportUnreadableLogs(step: DeployStep, findings: readonly PreflightFinding[]): void {
  const lines = findings.filter(({ code }) => code === 'lines-unread').map(({ host, text }) => `  ${host}: ${text}`)
  if (lines.length > 0)
    step.info(
      ['If this release fails, the last log lines of the service cannot be shown:', ...new Set(lines)].join('\n'),
    )
}

/** Reports what will be done, in log, outputs and summary. */
export function announce(
  { step, inputs, content, fleet }: DeployContext,
  plan: ReleasePlan,
  observed: readonly ObservedHost[],
): void {
  for (const warning of plan.warnings) step.warn(warning)
  for (const line of plan.lines) step.info(line)
  step.output('previous-release', commonValue(observed.map(({ committed }) => committed)))
  resultsOf(step)?.setGoal(content)
  resultsOf(step)?.setBefore(observed)
  step.summary(
    `**deploy-ssh** ${inputs.release.service} ${inputs.release.environment} ${plainMarkdown(content.version)} on ${fleet.length} host(s)\n\n` +
      plan.lines.map((line) => `- ${plainMarkdown(line)}`).join('\n'),
  )
}
