import { Failure, firstLine, messageOf, type TargetOutcome } from '@belay/action-kit'
import { type Client, type CommitRecord, readLease, releaseLease, removeUndo, setState } from '@belay/kubernetes'
import { reconnect } from './connection.ts'
import type { KubernetesStep } from './context.ts'
import { type SavedRelease, targetName } from './saved.ts'

/** In milliseconds. */
const budgetMs = 60_000

/**
 * Records the release in the Lease as committed: from then on nothing undoes it. Where another job has taken the lock,
 * that is no longer this job's to say.
 */
export async function commitRelease(saved: SavedRelease, step: KubernetesStep): Promise<TargetOutcome[]> {
  try {
    return await commitOn(await reconnect(saved, AbortSignal.timeout(budgetMs)), saved, step)
  } catch (error) {
    const why = firstLine(messageOf(error))
    const next =
      error instanceof Failure ? '' : ` If it was not, the next release of ${saved.lease.service} undoes it first.`
    const detail = `the new release runs, and whether it was recorded as committed is not certain: ${why}.${next}`
    return [{ target: targetName(saved), service: saved.lease.service, result: 'mixed', detail }]
  }
}

/** The same with a way to the cluster. */
export async function commitOn(
  client: Client,
  saved: SavedRelease,
  step: Pick<KubernetesStep, 'warn'>,
): Promise<TargetOutcome[]> {
  const { release, version, sha, lease } = saved
  const outcome: TargetOutcome = {
    target: targetName(saved),
    service: lease.service,
    result: 'committed',
    detail: `recorded in lease/${lease.name}`,
  }
  const now = await readLease(client, lease)
  const to = `committed ${release}`
  // A post that was killed may have come as far as this; without the lock all that is stored is another job's.
  if (now?.state === to && now.holder !== lease.holder) return [outcome]
  const committed: CommitRecord = { release, version, sha, at: new Date(client.now()).toISOString() }
  await setState(client, lease, { from: `open ${release}`, to, committed })
  try {
    await removeUndo(client, { namespace: lease.namespace, lease: lease.name }, saved.entries)
    await releaseLease(client, lease)
  } catch (error) {
    step.warn(`Not all was cleaned up, which the next release does: ${messageOf(error)}`)
  }
  return [outcome]
}
