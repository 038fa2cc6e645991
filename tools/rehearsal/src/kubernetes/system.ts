import { askSha } from '../inspect.ts'
import type { Answer, SeenPlace } from '../observe/place.ts'
import type { System } from '../system.ts'
import { type Environment, type Lab, shop } from './lab.ts'

/** Nothing in a cluster waits for a confirm; old pods need their time to end. */
export const times = { confirm: 0, beyond: 0, settle: 60 } as const

/** Requests a second that users make. */
const rate = 100

export function shopSystem(lab: Lab, environment: Environment): System {
  const service = shop.name
  const url = lab.urlOf(environment, '/orders')
  const ask = () => askSha(url)
  return {
    slack: lab.slack,
    github: lab.github,
    hosts: [],
    times,
    release: ({ back, version }, more) => lab.release(environment, back ? 'previous' : version, more),
    places: async () => [await inspectNamespace(lab, environment, ask)],
    targets: () => [{ service, place: '', ask }],
    // Through the port of the node, each request on a connection of its own.
    users: ({ before }) => {
      const options = { url, rate, connections: 'fresh', versionOf: 'header:x-version' } as const
      return before[service] ? [{ service, where: service, options }] : []
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which are read by their paths
type KubeObject = any

/** The service in its namespace, read without Belay. */
async function inspectNamespace(
  { cluster, images }: Lab,
  environment: Environment,
  ask: () => Promise<string | undefined>,
): Promise<SeenPlace> {
  const list = async (path: string): Promise<KubeObject[]> =>
    (await cluster.mustAsk('GET', path.replace('*', `namespaces/shop-${environment}`))).json.items
  const [sha, pods, deployments, leases, configMaps, secrets] = await Promise.all([
    ask(),
    list('/api/v1/*/pods'),
    list('/apis/apps/v1/*/deployments'),
    list('/apis/coordination.k8s.io/v1/*/leases'),
    list('/api/v1/*/configmaps'),
    list('/api/v1/*/secrets'),
  ])
  const commitOf = (spec: KubeObject) => {
    const { image } = spec.containers[0]
    return [...images].find(([, known]) => known === image)?.[0] ?? image
  }
  const own = (kind: string, objects: KubeObject[], specOf: (object: KubeObject) => KubeObject): Answer[] =>
    objects.map((one) => ({ url: `${kind}/${one.metadata.name}`, sha: commitOf(specOf(one)) }))
  const names = [...configMaps, ...secrets].map(({ metadata }) => metadata.name)
  const states = leases.map(({ metadata }) => metadata.annotations['belay-actions.github.io/state'])
  return {
    service: shop.name,
    place: '',
    answers: [
      { url: '', sha },
      ...own('deployment', deployments, ({ spec }) => spec.template.spec),
      ...own('pod', pods, ({ spec }) => spec),
    ],
    locked: leases.filter(({ spec }) => spec.holderIdentity).map(({ metadata }) => metadata.name),
    open: [
      ...states.filter((state) => state.startsWith('open ')),
      ...names.filter((name) => /-(undo|before)/.test(name)),
    ],
  }
}
