import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** What the test hosts' own daemon keeps: images below /var/lib, the rest below /run. */
const own = {
  run: '/run/belay-testbed',
  data: '/var/lib/belay-testbed/docker',
  socket: 'unix:///run/belay-testbed/docker.sock',
  pidFile: '/run/belay-testbed/dockerd.pid',
  log: '/run/belay-testbed/dockerd.log',
}

/** The environment for commands that talk to the daemon: the machine's where one answers, else the test hosts' own. */
export async function ensureDocker(): Promise<NodeJS.ProcessEnv> {
  const machines = { ...process.env }
  if (await answers(machines)) return machines
  const ours = { ...process.env, DOCKER_HOST: own.socket }
  if (!(await answers(ours))) await startDaemon(ours)
  return ours
}

/** Stops the daemon that `ensureDocker` started, if it did; its images stay for the next time. */
export async function stopDocker(): Promise<void> {
  const pid = existsSync(own.pidFile) ? Number(readFileSync(own.pidFile, 'utf8')) : 0
  if (!pid || !isDaemon(pid)) return
  process.kill(pid, 'SIGTERM')
  for (let waited = 0; isDaemon(pid); waited += 50) {
    if (waited > 20_000) throw new Error(`dockerd (pid ${pid}) did not end within 20 s; see ${own.log}`)
    await sleep(50)
  }
  // dockerd leaves these two behind, busy for a moment.
  for (const mount of [own.data, `${own.run}/exec/netns/default`]) {
    if (readFileSync('/proc/self/mounts', 'utf8').includes(` ${mount} `)) await execute('umount', ['--lazy', mount])
  }
}

/** Runs `docker` with arguments; its standard output without the last newline. Throws with what it said. */
export async function docker(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const { stdout } = await execute('docker', args, { env, timeout: 60_000 })
  return stdout.trimEnd()
}

async function answers(env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await execute('docker', ['version', '--format', '{{.Server.Version}}'], { env, timeout: 5_000 })
    return true
  } catch {
    return false
  }
}

/**
 * It stays when this process ends, for the next test file. Hosts use the machine's network, so it needs no bridge and
 * leaves the machine's firewall alone. Of two started at once the second ends by itself, over the pid file.
 */
async function startDaemon(env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(own.run, { recursive: true })
  const log = openSync(own.log, 'a')
  const settings = {
    host: own.socket,
    pidfile: own.pidFile,
    'data-root': own.data,
    'exec-root': `${own.run}/exec`,
    bridge: 'none',
    iptables: 'false',
    ip6tables: 'false',
  }
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  // Of its own too, as it outlives its caller: containerd writes its stacks there when dockerd restarts it.
  const withTemporary = { ...process.env, TMPDIR: own.run }
  spawn('dockerd', args, { detached: true, stdio: ['ignore', log, log], cwd: '/', env: withTemporary }).unref()
  for (let waited = 0; !(await answers(env)); waited += 100) {
    if (waited > 20_000) throw new Error(`dockerd did not answer within 20 s; see ${own.log}`)
    await sleep(100)
  }
}

function isDaemon(pid: number): boolean {
  const cmdline = `/proc/${pid}/cmdline`
  try {
    return readFileSync(cmdline, 'utf8').startsWith('dockerd\0')
  } catch {
    return false
  }
}
