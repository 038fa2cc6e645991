import { Failure, firstLine } from '@belay/action-kit'
import {
  type Client,
  collection,
  type KubeList,
  type KubeObject,
  orUndefined,
  refName,
  restoreObjects,
} from '@belay/kubernetes'
import type { DeployContext } from '../context.ts'
import type { DesiredObject } from '../desired.ts'
import { isUnchanged, type PlannedObject, planObjects, scaledWorkloads } from '../plan.ts'
import type { CanaryPods, SavedRelease } from '../saved.ts'
import { assertOwnConfiguration } from '../slots.ts'
import {
  canariesOf,
  canaryEntries,
  canaryPods,
  canaryTrack,
  createdFirst,
  narrowServices,
  podLabelsOf,
  running,
  trackLabel,
} from './canary-set.ts'

/** The canary of a release. */
export interface Canary {
  /** What is created; where there is no canary, what is as it should be. */
  readonly planned: readonly PlannedObject[]
  /** Empty: the release replaces no pods, or none serves. */
  readonly pods: CanaryPods
}

const nothingChanged = 'Nothing was changed.'

/**
 * Turns a release that the server has tried into its canary, which only creates objects: what serves is not touched.
 * @throws Failure `source`, `config-shared`, `selector-too-narrow`, `canary-exists`
 */
export async function planCanary(
  context: DeployContext,
  desired: readonly DesiredObject[],
  whole: readonly PlannedObject[],
  percent: number,
): Promise<Canary> {
  const { client, inputs, release, step } = context
  assertDeployment(whole)
  const pods = canaryPods(whole, percent)
  if (Object.keys(pods).length === 0) {
    const why =
      running(whole).length > 0 ? 'The release replaces no pods' : 'No Deployment of the manifests runs a pod yet'
    step.info(`${why}, so there is no canary.`)
    return { planned: whole.filter(isUnchanged), pods }
  }
  const shown = whole.flatMap(({ before, after }) => [...(before ? [before] : []), after])
  assertOwnConfiguration(whole, shown, 'Pods that serve or the canary use')
  const canaries = canariesOf(desired, pods)
  await assertServed(client, inputs.namespace, whole, pods, canaries)
  await assertNew(client, canaries, desired)
  const planned = await planObjects(client, canaries, inputs.namespace, { release: release.id })
  const scaled = await scaledWorkloads(client, inputs.namespace)
  for (const [name, count] of Object.entries(pods)) {
    step.info(`deployment/${name}: the canary has ${count === 1 ? '1 pod' : `${count} pods`}.`)
    if (scaled.has(`Deployment/${name}`))
      step.warn(`The autoscaler of deployment/${name} counts the pods of the canary too, and may start more pods.`)
  }
  return { planned: [...createdFirst(whole), ...planned], pods }
}

function assertDeployment(whole: readonly PlannedObject[]): void {
  if (whole.some(({ ref }) => ref.kind === 'Deployment')) return
  throw new Failure('source', `canary is given, and manifests have no Deployment. ${nothingChanged}`, 'leave it out.')
}

/** @throws Failure `selector-too-narrow`: the canary would get no traffic, and a gate would prove nothing */
async function assertServed(
  client: Client,
  namespace: string,
  whole: readonly PlannedObject[],
  pods: CanaryPods,
  canaries: readonly DesiredObject[],
): Promise<void> {
  const { items } = await client.get<KubeList>(collection('v1', 'services', namespace))
  const deployments = running(whole).filter(({ ref }) => ref.name in pods)
  for (const [index, { before, after, ref }] of deployments.entries()) {
    if (podLabelsOf(after)[trackLabel] === canaryTrack)
      throw new Failure(
        'source',
        `${refName(ref)} has the label ${trackLabel}: ${canaryTrack} itself, by which Belay knows a canary. ${nothingChanged}`,
        'give its pods another value of that label.',
      )
    const { send } = canaries[index] as DesiredObject
    const labels = 'apply' in send ? podLabelsOf(send.apply) : {}
    const narrow = narrowServices(items, podLabelsOf(before as KubeObject), labels)
    if (narrow.length > 0)
      throw new Failure(
        'selector-too-narrow',
        `${narrow.map(({ metadata }) => `service/${metadata.name}`).join(', ')} leads to the pods of ${refName(ref)}, and would not lead to its canary. ${nothingChanged}`,
        `leave out of its selector what the canary's pods do not have, such as ${trackLabel}; or release without canary.`,
      )
  }
}

/** @throws Failure `canary-exists` */
async function assertNew(
  client: Client,
  canaries: readonly DesiredObject[],
  desired: readonly DesiredObject[],
): Promise<void> {
  const live = await Promise.all(canaries.map(({ ref }) => orUndefined(client.get(ref.path))))
  const there = canaries.filter(({ ref }, index) => live[index] || desired.some((one) => one.ref.path === ref.path))
  if (there.length === 0) return
  const names = there.map(({ ref }) => refName(ref)).join(', ')
  throw new Failure(
    'canary-exists',
    `${names} is there already, or in the manifests, and is not this job's. ${nothingChanged}`,
    `delete it if it is left from before: kubectl delete ${names.replaceAll(',', '')}`,
  )
}

/**
 * Sees that the canary is still what this step releases to all pods: else what a gate has proved is something else.
 * @throws Failure `canary-changed`
 */
export async function assertProved(
  { client, inputs, release }: DeployContext,
  desired: readonly DesiredObject[],
  pods: CanaryPods,
): Promise<void> {
  const canaries = canariesOf(desired, pods)
  const differs = await planObjects(client, canaries, inputs.namespace, { release: release.id }).then(
    (planned) =>
      planned
        .filter((one) => !isUnchanged(one))
        .map(({ ref, before, changes }) =>
          before ? `${refName(ref)}: ${changes.map(({ path }) => path).join(', ')}` : `${refName(ref)} is gone`,
        ),
    (error: unknown) => {
      if (error instanceof Failure) return [error.message]
      throw error
    },
  )
  const missing = Object.keys(pods).length - canaries.length
  if (differs.length === 0 && missing === 0) return
  throw new Failure(
    'canary-changed',
    `The canary is not what this step releases, so nothing has proved it: ${differs.join('; ') || 'manifests lack a Deployment of it'}.`,
    'give both steps the same manifests and images, and let nothing change the canary between them.',
  )
}

/** Removes the canary once all pods are the new ones. @throws Failure `canary-changed` */
export async function removeCanary(
  { client, inputs, step, signal }: DeployContext,
  { entries, canary = {} }: SavedRelease,
): Promise<void> {
  const removed = await restoreObjects(client, inputs.namespace, canaryEntries(entries, canary), signal)
  const left = removed.filter(({ result }) => result !== 'removed' && result !== 'as-before')
  if (left.length > 0)
    throw new Failure(
      'canary-changed',
      `The canary is not removed: ${left.map(({ ref, detail }) => `${refName(ref)} ${firstLine(detail)}`).join('; ')}.`,
      'let nothing change the canary while the release runs.',
    )
  for (const { ref } of removed) step.info(`${refName(ref)}: removed, because all pods are new ones.`)
}
