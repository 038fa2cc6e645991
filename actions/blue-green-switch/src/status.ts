import { type MainOutcome, plainMarkdown } from '@belay/action-kit'
import { commonValue, openFleet } from '@belay/host/fleet'
import { hasPlaces } from '@belay/host/inputs'
import { inspectFleet } from './context.ts'
import { fleetOf } from './fleet.ts'
import type { SwitchInputs } from './inputs.ts'
import type { Slot, SwitchFacts } from './inspect.ts'
import { activeSlot, idleSlot } from './plan.ts'
import { assertReady, fleetFindings } from './preflight.ts'
import type { SwitchStep } from './undo.ts'

/** `command: status`: where traffic goes, what each slot holds, and when lock and old slot expire. Reads only. */
export async function status(inputs: SwitchInputs, step: SwitchStep): Promise<MainOutcome> {
  const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal)
  const fleetFacts = await inspectFleet({ inputs, fleet: fleetOf(connections, inputs, ''), signal: step.signal })
  const rows = fleetFacts.map(statusRow)
  for (const row of rows)
    step.info(`${row.host}: traffic goes to ${row.active || '?'}; ${row.slots}; ${row.lock}${row.warm}`)
  const findings = fleetFindings(fleetFacts, inputs)
  for (const { host, text } of findings) step.warn(text, host)
  step.output('active', commonValue(rows.map(({ active }) => active)))
  step.output('hosts', JSON.stringify(rows.map((row, index) => ({ ...row, slots: fleetFacts[index]?.slots }))))
  const table = rows.map(
    (row) => `| ${[row.host, row.active, row.slots, `${row.lock}${row.warm}`].map(plainMarkdown).join(' | ')} |`,
  )
  step.summary(`**blue-green-switch status**\n\n| host | traffic | slots | |\n|---|---|---|---|\n${table.join('\n')}`)
  return { result: 'unchanged' }
}

/**
 * `command: preflight`: whether traffic could be moved, before the job changes anything else. Reads only.
 * @throws Failure with everything that is missing on all hosts
 */
export async function preflight(inputs: SwitchInputs, step: SwitchStep): Promise<MainOutcome> {
  const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal)
  const fleetFacts = await inspectFleet({ inputs, fleet: fleetOf(connections, inputs, ''), signal: step.signal })
  const findings = fleetFindings(fleetFacts, inputs)
  // The switch warns of them: here they are only logged.
  for (const { host, text } of findings.filter(({ notice }) => notice)) step.info(`${host}: ${text}`)
  // deploy-ssh, which is still to run, brings the content of a slot and its check.
  assertReady(findings.filter(({ code }) => code !== 'check-missing'))
  return { result: 'unchanged' }
}

function statusRow(facts: SwitchFacts) {
  const { host, lock, state, newest, slots, retainedSeconds } = facts
  const left = ['held', 'armed', 'undoing'].includes(state)
    ? `the lock is free, but ${newest} was left ${state}: the next run undoes it first`
    : 'the lock is free'
  return {
    host,
    active: facts.active.join(' '),
    idle: idleSlot(facts)?.name ?? '',
    committed: facts.last?.release ?? '',
    version: activeSlot(facts)?.version ?? '',
    state,
    slots: slots.map(slotState).join(', '),
    lock: lock.held ? `${lock.holder}; the lock expires in ${Math.max(0, lock.endsInSeconds)} s` : left,
    warm: retainedSeconds === undefined ? '' : `, the old slot is kept for ${retainedSeconds} s`,
  }
}

function slotState({ name, version, release, listening }: Slot): string {
  if (hasPlaces([name])) return `${name} ${listening ? 'answers' : 'does not answer'}`
  return `${name} holds ${version || release || 'no release of Belay'}${listening ? '' : ' (not running)'}`
}
