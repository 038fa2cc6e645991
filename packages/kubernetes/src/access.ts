import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, log, makeSecretFolder, mask, messageOf, runBounded } from '@belay/action-kit'
import type { AccessInputs } from './access-inputs.ts'
import { type Client, openClient } from './client.ts'
import { type Helm, openHelm } from './helm/helm.ts'
import { findKubectl, type Kubectl, kubectlEnvironment } from './kubectl.ts'
import { type KubectlProxy, startProxy, sweepProxies } from './proxy.ts'
import { parseYaml } from './yaml.ts'

/** An open way to a cluster. */
export interface Connection {
  /** Talks to the API server; aborted, the signal ends requests that are under way. */
  readonly clientFor: (options: { readonly signal?: AbortSignal; readonly patienceMs: number }) => Client
  readonly kubectl: Kubectl
  /** The Unix socket of `kubectl proxy`. */
  readonly socket: string
  /** The address of the API server: post changes no other cluster than main did. */
  readonly server: string
  readonly isOpen: () => boolean
  /** Helm, with a way to the same cluster. It is opened once. @throws Failure `tools` */
  helm(signal: AbortSignal): Promise<Helm>
  close(): void
}

/** GitHub's token lives five minutes, and kubectl reads the file again within one (docs/research/kubernetes.md#kubectl-proxy). */
const renewMs = 180_000

/**
 * Opens a way to the cluster by `kubectl proxy`. All files with secrets are in a folder of this process, and are gone
 * when it is closed.
 * @throws Failure `tools`, `access`
 */
export async function openCluster(inputs: AccessInputs, signal: AbortSignal): Promise<Connection> {
  sweepProxies()
  const kubectl = findKubectl()
  const folder = makeSecretFolder()
  let timer: NodeJS.Timeout | undefined
  let proxy: KubectlProxy | undefined
  let starting: Promise<KubectlProxy> | undefined
  let helm: Helm | undefined
  const close = () => {
    clearInterval(timer)
    helm?.close()
    proxy?.stop()
    process.off('exit', close)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', close)
  try {
    const { file, own, renew, server: given } = await kubeconfigFor(inputs, folder)
    // Side by side, as each takes a tenth of a second or more: the proxy asks no server before it is asked itself.
    starting = startProxy(kubectl, folder, file, signal)
    starting.catch(() => {})
    const server = given ?? (await assertUsable(kubectl, file, signal))
    proxy = await starting
    if (renew) {
      timer = setInterval(() => void renew().catch((error: unknown) => log.warning(messageOf(error))), renewMs)
      timer.unref()
    } else if (own && file !== undefined) rmSync(file)
    const { socket, isRunning } = proxy
    return {
      clientFor: (options) => openClient({ ...options, socket }),
      kubectl,
      socket,
      server,
      isOpen: isRunning,
      helm: async (ends) => (helm ??= await openHelm(socket, ends)),
      close,
    }
  } catch (error) {
    proxy = await starting?.catch(() => undefined)
    close()
    throw error
  }
}

interface Kubeconfig {
  /** Undefined: kubectl finds it itself, by $KUBECONFIG. */
  readonly file: string | undefined
  /** Written by Belay. */
  readonly own: boolean
  /** Where it was made of the input `server`, so that nothing in it has to be found out. */
  readonly server?: string
  /** Renews the token that it names. */
  readonly renew?: () => Promise<void>
}

async function kubeconfigFor(inputs: AccessInputs, folder: string): Promise<Kubeconfig> {
  const { kubeconfig } = inputs
  if (inputs.server !== '') return kubeconfigOfServer(inputs, folder)
  if (kubeconfig === '') return { file: undefined, own: false }
  const isPath = !kubeconfig.includes('\n') && kubeconfig.length < 4096 && existsSync(kubeconfig)
  if (isPath) return { file: kubeconfig, own: false }
  const text = kubeconfigText(kubeconfig)
  await maskCredentials(text)
  const file = join(folder, 'config')
  writeFileSync(file, text, { mode: 0o600 })
  return { file, own: true }
}

async function kubeconfigOfServer({ server, ca, token, audience }: AccessInputs, folder: string): Promise<Kubeconfig> {
  const file = join(folder, 'config')
  const tokenFile = join(folder, 'token')
  const renew = async () => writeAtomically(tokenFile, await identityToken(audience || server))
  if (token === '') await renew()
  const authority = ca === '' ? {} : { 'certificate-authority-data': inBase64(ca) }
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server, ...authority } }],
    users: [{ name: 'u', user: token === '' ? { tokenFile } : { token } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  }
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 })
  return { file, own: true, server, ...(token === '' && { renew }) }
}

