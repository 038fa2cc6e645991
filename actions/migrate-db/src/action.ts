import { type Action, messageOf } from '@belay/action-kit'
import { confirmers } from '@belay/confirmers'
import { closeFleet } from '@belay/host/fleet'
import { apply, joinRelease } from './apply.ts'
import { type MigrateInputs, readMigrateInputs, variables } from './inputs.ts'
import { inspectOnly } from './inspect.ts'
import type { SavedJob } from './job/saved.ts'
import { type SavedSchema, undoSchema } from './undo.ts'

export const migrateDb: Action<MigrateInputs, SavedSchema | SavedJob> = {
  name: 'migrate-db',
  inputs: readMigrateInputs,
  variables,
  async main(inputs, step) {
    const applies = inputs.command === 'apply' && !inputs.dryRun
    if (!inputs.job) return applies ? apply(inputs, step) : inspectOnly(inputs, step)
    const { applyByJob, inspectByJob } = await byJob()
    return applies ? applyByJob(inputs, step, await joinRelease(inputs, step)) : inspectByJob(inputs, step)
  },
  transaction: {
    mutates: ({ command, dryRun }) => command === 'apply' && !dryRun,
    startsAfterFailure: () => false,
    service: ({ release }) => release.service,
    undo: async (saved, step, until) =>
      'via' in saved ? (await byJob()).undoJob(saved, step, until) : undoSchema(saved, step, until),
    confirmers,
    async close(step) {
      const own = step.journal.read().steps.find(({ id }) => id === step.id)
      const saved = own?.undo as SavedSchema | SavedJob | undefined
      if (saved && 'via' in saved) {
        const { closeConnection, releaseLock, sweepProxies } = await byJob()
        // A main that was killed has left its own.
        sweepProxies()
        await releaseLock(saved)
          .catch((error: unknown) => step.info(`The lock was not given back: ${messageOf(error)}`))
          .finally(closeConnection)
      }
      await closeFleet(step.journal, step.id)
    },
  },
}

/** What speaks to a cluster; of no use to hosts. */
const byJob = () => import(/* webpackMode: "eager" */ './job/index.ts')
