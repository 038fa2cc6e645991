import { codeBlock, Failure, Interrupted, type Outcome, plainMarkdown } from '@belay/action-kit'
import { type Finding, type HostFacts, look, onAll, openFleet, type SlotFacts, tellNotices } from '@belay/remote'
import type { DeployInputs } from './inputs.ts'
import { found, missing, refuseMissing } from './preflight.ts'
import { noContent } from './release.ts'
import { loginsOf, rootScript } from './root-script.ts'
import { script } from './script.ts'
import { type DeployStep, sightOf } from './work.ts'

/** `command: status`: what each host serves, who holds its lock, and when that ends by itself. Reads only. */
export async function status(inputs: DeployInputs, step: DeployStep): Promise<Outcome> {
  const looks = await lookAtFleet(inputs, step)
  const rows = looks.map(statusRow)
  for (const row of rows) {
    step.info(`${row.host}: ${row.committed || 'nothing'} committed, ${row.live || 'nothing'} live, ${row.lock}`)
    for (const slot of row.slots) step.info(`${row.host}: ${slotWords(slot)}`)
  }
  step.output('hosts', JSON.stringify(rows))
  const table = rows.map(
    (row) => `| ${[row.host, `${row.committed} ${row.version}`, row.live, row.lock].map(plainMarkdown).join(' | ')} |`,
  )
  const slots = rows
    .flatMap((row) => row.slots.map((slot) => `- ${plainMarkdown(`${row.host}: ${slotWords(slot)}`)}`))
    .join('\n')
  step.summary(
    `**deploy-ssh status**\n\n| host | committed | live | lock |\n|---|---|---|---|\n${table.join('\n')}\n\n${slots}`,
  )
  return { result: 'unchanged' }
}

/** `command: preflight`: all that is missing, and what root has to do about it. Reads only. */
export async function preflightOnly(inputs: DeployInputs, step: DeployStep): Promise<Outcome> {
  const { looks, refused } = await lookAtEach(inputs, step)
  const findings = [...refused, ...looks.flatMap((facts) => missing(facts, inputs, 0))]
  const script = loginsOf(inputs)
    .map((user) => rootScript(inputs, user))
    .join('\n')
  const isReady = findings.every(({ notice }) => notice)
  step.info(
    isReady
      ? `Nothing is missing on ${looks.length} host(s). Root prepares a further one with:\n\n${script}`
      : `What root has to prepare on each host:\n\n${script}`,
  )
  for (const line of found(looks)) step.info(line)
  const list =
    findings.map(({ host, text }) => `- ${plainMarkdown(`${host}: ${text}`)}`).join('\n') || '- nothing is missing'
  step.summary(
    `**deploy-ssh preflight**\n\n${list}\n\n<details><summary>For root</summary>\n\n${codeBlock(script.trimEnd(), 'sh')}\n</details>`,
  )
  tellNotices(step, findings)
  refuseMissing(findings, { printed: true })
  return { result: 'unchanged' }
}

/** Looks at every host that lets us in; why the others do not. */
async function lookAtEach(inputs: DeployInputs, step: DeployStep): Promise<{ looks: HostFacts[]; refused: Finding[] }> {
  const each = await Promise.allSettled(inputs.hosts.map((host) => lookAtFleet({ ...inputs, hosts: [host] }, step)))
  if (step.signal.aborted) throw new Interrupted()
  const looks = each.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const refused = each.flatMap((one, index) => {
    if (one.status === 'fulfilled') return []
    if (!(one.reason instanceof Failure)) throw one.reason
    return [{ host: inputs.hosts[index]?.name ?? '', code: one.reason.code, text: one.reason.message }]
  })
  return { looks, refused }
}

async function lookAtFleet(inputs: DeployInputs, step: DeployStep): Promise<HostFacts[]> {
  const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal)
  const sight = sightOf(inputs, noContent)
  return onAll(connections, (connection) => look(connection, sight, step.signal, script.text), step.signal)
}

const traffic = { yes: 'with traffic', no: 'without traffic', unknown: 'nobody knows whether with traffic' }

function slotWords({ port, release, told, ...slot }: SlotFacts): string {
  const words = told === '-' ? 'never told what it is' : `told that it is ${told}`
  return `slot ${port} holds ${release || 'nothing'}, ${traffic[slot.traffic]}, ${words}`
}

function statusRow({ host, committed, version, live, lock, state, newest, slots }: HostFacts) {
  const asked = state === 'armed' ? ', 60 s later if its job asks it to wait' : ''
  const held = `${lock.holder}; it ends by itself in ${Math.max(0, lock.endsInSeconds)} s${asked}`
  const left = ['held', 'armed', 'undoing'].includes(state)
    ? `free, but ${newest} was left ${state}: the next release puts it back`
    : 'free'
  return { host, committed, version, live, state, newest, slots, lock: lock.held ? held : left }
}
