import { type Action, isSuperseded, type Outcome } from '@belay/action-kit'
import { closeFleet, keyFromInputs, postKeeper } from '@belay/host'
import { readSwitchInputs, type SwitchInputs } from './inputs.ts'
import { afterSettled, reportOutcome } from './outcome.ts'
import { rollback } from './rollback.ts'
import { preflight, status } from './status.ts'
import { switchTraffic } from './switch.ts'
import { type SavedSwitch, targetsOf, undoSwitch } from './undo.ts'
import type { SwitchStep } from './work.ts'

const commands: Record<SwitchInputs['command'], (inputs: SwitchInputs, step: SwitchStep) => Promise<Outcome>> = {
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
    step.info('The release was overtaken by a newer one: no traffic is moved.')
    return { result: 'superseded' }
  },
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'status' && command !== 'preflight',
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    async undo(saved, step, until) {
      const settled = saved.confirming
        ? await postKeeper(step).confirm(targetsOf(saved))
        : await undoSwitch(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host }))
      if (saved.moves) reportOutcome(step, afterSettled(saved, settled))
      return settled
    },
    keeper: postKeeper,
    close: (step) => closeFleet(step.journal, step.id),
  },
}
