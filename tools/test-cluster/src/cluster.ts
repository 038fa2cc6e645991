import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { carryOut, type RunResult } from '@belay/test-hosts'
import { type ApiAccess, type ApiAnswer, type ApiOptions, askApi, mustAsk } from './api.ts'
import { apiPort, caPath, kubeconfigPath, nodeName, registryPort } from './files.ts'
import { kubectlContent, pushImage, type TestImage } from './image.ts'
import { makeAccount, type Rule } from './role.ts'
import { type RunOptions, runInside, type Space } from './space.ts'

/** What another process needs to use a cluster that this one started. Plain data. */
export interface ClusterHandle {
  readonly space: Space
  readonly address: string
  readonly token: string
}

/** A real cluster of one node: API server, controllers, containers. */
export interface Cluster {
  readonly handle: ClusterHandle
  /** The API server, as the machine reaches it. */
  readonly server: string
  /** The administrator's. */
  readonly kubeconfig: string
  readonly caFile: string
  /** The node's address, where the machine reaches NodePorts; its name is `node`. */
  readonly address: string
  readonly node: string
  /** A folder for PATH with the `kubectl` of the cluster's version, and with `helm` where it is built. */
  readonly programs: string
  /** Makes a namespace in which pods can start; its name, made up from the beginning that was given. */
  namespace(beginning?: string): Promise<string>
  /** Asks for the end of a namespace. Its controller waits five seconds before it ends what is in it. */
  removeNamespace(name: string): Promise<void>
  /** A token of a new account that may do what these rules say in a namespace, and nothing else. */
  tokenFor(namespace: string, rules: readonly Rule[]): Promise<string>
  /** Pushes an image of the test program. Returns its name by digest. */
  pushImage(name: string, env?: Readonly<Record<string, string>>, more?: Partial<TestImage>): Promise<string>
  /** Pushes an image that has the cluster's kubectl and nothing else. Returns its name by digest. */
  pushKubectl(): Promise<string>
  /** Asks the API server, as the administrator where no token is given. */
  ask(method: string, path: string, options?: ApiOptions): Promise<ApiAnswer>
  /** The same; an answer that is no success throws. */
  mustAsk(method: string, path: string, options?: ApiOptions): Promise<ApiAnswer>
  /** Runs kubectl on the machine, as the administrator. */
  kubectl(argv: readonly string[], options?: RunOptions): Promise<RunResult>
  /** Leads a port of `address` to that of the machine's 127.0.0.1, as long as this process runs: for pods. */
  reach(port: number): void
  /** Runs a command where pods and Services have their addresses; KUBECONFIG and PATH lead to this cluster. */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>
}

/** The cluster of a handle, for tests in other processes than the one that started it. */
export function openCluster(handle: ClusterHandle): Cluster {
  const { space, address, token } = handle
  const { folder } = space
  const server = `https://${address}:${apiPort}`
  const access: ApiAccess = { server, ca: readFileSync(caPath(folder), 'utf8'), token }
  const kubeconfig = kubeconfigPath(folder)
  const programs = programFolder(folder)
  const run: Cluster['run'] = (argv, options = {}) =>
    runInside(space, argv, {
      ...options,
      env: { KUBECONFIG: kubeconfig, PATH: `${programs}:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: folder, ...options.env },
    })
  return {
    handle,
    server,
    kubeconfig,
    caFile: caPath(folder),
    address,
    node: nodeName,
    programs,
    async namespace(beginning = 'test') {
      const name = `${beginning}-${randomBytes(4).toString('hex')}`
      await mustAsk(access, 'POST', '/api/v1/namespaces', { body: { metadata: { name } } })
      // Pods are refused before the controllers made the account that they run as.
      const account = `/api/v1/namespaces/${name}/serviceaccounts/default`
      await until(`the account of namespace ${name}`, async () => (await askApi(access, 'GET', account)).status === 200)
      return name
    },
    async removeNamespace(name) {
      await mustAsk(access, 'DELETE', `/api/v1/namespaces/${name}`)
    },
    tokenFor: (namespace, rules) => makeAccount(access, namespace, rules),
    pushImage: (name, env = {}, more = {}) => pushImage(`http://${address}:${registryPort}`, { ...more, name, env }),
    // A container's PATH is that of its image.
    pushKubectl: () => {
      const content = kubectlContent(`${programs}/kubectl`)
      return pushImage(`http://${address}:${registryPort}`, { name: 'kubectl', env: { PATH: '/bin' }, content })
    },
    ask: (...args) => askApi(access, ...args),
    mustAsk: (...args) => mustAsk(access, ...args),
    reach: (port) => carryOut(space.pid, port, ['--net', '--pid'], address),
    kubectl: (argv, options) => run([`${programs}/kubectl`, ...argv], options),
    run,
  }
}

export const programFolder = (folder: string) => `${folder}/bin`

/** Waits until something is so, for a minute at most. */
export async function until(what: string, is: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  for (const last = Date.now() + timeoutMs; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await is()) return
    if (Date.now() > last) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`)
  }
}
