import { firstLine, messageOf, type TargetOutcome } from '@belay/action-kit'
import {
  byHand,
  type Client,
  endOpen,
  followWorkloads,
  openRelease,
  type Restored,
  readLease,
  reconnectTo,
  refName,
  releaseLease,
  removeUndo,
  type UndoEntry,
  undoName,
  type WorkloadKind,
  type WorkloadRef,
} from '@belay/kubernetes'
import { commandOf } from './chart/undo.ts'
import type { KubernetesStep } from './context.ts'
import { undoRecord } from './restore.ts'
import { outcomeOf, type SavedRelease } from './saved.ts'
import { removeStuckPods } from './stuck-pods.ts'

/** Of the time that an undo has, this much is left for what comes after the pods: the lock, the record. */
const reserveMs = 1500

/**
 * Restores the objects as they were before the release, as far as no other one has changed them, and follows the old pods
 * for as long as there is time. May be called again, and after a kill at any point.
 */
export async function undoRelease(saved: SavedRelease, step: KubernetesStep, leftMs: number): Promise<TargetOutcome[]> {
  try {
    const forMs = Math.max(1000, Math.floor(leftMs))
    const client = await reconnectTo(saved.server, AbortSignal.timeout(forMs))
    return await undoOn(client, saved, step, forMs)
  } catch (error) {
    const { name, namespace } = saved.lease
    const byHand = saved.chart
      ? commandOf(saved.chart, namespace)
      : `the patches are in configmap/${undoName(name)} of the namespace ${namespace}`
    const next = `the next release of ${saved.lease.service} undoes it first; by hand: ${byHand}`
    return outcomeOf(saved, 'mixed', `the undo did not reach its end (${firstLine(messageOf(error))}): ${next}`)
  }
}

/** The same with a way to the cluster. */
export async function undoOn(
  client: Client,
  saved: SavedRelease,
  step: Pick<KubernetesStep, 'stage' | 'info' | 'save'>,
  leftMs: number,
): Promise<TargetOutcome[]> {
  const until = performance.now() + leftMs
  const signal = AbortSignal.timeout(leftMs)
  const lease = await readLease(client, saved.lease)
  const held = lease?.holder === saved.lease.holder
  if (saved.stage !== 'changing') {
    // Without the lock, what is stored there is another job's.
    if (held && saved.stage === 'storing') await removeUndo(client, saved.lease, saved)
    await releaseLease(client, saved.lease)
    return outcomeOf(saved, 'unchanged', 'no object was changed')
  }
  if (!held && lease?.holder) {
    const detail = `the lock was taken by ${lease.holder}, so Belay restores nothing more: that job has the say by now`
    return outcomeOf(saved, 'mixed', detail)
  }
  if (saved.undone) {
    if (held) await endUndo(client, saved)
    return outcomeOf(saved, saved.undone.result, saved.undone.detail)
  }
  const opened = openRelease(lease?.state ?? '') === saved.release
  const done = await undoRecord(client, saved.lease.namespace, saved, { signal, info: step.info })
  if ('stays' in done) return conclude(client, saved, held, step, [done.stays, done.detail])
  const { restored } = done
  for (const { ref, result, detail } of restored) if (result !== 'as-before') step.info(`${refName(ref)} ${detail}.`)
  const untouched = !opened && restored.every(({ result }) => result === 'as-before')
  const missing = untouched
    ? undefined
    : await followRestored(client, saved, restored, until - performance.now() - reserveMs, step)
  const [result, detail] = untouched ? unchanged : conclusion(saved, restored, missing)
  // What the server refused is tried again by main's post, or else by the next release; old pods are looked at once more.
  const isOpen = restored.some((one) => one.result === 'failed')
  const isLast = step.stage === 'post' || result === 'rolled-back' || result === 'unchanged'
  return conclude(client, saved, held && !isOpen && isLast, step, [result, detail])
}

/** What the undo came to; where that is final, it is written down, and the lock is given back. */
async function conclude(
  client: Client,
  saved: SavedRelease,
  isFinal: boolean,
  step: Pick<KubernetesStep, 'save'>,
  [result, detail]: readonly [TargetOutcome['result'], string],
): Promise<TargetOutcome[]> {
  if (isFinal) {
    saved.undone = { result, detail }
    step.save(saved)
    await endUndo(client, saved)
  }
  return outcomeOf(saved, result, detail)
}

