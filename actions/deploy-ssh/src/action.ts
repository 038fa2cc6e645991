import type { Action, Outcome } from '@belay/action-kit'
import { closeFleet, keyFromInputs, postKeeper } from '@belay/remote'
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
  // BELAY_IMAGE may be a name alone, whose digest `release` finds first.
  variables: { image: undefined },
  main: (inputs, step) => commands[inputs.command](inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && (command === 'deploy' || command === 'rollback'),
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo: (saved, step, until) =>
      saved.confirming
        ? postKeeper(step).confirm(targetsOf(saved))
        : undoRelease(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host })),
    keeper: postKeeper,
    close: (step) => closeFleet(step.journal, step.id),
  },
}
