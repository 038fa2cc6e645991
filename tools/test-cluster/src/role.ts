import { randomBytes } from 'node:crypto'
import { type ApiAccess, askApi, mustAsk } from './api.ts'

/** A rule of a Role. */
export interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}

/** Makes an account with a role in a namespace; its token, which the API server signs, once the role is in force. */
export async function makeAccount(access: ApiAccess, namespace: string, rules: readonly Rule[]): Promise<string> {
  const name = `account-${randomBytes(4).toString('hex')}`
  const base = `/api/v1/namespaces/${namespace}/serviceaccounts`
  const roles = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`
  await mustAsk(access, 'POST', base, { body: { metadata: { name } } })
  await mustAsk(access, 'POST', `${roles}/roles`, { body: { metadata: { name }, rules } })
  await mustAsk(access, 'POST', `${roles}/rolebindings`, {
    body: {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  })
  const answer = await mustAsk(access, 'POST', `${base}/${name}/token`, { body: { spec: { expirationSeconds: 7200 } } })
  const token: string = answer.json.status.token
  await untilInForce(access, namespace, rules, token)
  return token
}

/** The API server learns of a role by a watch, some milliseconds after it was made. */
async function untilInForce(access: ApiAccess, namespace: string, rules: readonly Rule[], token: string) {
  if (rules.length === 0) return
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
  const wanted = JSON.stringify(rules.at(-1)?.resources)
  for (const last = Date.now() + 10_000; Date.now() < last; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const { json } = await askApi(access, 'POST', path, { token, body: { spec: { namespace } } })
    const known: Rule[] = json?.status?.resourceRules ?? []
    if (known.some(({ resources }) => JSON.stringify(resources) === wanted)) return
  }
  throw new Error(`the role of an account in namespace ${namespace} did not come into force`)
}
