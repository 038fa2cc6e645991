import { type MainOutcome, messageOf, type Step, type TargetOutcome } from '@belay/action-kit'
import { closeFleet } from '@belay/host/fleet'
import { apply, joinRelease } from './apply.ts'
import type { MigrateInputs } from './inputs.ts'
import { inspectOnly } from './inspect.ts'
import type { SavedJob } from './job/saved.ts'
import { type SavedSchema, undoSchema } from './undo.ts'

/** The state of a schema that this job changes itself, or that a Job inside a cluster changes. */
export type Saved = SavedSchema | SavedJob

/** The main stage, of each command. */
export async function main(inputs: MigrateInputs, step: Step<Saved>): Promise<MainOutcome> {
  const applies = inputs.command === 'apply' && !inputs.dryRun
  if (!inputs.job) return applies ? apply(inputs, step) : inspectOnly(inputs, step)
  const { applyByJob, inspectByJob } = await byJob()
  return applies ? applyByJob(inputs, step, await joinRelease(inputs, step)) : inspectByJob(inputs, step)
}

/** What post does after a release that failed: it says which schema stays. */
export async function undo(saved: Saved, step: Step<Saved>, until: number): Promise<TargetOutcome[]> {
  return 'via' in saved ? (await byJob()).undoJob(saved, step, until) : undoSchema(saved, step, until)
}

/** Closes what this step opened. */
export async function close(step: Step<Saved>): Promise<void> {
  const own = step.journal.read().steps.find(({ id }) => id === step.id)
  const saved = own?.undo as Saved | undefined
  if (saved && 'via' in saved) {
    const { closeConnection, releaseLock, sweepProxies } = await byJob()
    // A main that was killed has left its own.
    sweepProxies()
    await releaseLock(saved)
      .catch((error: unknown) => step.info(`The lock was not given back: ${messageOf(error)}`))
      .finally(closeConnection)
  }
  await closeFleet(step.journal, step.id)
}

/** What speaks to a cluster; of no use to hosts. */
const byJob = () => import(/* webpackMode: "eager" */ './job/index.ts')
