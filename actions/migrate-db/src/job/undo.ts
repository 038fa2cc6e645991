import { firstLine, messageOf, monotonicSeconds, type Step, type TargetOutcome } from '@belay/action-kit'
import { type Client, reconnectTo, releaseLease } from '@belay/kubernetes'
import { askPending } from './ask.ts'
import { type Asked, conclude, type JobEnd } from './conclude.ts'
import { endOf, readJob, releaseOf, stopJob, wasKilled } from './jobs.ts'
import type { SavedJob } from './saved.ts'

/** Of the time that an undo has, in seconds: what it takes to ask, and what comes after it. */
const askSeconds = 2
const reserveSeconds = 1

/**
 * Ends the Job if it still runs, and asks what is applied: the schema stays as it is then. May be called twice, and after a
 * kill at any point.
 */
export async function undoJob(saved: SavedJob, step: Step<SavedJob>, until: number): Promise<TargetOutcome[]> {
  const outcome = (conclusion: ReturnType<typeof conclude>): TargetOutcome[] => [
    { target: `schema of ${saved.service}`, service: saved.service, ...conclusion },
  ]
  if (saved.stage === 'locked') return outcome(conclude(saved, 'not-created', { pending: [] }))
  // Main has asked already.
  if (saved.stage === 'applied') return outcome(conclude(saved, 'complete', { pending: [] }))
  const left = () => Math.max(0.5, until - monotonicSeconds() - reserveSeconds)
  const within = (seconds: number) => AbortSignal.timeout(Math.ceil(seconds * 1000))
  try {
    const client = await reconnectTo(saved.server, within(left()))
    const share = saved.status ? Math.max(left() / 2, left() - 20) : left()
    const end = await endJob(client, saved, step, within(share))
    const asks = end === 'complete' || end === 'failed' || end === 'stopped'
    const asked = asks ? await ask(client, saved, step, left()) : { unknown: '' }
    return outcome(conclude(saved, end, asked))
  } catch (error) {
    step.info(`The Job could not be seen: ${firstLine(messageOf(error))}`)
    return outcome(conclude(saved, 'unseen', { unknown: '' }))
  }
}

/** Ends the Job of the release where it still runs. */
async function endJob(
  client: Client,
  saved: SavedJob,
  step: Pick<Step<SavedJob>, 'save'>,
  signal: AbortSignal,
): Promise<JobEnd> {
  const { job: name, lease, release, uid } = saved
  const { namespace } = lease
  const found = await readJob(client, namespace, name)
  const job = found && releaseOf(found) === release ? found : undefined
  if (job && endOf(job) === 'complete') return 'complete'
  if (job && endOf(job) === 'failed') return (await wasKilled(client, namespace, job)) ? 'stopped' : 'failed'
  const id = job?.metadata.uid ?? uid
  if (id === undefined) return 'not-created'
  step.save({ ...saved, uid: id })
  const end = await stopJob(client, namespace, { metadata: { name, uid: id } }, signal)
  // Of one that was gone already nothing more can be seen.
  return end === 'never-ran' && !job ? 'stopped' : end
}

async function ask(client: Client, saved: SavedJob, step: Pick<Step, 'info'>, seconds: number): Promise<Asked> {
  if (!saved.status) return { unknown: 'no status-command is given' }
  if (seconds < askSeconds) return { unknown: 'there was no time to ask' }
  const signal = AbortSignal.timeout(Math.ceil(seconds * 1000))
  const { namespace } = saved.lease
  try {
    return {
      pending: await askPending(client, saved.status, { namespace, deadline: seconds, signal, info: step.info }),
    }
  } catch (error) {
    return { unknown: firstLine(messageOf(error)).replace(/\.$/, '') }
  }
}

/** Gives the lock back at the end of the job. That of another job stays. */
export async function releaseLock(saved: SavedJob): Promise<void> {
  const client = await reconnectTo(saved.server, AbortSignal.timeout(10_000))
  await releaseLease(client, saved.lease)
}
