import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { canFetchDocker, type DebianSuite, fetchDocker } from './docker-packages.ts'

const execute = promisify(execFile)

/** A Docker Engine of a test's own, without any image or cache: a clean builder. */
export interface TestBuilder {
  /** PATH, HOME, DOCKER_HOST and TMPDIR for programs that are to find this Docker, and nothing of the machine's. */
  readonly env: Readonly<Record<string, string>>
  /** Forgets everything that was built. */
  prune(): Promise<void>
  /** Ends it and removes its files. */
  stop(): Promise<void>
}

export interface BuilderOptions {
  /** `machine`: the Debian package of this machine; else that suite's, with buildx. */
  readonly docker: 'machine' | DebianSuite
  /** Adds a BuildKit beside the daemon, as docker/setup-buildx-action does, and uses it. */
  readonly buildkit?: { readonly insecure: readonly string[] }
  /** False: the client finds no plugins. */
  readonly plugins?: boolean
}

/** Why no such builder can be started here; undefined where one can. */
export function canStartBuilder({ docker, buildkit }: BuilderOptions): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a Docker Engine of a test’s own needs Linux and root'
  const missing = whyMissing('dockerd', 'docker')
  if (missing) return missing
  if (!existsSync('/usr/sbin/dockerd') || !existsSync('/usr/bin/docker'))
    return 'the Docker of this machine is not Debian’s docker.io, which has /usr/sbin/dockerd and /usr/bin/docker'
  if (docker === 'machine' && major() >= 23) return 'docker build without buildx has BuildKit before Docker 23 only'
  if (buildkit && buildkitd() === undefined) return 'missing: buildkitd; npm run buildkit builds it'
  return docker === 'machine' ? undefined : canFetchDocker()
}

/** Starts one; it ends with `stop`, or with this process. Two seconds, once the packages are there. */
export async function startBuilder(options: BuilderOptions): Promise<TestBuilder> {
  const packages = options.docker === 'machine' ? undefined : fetchDocker(options.docker)
  const folder = mkdtempSync(join(tmpdir(), 'belay-builder-'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  symlinkSync(packages ? join(packages.bin, 'docker') : '/usr/bin/docker', join(bin, 'docker'))
  if (packages && options.plugins !== false) {
    mkdirSync(join(folder, 'home/.docker'), { recursive: true })
    symlinkSync(packages.plugins, join(folder, 'home/.docker/cli-plugins'))
  }
  const env = {
    PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: join(folder, 'home'),
    DOCKER_HOST: `unix://${join(folder, 'docker.sock')}`,
    TMPDIR: folder,
  }
  const daemon = startDaemon(packages?.dockerd ?? '/usr/sbin/dockerd', folder, env)
  const started = [daemon]
  const stop = async () => {
    await Promise.all(started.map(end))
    for (const mount of mountsBelow(folder)) await execute('umount', ['--lazy', mount]).catch(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await awaitDaemon(env, daemon, join(folder, 'dockerd.log'))
    if (options.buildkit) started.push(await startBuildkit(folder, env, options.buildkit.insecure))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    env,
    async prune() {
      const command = options.buildkit || packages ? ['buildx', 'prune', '-af'] : ['builder', 'prune', '-af']
      await execute('docker', command, { env, timeout: 60_000 })
    },
    stop,
  }
}

function startDaemon(dockerd: string, folder: string, env: NodeJS.ProcessEnv): ChildProcess {
  // The newer store is what Docker 29 starts with; the older daemon of the machine has none.
  const features = dockerd === '/usr/sbin/dockerd' ? {} : { features: { 'containerd-snapshotter': true } }
  writeFileSync(join(folder, 'daemon.json'), JSON.stringify(features))
  const settings = {
    'config-file': join(folder, 'daemon.json'),
    host: `unix://${join(folder, 'docker.sock')}`,
    pidfile: join(folder, 'docker.pid'),
    'data-root': join(folder, 'data'),
    'exec-root': join(folder, 'run'),
    // It leaves the machine's network and firewall alone.
    bridge: 'none',
    iptables: 'false',
    ip6tables: 'false',
  }
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  const log = openSync(join(folder, 'dockerd.log'), 'a')
  return spawn('setpriv', ['--pdeathsig=TERM', dockerd, ...args], { env, cwd: '/', stdio: ['ignore', log, log] })
}

async function awaitDaemon(env: NodeJS.ProcessEnv, daemon: ChildProcess, log: string): Promise<void> {
  const last = Date.now() + 30_000
  for (;;) {
    const version = await execute('docker', ['version'], { env, timeout: 5000 }).catch(() => undefined)
    if (version) return
    if (daemon.exitCode !== null || Date.now() > last)
      throw new Error(`dockerd did not answer: ${readFileSync(log, 'utf8').slice(-2000)}`)
    await sleep(100)
  }
}

async function startBuildkit(
  folder: string,
  env: NodeJS.ProcessEnv,
  insecure: readonly string[],
): Promise<ChildProcess> {
  const socket = `unix://${join(folder, 'buildkit.sock')}`
  const config = join(folder, 'buildkitd.toml')
  writeFileSync(config, insecure.map((address) => `[registry."${address}"]\n  http = true\n`).join(''))
  const log = openSync(join(folder, 'buildkitd.log'), 'a')
  const args = ['--config', config, '--addr', socket, '--root', join(folder, 'buildkit')]
  const worker = ['--oci-worker=true', '--oci-worker-binary=runc', '--oci-worker-net=host', '--containerd-worker=false']
  const child = spawn('setpriv', ['--pdeathsig=TERM', buildkitd() ?? 'buildkitd', ...args, ...worker], {
    env: { ...env, PATH: `${env.PATH}:/usr/local/sbin:/usr/local/bin` },
    stdio: ['ignore', log, log],
  })
  const last = Date.now() + 30_000
  while (!existsSync(join(folder, 'buildkit.sock'))) {
    if (child.exitCode !== null || Date.now() > last)
      throw new Error(`buildkitd did not start: ${readFileSync(join(folder, 'buildkitd.log'), 'utf8').slice(-2000)}`)
    await sleep(50)
  }
  await execute('docker', ['buildx', 'create', '--name', 'beside', '--driver', 'remote', '--use', socket], { env })
  return child
}

function buildkitd(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), join(homedir(), '.cache/belay/bin')]
  return folders.map((folder) => join(folder, 'buildkitd')).find((path) => existsSync(path))
}

function major(): number {
  const output = execFileSync('/usr/bin/docker', ['--version'], { encoding: 'utf8' })
  return Number(/version (\d+)\./.exec(output)?.[1] ?? 0)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(timer)
}

function mountsBelow(folder: string): string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  return mounts
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse()
}
