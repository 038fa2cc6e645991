import { rmSync } from 'node:fs'
import {
  codeBlock,
  Failure,
  firstLine,
  Interrupted,
  type MainOutcome,
  plainMarkdown,
  releaseInProgress,
} from '@belay/action-kit'
import { type HostFacts, inspectHost } from '@belay/host'
import { type Heard, onAllHosts, openFleet } from '@belay/host/fleet'
import type { HostTarget } from '@belay/host/inputs'
import { type PreflightFinding, warnOfNotices } from '@belay/host/preflight'
import { type Inspection, inspectHosts, inspectOptionsOf, stepFolder } from './context.ts'
import type { DeployInputs } from './inputs.ts'
import { assertReady, noteLines, preflightFindings } from './preflight.ts'
import { hear, openProxies } from './proxies.ts'
import { noContent } from './release.ts'
import { rootScripts } from './root-script.ts'
import { script } from './script.ts'
import { isReleasedFile, openSource } from './source.ts'
import type { DeployStep } from './undo.ts'

/** `command: status`: what each host serves, which run holds its lock, and when the lock expires. Reads only. */
export async function status(inputs: DeployInputs, step: DeployStep): Promise<MainOutcome> {
  const fleetFacts = await inspectForStatus(inputs, step)
  const rows = fleetFacts.map(statusRow)
  for (const row of rows) {
    step.info(`${row.host}: ${row.committed || 'nothing'} committed, ${row.live || 'nothing'} live, ${row.lock}`)
    for (const slot of row.slots) step.info(`${row.host}: ${describeSlot(slot)}`)
  }
  step.output('hosts', JSON.stringify(rows))
  const table = rows.map(
    (row) => `| ${[row.host, `${row.committed} ${row.version}`, row.live, row.lock].map(plainMarkdown).join(' | ')} |`,
  )
  const slots = rows
    .flatMap((row) => row.slots.map((slot) => `- ${plainMarkdown(`${row.host}: ${describeSlot(slot)}`)}`))
    .join('\n')
  step.summary(
    `**deploy-ssh status**\n\n| host | committed | live | lock |\n|---|---|---|---|\n${table.join('\n')}\n\n${slots}`,
  )
  return { result: 'unchanged' }
}

/**
 * `command: preflight`: all that is missing, and what root has to do about it. Reads only. Inside `release` it prints no
 * details where nothing stops the release: deploy-ssh, which follows, reports its findings.
 */
export async function preflightCommand(inputs: DeployInputs, step: DeployStep): Promise<MainOutcome> {
  const { fleetFacts, findings } = await inspectEach(inputs, step)
  const isReady = findings.every(({ notice }) => notice)
  if (isReady && releaseInProgress(step.journal.read())) {
    step.info(`Nothing stops the release on ${fleetFacts.length} host(s).`)
    return { result: 'unchanged' }
  }
  const script = rootScripts(inputs)
  step.info(
    isReady
      ? `Nothing is missing on ${fleetFacts.length} host(s). Root prepares another one with:\n\n${script}`
      : `What root has to prepare on each host:\n\n${script}`,
  )
  for (const line of noteLines(fleetFacts)) step.info(line)
  const list =
    findings.map(({ host, text }) => `- ${plainMarkdown(`${host}: ${text}`)}`).join('\n') || '- nothing is missing'
  step.summary(
    `**deploy-ssh preflight**\n\n${list}\n\n<details><summary>For root</summary>\n\n${codeBlock(script.trimEnd(), 'sh')}\n</details>`,
  )
  warnOfNotices(step, findings)
  assertReady(findings, { printed: true })
  return { result: 'unchanged' }
}

/** Inspects every host that accepts the login, for `source` where there is one. Finds what those lack, and why others refuse. */
async function inspectEach(
  inputs: DeployInputs,
  step: DeployStep,
): Promise<{ fleetFacts: HostFacts[]; findings: PreflightFinding[] }> {
  const folder = stepFolder(step)
  try {
    const { heard, silent } = await hearForPreflight(inputs, step)
    const source = inputs.source === '' ? noSource : await openSource(inputs.source, folder, step.signal)
    const each = await Promise.allSettled(
      inputs.hosts.map((host) => connectAndInspect(inputs, host, source, heard, step)),
    )
    if (step.signal.aborted) throw new Interrupted()
    const inspections = each.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    const refused = each.flatMap((one, index) => {
      if (one.status === 'fulfilled') return []
      if (!(one.reason instanceof Failure)) throw one.reason
      return [{ host: inputs.hosts[index]?.name ?? '', code: one.reason.code, text: firstLine(one.reason.message) }]
    })
    const lacking = inspections.flatMap(({ facts, kib }) =>
      preflightFindings(facts, inputs, kib, isReleasedFile(source.folder)),
    )
    return { fleetFacts: inspections.map(({ facts }) => facts), findings: [...silent, ...refused, ...lacking] }
  } finally {
    // deploy-ssh unpacks a tar again and needs the room.
    rmSync(folder, { recursive: true, force: true })
  }
}

const noSource = { folder: '', kib: 0 }

async function connectAndInspect(
  inputs: DeployInputs,
  host: HostTarget,
  source: Parameters<typeof inspectHosts>[2],
  heard: Heard | undefined,
  step: DeployStep,
): Promise<Inspection[]> {
  const { signal } = step
  const connections = await openFleet(step.journal, step.id, [host], inputs.credentials, signal)
  return inspectHosts(connections, { inputs, content: noContent, signal }, source, heard)
}

/** What proxies on other hosts do, or why that is not known. */
async function hearForPreflight(
  inputs: DeployInputs,
  step: DeployStep,
): Promise<{ heard: Heard | undefined; silent: PreflightFinding[] }> {
  const proxies = inputs.servers?.proxies.map(({ name }) => name) ?? []
  try {
    const connections = await openProxies(inputs, step, step.signal)
    return { heard: await hear({ inputs, proxies: connections, signal: step.signal }), silent: [] }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const words = new Map(inputs.hosts.map(({ name }) => [name, 'unknown']))
    const text = firstLine(error.message)
    return { heard: { proxies, words }, silent: [{ host: proxies.join(', '), code: error.code, text }] }
  }
}

async function inspectForStatus(inputs: DeployInputs, step: DeployStep): Promise<HostFacts[]> {
  const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal)
  const { heard, silent } = await hearForPreflight(inputs, step)
  for (const { host, text } of silent) step.warn(text, host)
  return onAllHosts(
    connections,
    (connection) => {
      const options = inspectOptionsOf(inputs, noContent, connection.target.name, heard)
      return inspectHost(connection, options, step.signal, script)
    },
    step.signal,
  )
}

const traffic = { yes: 'has traffic', no: 'has no traffic', unknown: 'may have traffic (not known)' }

function describeSlot({ port, release, role, ...slot }: HostFacts['slots'][number]): string {
  const roleText = role === '-' ? 'was never marked active or idle' : `is marked ${role}`
  return `slot ${port} holds ${release || 'nothing'}, ${traffic[slot.traffic]}, ${roleText}`
}

function statusRow({ host, committed, version, live, lock, state, newest, slots }: HostFacts) {
  const extension = state === 'armed' ? ', or 60 s later if its job extends it' : ''
  const lease = `${lock.holder}; the lock expires in ${Math.max(0, lock.endsInSeconds)} s${extension}`
  const left = ['held', 'armed', 'undoing'].includes(state)
    ? `free, but ${newest} was left ${state}: the next release undoes it first`
    : 'free'
  return { host, committed, version, live, state, newest, slots, lock: lock.held ? lease : left }
}
