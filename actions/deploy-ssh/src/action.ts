import { type Action, fromEnvironment, type Outcome } from '@belay/action-kit'
import { closeFleet, hostKeeper, type KeyOnly } from '@belay/remote'
import { type DeployStep, deploy } from './deploy.ts'
import { type DeployInputs, readDeployInputs } from './inputs.ts'
import { rollback } from './rollback.ts'
import { preflightOnly, status } from './status.ts'
import { type SavedRelease, undoRelease } from './undo.ts'

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
      undoRelease(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host })),
    keeper: (step) => hostKeeper(keyFromInputs, step.journal.recordPath),
    close: (step) => closeFleet(step.journal, step.id),
  },
}

/** The key alone: whatever else the inputs say at post may have changed since main. */
function keyFromInputs(): KeyOnly {
  const key = fromEnvironment('ssh-key').replaceAll('\r\n', '\n').trim()
  return { key: `${key}\n`, passphrase: fromEnvironment('ssh-key-passphrase') }
}