const unchanged = ['unchanged', 'no object was changed'] as const

/** What the undo came to, and how a person finishes what is left. Pure. */
function conclusion(
  { lease }: SavedRelease,
  restored: readonly Restored[],
  missing: string | undefined,
): readonly [TargetOutcome['result'], string] {
  const left = restored.filter(({ result }) => result === 'foreign' || result === 'failed')
  if (left.length > 0) {
    const commands = left
      .filter(({ result }) => result === 'failed')
      .map(({ ref }) => byHand(ref, lease.namespace, undoName(lease.name)))
    const what = left.map(({ ref, detail }) => `${refName(ref)} ${detail}`).join('; ')
    const hint = commands.length > 0 ? ` By hand: ${commands.join('; ')}` : ''
    const others = left.length < restored.length ? ' All other objects are as before.' : ''
    return ['mixed', `${what}.${others}${hint}`]
  }
  const named = keptObjects(restored)
  if (missing !== undefined) return ['undo-started', `all objects are as before; ${missing}${named}`]
  return ['rolled-back', `${countOf(restored)} as before, and their pods are ready${named}`]
}

/** Nothing of the release is left open: the Lease says what it said before, and is free. */
export async function endUndo(client: Client, saved: SavedRelease): Promise<void> {
  await endOpen(client, saved.lease, saved.release, saved.stateBefore)
  await removeUndo(client, saved.lease, saved)
  await releaseLease(client, saved.lease)
}

const followed: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet']

/** Those whose pods were replaced, and that are the old ones again. */
function workloadsOf(entries: readonly UndoEntry[], restored: readonly Restored[]): WorkloadRef[] {
  const isOld = (path: string) =>
    restored.some(({ ref, result }) => ref.path === path && (result === 'restored' || result === 'as-before'))
  return entries
    .filter((entry) => entry.do === 'patch' && entry.fields.some(({ path }) => path.startsWith('/spec')))
    .filter(({ ref }) => followed.includes(ref.kind) && isOld(ref.path))
    .map(({ ref }) => ({ kind: ref.kind as WorkloadKind, name: ref.name }))
}

/** Follows the old pods. What is missing when the time is over, in words; undefined where all are ready. */
async function followRestored(
  client: Client,
  saved: SavedRelease,
  restored: readonly Restored[],
  leftMs: number,
  step: Pick<KubernetesStep, 'info'>,
): Promise<string | undefined> {
  const workloads = workloadsOf(saved.entries, restored)
  if (workloads.length === 0) return undefined
  const goesOn = 'Kubernetes goes on by itself'
  if (leftMs < 500) return `there was no time to see their pods: ${goesOn}`
  const { namespace } = saved.lease
  const end = new AbortController()
  const pods = removeStuckPods(client, namespace, workloads, end.signal, step.info)
  try {
    const deadline = leftMs / 1000
    const outcome = await followWorkloads(client, {
      namespace,
      workloads,
      progressTimeout: deadline,
      deadline,
      signal: AbortSignal.timeout(Math.floor(leftMs)),
      onProgress: step.info,
    })
    return outcome.ok ? undefined : `not all of their pods are ready yet (${outcome.reason}): ${goesOn}`
  } catch (error) {
    return `their pods could not be seen (${messageOf(error)}): ${goesOn}`
  } finally {
    end.abort()
    await pods
  }
}

function countOf(restored: readonly Restored[]): string {
  return restored.length === 1 ? '1 object is' : `${restored.length} objects are`
}

function keptObjects(restored: readonly Restored[]): string {
  const kept = restored.filter(({ result }) => result === 'kept').map(({ ref }) => refName(ref))
  return kept.length > 0 ? `; ${kept.join(', ')} was created and is kept, because it may hold data` : ''
}

/** Gives the lock back at the end of the job, where an undo or a commit has not done it. */
export async function releaseLock(step: KubernetesStep): Promise<void> {
  const own = step.journal.read().steps.find(({ id }) => id === step.id)
  const saved = own?.undo as SavedRelease | undefined
  if (!saved || own?.outcomes.some(({ result }) => result !== 'mixed')) return
  // An undo that could not reach the cluster has waited long enough.
  const client = await reconnectTo(saved.server, AbortSignal.timeout(10_000))
  await releaseLease(client, saved.lease)
}
