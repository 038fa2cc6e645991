import { Failure, firstLine, messageOf, type TargetOutcome } from '@belay/action-kit'
import { type CommitRecord, readLease, releaseLease, removeUndo, setState } from '@belay/kubernetes'
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
  const outcome = (result: TargetOutcome['result'], detail: string): TargetOutcome[] => [
    { target: targetName(saved), service: saved.lease.service, result, detail },
  ]
  const { release, version, sha, lease } = saved
  const committed: CommitRecord = { release, version, sha, at: new Date().toISOString() }
  try {
    const client = await reconnect(saved, AbortSignal.timeout(budgetMs))
    const state = { from: `open ${release}`, to: `committed ${release}`, committed }
    const now = await readLease(client, lease)
    // A post that was killed may have come as far as this; without the lock all that is stored is another job's.
    if (now?.state === state.to && now.holder !== lease.holder)
      return outcome('committed', `recorded in lease/${lease.name}`)
    await setState(client, lease, state)
    try {
      await removeUndo(client, { namespace: lease.namespace, lease: lease.name }, saved.entries)
      await releaseLease(client, lease)
    } catch (error) {
      step.warn(`Not all was cleaned up, which the next release does: ${messageOf(error)}`)
    }
    return outcome('committed', `recorded in lease/${lease.name}`)
  } catch (error) {
    const why = firstLine(messageOf(error))
    const next = error instanceof Failure ? '' : ` If it was not, the next release of ${lease.service} undoes it first.`
    return outcome(
      'mixed',
      `the new release runs, and whether it was recorded as committed is not certain: ${why}.${next}`,
    )
  }
}
