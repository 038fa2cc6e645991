import type { Action } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { closeFleet } from '@belay/host/fleet'
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
    confirmers,
    close: (step) => closeFleet(step.journal, step.id),
  },
}
