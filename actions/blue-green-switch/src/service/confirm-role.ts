import { confirmAccount, confirmJobRef, type LeasePlace, type Right, rights, roleYaml } from '@belay/kubernetes'

/** What the pod of the confirm Job asks for. */
export interface ConfirmObjects {
  readonly lease: LeasePlace
  readonly services: readonly string[]
  /** Of both slots: each of them has the traffic in turn. */
  readonly deployments: readonly string[]
}

/** What the pod of the confirm Job may do, and no more. Pure. */
export function rightsOfAccount({ lease, services, deployments }: ConfirmObjects): Right[] {
  return [
    ...rights('coordination.k8s.io', 'leases', 'get watch patch', lease.name),
    ...services.flatMap((name) => rights('', 'services', 'get patch', name)),
    ...deployments.flatMap((name) => rights('apps', 'deployments', 'get list', name)),
  ]
}

/** The account of that pod with its role, as YAML. Services that share a namespace share the account: each has a role. Pure. */
export function accountYaml(objects: ConfirmObjects): string {
  const { namespace } = objects.lease
  const role = confirmJobRef(objects.lease).name
  return [
    'apiVersion: v1',
    'kind: ServiceAccount',
    `metadata: {name: ${confirmAccount}, namespace: ${namespace}}`,
    '---',
    roleYaml(role, namespace, rightsOfAccount(objects)),
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: RoleBinding',
    `metadata: {name: ${role}, namespace: ${namespace}}`,
    `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${role}}`,
    `subjects: [{kind: ServiceAccount, name: ${confirmAccount}, namespace: ${namespace}}]`,
  ].join('\n')
}

/** The names that Deployments of one slot have in each of both. Pure. */
export function namesInSlots(deployments: readonly string[], slots: readonly string[]): string[] {
  const plain = deployments.map((name) => {
    const slot = slots.find((word) => name.endsWith(`-${word}`))
    return slot === undefined ? name : name.slice(0, -slot.length - 1)
  })
  return [...new Set(plain)].flatMap((name) => slots.map((word) => `${name}-${word}`))
}
