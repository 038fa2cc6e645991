import type { Action } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { type MigrateInputs, readMigrateInputs, variables } from './inputs.ts'
import type { Saved } from './transaction.ts'

/** Loaded once the inputs are right. */
const transaction = () => import(/* webpackMode: "eager" */ './transaction.ts')

export const migrateDb: Action<MigrateInputs, Saved> = {
  name: 'migrate-db',
  inputs: readMigrateInputs,
  variables,
  main: async (inputs, step) => (await transaction()).main(inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => command === 'apply' && !dryRun,
    startsAfterFailure: () => false,
    service: ({ release }) => release.service,
    undo: async (saved, step, until) => (await transaction()).undo(saved, step, until),
    confirmers,
    close: async (step) => (await transaction()).close(step),
  },
}
