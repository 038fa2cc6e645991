import { Failure, Interrupted, log, type MainOutcome, withinDeadline } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import {
  ApiError,
  assertNamespace,
  assertSkew,
  digestOf,
  evidenceText,
  followWorkloads,
  imagesOf,
  type KubeObject,
  renewLease,
  setState,
  storeSecret,
  storeUndo,
  type WorkloadKind,
  type WorkloadRef,
  type WorkloadState,
} from '@belay/kubernetes'
import type { Release } from '@belay/release-model'
import { applyAll } from './apply.ts'
import { connect } from './connection.ts'
import type { DeployContext, KubernetesStep } from './context.ts'
import { type DesiredObject, imageChanges, locate, renderManifests } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'
import { lockService } from './lock.ts'
import { assertRights, neededRights } from './needed-rights.ts'
import { isUnchanged, type PlannedObject, planObjects, undoEntries } from './plan.ts'
import { reportPlan, reportWorkloads } from './report.ts'
import { type SavedRelease, targetName } from './saved.ts'
import { releaseLock } from './undo.ts'
import { verifyDigests } from './verify.ts'

/** How long main waits for an API server that does not answer, in milliseconds. */
const patienceMs = 60_000

/** Releases the objects: all are tried by the server before the first one changes. */
export async function deploy(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  try {
    return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
      const connection = await connect(inputs.access, signal)
      const client = connection.clientFor({ signal, patienceMs })
      return releaseObjects({ inputs, step, release, connection, client, signal })
    })
  } catch (error) {
    if (step.signal.aborted) throw new Interrupted()
    throw error instanceof ApiError ? failureOf(error) : error
  }
}

/** A refusal or a silence of the API server that no phase expects. */
function failureOf(error: ApiError): Failure {
  const { status, message } = error
  if (status === 403)
    return new Failure(
      'forbidden',
      `The API server refuses: ${message}`,
      'run `command: preflight`, which prints the role.',
    )
  return new Failure(
    'access',
    status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`,
    'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.',
  )
}

async function releaseObjects(context: DeployContext): Promise<MainOutcome> {
  const { inputs, step, client, connection, signal } = context
  step.record({ event: 'phase', phase: 'inspect' })
  assertSkew(connection.kubectl, await client.get<{ major: string; minor: string }>('/version'))
  await assertNamespace(client, inputs.namespace)
  const located = await locateAll(context)
  await assertRights(
    client,
    inputs,
    neededRights(
      inputs,
      located.map(({ resource }) => resource),
    ),
  )
  if (inputs.dryRun) {
    reportPlan(step, await plan(context, await withImageChanges(context, located)), tempFolder())
    step.info('Nothing was changed.')
    return { result: 'unchanged' }
  }
  step.record({ event: 'phase', phase: 'lock' })
  const saved = await lockService(context)
  step.record({ event: 'phase', phase: 'plan' })
  const planned = await plan(context, await withImageChanges(context, located))
  reportPlan(step, planned, tempFolder())
  if (planned.every(isUnchanged)) return endUnchanged(context, planned)
  await change(context, planned, saved)
  step.record({ event: 'phase', phase: 'follow' })
  const followed = await follow(context, planned)
  await verify(context, planned, followed)
  await renewLease(client, saved.lease)
  signal.throwIfAborted()
  return { result: 'pending' }
}

function tempFolder(): string {
  return process.env.RUNNER_TEMP ?? '.'
}

async function locateAll({ inputs, connection, client, signal }: DeployContext): Promise<DesiredObject[]> {
  if (inputs.manifests.length === 0) return []
  const objects = await renderManifests(inputs, connection.kubectl, signal)
  for (const text of floatingImages(objects)) log.warning(text)
  return locate(client, objects, inputs.namespace)
}

/** Images that are not by digest: which bytes run, only the node decides. */
function floatingImages(objects: readonly KubeObject[]): string[] {
  const images = new Set(objects.flatMap(imagesOf).flatMap(({ image }) => (digestOf(image) ? [] : [image])))
  return [...images].map((image) => `The image ${image} is not given by its digest, so an undo may start other bytes.`)
}

async function withImageChanges(
  { inputs, client }: DeployContext,
  located: readonly DesiredObject[],
): Promise<readonly DesiredObject[]> {
  return inputs.manifests.length > 0 ? located : imageChanges(client, inputs)
}

function plan({ inputs, step, release, client }: DeployContext, desired: readonly DesiredObject[]) {
  return planObjects(client, desired, inputs.namespace, release.id, (conflicts) =>
    step.output('conflicts', JSON.stringify(conflicts)),
  )
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
  { connection, client, inputs, step, release, signal }: DeployContext,
  planned: readonly PlannedObject[],
  saved: SavedRelease,
): Promise<void> {
  step.record({ event: 'phase', phase: 'save' })
  saved.entries = undoEntries(planned, saved.lease.name, release.id)
  saved.stage = 'storing'
  step.save(saved)
  const { entries, stateBefore } = saved
  for (const [index, entry] of entries.entries())
    for (const { sealed } of entry.do === 'patch' ? entry.fields : [])
      if (sealed) await storeSecret(client, inputs.namespace, sealed.in, planned[index]?.before as KubeObject)
  const place = { namespace: inputs.namespace, lease: saved.lease.name }
  await storeUndo(client, place, { release: release.id, stateBefore, entries })
  signal.throwIfAborted()
  saved.stage = 'changing'
  step.save(saved)
  try {
    await setState(client, saved.lease, { from: stateBefore, to: `open ${release.id}` })
  } catch (error) {
    // Another job has the lock: nothing was changed, and nothing may be.
    if (error instanceof Failure) step.save({ ...saved, stage: 'storing' })
    throw error
  }
  recordMove(step, saved, release)
  step.record({ event: 'phase', phase: 'apply' })
  // An apply that was sent must be heard out: it must not arrive after an undo.
  const patient = connection.clientFor({ patienceMs })
  await applyAll(patient, planned, saved, () => step.save(saved), signal)
  // What the server really stored, for the next release where this job is lost.
  await storeUndo(client, place, { release: release.id, stateBefore, entries: saved.entries })
}

function recordMove(step: KubernetesStep, saved: SavedRelease, { id, version }: Release): void {
  const { committed } = saved
  const from = { version: committed?.version ?? '', release: committed?.release ?? '' }
  const move = { from, to: { version, release: id } }
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
  const evidence = evidenceText(outcome.evidence)
  if (evidence !== '') log.info(evidence)
  throw new Failure(outcome.code, outcome.reason, outcome.remedy)
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
