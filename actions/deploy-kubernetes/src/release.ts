import { Failure, type MainOutcome, withinDeadline } from '@belay/action-kit'
import {
  assertNamespace,
  type CommitRecord,
  connectMain,
  failureOf,
  followFailure,
  followWorkloads,
  type KeptSlot,
  type KubeObject,
  type LeasePlace,
  leasePlace,
  mainPatienceMs,
  openRelease,
  openState,
  readKept,
  readLease,
  renewLease,
  type SlotFill,
  setState,
  storeSecret,
  storeUndo,
  type UndoEntry,
  type WorkloadKind,
  type WorkloadRef,
  type WorkloadState,
} from '@belay/kubernetes'
import type { Release } from '@belay/release-model'
import { applyAll } from './apply.ts'
import { withCanaryEntries } from './canary/canary-set.ts'
import { assertProved, planCanary, removeCanary } from './canary/release.ts'
import { changeByHelm } from './chart/change.ts'
import type { ChartChange } from './chart/plan.ts'
import type { DeployContext, KubernetesStep } from './context.ts'
import type { KubernetesInputs } from './inputs.ts'
import { droppedObjects, type Keeping, placeKept, planKeeping } from './keeping.ts'
import { lockService } from './lock.ts'
import { isUnchanged, type PlannedObject, planObjects, undoEntries } from './plan.ts'
import { stillThere } from './prune.ts'
import { reportPlan, reportWorkloads } from './report.ts'
import { type CanaryPods, type SavedRelease, targetName } from './saved.ts'
import { assertOwnConfiguration, fillIdleSlot } from './slots.ts'
import { releaseLock } from './undo.ts'
import { verifyDigests } from './verify.ts'
import type { Past, Wanted } from './wanted.ts'

/** A command that releases objects. */
export interface Source {
  /** Before the lock: what can be refused early. */
  prepare(context: DeployContext): Promise<void>
  /** Under the lock, except in a dry-run. */
  choose(context: DeployContext, past: Past): Promise<Wanted>
  /** Once all new pods are ready. */
  end(context: DeployContext, saved: SavedRelease): Promise<MainOutcome>
}

/** Releases the objects: all are tried by the server before the first one changes. */
export async function releaseObjects(
  inputs: KubernetesInputs,
  step: KubernetesStep,
  release: Release,
  source: Source,
): Promise<MainOutcome> {
  step.output('release-id', release.id)
  try {
    return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
      const { connection, client } = await connectMain(inputs.access, signal)
      step.record({ event: 'phase', phase: 'inspect' })
      return releaseOn({ inputs, step, release, connection, client, signal }, source)
    })
  } catch (error) {
    throw failureOf(error, step.signal, 'run `command: preflight`, which prints the role.')
  }
}

async function releaseOn(context: DeployContext, source: Source): Promise<MainOutcome> {
  const { inputs, step, client, signal } = context
  await assertNamespace(client, inputs.namespace)
  await source.prepare(context)
  if (inputs.dryRun) return tryOnly(context, source)
  step.record({ event: 'phase', phase: 'lock' })
  const { saved, wasOpen } = await lockService(context)
  step.record({ event: 'phase', phase: 'plan' })
  const kept = await keptReleases(context)
  const past = { committed: saved.committed, kept, wasOpen }
  const { planned, keeping, isNothing, fill, chart, canary } = await plan(context, source, past, saved.canary)
  if (isNothing) return endUnchanged(context, planned)
  saved.keeping = keeping
  if (fill) saved.fill = fill
  if (canary) saved.canary = canary
  await change(context, planned, saved, chart)
  step.record({ event: 'phase', phase: 'follow' })
  const followed = await follow(context, planned)
  await verify(context, planned, followed)
  if (saved.joins) await removeCanary(context, saved)
  await renewLease(client, saved.lease)
  signal.throwIfAborted()
  // A switch that is final at its own end commits it.
  if (saved.fill) step.save({ ...saved, committing: true })
  return source.end(context, saved)
}

function placeOf({ namespace, release }: KubernetesInputs): LeasePlace {
  return leasePlace(namespace, release)
}

function keptReleases({ client, inputs, step }: DeployContext): Promise<KeptSlot[]> {
  return readKept(client, placeOf(inputs), inputs.keepReleases, (text) => step.warn(text))
}

