import type { InputReader, VariableNames } from '@belay/action-kit'

/** Inputs whose variable has the name of an input of `release`. */
export const accessVariables: VariableNames = {
  server: 'kube-server',
  ca: 'kube-ca',
  token: 'kube-token',
  audience: 'kube-audience',
}

/** How a cluster is reached. */
export interface AccessInputs {
  /** A path, or the text of a kubeconfig, as it is or in base64; empty: `$KUBECONFIG`. */
  readonly kubeconfig: string
  /** Empty where a kubeconfig is used. */
  readonly server: string
  readonly ca: string
  /** Empty: the OIDC token of the job, for `audience`. */
  readonly token: string
  /** Empty: the server. */
  readonly audience: string
}

export function readAccessInputs(read: InputReader): AccessInputs {
  const kubeconfig = read.text('kubeconfig', { multiline: true, unchecked: true })
  const server = read.text('server')
  const ca = read.text('ca', { multiline: true, unchecked: true })
  const token = read.secret('token').trim()
  const audience = read.text('audience')
  if (kubeconfig !== '' && server !== '')
    read.issue('server', 'is given together with kubeconfig', 'Give only one of the two.')
  if (server !== '' && !/^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(server))
    read.issue('server', `is "${server}"`, "Give the https:// address of the cluster's API server.")
  for (const [name, value] of [['ca', ca] as const, ['token', token] as const])
    if (value !== '' && server === '') read.issue(name, 'is given without server', 'Give server too, or leave it out.')
  if (audience !== '' && (server === '' || token !== ''))
    read.issue('audience', "is given without server, or with token, so GitHub's token is not used", 'Leave it out.')
  return { kubeconfig, server, ca, token, audience }
}

export function readNamespace(read: InputReader): string {
  const namespace = read.text('namespace', { required: 'the namespace to release to' })
  if (namespace !== '' && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
    read.issue('namespace', `is "${namespace}"`, 'Give small letters, digits and "-", 63 at most.')
  return namespace
}
