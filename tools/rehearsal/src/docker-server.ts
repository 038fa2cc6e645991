import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  canHaveNetworks,
  canMakeSubstituteImages,
  canStartBuilder,
  canStartHostEngine,
  canStartHosts,
  canStartRegistry,
  importServerImages,
  type TestHost,
} from '@belay/test-hosts'
import { programsFor } from '../../../scripts/machine/programs.ts'
import { type DockerHost, startDockerHost, writeTeamFiles } from './docker-host.ts'
import { type Preparation, prepareHosts } from './machine.ts'
import type { Query } from './observe/database.ts'
import type { Settings } from './repository/settings.ts'
import { type Filled, textsOf } from './repository/unit-files.ts'

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

/** The programs that they need. */
export const dockerPrograms = [...programsFor('hosts', 'networks', 'containers'), 'busybox', 'pg_dump'] as const

/**
 * Makes sure that they can be started. Says what is missing and installs it.
 * @throws Lacking if something is missing that may not or cannot be installed
 */
export async function prepareDockerServers(_: unknown, preparation: Preparation): Promise<void> {
  const about = 'This example runs with Docker engines of its own. '
  await prepareHosts(dockerPrograms, whyNoDockerServers, preparation, about)
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
  const { name, registryPort, project, settings, root } = options
  const { service, user, password } = options.database
  const psql = ['exec', '-T', '-e', `PGPASSWORD=${password}`, service, 'psql', '-U', user, '-d', user, '-At', '-c']
  const compose = ({ asRoot }: DockerHost, ...args: string[]) =>
    asRoot('docker', 'compose', '--project-directory', project, ...args)
  const queryOn =
    (server: DockerHost): Query =>
    async (sql) =>
      (await compose(server, ...psql, sql)).split('\n').filter(Boolean)
  const certificate = join(options.keys, `${name}.pem`)
  const server = await startDockerHost(
    { ...options, reaches: [registryPort], folders: [project, ...options.folders] },
    async (started) => {
      await importServerImages(started.docker)
      makeCertificate(certificate, name, started.host.address)
      const filled = {
        certificate: readFileSync(certificate, 'utf8'),
        'certificate-key': readFileSync(`${certificate}.key`, 'utf8'),
        'database-password': password,
      }
      await writeTeamFiles(started, [project], textsOf(settings.hosts.files, root, filled), settings)
      for (const command of settings.hosts.run) await started.asRoot('sh', '-c', command)
      await eventually(() => queryOn(started)('select 1'))
    },
  )
  return {
    host: server.host,
    certificate,
    query: queryOn(server),
    async containers(names) {
      const ids = await Promise.all(names.map((one) => compose(server, 'ps', '--quiet', one)))
      return Object.fromEntries(names.map((one, index) => [one, ids[index] ?? '']))
    },
    stop: server.stop,
  }
}

/** Like a real one, but self-signed. */
function makeCertificate(path: string, name: string, address: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${path}.key`]
  const names = ['-subj', `/CN=${name}.example.com`, '-addext', `subjectAltName=IP:${address}`]
  execFileSync('openssl', ['req', '-x509', '-days', '2', '-out', path, ...key, ...names], { stdio: 'pipe' })
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