/**
 * A dry-run: takes no lock, and changes nothing. A release that is open ends or is undone before this one begins, so what is
 * refused until then is a warning: it may be its doing.
 */
async function tryOnly(context: DeployContext, source: Source): Promise<MainOutcome> {
  const { client, inputs, step, signal } = context
  const lease = await readLease(client, placeOf(inputs))
  const open = openRelease(lease?.state ?? '')
  const past = { committed: lease?.committed, kept: await keptReleases(context), wasOpen: open !== undefined }
  try {
    await plan(context, source, past)
  } catch (error) {
    if (!(error instanceof Failure) || open === undefined || signal.aborted) throw error
    step.warn(
      `The release ${open} is open: it ends or is undone before the next one begins, which tries the objects again. What is refused now: ${error.message}`,
    )
  }
  step.info('Nothing was changed.')
  return { result: 'unchanged' }
}

interface Plan {
  readonly planned: readonly PlannedObject[]
  readonly keeping: Keeping
  /** The release would change nothing. */
  readonly isNothing: boolean
  /** With slots. */
  readonly fill: SlotFill | undefined
  readonly chart: ChartChange | undefined
  /** With a canary, which is all that is released. */
  readonly canary: CanaryPods | undefined
}

/**
 * Chooses what is released, lets the server try it, and reports what would change. Changes nothing. `proved`: the canary
 * of an earlier step, which is released to all pods now.
 */
async function plan(context: DeployContext, source: Source, past: Past, proved?: CanaryPods): Promise<Plan> {
  const { inputs, step, client } = context
  const chosen = await source.choose(context, past)
  if (proved) await assertProved(context, chosen.desired, proved)
  const { kept, committed } = past
  const place = placeKept(kept, chosen.release.release, inputs.keepReleases)
  const before = kept.find((one) => one.kept.release === committed?.release)?.kept
  const releasesOf = (slots: readonly KeptSlot[]) => slots.map((one) => one.kept)
  const { chart } = chosen
  // Helm deletes itself what a chart drops.
  const prunes = inputs.prune && !chart
  const droppedBy = (release: Wanted['release'], to?: Pick<SlotFill, 'active' | 'idle'>) =>
    prunes ? droppedObjects(release, before, releasesOf(place.leave), releasesOf(place.stay), to) : []
  const filled = inputs.slots && (await fillIdleSlot(context, chosen, inputs.slots, droppedBy))
  const wanted = filled?.wanted ?? chosen
  const whole = filled?.live ?? (await tryAll(context, wanted))
  const canary = inputs.canary ? await planCanary(context, chosen.desired, whole, inputs.canary) : undefined
  const planned = canary?.planned ?? whole
  if (filled) assertOwnConfiguration(planned, filled.serving)
  if (prunes && committed && !before)
    step.info(
      `The release before, ${committed.release}, is not kept: nothing that it had and this one has not is deleted.`,
    )
  const candidates = filled?.live || canary ? [] : droppedBy(wanted.release, filled?.fill)
  const dropped = await stillThere(client, candidates, planned, step.info)
  const keeping = planKeeping({ ...wanted.release, dropped }, place, kept, inputs.keepReleases)
  reportPlan(context, planned, chart ? { byHelm: chart.saved.dropped } : { atCommit: dropped })
  const isSame = dropped.length === 0 && !chart?.changesMore && planned.every(isUnchanged)
  const isNothing = filled ? filled.live !== undefined : wanted.onlyChanges && isSame && !proved
  return { planned, keeping, isNothing, fill: filled?.fill, chart, canary: canary?.pods }
}

function tryAll(
  { client, inputs, release, step }: DeployContext,
  { desired, chart }: Pick<Wanted, 'desired' | 'chart'>,
): Promise<PlannedObject[]> {
  return planObjects(client, desired, inputs.namespace, {
    release: release.id,
    chart,
    onConflicts: (conflicts) => step.output('conflicts', JSON.stringify(conflicts)),
  })
}

/** All objects are as they should be: it is a release only if their pods are well. */
async function endUnchanged(context: DeployContext, planned: readonly PlannedObject[]): Promise<MainOutcome> {
  const { step } = context
  await verify(context, planned, await follow(context, planned))
  await releaseLock(step)
  step.save()
  return { result: 'noop' }
}

