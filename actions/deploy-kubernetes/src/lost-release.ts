import { Failure, jobIdentity, type MainOutcome, type TargetOutcome, withinDeadline } from '@belay/action-kit'
import { hasJobEnded } from '@belay/github'
import {
  assertNamespace,
  assertRights,
  type CommitRecord,
  connectMain,
  failureOf,
  holderOf,
  type LeaseRef,
  type LeaseState,
  leaseRef,
  openRelease,
  openState,
  readLease,
  readUndo,
  releaseLease,
  setState,
  storeUndo,
  takeLease,
  type UndoRecord,
} from '@belay/kubernetes'
import { releaseId } from '@belay/release-model'
import { findStuck, type Stuck, undoOfStuck } from './chart/stuck.ts'
import type { DeployContext, KubernetesStep } from './context.ts'
import type { KubernetesInputs } from './inputs.ts'
import { openRecord, removeLeftovers } from './lock.ts'
import { rightsOfUndo } from './needed-rights.ts'
import type { SavedRelease } from './saved.ts'
import { undoOn } from './undo.ts'

export type Restoring = Pick<DeployContext, 'inputs' | 'step' | 'connection' | 'client' | 'signal'>

/**
 * `command: restore`: undoes what a job that is gone has left open, as the next release would, and follows the old pods.
 * Where nothing is open, on request, a Helm release that somebody's Helm has left in the middle. Final at its own end. What is
 * committed is never touched.
 */
export async function restore(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  const until = performance.now() + inputs.deadline * 1000
  try {
    return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
      const { connection, client } = await connectMain(inputs.access, signal)
      await assertNamespace(client, inputs.namespace)
      return restoreOn({ inputs, step, connection, client, signal }, until)
    })
  } catch (error) {
    throw failureOf(error, step.signal, 'give this login the role of a release: `command: preflight` prints it.')
  }
}

/** The same with a way to the cluster. `until`: a moment of `performance.now()`. */
export async function restoreOn(context: Restoring, until: number): Promise<MainOutcome> {
  const { client, inputs, step } = context
  const lease = leaseRef(inputs.namespace, inputs.release, holderOf(step))
  const seen = await readLease(client, lease)
  const open = openRelease(seen?.state ?? '')
  if (open !== undefined) await prepare(context, await readUndo(client, lease))
  // What a job of Belay's has left is undone first, and may be the reason.
  const stuck = open === undefined ? await findStuck(context) : undefined
  if (open === undefined && !stuck && !seen?.holder) return endWithNothing(step, seen)
  if (inputs.dryRun) {
    const what = open === undefined ? 'No release is open' : `The release ${open} is open`
    step.info(`${stuck ? describe(stuck) : what}; nothing was changed.`)
    return { result: 'unchanged' }
  }
  const before = await takeOver(context, lease)
  if (isOpen(before)) return undoLeft(context, lease, before, until)
  // A job that was lost after its commit, or before its first change: what stands is final.
  await removeLeftovers(context, lease)
  // Their Helm may have ended it by now.
  const still = stuck && (await findStuck(context))
  if (still) return undoStuck(context, lease, before, still, until)
  await releaseLease(client, lease)
  step.save()
  return endWithNothing(step, before)
}

const isOpen = ({ state }: LeaseState): boolean => openRelease(state) !== undefined

/** Asks for the rights, before the lock is taken. */
function prepare({ client, inputs }: Restoring, left: UndoRecord | undefined): Promise<void> {
  const needed = left ? rightsOfUndo(inputs, left) : []
  return assertRights(client, inputs.namespace, needed, { what: 'restoring the release', role: 'belay-restore' })
}

/** Takes the lock of a job that is gone. @throws Failure `lock-held` while another one is at work */
async function takeOver({ client, connection, inputs, step, signal }: Restoring, lease: LeaseRef): Promise<LeaseState> {
  step.record({ event: 'phase', phase: 'lock' })
  const { server } = connection
  step.save({ release: '', server, lease, stateBefore: 'none', committed: undefined, stage: 'locking', entries: [] })
  return takeLease(client, lease, {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
    info: step.info,
  })
}

