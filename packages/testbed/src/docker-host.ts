import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { canFetchDocker, fetchDocker } from './docker-packages.ts'
import type { TestHost } from './host.ts'
import { canStartHosts, type HostOptions, startHost } from './namespace-host.ts'

/** A host with a Docker Engine and Compose of its own; `deploy` is in its group `docker`. */
export interface DockerHost extends TestHost {
  /** Runs `docker` on it as root; its standard output without the last newline. Throws with what it said. */
  docker(...args: string[]): Promise<string>
}

/** Why no such host can be started here; undefined where one can. */
export function canStartDockerHosts(): string | undefined {
  const needed = {
    '/usr/sbin/dockerd': 'docker.io',
    '/usr/bin/docker': 'docker.io',
    '/usr/sbin/iptables': 'iptables',
    '/usr/bin/socat': 'socat',
  }
  const missing = Object.entries(needed).filter(([file]) => !existsSync(file))
  if (missing.length > 0)
    return `missing: apt-get install --no-install-recommends ${[...new Set(missing.map(([, name]) => name))].join(' ')}`
  if (!['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip'].some((file) => existsSync(file)))
    return 'missing: apt-get install iproute2'
  return canStartHosts() ?? canFetchDocker()
}

/**
 * Starts a host with a network of its own, as bridges and published ports would else be the machine's, and Docker on it:
 * the engine of this machine's package with an empty store on the host's disk, and the Compose plugin of a newer Debian.
 * All of it ends with the host.
 */
export async function startDockerHost(options: Omit<HostOptions, 'network'>): Promise<DockerHost> {
  const { plugins } = fetchDocker('trixie')
  // Images and volumes lie in memory; as much as is used of it.
  const host = await startHost({ disk: '6g', ...options, network: 'own' })
  const asRoot = async (...argv: string[]) => {
    const { status, stdout, stderr } = await host.run(argv, { user: 'root', timeoutMs: 300_000 })
    if (status !== 0) throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr.trim()}`)
    return stdout.trimEnd()
  }
  try {
    await asRoot('sh', '-c', "echo 'docker:x:1501:deploy' >>/etc/group")
    // Where a package puts it: clients look there whatever their configuration is.
    const lower = `${join(plugins, '../..')}:/usr/libexec`
    await asRoot('mount', '-t', 'overlay', '-o', `lowerdir=${lower}`, 'overlay', '/usr/libexec')
    await asRoot('sh', '-c', 'setsid "$@" >/var/log/dockerd.log 2>&1 </dev/null &', 'sh', ...daemon)
    await answered(host)
  } catch (error) {
    await host.stop()
    throw error
  }
  return {
    ...host,
    docker: (...args) => asRoot('docker', ...args),
    async stop() {
      // An engine that ends in peace leaves nothing on the machine, cgroups of its containers neither.
      await host.run(['sh', '-c', endContainers], { user: 'root', timeoutMs: 60_000 }).catch(() => undefined)
      await host.stop()
    },
  }
}

const daemon = ['dockerd', '--data-root', '/srv/.docker', '--group', 'docker', '--pidfile', '/run/docker.pid']

const endContainers = 'docker ps --quiet | xargs --no-run-if-empty docker kill; docker system prune --force --volumes'

async function answered(host: TestHost): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    const asked = await host.run(['docker', 'version'], { user: 'root' })
    if (asked.status === 0) return
    if (waited > 30_000) throw new Error(`dockerd did not answer: ${await host.read('/var/log/dockerd.log')}`)
    await sleep(100)
  }
}
