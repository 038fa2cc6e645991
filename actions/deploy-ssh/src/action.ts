import type { Action, MainOutcome } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { postConfirmer } from '@belay/host'
import { closeFleet } from '@belay/host/fleet'
import { keyFromInputs } from '@belay/host/inputs'
import { deploy } from './deploy.ts'
import { type DeployInputs, readDeployInputs } from './inputs.ts'
import { resultsOf, withResults } from './results.ts'
import { rollback } from './rollback.ts'
import { preflightCommand, status } from './status.ts'
import type { DeployStep } from './undo.ts'
import { armedTargetsOf, type SavedRelease, targetName, undoRelease } from './undo.ts'

const commands: Record<DeployInputs['command'], (inputs: DeployInputs, step: DeployStep) => Promise<MainOutcome>> = {
  deploy,
  rollback,
  preflight: preflightCommand,
  status,
}

function isRelease({ command }: DeployInputs): boolean {
  return command === 'deploy' || command === 'rollback'
}

export const deploySsh: Action<DeployInputs, SavedRelease> = {
  name: 'deploy-ssh',
  inputs: readDeployInputs,
  // BELAY_IMAGE may be a name without a digest, which `release` finds first.
  variables: { image: undefined },
  main: (inputs, step) =>
    isRelease(inputs)
      ? withResults(
          step,
          inputs.hosts.map(({ name }) => name),
          inputs.slots.length > 0,
          (watched) => commands[inputs.command](inputs, watched),
        )
      : commands[inputs.command](inputs, step),
  transaction: {
    mutates: (inputs) => !inputs.dryRun && isRelease(inputs),
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo: async (saved, step, until) => {
      const results = resultsOf(step)
      const onPhase = (phase: string, host: string) => {
        const event = { event: 'phase', phase, host } as const
        results?.record(event)
        step.record(event)
      }
      const outcomes = saved.confirming
        ? await postConfirmer(step).confirm(armedTargetsOf(saved))
        : await undoRelease(saved, keyFromInputs, until, onPhase)
      results?.setOutcomes(outcomes, (host) => targetName(saved.service, host, saved.slots === true))
      return outcomes
    },
    confirmers,
    close: (step) => closeFleet(step.journal, step.id),
  },
}
