import { Failure, firstLine, messageOf, type TargetOutcome } from '@belay/action-kit'
import {
  type Client,
  committedState,
  isExpired,
  type LeaseState,
  openState,
  readLease,
  reconnectTo,
  refName,
  releaseLease,
  removeKept,
  removeUndo,
  setState,
  slotsOfServices,
  storeKept,
  unpackRelease,
} from '@belay/kubernetes'
import type { KubernetesStep } from './context.ts'
import { type Keeping, withUids } from './keeping.ts'
import { prune } from './prune.ts'
import { outcomeOf, type SavedRelease } from './saved.ts'
import { endUndo, undoOn } from './undo.ts'

type Reporter = Pick<KubernetesStep, 'info' | 'warn'>

/** In milliseconds. */
const budgetMs = 60_000

/**
 * Records the release in the Lease as committed: from then on nothing undoes it. Where another job has taken the lock,
 * that is no longer this job's to say.
 */
export async function commitRelease(saved: SavedRelease, step: KubernetesStep): Promise<TargetOutcome[]> {
  const { lease } = saved
  try {
    const client = await reconnectTo(saved.server, AbortSignal.timeout(budgetMs))
    return saved.canary && !saved.joins ? await endCanary(client, saved, step) : await commitInTime(client, saved, step)
  } catch (error) {
    const why = firstLine(messageOf(error))
    const next = error instanceof Failure ? '' : ` If it was not, the next release of ${lease.service} undoes it first.`
    return outcomeOf(
      saved,
      'mixed',
      `the new release runs, and whether it was recorded as committed is not certain: ${why}.${next}`,
    )
  }
}

/** No step has released to all pods what only a canary has: that ends with the job. */
async function endCanary(client: Client, saved: SavedRelease, step: KubernetesStep): Promise<TargetOutcome[]> {
  const outcomes = await undoOn(client, saved, step, budgetMs)
  if (outcomes.some(({ result }) => result !== 'rolled-back')) return outcomes
  const why = 'no later step of the job released to all pods, by deploy-kubernetes without canary'
  return outcomeOf(saved, 'unchanged', `the canary is removed, and the release is not committed: ${why}`)
}

/** The same with a way to the cluster. With slots that may have been faster, and moved the traffic back: the rest is undone, too. */
export async function commitInTime(
  client: Client,
  saved: SavedRelease,
  step: KubernetesStep,
): Promise<TargetOutcome[]> {
  try {
    return await commitOn(client, saved, step)
  } catch (error) {
    if (!saved.fill || !(await isExpired(client, saved.lease, saved.release))) throw error
  }
  step.warn('The confirm timeout was over before the job ended: the cluster has moved the traffic back.')
  return undoOn(client, saved, step, budgetMs)
}

/** Commits at the end of main (rule 14): from then on the job's end undoes nothing. */
export async function commitAtOnce(client: Client, saved: SavedRelease, step: KubernetesStep): Promise<void> {
  saved.committing = true
  step.save(saved)
  step.recordOutcomes(await commitOn(client, saved, step))
  step.save()
}

/** Finishes a commit in main that was killed in the middle; undefined where nothing was committed. */
export async function finishCommit(saved: SavedRelease, step: KubernetesStep): Promise<TargetOutcome[] | undefined> {
  if (!saved.committing) return undefined
  try {
    const client = await reconnectTo(saved.server, AbortSignal.timeout(budgetMs))
    if (!isRecorded(await readLease(client, saved.lease), saved)) return undefined
    return await commitOn(client, saved, step)
  } catch (error) {
    return outcomeOf(saved, 'mixed', `whether it was recorded as committed is not certain: ${messageOf(error)}`)
  }
}

function keepingOf({ keeping, lease }: SavedRelease): Keeping {
  if (!keeping) throw new Error(`nothing of ${lease.service} was released`)
  return keeping
}

/** No other commit has this moment. */
function isRecorded(now: LeaseState | undefined, saved: SavedRelease): boolean {
  const { record } = keepingOf(saved)
  return now?.committed?.release === record.release && now.committed.at === record.at
}

/** The same with a way to the cluster. */
export async function commitOn(client: Client, saved: SavedRelease, step: Reporter): Promise<TargetOutcome[]> {
  const { record } = keepingOf(saved)
  const { lease, release } = saved
  const now = await readLease(client, lease)
  // A post that was killed may have come as far as this; without the lock all that is stored is another job's.
  const committed = outcomeOf(saved, 'committed', `recorded in lease/${lease.name}`)
  if (isRecorded(now, saved) && now?.holder !== lease.holder) return committed
  const unmoved = isRecorded(now, saved) ? undefined : await withoutTraffic(client, saved)
  if (unmoved) return unmoved
  if (!isRecorded(now, saved))
    await setState(client, lease, { from: openState(release), to: committedState(record.release), committed: record })
  await cleanUp(client, saved, step)
  return committed
}

/**
 * A release that fills a slot is committed once it has the traffic. Undefined where it has, or where there are no slots.
 */
async function withoutTraffic(client: Client, saved: SavedRelease): Promise<TargetOutcome[] | undefined> {
  const { lease, fill } = saved
  if (!fill) return undefined
  const there = await slotsOfServices(client, lease.namespace, fill.services)
  const away = there.filter(({ slot }) => slot !== fill.idle)
  if (away.length === 0) return undefined
  if (await isExpired(client, lease, saved.release)) throw new Error('the cluster has moved the traffic back')
  if (away.length < there.length)
    return outcomeOf(saved, 'mixed', `the Services lead to different slots: ${away.map(({ ref }) => refName(ref))}`)
  await endUndo(client, saved)
  return outcomeOf(
    saved,
    'unchanged',
    `slot ${fill.idle} is filled and has no traffic, so the release is not committed: blue-green-switch moves the traffic`,
  )
}

/** What follows a commit. Whatever fails of it, the release stays committed. */
async function cleanUp(client: Client, saved: SavedRelease, step: Reporter): Promise<void> {
  const { lease, entries } = saved
  const { writes, removed, dropped } = keepingOf(saved)
  const attempt = async (what: string, does: () => Promise<void>): Promise<void> => {
    try {
      await does()
    } catch (error) {
      step.warn(`${what}: ${messageOf(error)}`)
    }
  }
  await attempt('The release is committed, and cannot be rolled back to, because it was not kept', async () => {
    for (const [index, { slot, packed }] of writes.entries())
      await storeKept(client, lease, slot, index === 0 ? withUids(packed, entries) : unpackRelease(packed))
  })
  await attempt('Not all was cleaned up, which the next release does', () => removeUndo(client, lease, saved))
  await prune(client, lease.namespace, dropped, step)
  await attempt('Older kept releases were not removed', async () => {
    for (const slot of removed) await removeKept(client, lease, slot)
  })
  await attempt('The lock was not given back', () => releaseLease(client, lease))
}