/** Saves what undoes the release, in the journal and in the cluster, and only then changes the first object. */
async function change(
  context: DeployContext,
  planned: readonly PlannedObject[],
  saved: SavedRelease,
  chart: ChartChange | undefined,
): Promise<void> {
  const { connection, client, step, release, signal } = context
  step.record({ event: 'phase', phase: 'save' })
  if (chart) saved.chart = chart.saved
  const own = undoEntries(planned, saved.lease.name, release.id)
  saved.entries = saved.joins ? withCanaryEntries(own, saved.entries) : own
  // What an earlier step has changed is to be undone, whatever becomes of this one.
  if (!saved.joins) saved.stage = 'storing'
  step.save(saved)
  const { entries, stateBefore } = saved
  if (!chart) await storeSecrets(context, planned, entries)
  const left = { ...(saved.fill && { fill: saved.fill }), ...(chart && { chart: chart.saved }) }
  await storeUndo(client, saved.lease, { release: release.id, stateBefore, entries, ...left })
  signal.throwIfAborted()
  saved.stage = 'changing'
  step.save(saved)
  try {
    if (!saved.joins) await setState(client, saved.lease, { from: stateBefore, to: openState(release.id) })
  } catch (error) {
    // Another job has the lock: nothing was changed, and nothing may be.
    if (error instanceof Failure) step.save({ ...saved, stage: 'storing' })
    throw error
  }
  // In an idle slot no user sees it: the switch says so later.
  if (!saved.fill) recordMove(step, saved)
  step.record({ event: 'phase', phase: 'apply' })
  if (chart) return changeByHelm(context, chart)
  // An apply that was sent must be heard out: it must not arrive after an undo.
  const patient = connection.clientFor({ patienceMs: mainPatienceMs })
  await applyAll(patient, planned, saved, () => step.save(saved), signal)
  // What the server really stored, for the next release where this job is lost.
  await storeUndo(client, saved.lease, { release: release.id, stateBefore, entries: saved.entries, ...left })
}

async function storeSecrets(
  { client, inputs }: DeployContext,
  planned: readonly PlannedObject[],
  entries: readonly UndoEntry[],
): Promise<void> {
  for (const [index, entry] of entries.entries())
    for (const { sealed } of entry.do === 'patch' ? entry.fields : [])
      if (sealed) await storeSecret(client, inputs.namespace, sealed.in, planned[index]?.before as KubeObject)
}

function recordMove(step: KubernetesStep, saved: SavedRelease): void {
  const of = (record: CommitRecord | undefined) => ({
    version: record?.version ?? '',
    release: record?.release ?? '',
  })
  const move = { from: of(saved.committed), to: of(saved.keeping?.record) }
  step.record({ event: 'moved', targets: [{ name: targetName(saved), service: saved.lease.service, move }] })
}

const followed: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job']

async function follow(
  { inputs, step, client, signal }: DeployContext,
  planned: readonly PlannedObject[],
): Promise<readonly WorkloadState[]> {
  const workloads = planned
    .filter(({ ref }) => followed.includes(ref.kind))
    .map(({ ref }): WorkloadRef => ({ kind: ref.kind as WorkloadKind, name: ref.name }))
  if (workloads.length === 0) return []
  const outcome = await followWorkloads(client, {
    namespace: inputs.namespace,
    workloads,
    progressTimeout: inputs.progressTimeout,
    deadline: inputs.deadline,
    signal,
    onProgress: step.info,
  })
  reportWorkloads(step, outcome.workloads)
  if (outcome.ok) return outcome.workloads
  signal.throwIfAborted()
  throw followFailure(outcome)
}

async function verify(
  { inputs, step, client }: DeployContext,
  planned: readonly PlannedObject[],
  followed: readonly WorkloadState[],
): Promise<void> {
  const { byNode, bySpec } = await verifyDigests(client, planned, followed, inputs.namespace)
  if (byNode > 0) step.info(`${byNode} containers run the digest of the release, as their nodes report it.`)
  if (bySpec > 0)
    step.info(`${bySpec} containers were started by the digest of the release; their nodes report another name for it.`)
}