/** Undoes the release that is open, as the post of its own job would have. */
async function undoLeft(context: Restoring, lease: LeaseRef, before: LeaseState, until: number): Promise<MainOutcome> {
  const { client, step } = context
  const record = await openRecord(client, lease, before.state)
  step.output('release-id', record.release)
  reportCommitted(step, before.committed)
  step.warn(`The release ${record.release} was left open by ${before.holder || 'a job that is gone'}: it is undone.`)
  return undoSaved(context, savedOf(context, lease, before, record), until)
}

/** Undoes a revision of somebody's Helm, as if a job had left it open: so a lost runner leaves it to the next one. */
async function undoStuck(
  context: Restoring,
  lease: LeaseRef,
  before: LeaseState,
  stuck: Stuck,
  until: number,
): Promise<MainOutcome> {
  const { client, inputs, step } = context
  const release = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  const record = await undoOfStuck(context, stuck, { lease, release, stateBefore: before.state })
  reportCommitted(step, before.committed)
  step.warn(`${describe(stuck)}.`)
  const saved = savedOf(context, lease, before, record)
  step.save({ ...saved, stage: 'storing' })
  await storeUndo(client, lease, record)
  step.save(saved)
  await setState(client, lease, { from: before.state, to: openState(release) })
  return undoSaved(context, saved, until)
}

function describe({ place, revision, status, good }: Stuck): string {
  return `The Helm release ${place.name} is ${status} at revision ${revision}, and goes back to revision ${good}`
}

function savedOf(
  { connection }: Restoring,
  lease: LeaseRef,
  { committed }: LeaseState,
  { release, stateBefore, entries, fill, traffic, chart }: UndoRecord,
): SavedRelease {
  return {
    ...{ release, server: connection.server, lease, stateBefore, committed, stage: 'changing', entries },
    ...(fill && { fill }),
    ...(traffic && { traffic }),
    ...(chart && { chart }),
  }
}

async function undoSaved(
  { client, step, signal }: Restoring,
  saved: SavedRelease,
  until: number,
): Promise<MainOutcome> {
  signal.throwIfAborted()
  // From here on the end of the job finishes what this main does not.
  step.save(saved)
  step.record({ event: 'phase', phase: 'restore' })
  const outcomes = await undoOn(client, saved, step, Math.floor(until - performance.now()) - reserveMs)
  return end(step, outcomes)
}

/** Of the deadline, this much is left for the report, in milliseconds. */
const reserveMs = 3000

/** @throws Failure `undo-failed` where not all is as before */
function end(step: KubernetesStep, outcomes: readonly TargetOutcome[]): MainOutcome {
  const [{ target, result, detail } = { target: '', result: 'mixed', detail: '' }] = outcomes
  if (result !== 'rolled-back' && result !== 'superseded')
    throw new Failure(
      'undo-failed',
      `What an earlier job left open is not restored whole: ${detail}`,
      'the message names each object that is left.',
    )
  step.recordOutcomes(outcomes)
  step.info(`${target}: ${result}. ${detail}`)
  step.save()
  return { result }
}

function endWithNothing(step: KubernetesStep, seen: LeaseState | undefined): MainOutcome {
  reportCommitted(step, seen?.committed)
  const { version, release } = seen?.committed ?? {}
  const stands = release ? `${version} (${release}) is committed, and stays.` : 'No release is committed.'
  step.info(`No release was left open. ${stands}`)
  return { result: 'noop' }
}

function reportCommitted(step: KubernetesStep, committed: CommitRecord | undefined): void {
  step.output('previous-release', committed?.release ?? '')
  step.output('sha', committed?.sha ?? '')
}
