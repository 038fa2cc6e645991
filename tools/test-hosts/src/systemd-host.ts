import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { docker, ensureDocker } from './docker.ts'
import type { TestHost } from './host.ts'
import { type HostAccess, openAccess } from './host-access.ts'
import { openLink } from './link.ts'
import { freePort, nextAddress } from './namespace-host.ts'
import { carryOut, joinNetwork } from './network.ts'

/** The test service as a unit of the host. */
export interface HostService {
  /** With its suffix: `acme-api.service`. */
  unit: string
  /** Made at the start, owned by deploy:www-data with mode 2750; the unit runs in its `current`. */
  path: string
  /** It listens there on the host's address. */
  port: number
}

export interface SystemdHostOptions {
  /** The line for the deploy user's authorized_keys. */
  authorizedKey: string
  /** Also its hostname; default: test-host-1, -2, … */
  name?: string
  /** A loopback address; default: one of its own for each host of each process. */
  address?: string
  /** Default: acme-api.service on /srv/acme-api/qa, port 8080. */
  services?: HostService[]
  /** The text of /etc/sudoers.d/deploy; default: `sudoersLines` of the services. `''`: no rights. */
  sudoers?: string
  /** `own`: interfaces and ports of its own; `127.0.0.1` is the host itself. Default: the machine's. */
  network?: 'machine' | 'own'
  /** With a network of its own: the ports of its sshd; the first is that of `target`. Default: 22. */
  sshPorts?: readonly number[]
  /** With a network of its own: ports of the machine's 127.0.0.1 that its own lead to. Takes `socat`. */
  reaches?: readonly number[]
  /** Packages of Debian 12 that its image has besides. */
  packages?: readonly string[]
}

export interface SystemdHost extends TestHost {
  /** Shuts down and boots; resolves once sshd lets deploy in. Disks stay but for /run; transient units are gone. */
  reboot(): Promise<void>
}

/** Literal lines, one a unit and verb, as an operator would write them. */
export function sudoersLines(units: string[], verbs = ['restart', 'stop', 'start', 'reset-failed']): string {
  const lines = units.flatMap((unit) =>
    verbs.map((verb) => `deploy ALL=(root) NOPASSWD: /usr/bin/systemctl ${verb} ${unit}\n`),
  )
  return lines.join('')
}

/**
 * Starts a container with systemd as init: Debian 12, sshd with PAM, the deploy user with literal sudo lines, the test
 * service as an enabled unit that runs as www-data. The first call builds the image (one to two minutes) and starts a
 * Docker daemon where none answers; `stopDocker` ends that. The host ends with `stop()` or with this process, however
 * that ends. Network and ports are the machine's by default; on the host `this-host` means its own address.
 */
export async function startSystemdHost(options: SystemdHostOptions): Promise<SystemdHost> {
  const next = nextAddress()
  const { name = `test-host-${next.number}`, address = next.address } = options
  const services = options.services ?? [{ unit: 'acme-api.service', path: '/srv/acme-api/qa', port: 8080 }]
  const env = await ensureDocker()
  const image = await ensureImage(env, options.packages)
  const container = `belay-test-${process.pid}-${next.number}`
  const supervisor = startSupervisor(env, container)
  try {
    const own = options.network === 'own'
    await docker(env, ...runArguments(container, name, own ? undefined : address, image))
    let pid = await machinePid(env, container)
    const access = openAccess(() => pid)
    await awaitBoot(access)
    await provision(access, services, options)
    const sshdPorts = own ? (options.sshPorts ?? [22]) : [await freePort(address)]
    const [sshdPort = 22] = sshdPorts
    const hostKey = await openSshd(
      access,
      sshdPorts.map((each) => `${own ? '0.0.0.0' : address}:${each}`),
    )
    const network = own ? joinNetwork(pid, next.number) : undefined
    for (const reached of options.reaches ?? []) carryOut(pid, reached)
    await awaitSshd(network?.address ?? address, sshdPort)
    const { link, port, close } = await openLink(address, () => sshdPort, network?.address)
    return {
      ...access,
      name,
      network,
      address: network?.address ?? address,
      port,
      user: 'deploy',
      target: `deploy@${address}:${port}`,
      knownHosts: `[${address}]:${port} ${hostKey}`,
      link,
      async reboot() {
        if (own) throw new Error(`${name} has a network of its own, which ends with a reboot`)
        await docker(env, 'restart', container)
        pid = await machinePid(env, container)
        await awaitSshd(address, sshdPort)
        await awaitLogins(access)
      },
      async stop() {
        await close()
        await stopSupervisor(supervisor)
      },
    }
  } catch (error) {
    await stopSupervisor(supervisor)
    throw error
  }
}

/** `address`: in the machine's network; undefined: the container has a network of its own. */
function runArguments(container: string, name: string, address: string | undefined, image: string): string[] {
  const known = address ?? '127.0.0.1'
  return [
    ...['run', '--detach', '--name', container, '--hostname', name, '--network', address ? 'host' : 'none'],
    ...['--add-host', `this-host:${known}`, '--add-host', `${name}:${known}`],
    ...['--stop-signal', 'SIGRTMIN+3', '--cap-add', 'SYS_ADMIN', '--cgroupns', 'host'],
    ...['--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined'],
    ...['--volume', '/sys/fs/cgroup:/sys/fs/cgroup:rw', '--tmpfs', '/run', '--tmpfs', '/run/lock'],
    ...['--volume', `${process.execPath}:/usr/local/bin/node:ro`],
    ...[image, '/sbin/init'],
  ]
}

