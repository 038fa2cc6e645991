import type { MainOutcome, TargetOutcome } from '@belay/action-kit'
import { postConfirmer } from '@belay/host'
import { closeFleet } from '@belay/host/fleet'
import { keyFromInputs } from '@belay/host/inputs'
import type { SwitchInputs } from './inputs.ts'
import { outcomesAfterUndo, reportOutcomes } from './outcome.ts'
import { rollback } from './rollback.ts'
import { preflight, status } from './status.ts'
import { switchTraffic } from './switch.ts'
import { armedTargetsOf, type SavedSwitch, type SwitchStep, undoSwitch } from './undo.ts'

const commands: Record<SwitchInputs['command'], (inputs: SwitchInputs, step: SwitchStep) => Promise<MainOutcome>> = {
  switch: switchTraffic,
  rollback,
  status,
  preflight,
}

/** The proxies of hosts: nginx and HAProxy. */
export function main(inputs: SwitchInputs, step: SwitchStep): Promise<MainOutcome> {
  return commands[inputs.command](inputs, step)
}

export async function undo(saved: SavedSwitch, step: SwitchStep, until: number): Promise<TargetOutcome[]> {
  const outcomes = saved.confirming
    ? await postConfirmer(step).confirm(armedTargetsOf(saved))
    : await undoSwitch(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host }))
  if (saved.moves) reportOutcomes(step, outcomesAfterUndo(saved, outcomes))
  return outcomes
}

export function close(step: SwitchStep): Promise<void> {
  return closeFleet(step.journal, step.id)
}
