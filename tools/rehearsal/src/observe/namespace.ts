import { isDeepStrictEqual } from 'node:util'
import type { Cluster } from '@belay/test-cluster'
import type { Answer, SeenPlace } from './place.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which are read by their paths
type KubeObject = any

/** A service in a namespace of a cluster. */
export interface InNamespace {
  readonly service: string
  readonly namespace: string
  /** The image of each commit, by its digest. */
  readonly images: ReadonlyMap<string, string>
}

async function list(cluster: Cluster, namespace: string, path: string): Promise<KubeObject[]> {
  const [group, plural] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)]
  return (await cluster.mustAsk('GET', `${group}/namespaces/${namespace}/${plural}`)).json.items
}

/**
 * What the service is in its namespace, read without Belay: what users get, the commits whose images its Deployments name and
 * its pods run, the lock, and what undoes a release. With slots: apart from each other, by whether its Service leads there.
 */
export async function inspectNamespace(
  cluster: Cluster,
  { service, namespace, images }: InNamespace,
  ask: () => Promise<string | undefined>,
): Promise<SeenPlace> {
  const paths = ['/api/v1/pods', '/apis/apps/v1/deployments', '/apis/coordination.k8s.io/v1/leases']
  const kept = ['/api/v1/configmaps', '/api/v1/secrets']
  const [sha, slot, ...found] = await Promise.all([
    ask(),
    slotOf(cluster, namespace, service),
    ...[...paths, ...kept].map((path) => list(cluster, namespace, path)),
  ])
  const [pods = [], deployments = [], leases = [], ...others] = found
  const answer = (kind: string, { metadata }: KubeObject, { containers: [{ image }] }: KubeObject): Answer => ({
    url: `${kind}/${metadata.name}`,
    sha: [...images].find(([, known]) => known === image)?.[0] ?? image,
  })
  const answersOf = (isWanted: (slot: string | undefined) => boolean) => [
    ...deployments
      .filter(({ spec }) => isWanted(spec.template.metadata.labels.slot))
      .map((one) => answer('deployment', one, one.spec.template.spec)),
    ...pods.filter(({ metadata }) => isWanted(metadata.labels.slot)).map((one) => answer('pod', one, one.spec)),
  ]
  const states: string[] = leases.map(({ metadata }) => metadata.annotations['belay-actions.github.io/state'])
  const names: string[] = others.flat().map(({ metadata }) => metadata.name)
  return {
    service,
    place: '',
    answers: [{ url: '', sha }, ...answersOf((one) => one === slot)],
    idle: answersOf((one) => one !== slot),
    locked: leases.filter(({ spec }) => spec.holderIdentity).map(({ metadata }) => metadata.name),
    open: [
      ...states.filter((state) => state.startsWith('open ')),
      ...names.filter((name) => /^belay-.*-(undo|before)/.test(name)),
    ],
  }
}

/** The slot to which the Service leads; undefined: there are no slots, or no Service. */
async function slotOf(cluster: Cluster, namespace: string, service: string): Promise<string | undefined> {
  const services = await list(cluster, namespace, '/api/v1/services')
  return services.find(({ metadata }) => metadata.name === service)?.spec.selector.slot
}

/** The objects that a release brings, by their names: what people set of them, without what the server writes. */
export async function readObjects(cluster: Cluster, namespace: string): Promise<Readonly<Record<string, KubeObject>>> {
  const kinds = {
    deployment: '/apis/apps/v1/deployments',
    service: '/api/v1/services',
    configmap: '/api/v1/configmaps',
  }
  const found = await Promise.all(
    Object.entries(kinds).map(async ([kind, path]) =>
      (await list(cluster, namespace, path)).map(({ metadata, spec, data }) => {
        const { 'deployment.kubernetes.io/revision': _, ...annotations } = metadata.annotations ?? {}
        return [`${kind}/${metadata.name}`, { labels: metadata.labels, annotations, spec, data }] as const
      }),
    ),
  )
  // Belay's own, and the one that Kubernetes puts into every namespace.
  return Object.fromEntries(found.flat().filter(([name]) => !/^configmap\/(belay-|kube-root-ca)/.test(name)))
}

/** The objects that are not as they were, but for those that may differ. Pure. */
export function changedObjects(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  mayDiffer: (name: string) => unknown = () => false,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => !mayDiffer(name) && !isDeepStrictEqual(before[name], now[name]))
    .map(
      (name) =>
        `${name} must be as it was before, but ${now[name] ? (before[name] ? 'differs' : 'is new') : 'is gone'}`,
    )
}
