import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { canFetchDocker, type DebianSuite, fetchDocker } from './docker-packages.ts'
import type { RunResult, TestHost } from './host.ts'

/** A Docker Engine on a test host, with Compose: the host's deploy user is in its socket's group. */
export interface HostEngine {
  /** Runs `docker` on the host as root; throws with what it said. Its standard output without the last newline. */
  docker(...args: string[]): Promise<string>
  /** Runs a command as the deploy user with its groups, whatever its end. */
  asDeploy(argv: readonly string[], env?: Record<string, string>): Promise<RunResult>
  /** Ends the daemon and its containers, as a shutdown of the machine does; with `startDaemon`, a reboot to containers. */
  stopDaemon(): Promise<void>
  startDaemon(): Promise<void>
  /** Ends it, its containers and its networks. Before the host's own `stop`. */
  stop(): Promise<void>
}

export interface HostEngineOptions {
  /** The Debian whose Docker and Compose are used; `trixie` has 26.1 with Compose 2.26, `forky` newer ones. */
  readonly docker?: DebianSuite
  /** False: the deploy user's client finds no Compose. */
  readonly compose?: boolean
  /** False: the deploy user may not speak to the daemon. */
  readonly group?: boolean
}

/** Why no engine can be started on a test host here; undefined where one can. */
export function canStartHostEngine(): string | undefined {
  return whyMissing('containerd', 'runc', 'ip') ?? canFetchDocker()
}

let started = 0

/**
 * Starts one in the namespaces of a test host, so that its containers' processes are the host's. Networks are the
 * machine's, with addresses of this engine's own, and ports are published by its proxy: the machine's firewall stays as
 * it is. No image is there, and none can be pulled but from registries on loopback.
 */
export async function startHostEngine(host: TestHost, options: HostEngineOptions = {}): Promise<HostEngine> {
  const packages = fetchDocker(options.docker ?? 'trixie')
  // Overlay needs a disk; the host's own ones are in memory.
  mkdirSync('/var/lib/belay-testbed', { recursive: true })
  const folder = mkdtempSync('/var/lib/belay-testbed/engine-')
  const group = `belay-${basename(folder)}`
  // Each engine has its own: what it leaves on the machine is found by its addresses.
  const network = `10.${100 + (process.pid % 100)}.${(Math.floor(process.pid / 100) + started++ * 41) % 256}.`
  const supervisor = spawn('sh', [join(import.meta.dirname, 'engine-supervisor.sh'), folder, network, group], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const asRoot = async (...argv: string[]) => {
    // Root's own configuration is the machine's.
    const env = { DOCKER_CONFIG: '/run/docker-client' }
    const { status, stdout, stderr } = await host.run(argv, { user: 'root', timeoutMs: 120_000, env })
    if (status !== 0) throw new Error(`${argv.join(' ')}: status ${status}: ${stderr.trim()}`)
    return stdout.trimEnd()
  }
  const docker = (...args: string[]) => asRoot('docker', ...args)
  try {
    await asRoot(
      'sh',
      '-c',
      installScript,
      'sh',
      packages.bin,
      packages.plugins,
      options.compose === false ? '' : 'yes',
    )
    await asRoot(
      'sh',
      '-c',
      options.group === false ? 'echo "docker:x:1600:" >>/etc/group' : 'echo "docker:x:1600:deploy" >>/etc/group',
    )
    await asRoot('sh', '-c', cpuWeightScript, 'sh', group)
    await start()
  } catch (error) {
    supervisor.stdin?.end()
    throw error
  }

  async function start(): Promise<void> {
    const settings = {
      'data-root': `${folder}/data`,
      'exec-root': '/run/docker',
      group: 'docker',
      'cgroup-parent': `/${group}`,
      bridge: 'none',
      iptables: 'false',
      ip6tables: 'false',
      'userland-proxy-path': join(packages.dockerd, '../docker-proxy'),
      'default-address-pool': `base=${network}0/24,size=28`,
    }
    const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
    await asRoot('sh', '-c', '"$@" >>/var/log/dockerd.log 2>&1 </dev/null &', 'sh', packages.dockerd, ...args)
    for (const last = Date.now() + 30_000; ; await sleep(100)) {
      if ((await host.run(['docker', 'version'], { user: 'root' })).status === 0) return
      if (Date.now() > last)
        throw new Error(`dockerd did not answer: ${(await host.read('/var/log/dockerd.log'))?.slice(-2000)}`)
    }
  }

  async function end(): Promise<void> {
    await asRoot('sh', '-c', stoppedScript)
  }

  return {
    docker,
    asDeploy: (argv, env = {}) =>
      host.run([...login, ...argv], {
        user: 'root',
        timeoutMs: 120_000,
        env: { HOME: '/home/deploy', ...env },
      }),
    stopDaemon: end,
    startDaemon: start,
    async stop() {
      await asRoot(
        'sh',
        '-c',
        'docker ps -aq | xargs -r docker rm -f >/dev/null 2>&1; docker network prune -f >/dev/null 2>&1; :',
      )
      await end()
      await stopSupervisor(supervisor)
    },
  }
}

/** As sshd does it: with the groups of /etc/group. */
const login = ['/usr/bin/setpriv', '--reuid=deploy', '--regid=deploy', '--init-groups']

/** The client, and the plugin where it looks for it. The packages lie in a folder that other users cannot enter. */
const installScript = `set -eu
: >/usr/local/bin/docker
mount --bind "$1/docker" /usr/local/bin/docker
if [ -n "$3" ]; then
  mkdir -p /home/deploy/.docker/cli-plugins
  mount --bind "$2" /home/deploy/.docker/cli-plugins
  chown deploy:deploy /home/deploy/.docker
fi
`

/**
 * All containers of an engine together have as much of the processors as one process of the rest, unless their group
 * weighs more: sixteen processes is about what serves in them. Where groups cannot be weighed it stays so.
 */
const cpuWeightScript = `cd /sys/fs/cgroup || exit 0
if [ -f cgroup.controllers ]; then
  { mkdir -p "$1" && echo +cpu >cgroup.subtree_control && echo 1600 >"$1/cpu.weight"; } 2>/dev/null
else
  { mkdir -p "cpu/$1" && echo 16384 >"cpu/$1/cpu.shares"; } 2>/dev/null
fi
exit 0
`

const stoppedScript = `pid=$(cat /var/run/docker.pid) && kill "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done`

async function stopSupervisor(supervisor: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => supervisor.once('close', resolve))
  supervisor.stdin?.end()
  await over
}
