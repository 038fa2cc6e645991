import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface AuditEvent {
  readonly auditID: string
  readonly user?: { readonly username?: string }
  readonly verb?: string
  readonly requestURI?: string
}

/** Arguments with which an API server writes down what accounts of namespaces ask of it, and nothing else. */
export function auditTo(folder: string): string[] {
  const policy = {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    rules: [{ level: 'Metadata', userGroups: ['system:serviceaccounts'] }, { level: 'None' }],
  }
  const file = join(folder, 'audit-policy.json')
  writeFileSync(file, JSON.stringify(policy))
  return [`--audit-policy-file=${file}`, `--audit-log-path=${auditLog(folder)}`]
}

const auditLog = (folder: string) => join(folder, 'audit.log')

/** The requests of a namespace's accounts since it was made, each as `verb path`; a watch is one. */
export function requestsOf(folder: string, namespace: string): string[] {
  if (!existsSync(auditLog(folder))) return []
  const mark = `system:serviceaccount:${namespace}:`
  const found = new Map<string, string>()
  for (const line of readFileSync(auditLog(folder), 'utf8').split('\n')) {
    if (!line.includes(mark)) continue
    const { auditID, user, verb = '', requestURI = '' } = JSON.parse(line) as AuditEvent
    if (user?.username?.startsWith(mark)) found.set(auditID, `${verb} ${requestURI}`)
  }
  return [...found.values()]
}
