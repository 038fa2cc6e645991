import type { Action } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { type KubernetesInputs, readKubernetesInputs, variables } from './inputs.ts'
import type { SavedRelease } from './saved.ts'

/** Loaded once the inputs are right. */
const transaction = () => import(/* webpackMode: "eager" */ './transaction.ts')

export const deployKubernetes: Action<KubernetesInputs, SavedRelease> = {
  name: 'deploy-kubernetes',
  inputs: readKubernetesInputs,
  variables,
  main: async (inputs, step) => (await transaction()).main(inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => !dryRun && command !== 'preflight' && command !== 'inspect',
    startsAfterFailure: ({ command }) => command === 'rollback' || command === 'restore',
    service: ({ release }) => release.service,
    undo: async (saved, step, until) => (await transaction()).undo(saved, step, until),
    commit: async (saved, step) => (await transaction()).commit(saved, step),
    confirmers,
    close: async (step) => (await transaction()).close(step),
  },
}
