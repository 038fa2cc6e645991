import { type Action, isSuperseded, type MainOutcome } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { postConfirmer } from '@belay/host'
import { closeFleet } from '@belay/host/fleet'
import { keyFromInputs } from '@belay/host/inputs'
import { readSwitchInputs, type SwitchInputs } from './inputs.ts'
import { outcomesAfterUndo, reportOutcomes } from './outcome.ts'
import { rollback } from './rollback.ts'
import { preflight, status } from './status.ts'
import { switchTraffic } from './switch.ts'
import type { SwitchStep } from './undo.ts'
import { armedTargetsOf, type SavedSwitch, undoSwitch } from './undo.ts'

const commands: Record<SwitchInputs['command'], (inputs: SwitchInputs, step: SwitchStep) => Promise<MainOutcome>> = {
  switch: switchTraffic,
  rollback,
  status,
  preflight,
}

export const blueGreenSwitch: Action<SwitchInputs, SavedSwitch> = {
  name: 'blue-green-switch',
  inputs: readSwitchInputs,
  // BELAY_CHECK is deploy-ssh's, which may be a command.
  variables: { check: undefined },
  async main(inputs, step) {
    if (!isSuperseded(step.journal.read())) return commands[inputs.command](inputs, step)
    step.info('A newer release superseded this one: no traffic is moved.')
    return { result: 'superseded' }
  },
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'status' && command !== 'preflight',
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    async undo(saved, step, until) {
      const outcomes = saved.confirming
        ? await postConfirmer(step).confirm(armedTargetsOf(saved))
        : await undoSwitch(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host }))
      if (saved.moves) reportOutcomes(step, outcomesAfterUndo(saved, outcomes))
      return outcomes
    },
    confirmers,
    close: (step) => closeFleet(step.journal, step.id),
  },
}
