import { Failure, log, mask } from '@belay/action-kit'
import {
  type ApiReader,
  collection,
  createdBy,
  discover,
  floatingImages,
  imagesOf,
  type Kubectl,
  type KubeList,
  type KubeObject,
  type ObjectRef,
  orUndefined,
  type PatchOperation,
  type Resource,
  readManifests,
  refName,
  refOf,
  replacements,
  repositoryOf,
  withConfigHash,
  withImages,
} from '@belay/kubernetes'
import type { KubernetesInputs } from './inputs.ts'

/** An object of the release, before anything is asked about it. */
export interface DesiredObject {
  readonly ref: ObjectRef
  readonly resource: Resource
  /** The whole object, for server-side apply; or only the images that change in one that exists. */
  readonly send:
    | { readonly apply: KubeObject }
    | { readonly patch: readonly PatchOperation[]; readonly images: ImagesByContainer }
}

export type ImagesByContainer = Readonly<Record<string, string>>

/** The objects of the files and folders, with their images and the hash of their configuration. */
export async function renderManifests(
  { manifests, namespace, images }: KubernetesInputs,
  kubectl: Kubectl,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const objects = await readManifests(manifests, namespace, kubectl, signal)
  for (const object of objects) maskSecret(object)
  const unused = images.filter((image) => !objects.some((object) => replacements(object, [image]).length > 0))
  if (unused.length > 0)
    throw new Failure(
      'source',
      `No pod template in manifests has the image ${unused.map(({ name }) => name).join(', ')}. Nothing was changed.`,
      'correct the name in images, or in the manifests.',
    )
  return withConfigHash(objects.map((object) => withImages(object, images)))
}

/** In characters. Shorter values are common words; masking them would hide half of the log. */
const longEnoughToMask = 8

/** A message of the server or the log of a pod may have the values of a Secret in it. */
export function maskSecret({ kind, data = {}, stringData = {} }: KubeObject): void {
  if (kind !== 'Secret') return
  const plain = Object.values(stringData as object)
  const encoded = Object.values(data as object).map((value) => Buffer.from(String(value), 'base64').toString('utf8'))
  for (const value of [...plain, ...encoded, ...Object.values(data as object)])
    if (typeof value === 'string' && value.length >= longEnoughToMask) mask(value)
}

/** Where the server keeps each of the objects. @throws Failure `cluster-object`, `source` */
export async function locate(
  api: ApiReader,
  objects: readonly KubeObject[],
  namespace: string,
): Promise<DesiredObject[]> {
  const resourceOf = await discover(api, objects, namespace)
  return objects.map((object) => {
    const resource = resourceOf(object)
    return { ref: refOf(resource, object.metadata.name), resource, send: { apply: object } }
  })
}

/** Kinds whose images can be changed alone. */
export const imageKinds: readonly Resource[] = [
  ['Deployment', 'deployments'],
  ['StatefulSet', 'statefulsets'],
  ['DaemonSet', 'daemonsets'],
].map(([kind = '', plural = '']) => ({ apiVersion: 'apps/v1', kind, group: 'apps', plural, path: '' }))

/**
 * The workloads of the namespace that run these images, with the patch of each.
 * @throws Failure `workload-missing` for an image that none of them runs
 */
export async function imageChanges(api: ApiReader, { images, namespace }: KubernetesInputs): Promise<DesiredObject[]> {
  const found = await Promise.all(
    imageKinds.map(async (kind) => {
      const resource = { ...kind, path: collection(kind.apiVersion, kind.plural, namespace) }
      const { items } = await api.get<KubeList>(resource.path)
      return items.map((object) => ({ resource, object: { ...object, apiVersion: kind.apiVersion, kind: kind.kind } }))
    }),
  )
  const all = found.flat().filter(({ object }) => replacements(object, images).length > 0)
  const missing = images.filter(
    ({ name }) =>
      !all.some(({ object }) => imagesOf(object).some(({ image }) => repositoryOf(image) === repositoryOf(name))),
  )
  if (missing.length > 0)
    throw new Failure(
      'workload-missing',
      `No Deployment, StatefulSet or DaemonSet in ${namespace} runs an image of the name ${missing.map(({ name }) => name).join(', ')}. Nothing was changed.`,
      'correct the name in images, or give the manifests for the first release.',
    )
  return all.map(({ resource, object }) => imagePatch(resource, object, replacements(object, images)))
}

/** The patch that sets images in an object, if they are still as they were found. Pure. */
function imagePatch(resource: Resource, object: KubeObject, changes: ReturnType<typeof replacements>): DesiredObject {
  return {
    ref: refOf(resource, object.metadata.name),
    resource,
    send: {
      patch: [
        { op: 'test', path: '/metadata/uid', value: object.metadata.uid },
        ...changes.flatMap(({ path, image, to }): PatchOperation[] => [
          { op: 'test', path, value: image },
          { op: 'replace', path, value: to },
        ]),
      ],
      images: Object.fromEntries(changes.map(({ container, to }) => [container, to])),
    },
  }
}

/** The images of kept workloads, which only had them set. @throws Failure `workload-missing` */
export function keptImages(
  api: ApiReader,
  kept: readonly { readonly ref: ObjectRef; readonly images: ImagesByContainer }[],
): Promise<DesiredObject[]> {
  return Promise.all(
    kept.map(async ({ ref, images }) => {
      const object = await orUndefined(api.get(ref.path))
      const found = object ? imagesOf(object) : []
      const missing = Object.keys(images).filter((name) => !found.some(({ container }) => container === name))
      if (!object || missing.length > 0)
        throw new Failure(
          'workload-missing',
          `${refName(ref)} ${object ? `has no container ${missing.join(', ')} any more` : 'is not there any more'}. Nothing was changed.`,
          'choose another release, or release one with manifests.',
        )
      const changes = found.flatMap((one) => {
        const to = images[one.container]
        return to === undefined ? [] : [{ ...one, to }]
      })
      return imagePatch(
        { ...resourceOfImages(ref), path: ref.path.slice(0, ref.path.lastIndexOf('/')) },
        object,
        changes,
      )
    }),
  )
}

export function resourceOfImages({ kind }: ObjectRef): Resource {
  return imageKinds.find((one) => one.kind === kind) as Resource
}

/** The object that is applied: with what is live where others decide, and with the release that created it. Pure. */
export function bodyFor(
  desired: KubeObject,
  live: KubeObject | undefined,
  release: string,
  replicas: 'as-desired' | 'left-out' | 'as-live',
): KubeObject {
  const mark = live ? live.metadata.annotations?.[createdBy] : release
  const annotations = { ...desired.metadata.annotations, ...(mark !== undefined && { [createdBy]: mark }) }
  const metadata = { ...desired.metadata, ...(Object.keys(annotations).length > 0 && { annotations }) }
  if (replicas === 'as-desired' || desired.spec === undefined) return { ...desired, metadata }
  const { replicas: _, ...spec } = desired.spec as Record<string, unknown>
  const number = (live?.spec as { replicas?: number } | undefined)?.replicas
  return {
    ...desired,
    metadata,
    spec: replicas === 'as-live' && number !== undefined ? { ...spec, replicas: number } : spec,
  }
}

/** Of images that are not given by their digests only the node decides which bytes run. */
export function warnOfFloatingImages(objects: readonly KubeObject[]): void {
  for (const image of floatingImages(objects))
    log.warning(`The image ${image} is not given by its digest, so an undo may start other bytes.`)
}