/** The tag names the recipe and the packages, so that a changed one is built anew. */
async function ensureImage(env: NodeJS.ProcessEnv, packages: readonly string[] = []): Promise<string> {
  const recipe = join(import.meta.dirname, 'systemd-image.sh')
  const more = packages.toSorted().join(',')
  const hash = createHash('sha256')
    .update(await readFile(recipe))
    .update(more)
    .digest('hex')
    .slice(0, 12)
  const tag = `belay-testbed-systemd:${hash}`
  if ((await docker(env, 'images', '--quiet', tag)) !== '') return tag
  console.log(`building ${tag} with debootstrap: takes one to two minutes`)
  try {
    await promisify(execFile)('sh', [recipe, tag, more], { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    const reasons = `${stdout}\n${stderr}`.match(/^E: .*$/gm)
    throw new Error(`the image of the servers was not built: ${reasons?.join(' ') ?? message}`)
  }
  return tag
}

function startSupervisor(env: NodeJS.ProcessEnv, container: string): ChildProcess {
  const script = join(import.meta.dirname, 'container-supervisor.sh')
  // Out of the terminal's reach, as the daemon is: Ctrl-C ends the test, which then ends its hosts.
  return spawn('sh', [script, container], { env, detached: true, stdio: ['pipe', 'ignore', 'inherit'] })
}

async function stopSupervisor(supervisor: ChildProcess): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return
  const ended = new Promise((resolve) => supervisor.once('close', resolve))
  supervisor.stdin?.destroy()
  await ended
}

async function machinePid(env: NodeJS.ProcessEnv, container: string): Promise<number> {
  return Number(await docker(env, 'inspect', '--format', '{{.State.Pid}}', container))
}

async function awaitBoot(access: HostAccess): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    const { stdout } = await access.run(['systemctl', 'is-system-running', '--wait'], { user: 'root' })
    if (stdout === 'running\n') return
    if (waited > 20_000) {
      const failed = await access.run(['systemctl', 'list-units', '--failed', '--no-legend'], { user: 'root' })
      throw new Error(`systemd did not boot: ${stdout.trim()}\n${failed.stdout}`)
    }
    await sleep(50)
  }
}

async function provision(access: HostAccess, services: HostService[], options: SystemdHostOptions): Promise<void> {
  const units = services.map(({ unit }) => unit)
  await access.write('/home/deploy/.ssh/authorized_keys', `${options.authorizedKey.trim()}\n`, 0o600)
  await access.write('/etc/sudoers.d/deploy', options.sudoers ?? sudoersLines(units), 0o440)
  for (const { unit, path, port } of services) {
    await asRoot(access, 'install', '-d', '-o', 'deploy', '-g', 'www-data', '-m', '2750', path)
    await access.write(`/etc/systemd/system/${unit}`, unitText(unit, path, port))
  }
  // Enabled after the boot: with nothing released it would fail, and the system would be degraded.
  if (units.length > 0) await asRoot(access, 'systemctl', 'enable', ...units)
}

function unitText(unit: string, path: string, port: number): string {
  return `[Unit]
Description=Test service ${unit}

[Service]
User=www-data
WorkingDirectory=${path}/current
ExecStart=/usr/local/bin/node ${path}/current/server.mjs this-host ${port}
Restart=always

[Install]
WantedBy=multi-user.target
`
}

/** Gives sshd the host's own key and addresses; returns type and text of the key. */
async function openSshd(access: HostAccess, addresses: readonly string[]): Promise<string> {
  const key = '/etc/ssh/ssh_host_ed25519_key'
  await asRoot(access, 'ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key)
  const listens = addresses.map((address) => `ListenAddress ${address}\n`).join('')
  await access.write('/etc/ssh/sshd_config.d/test-host.conf', `${listens}HostKey ${key}\n`)
  await asRoot(access, 'systemctl', 'enable', '--now', 'ssh.service')
  return ((await access.read(`${key}.pub`)) ?? '').split(' ').slice(0, 2).join(' ')
}

async function asRoot(access: HostAccess, ...argv: string[]): Promise<void> {
  const { status, stderr } = await access.run(argv, { user: 'root' })
  if (status !== 0) throw new Error(`${argv.join(' ')}: status ${status}: ${stderr.trim()}`)
}

/** Until this unit has run, PAM refuses all but root: "System is booting up". */
async function awaitLogins(access: HostAccess): Promise<void> {
  const unit = 'systemd-user-sessions.service'
  for (let waited = 0; (await access.run(['systemctl', 'is-active', unit])).status !== 0; waited += 50) {
    if (waited > 20_000) throw new Error(`${unit} is not active after the reboot`)
    await sleep(50)
  }
}

/** Resolves once sshd greets; throws after 20 s. */
async function awaitSshd(address: string, port: number): Promise<void> {
  for (let waited = 0; !(await sendsBanner(address, port)); waited += 50) {
    if (waited > 20_000) throw new Error(`no sshd on ${address}:${port}`)
    await sleep(50)
  }
}

function sendsBanner(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 2_000 })
    const settle = (greeted: boolean) => {
      socket.destroy()
      resolve(greeted)
    }
    socket.once('data', (chunk) => settle(chunk.toString().startsWith('SSH-')))
    for (const event of ['error', 'close', 'timeout']) socket.once(event, () => settle(false))
  })
}
