import type { Action, Keeper } from '@belay/action-kit'
import { fromEnvironment } from '@belay/action-kit'
import { closeFleet, hostKeeper } from '@belay/remote'
import { apply, type MigrateStep } from './apply.ts'
import { type MigrateInputs, readMigrateInputs } from './inputs.ts'
import { lookOnly } from './look.ts'
import { type SavedSchema, undoSchema } from './undo.ts'

export const migrateDb: Action<MigrateInputs, SavedSchema> = {
  name: 'migrate-db',
  inputs: readMigrateInputs,
  main: (inputs, step) => (inputs.command === 'apply' && !inputs.dryRun ? apply(inputs, step) : lookOnly(inputs, step)),
  transaction: {
    mutates: ({ command, dryRun }) => command === 'apply' && !dryRun,
    startsAfterFailure: () => false,
    service: ({ release }) => release.service,
    undo: undoSchema,
    keeper,
    close: (step) => closeFleet(step.journal, step.id),
  },
}

/** A schema arms nothing, but this post may be the one that asks and confirms what other steps armed. */
function keeper(step: MigrateStep): Keeper {
  return hostKeeper(keyFromInputs, step.journal.recordPath)
}

function keyFromInputs() {
  const key = fromEnvironment('ssh-key').replaceAll('\r\n', '\n').trim()
  return { key: `${key}\n`, passphrase: fromEnvironment('ssh-key-passphrase') }
}
