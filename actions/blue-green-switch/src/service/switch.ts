import type { MainOutcome, Step } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import {
  assertHeld,
  type Client,
  type CommitRecord,
  committedState,
  confirmJobRef,
  connectMain,
  holderOf,
  openState,
  readUndo,
  refName,
  setState,
  storeUndo,
} from '@belay/kubernetes'
import { planConfirmJob, startConfirmJob } from './confirm.ts'
import { type FilledRelease, filledRelease } from './fill.ts'
import type { ServiceInputs } from './inputs.ts'
import { type CountedService, liveServices, moveServices, planMove, waitForEndpoints, waitForTraffic } from './move.ts'
import { outcomeOf, type SavedMove, targetOf } from './saved.ts'
import { status } from './status.ts'

/** `command: switch`: moves the traffic to the slot that this job has filled, once enough of its pods are ready. */
export async function switchTraffic(
  inputs: ServiceInputs,
  step: Step<SavedMove>,
  signal: AbortSignal,
): Promise<MainOutcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  if (inputs.dryRun) {
    await status(inputs, step, signal)
    step.info('It would move the traffic to the slot that deploy-kubernetes fills. Nothing was changed.')
    return { result: 'unchanged' }
  }
  const filled = filledRelease(step.journal.read(), inputs)
  if (!filled) {
    step.info('The release had nothing to do: the slot that has the traffic is it already.')
    return { result: 'noop' }
  }
  step.record({ event: 'phase', phase: 'connect' })
  const { connection, client } = await connectMain(inputs.access, signal)
  const { fill, lease, keeping } = filled
  // Only the job that holds the lock moves the traffic.
  await assertHeld(client, { ...lease, holder: holderOf(step) }, openState(filled.release), 'No traffic was moved.')
  const counted = await prove(client, inputs, filled, step, signal)
  const saved: SavedMove = {
    server: connection.server,
    lease,
    release: filled.release,
    record: keeping.record,
    traffic: await planMove(client, counted, fill),
  }
  const job = await planConfirmJob(client, saved, counted, inputs, step)
  // What starts a Job is kept first: so it is removed, whatever becomes of this step.
  if (job) saved.traffic = { ...saved.traffic, confirmJob: confirmJobRef(lease) }
  await keepUndo(client, saved, step)
  if (job) {
    await startConfirmJob(client, job, step, signal)
    // It may have taken longer than the time that it waits for.
    await assertHeld(client, lease, openState(filled.release), 'No traffic was moved.')
  }
  // What a rollback of this job has chosen is older than what users have.
  const isBack = step.journal.read().chosen.some((one) => one.service === lease.service)
  await moveTraffic(client, saved, counted, step, { from: filled.committed, signal, ...(isBack && { back: true }) })
  if (inputs.undo) return { result: 'pending' }
  const { record } = saved
  await setState(client, lease, {
    from: openState(saved.release),
    to: committedState(record.release),
    committed: record,
  })
  step.recordOutcomes(outcomeOf(saved, 'committed', `recorded in lease/${lease.name}`))
  step.save()
  return { result: 'committed' }
}

async function prove(
  client: Client,
  { namespace }: ServiceInputs,
  { fill }: FilledRelease,
  step: Step<SavedMove>,
  signal: AbortSignal,
): Promise<CountedService[]> {
  step.record({ event: 'phase', phase: 'prove' })
  const services = await liveServices(client, namespace, fill)
  const { active, idle, scaled } = fill
  const count = { active, idle, asManyAs: scaled ? 'active' : 'filled' } as const
  const counted = await waitForEndpoints(client, namespace, services, count, signal)
  for (const one of counted)
    step.info(`${refName(one.ref)}: slot ${active} has ${one.active} ready pods, slot ${idle} has ${one.idle}.`)
  return counted
}

/** Saves what moves the traffic back, in the journal and in the cluster. */
export async function keepUndo(client: Client, saved: SavedMove, step: Step<SavedMove>): Promise<void> {
  const { lease, release } = saved
  step.save(saved)
  const stored = await readUndo(client, lease)
  const before =
    stored?.release === release ? stored : { release, stateBefore: saved.stateBefore ?? 'none', entries: [] }
  await storeUndo(client, lease, { ...before, traffic: saved.traffic })
}

/** Moves the traffic, and sees it arrive. What moves it back is kept already. */
export async function moveTraffic(
  client: Client,
  saved: SavedMove,
  counted: readonly CountedService[],
  step: Step<SavedMove>,
  { from, back, signal }: { from: CommitRecord | undefined; back?: true; signal: AbortSignal },
): Promise<void> {
  const { lease, record } = saved
  const { namespace } = lease
  const { from: active, to: idle } = saved.traffic
  signal.throwIfAborted()
  const named = (one: CommitRecord | undefined, slot: string) => ({
    version: one?.version ?? '',
    release: one?.release ?? '',
    slot,
  })
  const move = { from: named(from, active), to: named(record, idle), ...(back && { back }) }
  step.record({ event: 'moved', targets: [{ name: targetOf(lease), service: lease.service, move }] })
  step.record({ event: 'phase', phase: 'switch' })
  const began = performance.now()
  const entries = await moveServices(client, namespace, counted, saved.traffic)
  saved.traffic = { ...saved.traffic, entries }
  step.save(saved)
  await waitForTraffic(client, namespace, counted, idle, signal)
  const ms = Math.round(performance.now() - began)
  step.record({ event: 'phase', phase: 'switched' })
  step.output('previous', active)
  step.output('active', idle)
  step.output('switch-ms', String(ms))
  step.info(
    `Traffic goes to slot ${idle}: ${saved.traffic.entries.map(({ ref }) => refName(ref)).join(', ')}, after ${ms} ms.`,
  )
  step.summary(`**blue-green-switch** ${lease.service} ${lease.environment}: slot ${active} → slot ${idle}`)
}
