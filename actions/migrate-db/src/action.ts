import type { Action } from '@belay/action-kit'
import { closeFleet, postConfirmer } from '@belay/host'
import { apply } from './apply.ts'
import { type MigrateInputs, readMigrateInputs } from './inputs.ts'
import { inspectOnly } from './inspect.ts'
import { type SavedSchema, undoSchema } from './undo.ts'

export const migrateDb: Action<MigrateInputs, SavedSchema> = {
  name: 'migrate-db',
  inputs: readMigrateInputs,
  main: (inputs, step) =>
    inputs.command === 'apply' && !inputs.dryRun ? apply(inputs, step) : inspectOnly(inputs, step),
  transaction: {
    mutates: ({ command, dryRun }) => command === 'apply' && !dryRun,
    startsAfterFailure: () => false,
    service: ({ release }) => release.service,
    undo: undoSchema,
    // A schema arms nothing, but this post may be the first: then it decides, and confirms what other steps armed.
    confirmer: postConfirmer,
    close: (step) => closeFleet(step.journal, step.id),
  },
}
