import { Failure, jobIdentity, type MainOutcome, type Step } from '@belay/action-kit'
import { hasJobEnded } from '@belay/github'
import {
  type Client,
  type CommitRecord,
  committedState,
  connectMain,
  holderOf,
  imagesOf,
  type KeptRelease,
  type KubeObject,
  type LeaseRef,
  type LeaseState,
  leaseRef,
  openRelease,
  openState,
  orUndefined,
  readKept,
  readLease,
  recordOf,
  refName,
  releaseLease,
  removeUndo,
  setState,
  takeLease,
} from '@belay/kubernetes'
import { releaseId } from '@belay/release-model'
import type { ServiceInputs } from './inputs.ts'
import { liveServices, planMove, waitForEndpoints } from './move.ts'
import { outcomeOf, type SavedMove } from './saved.ts'
import { keepUndo, moveTraffic } from './switch.ts'

/**
 * `command: rollback`: moves the traffic to the slot that had it before the last release, while that is still warm. Final
 * at its own end (rule 14).
 */
export async function rollback(
  inputs: ServiceInputs,
  step: Step<SavedMove>,
  signal: AbortSignal,
): Promise<MainOutcome> {
  const id = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  step.output('release-id', id)
  assertOnly(step, inputs)
  const { connection, client } = await connectMain(inputs.access, signal)
  const { namespace } = inputs
  const lease = leaseRef(namespace, inputs.release, holderOf(step))
  const before = inputs.dryRun ? await readLease(client, lease) : await take(client, lease, inputs, step, signal)
  try {
    const goal = await warmRelease(client, lease, before, inputs)
    const { active, idle, services } = goal
    step.info(`Going back to ${goal.record.version} in slot ${idle}.`)
    const counted = await waitForEndpoints(
      client,
      namespace,
      await liveServices(client, namespace, { services, active }),
      { active, idle, asManyAs: 'active' },
      signal,
    )
    if (inputs.dryRun || !before) {
      step.info('Nothing was changed.')
      return { result: 'unchanged' }
    }
    const record = { ...goal.record, at: new Date(client.now()).toISOString() }
    const { state: stateBefore, committed: from } = before
    const { server } = connection
    const traffic = await planMove(client, counted, { active, idle })
    const saved: SavedMove = { server, lease, release: id, record, stateBefore, traffic }
    step.save(saved)
    await setState(client, lease, { from: stateBefore, to: openState(id) })
    await keepUndo(client, saved, step)
    await moveTraffic(client, saved, counted, step, { from, back: true, signal })
    await setState(client, lease, { from: openState(id), to: committedState(record.release), committed: record })
    step.recordOutcomes(outcomeOf(saved, 'committed', `traffic is back in slot ${idle}`))
    step.save()
  } catch (error) {
    // What was moved is undone with the lock; without a move nothing else gives it back.
    const saved = step.journal.read().steps.find((one) => one.id === step.id)?.undo
    if (!saved && !inputs.dryRun) await releaseLease(client, lease)
    throw error
  }
  await removeUndo(client, lease, { entries: [] })
  await releaseLease(client, lease)
  return { result: 'committed' }
}

/** @throws Failure `not-alone`: the end of the job undoes or commits what its own steps have filled */
function assertOnly(step: Step<SavedMove>, { release: { service } }: ServiceInputs): void {
  const { steps } = step.journal.read()
  const own = steps.find(
    (one) =>
      one.id !== step.id && one.service === service && one.mutates && (one.ended?.result ?? 'pending') === 'pending',
  )
  if (!own) return
  throw new Failure(
    'not-alone',
    `${own.id} released ${service} in this job, and the end of the job decides about it. No traffic was moved.`,
    'fail the job to undo its release, or run the rollback in a job of its own.',
  )
}

async function take(
  client: Client,
  lease: LeaseRef,
  inputs: ServiceInputs,
  step: Step<SavedMove>,
  signal: AbortSignal,
): Promise<LeaseState> {
  const before = await takeLease(client, lease, {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    info: step.info,
    isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
  })
  const open = openRelease(before.state)
  if (open === undefined) return before
  await releaseLease(client, lease)
  throw new Failure(
    'left-open',
    `${open} was left open by a job that is gone. No traffic was moved.`,
    'use `command: rollback` of deploy-kubernetes, which undoes it first.',
  )
}

interface WarmRelease {
  readonly active: string
  readonly idle: string
  readonly services: readonly string[]
  readonly record: CommitRecord
}

/** As many as `keep-releases` of deploy-kubernetes keeps by default; more are found where the role grants it. */
const keptByDefault = 5

/** The release before the live one, in the other slot. @throws Failure `not-warm` where it is not there any more */
async function warmRelease(
  client: Client,
  lease: LeaseRef,
  before: LeaseState | undefined,
  { slots }: ServiceInputs,
): Promise<WarmRelease> {
  const { slot: active, services = [], previous } = before?.committed ?? {}
  const idle = slots.find((word) => word !== active)
  if (active === undefined || idle === undefined || !slots.includes(active) || previous === undefined)
    throw notWarm('No release was committed to a slot before the live one.')
  const kept = (await readKept(client, lease, keptByDefault, () => {})).find(
    (one) => one.kept.release === previous,
  )?.kept
  if (kept?.slot !== idle) throw notWarm(`${previous}, the release before the live one, is not in slot ${idle}.`)
  await assertAsKept(client, kept)
  return { active, idle, services, record: recordOf(kept) }
}

/** The Deployments of the slot are those of the release: these very objects, with its images. */
async function assertAsKept(client: Client, { version, objects }: KeptRelease): Promise<void> {
  for (const { ref, uid, apply } of objects.filter((one) => one.ref.kind === 'Deployment')) {
    const live = await orUndefined(client.get(ref.path))
    if (live?.metadata.uid !== uid || imageNames(live) !== imageNames(apply))
      throw notWarm(`${refName(ref)} is not as ${version} left it.`)
  }
}

function imageNames(object: KubeObject | undefined): string {
  return object
    ? imagesOf(object)
        .map(({ container, image }) => `${container}=${image}`)
        .join(' ')
    : ''
}

function notWarm(text: string): Failure {
  return new Failure(
    'not-warm',
    `${text} No traffic was moved.`,
    'use `command: rollback` of deploy-kubernetes with the same slots, then switch: it fills the idle slot again.',
  )
}
