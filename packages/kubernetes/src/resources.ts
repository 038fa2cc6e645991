import { Failure } from '@belay/action-kit'
import { ApiError, type ApiReader, type KubeObject } from './api.ts'
import { orUndefined } from './client.ts'

/** A kind of object, and where the server keeps those of one namespace. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly group: string
  /** `deployments` */
  readonly plural: string
  /** The path of the collection. */
  readonly path: string
}

/** Names an object, and says where it is. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly path: string
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[]
}

/** The paths of the API, for kinds that Belay itself reads. */
export function collection(apiVersion: string, plural: string, namespace: string): string {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return `${base}/namespaces/${namespace}/${plural}`
}

/** `deployment/api`, as kubectl takes it. */
export function refName({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>): string {
  return `${kind.toLowerCase()}/${name}`
}

export function refOf({ apiVersion, kind, path }: Resource, name: string): ObjectRef {
  return { apiVersion, kind, name, path: `${path}/${name}` }
}

const key = (apiVersion: string, kind: string) => `${apiVersion} ${kind}`

/**
 * Asks the server where it keeps the kinds of these objects.
 * @throws Failure `cluster-object` for what belongs to no namespace, `source` for a kind that the server does not know
 */
export async function discover(
  api: ApiReader,
  objects: readonly KubeObject[],
  namespace: string,
): Promise<(object: KubeObject) => Resource> {
  const versions = [...new Set(objects.map(({ apiVersion = '' }) => apiVersion))]
  const found = new Map<string, Resource>()
  const cluster = new Set<string>()
  await Promise.all(
    versions.map(async (apiVersion) => {
      const list = await orUndefined(
        api.get<ResourceList>(apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`),
      )
      for (const { name: plural, kind, namespaced } of list?.resources ?? []) {
        if (plural.includes('/')) continue
        const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
        if (!namespaced) cluster.add(key(apiVersion, kind))
        else
          found.set(key(apiVersion, kind), {
            apiVersion,
            kind,
            group,
            plural,
            path: collection(apiVersion, plural, namespace),
          })
      }
    }),
  )
  const ofCluster = objects.filter(({ apiVersion = '', kind = '' }) => cluster.has(key(apiVersion, kind)))
  if (ofCluster.length > 0)
    throw new Failure(
      'cluster-object',
      `These objects belong to the whole cluster, not to the namespace: ${ofCluster.map(label).join(', ')}. Nothing was changed.`,
      'apply them in a release of their own, by a person who may: an undo of one service must not change others.',
    )
  const unknown = objects.filter(({ apiVersion = '', kind = '' }) => !found.has(key(apiVersion, kind)))
  if (unknown.length > 0)
    throw new Failure(
      'source',
      `The server knows no such kind: ${unknown.map((one) => `${one.apiVersion} ${label(one)}`).join(', ')}. Nothing was changed.`,
      'correct apiVersion and kind, or install the CRD first.',
    )
  return ({ apiVersion = '', kind = '' }) => found.get(key(apiVersion, kind)) as Resource
}

function label({ kind = '', metadata }: KubeObject): string {
  return refName({ kind, name: metadata.name })
}

/** @throws Failure `namespace-missing` */
export async function assertNamespace(api: ApiReader, namespace: string): Promise<void> {
  try {
    await api.get(`/api/v1/namespaces/${namespace}`)
  } catch (error) {
    // Few may read namespaces; one that is missing is then found by the first request in it.
    if (!(error instanceof ApiError) || error.status !== 404) return
    throw new Failure(
      'namespace-missing',
      `The namespace ${namespace} does not exist. Nothing was changed.`,
      'create it first: Belay creates none.',
    )
  }
}
