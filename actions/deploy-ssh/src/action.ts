import { type Action, fromEnvironment, type Keeper, type Outcome } from '@belay/action-kit'
import { closeFleet, hostKeeper, type KeyOnly } from '@belay/remote'
import { deploy } from './deploy.ts'
import { type DeployInputs, readDeployInputs } from './inputs.ts'
import { rollback } from './rollback.ts'
import { preflightOnly, status } from './status.ts'
import { type SavedRelease, targetsOf, undoRelease } from './undo.ts'
import type { DeployStep } from './work.ts'

const commands: Record<DeployInputs['command'], (inputs: DeployInputs, step: DeployStep) => Promise<Outcome>> = {
  deploy,
  rollback,
  preflight: preflightOnly,
  status,
}

export const deploySsh: Action<DeployInputs, SavedRelease> = {
  name: 'deploy-ssh',
  inputs: readDeployInputs,
  main: (inputs, step) => commands[inputs.command](inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && (command === 'deploy' || command === 'rollback'),
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo: (saved, step, until) =>
      saved.confirming
        ? keeper(step).confirm(targetsOf(saved))
        : undoRelease(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host })),
    keeper,
    close: (step) => closeFleet(step.journal, step.id),
  },
}

function keeper(step: DeployStep): Keeper {
  return hostKeeper(keyFromInputs, step.journal.recordPath)
}

/** The key alone: whatever else the inputs say at post may have changed since main. */
function keyFromInputs(): KeyOnly {
  const key = fromEnvironment('ssh-key').replaceAll('\r\n', '\n').trim()
  return { key: `${key}\n`, passphrase: fromEnvironment('ssh-key-passphrase') }
}
