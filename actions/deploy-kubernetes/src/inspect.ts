import { type MainOutcome, withinDeadline } from '@belay/action-kit'
import type { LiveInNamespace, LiveWorkload } from '@belay/github'
import {
  assertNamespace,
  type Client,
  closeConnection,
  connectMain,
  imagesOf,
  type KubeObject,
  leasePlace,
  type ObjectRef,
  orUndefined,
  readKept,
  readLease,
  refName,
} from '@belay/kubernetes'
import type { KubernetesStep } from './context.ts'
import { imageChanges } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'

/** A deployment's payload has to hold them. */
const most = 100

/** `command: inspect`: reports what is live, so that it can be saved outside of this runner. Changes nothing. */
export function inspect(inputs: KubernetesInputs, step: KubernetesStep): Promise<MainOutcome> {
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const { client } = await connectMain(inputs.access, signal, 10_000)
    try {
      await assertNamespace(client, inputs.namespace)
      const live = await liveInNamespace(client, inputs, step)
      for (const { kind, name, revision, images } of live.workloads)
        step.info(
          `${refName({ kind, name })}${revision && `, revision ${revision}`}: ${Object.values(images).join(', ')}`,
        )
      if (live.workloads.length === 0) step.info('No workload of an earlier release is there.')
      step.output('live', JSON.stringify(live))
      return { result: 'unchanged' }
    } finally {
      closeConnection()
    }
  })
}

async function liveInNamespace(
  client: Client,
  inputs: KubernetesInputs,
  step: KubernetesStep,
): Promise<LiveInNamespace> {
  const { namespace, release, manifests, images, keepReleases } = inputs
  const place = leasePlace(namespace, release)
  const [lease, kept] = await Promise.all([readLease(client, place), readKept(client, place, keepReleases, step.warn)])
  const committed = kept.find((one) => one.kept.release === lease?.committed?.release)?.kept
  const ofImages = committed === undefined && manifests.length === 0 && images.length > 0
  const refs = ofImages
    ? (await imageChanges(client, inputs)).map(({ ref }) => ref)
    : (committed?.objects ?? [])
        .filter(({ apply, images: only }) => only ?? (apply && imagesOf(apply).length > 0))
        .map(({ ref }) => ref)
  // A Job has run, and is not run again by anything.
  const asked = refs.filter(({ kind }) => kind !== 'Job').slice(0, most)
  const found = await Promise.all(asked.map(async (ref) => ({ ref, object: await orUndefined(client.get(ref.path)) })))
  return {
    lease: place.name,
    release: lease?.committed?.release ?? '',
    workloads: found.flatMap(({ ref, object }) => (object ? [liveWorkload(ref, object)] : [])),
  }
}

/** Pure. */
export function liveWorkload({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>, object: KubeObject): LiveWorkload {
  const { annotations = {} } = object.metadata
  const { updateRevision } = (object.status ?? {}) as { updateRevision?: string }
  const revision =
    annotations['deployment.kubernetes.io/revision'] ??
    updateRevision ??
    annotations['deprecated.daemonset.template.generation'] ??
    ''
  return {
    kind,
    name,
    revision,
    images: Object.fromEntries(imagesOf(object).map(({ container, image }) => [container, image])),
  }
}
