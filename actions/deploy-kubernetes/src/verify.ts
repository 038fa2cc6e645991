import { Failure } from '@belay/action-kit'
import {
  type Client,
  collection,
  digestOf,
  imagesOf,
  type KubeObject,
  listAll,
  type WorkloadKind,
  type WorkloadState,
} from '@belay/kubernetes'
import type { PlannedObject } from './plan.ts'

/** By which label the new pods of a kind are found. */
const labels: Record<WorkloadKind, string> = {
  Deployment: 'pod-template-hash',
  StatefulSet: 'controller-revision-hash',
  DaemonSet: 'controller-revision-hash',
  Job: 'batch.kubernetes.io/job-name',
}

interface Pod extends KubeObject {
  readonly spec?: { readonly containers?: readonly { readonly name: string; readonly image: string }[] }
  readonly status?: { readonly containerStatuses?: readonly { readonly name: string; readonly imageID?: string }[] }
}

/**
 * Compares what runs in the new pods with the digests of the release. A node may name an image by another digest of the
 * same content: then the digest in the pod's own spec counts, which the node started it by.
 * @returns how many containers were verified by the digest that the node reports, and how many by the pod's spec alone
 * @throws Failure `version-mismatch`
 */
export async function verifyDigests(
  client: Client,
  planned: readonly PlannedObject[],
  followed: readonly WorkloadState[],
  namespace: string,
): Promise<{ byNode: number; bySpec: number }> {
  let [byNode, bySpec] = [0, 0]
  for (const { kind, name, revision } of followed) {
    const object = planned.find(({ ref }) => ref.kind === kind && ref.name === name)
    if (!object || revision === undefined) continue
    const wanted = new Map(imagesOf(object.after).map(({ container, image }) => [container, digestOf(image)]))
    const path = collection('v1', 'pods', namespace)
    const { items } = await listAll<Pod>(client, path, { labelSelector: `${labels[kind]}=${revision}` })
    const verified = items
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .flatMap((pod) => verifyPod(pod, wanted))
    byNode += verified.filter((by) => by === 'node').length
    bySpec += verified.filter((by) => by === 'spec').length
  }
  return { byNode, bySpec }
}

function verifyPod(
  { metadata, spec, status }: Pod,
  wanted: ReadonlyMap<string, string | undefined>,
): ('node' | 'spec')[] {
  return (spec?.containers ?? []).flatMap(({ name, image }) => {
    const digest = wanted.get(name)
    if (digest === undefined) return []
    const { imageID = '' } = status?.containerStatuses?.find((one) => one.name === name) ?? {}
    if (imageID.endsWith(digest)) return ['node' as const]
    if (digestOf(image) === digest) return ['spec' as const]
    throw mismatch(metadata.name, name, imageID || image, digest)
  })
}

function mismatch(pod: string, container: string, runs: string, wanted: string): Failure {
  return new Failure(
    'version-mismatch',
    `pod/${pod}, container ${container}, runs ${runs}, and not ${wanted}.`,
    'find out which webhook or controller changes images in this namespace.',
  )
}
