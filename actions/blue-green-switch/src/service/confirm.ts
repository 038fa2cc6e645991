import { Failure, firstLine, messageOf, type Step, sleep } from '@belay/action-kit'
import {
  ApiError,
  assertRights,
  type Client,
  type ConfirmJob,
  collection,
  confirmJob,
  confirmJobRef,
  createdBy,
  type KubeList,
  type KubeObject,
  type LeasePlace,
  type ObjectRef,
  orUndefined,
  rights,
  selectorOf,
} from '@belay/kubernetes'
import { type ConfirmPod, confirmState } from './confirm-pod.ts'
import { deploymentsIn } from './deployments.ts'
import type { ServiceInputs } from './inputs.ts'
import type { CountedService } from './move.ts'
import type { SavedMove } from './saved.ts'

/** What the login of the job needs besides the rights of a switch. @throws Failure `forbidden` */
export function assertConfirmRights(client: Client, lease: LeasePlace): Promise<void> {
  const { name } = confirmJobRef(lease)
  const needed = [...rights('batch', 'jobs', 'create'), ...rights('batch', 'jobs', 'get delete', name)]
  return assertRights(client, lease.namespace, needed, { what: 'the confirm Job', role: 'belay-deploy-confirm' })
}

/**
 * What the Job of this move is made of; undefined where none was asked for, or where none could help.
 * @throws Failure `forbidden`; `confirm-job` where no Deployment has the traffic
 */
export async function planConfirmJob(
  client: Client,
  { lease, release, traffic: { from, to, entries, fromNothing } }: SavedMove,
  counted: readonly CountedService[],
  { confirm, undo }: ServiceInputs,
  step: Step<SavedMove>,
): Promise<ConfirmJob | undefined> {
  // A switch that is final at its own end is confirmed within seconds.
  if (!confirm || !undo) return undefined
  if (fromNothing) {
    step.info('No slot has ready pods yet, so there is nothing that the cluster could move the traffic back to.')
    return undefined
  }
  // Before the Job is kept as a part of the undo, which removes it.
  await assertConfirmRights(client, lease)
  const selectors = counted.map(({ live }) => selectorOf(live))
  const deployments = await deploymentsIn(client, lease.namespace, [from], selectors)
  if (deployments.length === 0)
    throw new Failure(
      'confirm-job',
      `No Deployment of slot ${from} has the traffic, so nothing says whether it may go back there. No traffic was moved.`,
      'leave confirm-image out for this release.',
    )
  return {
    ...{ lease, release, from, to, ...confirm },
    entries: entries.flatMap((one) => (one.do === 'patch' ? [one] : [])),
    deployments: deployments.map(({ metadata }) => metadata.name),
  }
}

/** In milliseconds. */
const pauseMs = 500
/** How long the pod may take until it waits for its time: its image may have to be pulled. */
const patienceMs = 90_000

/**
 * Starts the Job that moves the traffic back where this job does not end in time, and waits until its pod has proved that it can.
 * @throws Failure `confirm-job`
 */
export async function startConfirmJob(
  client: Client,
  job: ConfirmJob,
  step: Step<SavedMove>,
  signal: AbortSignal,
): Promise<void> {
  step.record({ event: 'phase', phase: 'arm' })
  const { namespace } = job.lease
  const ref = confirmJobRef(job.lease)
  const uid = await create(client, job, ref, signal)
  let why = ''
  for (const late = performance.now() + patienceMs; performance.now() < late; await sleep(pauseMs, signal)) {
    signal.throwIfAborted()
    const [pod] = await podsOf(client, namespace, uid)
    const state = pod ? confirmState(pod) : { is: 'waiting', why: await warningOf(client, namespace, ref) }
    if (state.is === 'armed')
      return step.info(
        `The cluster moves the traffic back in ${job.seconds} s, if this job has not ended by then: job/${ref.name}.`,
      )
    why = state.why
    if (state.is === 'failed') break
  }
  throw notStarted(why)
}

/** A Job of an earlier release that is still there is removed first. @returns the uid of the new one */
async function create(client: Client, job: ConfirmJob, ref: ObjectRef, signal: AbortSignal): Promise<string> {
  const { metadata, ...others } = confirmJob(job)
  const body = { ...others, metadata: { ...metadata, annotations: { [createdBy]: job.release } } }
  for (const late = performance.now() + patienceMs; ; await sleep(pauseMs, signal)) {
    signal.throwIfAborted()
    try {
      const made = await client.create(collection('batch/v1', 'jobs', job.lease.namespace), body)
      return made.metadata.uid ?? ''
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409 || performance.now() > late)
        throw notStarted(firstLine(messageOf(error)))
    }
    const there = await orUndefined(client.get(ref.path))
    // The answer to the first of two requests may have been lost.
    if (there?.metadata.annotations?.[createdBy] === job.release) return there.metadata.uid ?? ''
    await orUndefined(client.remove(ref.path, { propagation: 'Background' }))
  }
}

async function podsOf(client: Client, namespace: string, uid: string): Promise<readonly ConfirmPod[]> {
  const labelSelector = `batch.kubernetes.io/controller-uid=${uid}`
  const { items } = await client.get<KubeList<ConfirmPod>>(collection('v1', 'pods', namespace), { labelSelector })
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
}

/** Why no pod was made, as far as the cluster says so. */
async function warningOf(client: Client, namespace: string, { name }: ObjectRef): Promise<string> {
  const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${name},type=Warning`
  const { items } = await client.get<KubeList<KubeObject & { message?: string }>>(
    collection('v1', 'events', namespace),
    { fieldSelector },
  )
  return firstLine(items.at(-1)?.message ?? 'no pod was made')
}

function notStarted(why: string): Failure {
  return new Failure(
    'confirm-job',
    `The Job that would move the traffic back cannot do so (${why}). No traffic was moved.`,
    'run `command: preflight` with the same inputs, which prints its account and role; or leave confirm-image out.',
  )
}
