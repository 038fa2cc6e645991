import { type Action, fromEnvironment, type Keeper, type Outcome } from '@belay/action-kit'
import { closeFleet, hostKeeper, type KeyOnly } from '@belay/remote'
import { readSwitchInputs, type SwitchInputs } from './inputs.ts'
import { rollback } from './rollback.ts'
import { status } from './status.ts'
import { switchTraffic } from './switch.ts'
import { type SavedSwitch, targetsOf, undoSwitch } from './undo.ts'
import type { SwitchStep } from './work.ts'

const commands: Record<SwitchInputs['command'], (inputs: SwitchInputs, step: SwitchStep) => Promise<Outcome>> = {
  switch: switchTraffic,
  rollback,
  status,
}

export const blueGreenSwitch: Action<SwitchInputs, SavedSwitch> = {
  name: 'blue-green-switch',
  inputs: readSwitchInputs,
  main: (inputs, step) => commands[inputs.command](inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'status',
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo: (saved, step, until) =>
      saved.confirming
        ? keeper(step).confirm(targetsOf(saved))
        : undoSwitch(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host })),
    keeper,
    close: (step) => closeFleet(step.journal, step.id),
  },
}

function keeper(step: SwitchStep): Keeper {
  return hostKeeper(keyFromInputs, step.journal.recordPath)
}

/** The key alone: whatever else the inputs say at post may have changed since main. */
function keyFromInputs(): KeyOnly {
  const key = fromEnvironment('ssh-key').replaceAll('\r\n', '\n').trim()
  return { key: `${key}\n`, passphrase: fromEnvironment('ssh-key-passphrase') }
}
