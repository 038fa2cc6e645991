import type { Action } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { type DeployInputs, isRelease, readDeployInputs } from './inputs.ts'
import type { SavedRelease } from './undo.ts'

/** Loaded once the inputs are right. */
const transaction = () => import(/* webpackMode: "eager" */ './transaction.ts')

export const deploySsh: Action<DeployInputs, SavedRelease> = {
  name: 'deploy-ssh',
  inputs: readDeployInputs,
  // BELAY_IMAGE may be a name without a digest, which `release` finds first.
  variables: { image: undefined },
  main: async (inputs, step) => (await transaction()).main(inputs, step),
  transaction: {
    mutates: (inputs) => !inputs.dryRun && isRelease(inputs),
    startsAfterFailure: ({ command }) => command === 'rollback',
    service: ({ release }) => release.service,
    undo: async (saved, step, until) => (await transaction()).undo(saved, step, until),
    confirmers,
    close: async (step) => (await transaction()).close(step),
  },
}
