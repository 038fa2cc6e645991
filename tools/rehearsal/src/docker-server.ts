import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  canHaveNetworks,
  canMakeSubstituteImages,
  canStartBuilder,
  canStartHostEngine,
  canStartHosts,
  canStartRegistry,
  importServerImages,
  startHost,
  startHostEngine,
  type TestHost,
} from '@belay/test-hosts'
import { programsFor } from '../../../scripts/machine/programs.ts'
import { bringPrograms, inContainer, Lacking, type Preparation, requireRoot } from './machine.ts'
import type { Query } from './observe/database.ts'
import type { Settings } from './repository/settings.ts'
import { type Filled, filesWithSecrets, textsOf } from './repository/unit-files.ts'

/** A server with an sshd, a network and a Docker of its own, prepared as `rehearsal.yml` says. */
export interface DockerServer {
  readonly host: TestHost
  /** A file with the certificate that its proxy shows. */
  readonly certificate: string
  /** Asks its database: the rows, the columns separated by `|`. */
  readonly query: Query
  /** The containers of some services of Compose, by service. */
  containers(names: readonly string[]): Promise<Record<string, string>>
  stop(): Promise<void>
}

/** Why no such server, no registry or no builder can be started here; undefined if they can. */
export function whyNoDockerServers(): string | undefined {
  const engines = canStartHostEngine() ?? canStartBuilder({ docker: 'trixie' })
  return canStartHosts() ?? canHaveNetworks() ?? engines ?? canStartRegistry() ?? canMakeSubstituteImages()
}

/**
 * Makes sure that they can be started. Says what is missing and installs it.
 * @throws Lacking if something is missing that may not or cannot be installed
 */
export async function prepareDockerServers(_: unknown, preparation: Preparation): Promise<void> {
  requireRoot(preparation.args)
  await bringPrograms([...programsFor('hosts', 'networks', 'containers'), 'busybox', 'pg_dump'], preparation)
  const reason = whyNoDockerServers()
  if (reason)
    throw new Lacking(`This example runs with Docker engines of its own. ${reason}\n\n${inContainer(preparation.args)}`)
}

export interface DockerServerOptions {
  readonly name: string
  readonly authorizedKey: string
  /** Of a registry on this machine's 127.0.0.1; the server's own port forwards to it. */
  readonly registryPort: number
  /** For keys. */
  readonly keys: string
  /** The repository. */
  readonly root: string
  readonly settings: Settings
  /** The team's folder on the server, in which Compose runs. */
  readonly project: string
  /** Folders of the deploy user besides. */
  readonly folders: readonly string[]
  /** The PostgreSQL among the services of Compose. */
  readonly database: { readonly service: string; readonly user: string; readonly password: string }
}

export async function openDockerServer(options: DockerServerOptions): Promise<DockerServer> {
  const { name, authorizedKey, registryPort, project, settings } = options
  const folders = [project, ...options.folders]
  const host = await startHost({ name, authorizedKey, network: 'own', reaches: [registryPort], folders })
  try {
    const engine = await startHostEngine(host)
    await importServerImages(engine.docker)
    const certificate = makeCertificate(options.keys, name, host.address)
    const key = {
      certificate: readFileSync(certificate, 'utf8'),
      'certificate-key': readFileSync(`${certificate}.key`, 'utf8'),
    }
    await furnish(host, options, { ...key, 'database-password': options.database.password })
    for (const command of settings.hosts.run) await asRoot(host, 'sh', '-c', command)
    const compose = (...args: string[]) => asRoot(host, 'docker', 'compose', '--project-directory', project, ...args)
    const { service, user, password } = options.database
    const psql = ['exec', '-T', '-e', `PGPASSWORD=${password}`, service, 'psql', '-U', user, '-d', user, '-At', '-c']
    const query: Query = async (sql) => (await compose(...psql, sql)).split('\n').filter(Boolean)
    await eventually(() => query('select 1'))
    return {
      host,
      certificate,
      query,
      async containers(names) {
        const ids = await Promise.all(names.map((one) => compose('ps', '--quiet', one)))
        return Object.fromEntries(names.map((one, index) => [one, ids[index] ?? '']))
      },
      async stop() {
        await engine.stop().catch(() => undefined)
        await host.stop()
      },
    }
  } catch (error) {
    await host.stop()
    throw error
  }
}

/** The files that `rehearsal.yml` names. Their folders in the team's are the deploy user's, and only it may read a secret. */
async function furnish(
  host: TestHost,
  { settings, root, project }: DockerServerOptions,
  filled: Filled,
): Promise<void> {
  const secret = filesWithSecrets(settings)
  const files = Object.entries(textsOf(settings.hosts.files, root, filled))
  const owned = new Set(files.flatMap(([path]) => foldersBelow(project, path)))
  await asRoot(host, 'install', '-d', '-o', 'deploy', '-g', 'deploy', ...owned)
  for (const [path, text] of files) await host.write(path, text, secret.includes(path) ? 0o600 : 0o644)
}

/** The folders between a folder and a file in it, the outer ones first. */
function foldersBelow(folder: string, path: string): string[] {
  const parent = posix.dirname(path)
  return parent.startsWith(`${folder}/`) ? [...foldersBelow(folder, parent), parent] : []
}

/** Like a real one, but self-signed. */
function makeCertificate(folder: string, name: string, address: string): string {
  const path = join(folder, `${name}.pem`)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${path}.key`]
  const names = ['-subj', `/CN=${name}.example.com`, '-addext', `subjectAltName=IP:${address}`]
  execFileSync('openssl', ['req', '-x509', '-days', '2', '-out', path, ...key, ...names], { stdio: 'pipe' })
  return path
}

/** Variables by which programs of the runner trust the servers' certificates. `folder`: for a file with all of them. */
export function trustIn(folder: string, servers: readonly DockerServer[]): Record<string, string> {
  const trusted = join(folder, 'trusted.pem')
  writeFileSync(trusted, servers.map(({ certificate }) => readFileSync(certificate, 'utf8')).join(''))
  return { NODE_EXTRA_CA_CERTS: trusted, CURL_CA_BUNDLE: trusted }
}

/** What stands in texts of `rehearsal.yml` for a server: `{target}`, `{known-hosts}`, `{server}`. */
export function filledFor({ host: { target, knownHosts, address } }: DockerServer): Filled {
  return { target, 'known-hosts': knownHosts, server: address }
}

async function asRoot(host: TestHost, ...argv: string[]): Promise<string> {
  // The default folder of the client's plugins, where the server's Compose is.
  const env = { DOCKER_CONFIG: '/home/deploy/.docker' }
  const { status, stdout, stderr } = await host.run(argv, { user: 'root', timeoutMs: 120_000, env })
  if (status !== 0) throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr.trim()}`)
  return stdout.trimEnd()
}

async function eventually(holds: () => Promise<unknown>): Promise<void> {
  for (const last = Date.now() + 60_000; ; await sleep(200)) {
    try {
      await holds()
      return
    } catch (error) {
      if (Date.now() > last) throw error
    }
  }
}
