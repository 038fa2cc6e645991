import { Failure } from '@belay/action-kit'
import { hasJobEnded } from '@belay/github'
import {
  type Client,
  endOpen,
  holderOf,
  type LeaseRef,
  leaseRef,
  openRelease,
  readUndo,
  refName,
  removeUndo,
  takeLease,
  type UndoRecord,
} from '@belay/kubernetes'
import { joinCanary, openCanary } from './canary/join.ts'
import type { DeployContext } from './context.ts'
import { undoRecord } from './restore.ts'
import type { SavedRelease } from './saved.ts'

/**
 * Takes the lock of the service in this namespace, and first undoes what a job that is gone has left open. Where an earlier
 * step of this job has it for a canary, joins that.
 * @returns also whether it had left something open
 * @throws Failure `lock-held`, `deployed-twice`, `not-held`
 */
export async function lockService(context: DeployContext): Promise<{ saved: SavedRelease; wasOpen: boolean }> {
  const { inputs, step, release, connection, client, signal } = context
  const lease = leaseRef(inputs.namespace, inputs.release, holderOf(step))
  const canary = openCanary(context, lease)
  if (canary) return { saved: await joinCanary(context, lease, canary), wasOpen: false }
  const saved: SavedRelease = {
    release: release.id,
    server: connection.server,
    lease,
    stateBefore: 'none',
    committed: undefined,
    stage: 'locking',
    entries: [],
  }
  step.save(saved)
  const before = await takeLease(client, lease, {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
    info: step.info,
  })
  step.output('previous-release', before.committed?.release ?? '')
  saved.committed = before.committed
  const wasOpen = openRelease(before.state) !== undefined
  saved.stateBefore = wasOpen ? await repair(context, lease, before.state) : before.state
  await removeLeftovers(context, lease)
  step.save(saved)
  return { saved, wasOpen }
}

/** A job that was lost after its commit, or before its first change, has left what would have undone it. */
export async function removeLeftovers({ client }: Pick<DeployContext, 'client'>, lease: LeaseRef): Promise<void> {
  const left = await readUndo(client, lease)
  if (left) await removeUndo(client, lease, left)
}

/** Undoes what a job that is gone has left open. @returns the state after it @throws Failure `undo-failed` */
async function repair({ client, step, signal }: DeployContext, lease: LeaseRef, state: string): Promise<string> {
  const record = await openRecord(client, lease, state)
  step.warn(`The release ${record.release} was left open by a job that is gone: it is undone first.`)
  const done = await undoRecord(client, lease.namespace, record, { signal, info: step.info })
  if ('stays' in done) step.warn(`${done.detail}.`)
  const restored = 'stays' in done ? [] : done.restored
  const failed = restored.filter(({ result }) => result === 'failed')
  if (failed.length > 0)
    throw new Failure(
      'undo-failed',
      `What an earlier job left open could not be undone: ${failed.map(({ ref, detail }) => `${refName(ref)}: ${detail}`).join('; ')}.`,
      'make the API server accept it, or finish it by hand as its configmap says, then release again.',
    )
  for (const { ref, result, detail } of restored)
    if (result === 'foreign') step.warn(`${refName(ref)} ${detail}.`)
    else step.info(`${refName(ref)} ${detail}.`)
  await endOpen(client, lease, record.release, record.stateBefore)
  await removeUndo(client, lease, record)
  return record.stateBefore
}

/** What undoes the release that a Lease says is open. @throws Failure `undo-failed` where it is not in the cluster */
export async function openRecord(client: Client, lease: LeaseRef, state: string): Promise<UndoRecord> {
  const record = await readUndo(client, lease)
  if (record && openRelease(state) === record.release) return record
  throw new Failure(
    'undo-failed',
    `The release of ${openRelease(state)} was left open by a job that is gone, and what undoes it is not in the cluster.`,
    `compare the objects of ${lease.service} with what they should be, then: kubectl delete lease/${lease.name} -n ${lease.namespace}`,
  )
}
