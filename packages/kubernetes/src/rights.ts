import { Failure } from '@belay/action-kit'
import type { Api } from './api.ts'

/** A right that a step needs in its namespace. */
export interface Right {
  /** Empty: the core group. */
  readonly group: string
  /** `deployments`, or `pods/log`. */
  readonly resource: string
  readonly verb: string
  /** Where RBAC can limit it to one object. */
  readonly name?: string
}

interface Rule {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
}

/** Rights for one resource. */
export function rights(group: string, resource: string, verbs: string, name?: string): Right[] {
  return verbs.split(' ').map((verb) => ({ group, resource, verb, ...(name !== undefined && { name }) }))
}

/** Asks the server which of these rights are missing. What its rules leave open is asked one by one. */
export async function missingRights(api: Api, needed: readonly Right[], namespace: string): Promise<Right[]> {
  const base = '/apis/authorization.k8s.io/v1'
  const review = await api.create<{ status?: { resourceRules?: readonly Rule[] } }>(`${base}/selfsubjectrulesreviews`, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace },
  })
  const rules = review.status?.resourceRules ?? []
  const open = unique(needed).filter((right) => !rules.some((rule) => covers(rule, right)))
  const answers = await Promise.all(
    open.map(async ({ group, resource, verb, name }) => {
      const [plural, subresource] = resource.split('/')
      const answer = await api.create<{ status?: { allowed?: boolean } }>(`${base}/selfsubjectaccessreviews`, {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace, group, resource: plural, verb, subresource, name } },
      })
      return answer.status?.allowed === true
    }),
  )
  return open.filter((_, index) => !answers[index])
}

/**
 * Asks for all rights at once, before anything changes. `what` needs them.
 * @throws Failure `forbidden` with all that is missing, as a role
 */
export async function assertRights(
  api: Api,
  namespace: string,
  needed: readonly Right[],
  { what, role }: { readonly what: string; readonly role: string },
): Promise<void> {
  const missing = await missingRights(api, needed, namespace)
  if (missing.length === 0) return
  const names = missing.map(({ verb, group, resource }) => `${verb} ${resource}${group && `.${group}`}`)
  throw new Failure(
    'forbidden',
    `The login may not do all that ${what} needs in ${namespace}: ${names.join(', ')}. Nothing was changed.`,
    `let somebody who may grant it apply this role, and bind it:\n${roleYaml(role, namespace, missing)}`,
  )
}

function unique(needed: readonly Right[]): Right[] {
  return [...new Map(needed.map((right) => [JSON.stringify(right), right])).values()]
}

/** Whether a rule of RBAC grants a right. Pure. */
export function covers({ verbs, apiGroups = [], resources = [], resourceNames = [] }: Rule, right: Right): boolean {
  const has = (list: readonly string[], value: string) => list.includes('*') || list.includes(value)
  const subresource = right.resource.split('/')[1]
  return (
    has(verbs, right.verb) &&
    has(apiGroups, right.group) &&
    (has(resources, right.resource) || (subresource !== undefined && resources.includes(`*/${subresource}`))) &&
    (resourceNames.length === 0 || (right.name !== undefined && resourceNames.includes(right.name)))
  )
}

/** A role with these rights, as YAML; what has the same verbs stands in one rule. Pure. */
export function roleYaml(name: string, namespace: string, needed: readonly Right[]): string {
  const ofObject = grouped(
    needed,
    ({ group, resource, name: only = '' }) => [group, resource, only],
    ({ verb }) => verb,
  )
  const rules = grouped(
    ofObject,
    ({ key: [group = '', resource = '', only = ''], values }) => [
      group,
      resource,
      values.join(', '),
      only === '' ? 'all' : 'named',
    ],
    ({ key: [, , only = ''] }) => only,
  )
  const lines = rules.map(({ key: [group, resource, verbs, which], values }) => {
    const names = which === 'all' ? '' : `, resourceNames: [${values.join(', ')}]`
    return `  - {apiGroups: ["${group}"], resources: [${resource}]${names}, verbs: [${verbs}]}`
  })
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: Role',
    `metadata: {name: ${name}, namespace: ${namespace}}`,
    'rules:',
    ...lines,
  ].join('\n')
}

/** The different values of those that have the same key, in the order in which they came. */
function grouped<T>(
  all: readonly T[],
  keyOf: (one: T) => readonly string[],
  nameOf: (one: T) => string,
): { key: readonly string[]; values: string[] }[] {
  const groups = new Map<string, { key: readonly string[]; values: string[] }>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(JSON.stringify(key)) ?? { key, values: [] }
    if (!group.values.includes(nameOf(one))) group.values.push(nameOf(one))
    groups.set(JSON.stringify(key), group)
  }
  return [...groups.values()]
}
