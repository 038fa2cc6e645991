import {
  assertRights,
  type Client,
  keptName,
  leaseName,
  type ObjectRef,
  type Resource,
  type Right,
  rights,
  type UndoRecord,
  undoName,
} from '@belay/kubernetes'
import { imageKinds } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job']

/** Every right that a release of these kinds needs, its undo included. Without kinds: that of images alone. Pure. */
export function neededRights(inputs: KubernetesInputs, resources: readonly Resource[]): Right[] {
  return [...commonRights(inputs), ...(resources.length > 0 ? rightsOfKinds(resources) : rightsOfImages(imageKinds))]
}

/** What every command needs that changes something. Pure. */
export function commonRights(inputs: KubernetesInputs): Right[] {
  const { release, keepReleases, slots, canary } = inputs
  const { service, environment } = release
  const lease = leaseName(service, environment)
  const kept = Array.from({ length: keepReleases }, (_, slot) => keptName(lease, slot))
  return [
    ...rights('coordination.k8s.io', 'leases', 'create'),
    ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
    ...rights('', 'configmaps', 'create'),
    ...[undoName(lease), ...kept].flatMap((name) => rights('', 'configmaps', 'get patch delete', name)),
    ...rights('', 'pods', 'get list watch'),
    ...rights('', 'events', 'list watch'),
    ...rights('', 'pods/log', 'get'),
    ...rights('apps', 'replicasets', 'list'),
    ...rights('autoscaling', 'horizontalpodautoscalers', 'list'),
    ...(slots ? slotRights : []),
    // Whether they would lead to the canary.
    ...(canary === undefined ? [] : rights('', 'services', 'list')),
  ]
}

/** What a fill asks, and what moves the traffic: blue-green-switch needs no more than this and the lock. */
const slotRights: readonly Right[] = [
  ...rights('', 'services', 'get list patch'),
  ...rights('apps', 'deployments', 'list'),
  ...rights('discovery.k8s.io', 'endpointslices', 'list'),
]

/** What is needed to set images in workloads of these kinds. Pure. */
export function rightsOfImages(resources: readonly Resource[]): Right[] {
  return resources.flatMap(({ group, plural }) => rights(group, plural, 'get list watch patch'))
}

/** What is needed to apply and undo objects of these kinds, and to delete those that a later release drops. Pure. */
export function rightsOfKinds(resources: readonly Resource[]): Right[] {
  const kinds = new Map(resources.map((one) => [one.kind, one]))
  const ofKinds = [...kinds.values()].flatMap(({ kind, group, plural }) =>
    rights(group, plural, workloads.includes(kind) ? 'get list watch create patch delete' : 'get create patch delete'),
  )
  return [
    ...(kinds.has('DaemonSet') ? rights('apps', 'controllerrevisions', 'list') : []),
    ...(kinds.has('StatefulSet') ? rights('', 'pods', 'delete') : []),
    ...ofKinds,
  ]
}

/** What is needed to undo a release that a lost job has left open. Pure. */
export function rightsOfUndo({ release: { service, environment } }: KubernetesInputs, left: UndoRecord): Right[] {
  const { entries, chart, fill, traffic } = left
  const lease = leaseName(service, environment)
  const dropped = chart?.dropped ?? []
  const job = traffic?.confirmJob
  const ofEntries = [...entries, ...(traffic?.entries ?? [])].flatMap((entry) => {
    const follows = workloads.includes(entry.ref.kind) ? ' list watch' : ''
    return rightsOf(entry.ref, `get ${entry.do === 'delete' ? 'delete' : 'patch'}${follows}`)
  })
  const sealed = entries
    .flatMap((entry) => (entry.do === 'patch' ? entry.fields : []))
    .flatMap((one) => one.sealed ?? [])
  const has = (kind: string) => entries.some(({ ref }) => ref.kind === kind)
  return [
    ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
    ...rights('', 'configmaps', 'get delete', undoName(lease)),
    ...rights('', 'pods', 'get list watch'),
    ...rights('', 'events', 'list watch'),
    ...rights('', 'pods/log', 'get'),
    ...rights('apps', 'replicasets', 'list'),
    ...(has('DaemonSet') ? rights('apps', 'controllerrevisions', 'list') : []),
    ...(has('StatefulSet') ? rights('', 'pods', 'delete') : []),
    ...(fill || traffic ? rights('', 'services', 'get') : []),
    ...(traffic ? rights('discovery.k8s.io', 'endpointslices', 'list') : []),
    ...(job ? rights('batch', 'jobs', 'delete', job.name) : []),
    ...sealed.flatMap((one) => rights('', 'secrets', 'get delete', one.in)),
    // Helm writes what it goes back to as if it were new.
    ...(chart ? rights('', 'secrets', 'get list create update delete') : []),
    ...(chart
      ? [...entries.map(({ ref }) => ref), ...dropped].flatMap((ref) => rightsOf(ref, 'create patch delete'))
      : []),
    ...ofEntries,
  ]
}

function rightsOf({ apiVersion, path }: ObjectRef, verbs: string): Right[] {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  return rights(group, path.split('/').at(-2) ?? '', verbs)
}

/** @throws Failure `forbidden` with all that is missing, as a role */
export function assertReleaseRights(client: Client, namespace: string, needed: readonly Right[]): Promise<void> {
  return assertRights(client, namespace, needed, { what: 'the release', role: 'belay-deploy' })
}
