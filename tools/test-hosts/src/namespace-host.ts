import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import type { TestHost } from './host.ts'
import { openAccess } from './host-access.ts'
import { openLink } from './link.ts'
import { carryOut, joinNetwork } from './network.ts'
import { NotReady, untilReady } from './ready.ts'

export interface HostOptions {
  /** The line for the deploy user's authorized_keys. */
  authorizedKey: string
  /** Also its hostname; default: test-host-1, -2, … */
  name?: string
  /** A loopback address; default: one of its own for each host of each process. */
  address?: string
  /** Size of the disk below /srv as mount(8) takes it; default 200m. A small one can be filled. */
  disk?: string
  /** The login shell; with `busybox` its applets also come first on PATH, `sh` among them. Default `sh`. */
  shell?: 'sh' | 'bash' | 'busybox'
  /** Folders below /srv to begin with, owned by deploy. */
  folders?: string[]
  /** Commands that this host shall not have, for instance `['rsync']`. */
  missing?: string[]
  /**
   * `own`: the host has interfaces, ports and a firewall of its own, and `address` (given by the machine then) leads to
   * it over a pair of virtual interfaces; `127.0.0.1` is the host itself. Default: the machine's.
   */
  network?: 'machine' | 'own'
  /** The only key exchange that sshd takes; default: its own choice, which costs both ends some 80 ms of a processor. */
  keyExchange?: string
  /** With a network of its own: ports of the machine's 127.0.0.1 that its own lead to. Takes `socat`. */
  reaches?: number[]
}

/** Why test hosts can't be started here; undefined where they can. */
export function canStartHosts(): string | undefined {
  if (process.platform !== 'linux') return `test hosts need Linux namespaces; this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'test hosts need root, for mounts of their own'
  const missing = whyMissing('sshd', 'ssh', 'rsync')
  if (missing) return missing
  try {
    execFileSync('unshare', ['--mount', '--pid', '--uts', '--fork', 'true'], { stdio: 'pipe' })
  } catch (error) {
    return `unshare does not work here: ${(error as Error).message}`
  }
  return undefined
}

/** Why test hosts can't have networks of their own here; undefined where they can. */
export function canHaveNetworks(): string | undefined {
  return whyMissing('ip', 'socat')
}

let started = 0

/** Another for each host, and other ones in each process: services of parallel tests listen on the same ports. */
export function nextAddress(): { number: number; address: string } {
  const number = ++started
  return {
    number,
    address: `127.${1 + (Math.floor(process.pid / 256) % 254)}.${process.pid % 256}.${1 + (number % 250)}`,
  }
}

/**
 * Starts a host in mount, PID and host name namespaces of its own: sshd, user `deploy` (uid 1500), empty disks on /srv,
 * /home, /tmp, /run and an /etc of its own, beside the programs of this machine, `node` and `belay-test-restart` in
 * /usr/local/bin. It ends with `stop()` or with this process, however that ends. Network and ports are the machine's by
 * default; on the host the name `this-host` means its own address, so that one command or URL fits every host of a fleet.
 */
export async function startHost(options: HostOptions): Promise<TestHost> {
  const next = nextAddress()
  const { name = `test-host-${next.number}`, address: ours = next.address } = options
  const { child, pid, hostKey, sshdPort } = await bootOnFreePort(name, ours, options)
  const network = options.network === 'own' ? joinNetwork(pid, next.number) : undefined
  const address = network?.address ?? ours
  for (const reached of options.reaches ?? []) carryOut(pid, reached)
  const { link, port, close } = await openLink(ours, () => sshdPort, address)
  const host: TestHost = {
    ...openAccess(() => pid),
    name,
    address,
    port,
    user: 'deploy',
    target: `deploy@${ours}:${port}`,
    knownHosts: `[${ours}]:${port} ${hostKey}`,
    link,
    network,
    async stop() {
      await close()
      await end(child)
    },
  }
  const install = ['install', '-d', '-o', 'deploy', '-g', 'deploy', ...(options.folders ?? [])]
  const made = options.folders ? await host.run(install, { user: 'root' }) : { status: 0, stderr: '' }
  if (made.status !== 0) {
    await host.stop()
    throw new Error(`test host ${name}: folders could not be made: ${made.stderr.trim()}`)
  }
  return host
}

interface Boot {
  child: ChildProcess
  pid: number
  hostKey: string
  sshdPort: number
}

/** A port found free may be taken before sshd has it. */
async function bootOnFreePort(name: string, address: string, options: HostOptions): Promise<Boot> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    // In its own network sshd can use its usual port.
    const port = options.network === 'own' ? 22 : await freePort(address)
    const booted = await boot(name, address, port, options)
    if (booted) return booted
  }
  throw new Error(`test host ${name}: sshd found no free port on ${address}`)
}

/** Undefined where sshd could not listen. */
async function boot(name: string, address: string, sshdPort: number, options: HostOptions): Promise<Boot | undefined> {
  const namespaces = ['--mount', '--propagation', 'private', '--pid', '--uts', '--fork', '--kill-child']
  if (options.network === 'own') namespaces.push('--net')
  const script = ['sh', join(import.meta.dirname, 'namespace-host.sh'), ...(options.missing ?? [])]
  const child = spawn('unshare', [...namespaces, '--', ...script], {
    // Detached from the terminal: Ctrl-C ends the test, which then ends its hosts.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOST_NAME: name,
      HOST_ADDRESS: options.network === 'own' ? '127.0.0.1' : address,
      HOST_LISTEN: options.network === 'own' ? '0.0.0.0' : address,
      HOST_PORT: String(sshdPort),
      HOST_KEY: options.authorizedKey.trim(),
      HOST_DISK: options.disk ?? '200m',
      HOST_SHELL: options.shell ?? 'sh',
      HOST_EXCHANGE: options.keyExchange ?? '',
      HOST_NODE: process.execPath,
      HOST_RESTART: join(import.meta.dirname, 'belay-test-restart.sh'),
    },
  })
  try {
    const [, pid, hostKey = ''] = await untilReady(child, /^ready (\d+) (\S+ \S+)$/m)
    return { child, pid: Number(pid), hostKey, sshdPort }
  } catch (error) {
    if (!(error instanceof NotReady)) throw error
    if (error.status === 98 && /Address already in use/.test(error.errors)) return undefined
    throw new Error(`test host ${name} did not start ${error.message}`)
  }
}

/** A port that nothing listens on now. */
export function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, address, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** PID 1 of the host lives until its standard input ends. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.stdin?.destroy()
  await ended
}
