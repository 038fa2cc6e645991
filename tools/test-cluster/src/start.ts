import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { carryOut, type HostNetwork, joinNetwork, nextAddress } from '@belay/test-hosts'
import { builtProgram } from '../../../scripts/machine/build-from-source.ts'
import { type Cluster, openCluster, programFolder, until } from './cluster.ts'
import { commandsOf } from './components.ts'
import { addFakeNodes, commandOfFakeNodes, countReadyFakes, isReady } from './fake-nodes.ts'
import {
  apiPort,
  type ClusterFacts,
  clusterFiles,
  containerdSocket,
  nodeName,
  pauseImage,
  registryPort,
} from './files.ts'
import { type Component, logFolder, openSpace, startComponent } from './space.ts'

export interface ClusterOptions {
  /** Further arguments of the API server. */
  readonly apiServer?: readonly string[]
  /** Its AuthenticationConfiguration, for its own address: whose tokens it accepts, beside its own. */
  readonly authentication?: object | ((server: string) => object)
  /** Ports of the machine's 127.0.0.1 that those of the node lead to. */
  readonly reaches?: readonly number[]
}

/** A cluster of this process. */
export interface StartedCluster extends Cluster {
  readonly apiServer: {
    /** Kills it: connections are refused. Pods and Services stay as they are. */
    end(): Promise<void>
    /** Starts it again, and returns when it is ready. */
    start(): Promise<void>
  }
  /** True: what the machine sends to the cluster is swallowed, and nothing is refused. */
  cutOff(on: boolean): Promise<void>
  /**
   * Adds nodes that are only simulated, once. From then on every pod goes to one of them, and is ready at once; nothing
   * runs in it. Needs kwok.
   */
  fakeNodes(count: number): Promise<void>
  /** Ends it, and returns when nothing of it is left on the machine. May be called twice. */
  stop(): Promise<void>
}

/**
 * Starts one in namespaces of its own. It ends with `stop()` or with this process, however that ends. The machine reaches
 * its node, and nothing else of it, at an address that is this cluster's alone; several may stand at once.
 * @throws Error with the end of the log of what failed; nothing is left then
 */
export async function startCluster(options: ClusterOptions = {}): Promise<StartedCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-cluster-'))
  mkdirSync(logFolder(folder))
  const { space, close } = await openSpace(folder)
  let network: HostNetwork | undefined
  const stop = async () => {
    network?.remove()
    network = undefined
    await close()
  }
  try {
    network = joinNetwork(space.pid, nextAddress().number)
    const { address } = network
    for (const port of options.reaches ?? []) carryOut(space.pid, port)
    const tokens = { admin: randomBytes(16).toString('hex'), node: randomBytes(16).toString('hex') }
    const facts: ClusterFacts = { folder, group: space.group, address, tokens }
    writeFiles(facts)
    const commands = commandsOf(facts)
    commands['kube-apiserver'].push(...(options.apiServer ?? []))
    const { authentication } = options
    if (authentication) {
      const configuration =
        typeof authentication === 'function' ? authentication(`https://${address}:${apiPort}`) : authentication
      writeFileSync(`${folder}/authentication.json`, JSON.stringify(configuration))
      commands['kube-apiserver'].push(`--authentication-config=${folder}/authentication.json`)
    }
    const components = new Map<string, Component>()
    const start = (...names: (keyof typeof commands)[]) =>
      names.forEach((name) => void components.set(name, startComponent(space, name, commands[name])))
    /** What ended cannot become ready. */
    const ready = (what: string, is: () => Promise<boolean>) =>
      until(what, async () => {
        const failed = [...components.values()].map((one) => one.failure()).find((failure) => failure !== undefined)
        if (failed !== undefined) throw new Error(failed)
        return await is()
      })

    start('etcd', 'registry', 'containerd')
    await ready('etcd', async () => etcdListens(space.pid))
    start('kube-apiserver')
    await ready('the registry', () => listens(address, registryPort))
    // Its certificate is complete when it listens.
    await ready('the API server', () => listens(address, apiPort))
    const cluster = openCluster({ space, address, token: tokens.admin })
    await cluster.pushImage(pauseImage, {}, { args: ['pause'] })
    const asked = (path: string) => cluster.ask('GET', path).catch(() => undefined)
    const answers = () => ready('the readiness of the API server', async () => (await asked('/readyz'))?.status === 200)
    await answers()
    const socket = `/proc/${space.pid}/root${containerdSocket}`
    await ready('containerd', async () => existsSync(socket))
    start('kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy')
    await ready('the node', async () => isReady((await asked(`/api/v1/nodes/${nodeName}`))?.json))
    return {
      ...cluster,
      apiServer: {
        async end() {
          await components.get('kube-apiserver')?.end()
          await until('the end of the API server', async () => !(await listens(address, apiPort)))
        },
        async start() {
          start('kube-apiserver')
          await answers()
        },
      },
      cutOff: (on) => cutOff(cluster, on),
      async fakeNodes(count) {
        components.set('kwok', startComponent(space, 'kwok', commandOfFakeNodes(folder)))
        await addFakeNodes(cluster, count)
        await ready(`${count} fake nodes`, async () => (await countReadyFakes(cluster)) === count)
      },
      stop,
    }
  } catch (error) {
    const logs = endOfLogs(folder)
    await stop()
    throw new Error(`the cluster did not start: ${(error as Error).message}\n${logs}`)
  }
}

/** The node's firewall drops it, so that the addresses and routes of both sides stay. */
async function cutOff(cluster: Cluster, on: boolean): Promise<void> {
  const chain = 'type filter hook prerouting priority -400;'
  const rules = on
    ? `add table ip cut; add chain ip cut machine { ${chain} }; add rule ip cut machine iifname "eth0" drop`
    : 'delete table ip cut'
  const { status, stderr } = await cluster.run(['nft', rules])
  if (status !== 0) throw new Error(`nft: ${stderr.trim()}`)
}

function endOfLogs(folder: string): string {
  const logs = readdirSync(logFolder(folder)).map((name) => ({
    name,
    text: readFileSync(join(logFolder(folder), name), 'utf8').trimEnd(),
  }))
  return logs.map(({ name, text }) => `--- ${name}\n${text.split('\n').slice(-8).join('\n')}`).join('\n')
}

function writeFiles(facts: ClusterFacts): void {
  const { folder } = facts
  for (const [path, text] of Object.entries(clusterFiles(facts))) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode: 0o600 })
  }
  mkdirSync(`${folder}/pki`)
  execFileSync('openssl', ['genrsa', '-out', `${folder}/pki/accounts.key`, '2048'], { stdio: 'pipe' })
  mkdirSync(programFolder(folder))
  symlinkSync(builtProgram('kube'), join(programFolder(folder), 'kubectl'))
  symlinkSync(builtProgram('helm'), join(programFolder(folder), 'helm'))
}

/** It listens on a loopback of its own, which only /proc shows from here. */
function etcdListens(pid: number): boolean {
  // 2379 in hexadecimal, in state "listen".
  return / 0100007F:094B 00000000:0000 0A /.test(readFileSync(`/proc/${pid}/net/tcp`, 'utf8'))
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true))
    socket.on('connect', () => socket.destroy())
    socket.on('error', () => resolve(false))
  })
}