/** GitHub's identity token for the cluster, which the job gets with `id-token: write`. */
async function identityToken(audience: string): Promise<string> {
  try {
    const { getIDToken } = await import(/* webpackIgnore: true */ '@belay/toolkit')
    // It masks the token.
    return await getIDToken(audience)
  } catch (error) {
    throw new Failure(
      'access',
      `GitHub gives this job no identity token: ${messageOf(error)}`,
      'give the job `permissions: { id-token: write }`, or give the input token or kubeconfig.',
      { cause: error },
    )
  }
}

function writeAtomically(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function inBase64(ca: string): string {
  return ca.includes('-----BEGIN') ? Buffer.from(ca).toString('base64') : ca.replace(/\s+/g, '')
}

function kubeconfigText(given: string): string {
  if (/^\s*(apiVersion|kind|clusters|users|contexts|current-context|preferences|\{|---|#)/m.test(given)) return given
  const text = Buffer.from(given, 'base64').toString('utf8')
  if (text.includes('clusters')) return text
  mask(given)
  throw new Failure(
    'access',
    'kubeconfig is neither a file of this runner, nor the text of a kubeconfig, nor that text in base64.',
    'give a path, or a secret with the whole file.',
  )
}

/** Masks all that proves who somebody is. Not the whole text: its other lines are common words. */
async function maskCredentials(text: string): Promise<void> {
  const secret = /^(token|password|client-key-data|id-token|refresh-token|access-token|client-secret|value)$/
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string' && secret.test(name)) {
      mask(value)
      if (name === 'client-key-data') mask(Buffer.from(value, 'base64').toString('utf8'))
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, key)
  }
  try {
    for (const document of await parseYaml(text)) visit((document as { users?: unknown }).users, 'users')
  } catch (error) {
    mask(text)
    throw new Failure('access', `kubeconfig is not YAML: ${messageOf(error)}`, 'give the whole file.')
  }
}

interface ConfigView {
  readonly clusters?: readonly { readonly cluster?: ClusterView }[] | null
  readonly users?: readonly { readonly user?: { readonly exec?: ExecView } }[] | null
}
interface ClusterView {
  readonly server?: string
  readonly 'insecure-skip-tls-verify'?: boolean
}
interface ExecView {
  readonly command?: string
  readonly interactiveMode?: string
}

/** Refuses a kubeconfig that would not verify the server, or that runs a program of its own choice. */
async function assertUsable(kubectl: Kubectl, file: string | undefined, signal: AbortSignal): Promise<string> {
  const given = file === undefined ? [] : [`--kubeconfig=${file}`]
  const { status, output, errors } = await runBounded(
    kubectl.program,
    [...given, 'config', 'view', '--minify', '--output=json'],
    { env: kubectlEnvironment(), keptCharacters: 200_000, timeoutMs: 30_000, signal },
  )
  const remedy = 'give kubeconfig, or server with ca and token.'
  if (status !== 0)
    throw new Failure('access', `kubectl cannot read the kubeconfig: ${errors.trim().slice(-500)}`, remedy)
  const view = JSON.parse(output) as ConfigView
  const cluster = view.clusters?.[0]?.cluster
  if (!cluster?.server) throw new Failure('access', 'The kubeconfig names no cluster.', remedy)
  if (cluster['insecure-skip-tls-verify'])
    throw new Failure(
      'access',
      'The kubeconfig has insecure-skip-tls-verify, so anyone on the way could be the server.',
      "give the cluster's CA instead.",
    )
  const exec = view.users?.[0]?.user?.exec
  if (exec) assertProgram(exec)
  return cluster.server
}

function assertProgram({ command = '', interactiveMode }: ExecView): void {
  log.info(`The kubeconfig logs in by the program ${command}.`)
  if (command.includes('/') || interactiveMode === 'Always')
    throw new Failure(
      'access',
      `The kubeconfig logs in by ${command}${interactiveMode === 'Always' ? ', which wants a terminal' : ''}.`,
      'name a program of PATH that asks nothing.',
    )
}
