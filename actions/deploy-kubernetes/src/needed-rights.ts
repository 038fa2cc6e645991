import { Failure } from '@belay/action-kit'
import {
  type Client,
  leaseName,
  missingRights,
  type Resource,
  type Right,
  rights,
  roleYaml,
  undoName,
} from '@belay/kubernetes'
import { imageKinds } from './desired.ts'
import type { KubernetesInputs } from './inputs.ts'

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job']

/** Every right that a release of these kinds needs, its undo included. Pure. */
export function neededRights(inputs: KubernetesInputs, resources: readonly Resource[]): Right[] {
  const { service, environment } = inputs.release
  const lease = leaseName(service, environment)
  const kinds = new Map(resources.map((one) => [one.kind, one]))
  const common = [
    ...rights('coordination.k8s.io', 'leases', 'create'),
    ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
    ...rights('', 'configmaps', 'create'),
    ...rights('', 'configmaps', 'get patch delete', undoName(lease)),
    ...rights('', 'pods', 'get list watch'),
    ...rights('', 'events', 'list watch'),
    ...rights('', 'pods/log', 'get'),
    ...rights('apps', 'replicasets', 'list'),
    ...rights('autoscaling', 'horizontalpodautoscalers', 'list'),
  ]
  if (inputs.manifests.length === 0)
    return [...common, ...imageKinds.flatMap(({ group, plural }) => rights(group, plural, 'get list watch patch'))]
  const ofKinds = [...kinds.values()].flatMap(({ kind, group, plural }) =>
    rights(group, plural, workloads.includes(kind) ? 'get list watch create patch delete' : 'get create patch delete'),
  )
  return [
    ...common,
    ...(kinds.has('DaemonSet') ? rights('apps', 'controllerrevisions', 'list') : []),
    ...(kinds.has('StatefulSet') ? rights('', 'pods', 'delete') : []),
    ...ofKinds,
  ]
}

/** @throws Failure `forbidden` with all that is missing, as a role */
export async function assertRights(client: Client, inputs: KubernetesInputs, needed: readonly Right[]): Promise<void> {
  const missing = await missingRights(client, needed, inputs.namespace)
  if (missing.length === 0) return
  const names = missing.map(({ verb, group, resource }) => `${verb} ${resource}${group && `.${group}`}`)
  throw new Failure(
    'forbidden',
    `The login may not do all that the release needs in ${inputs.namespace}: ${names.join(', ')}. Nothing was changed.`,
    `let somebody who may grant it apply this role, and bind it:\n${roleYaml('belay-deploy', inputs.namespace, missing)}`,
  )
}
