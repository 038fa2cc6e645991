import { mkdirSync } from 'node:fs'
import { posix } from 'node:path'
import { type HostEngine, startHost, startHostEngine, type TestHost } from '@belay/test-hosts'
import { asRoot } from './as-root.ts'
import type { Settings } from './repository/settings.ts'
import { filesWithSecrets } from './repository/unit-files.ts'

/** A server with an sshd, a network and a Docker of its own. */
export interface DockerHost {
  readonly host: TestHost
  readonly docker: HostEngine['docker']
  /** Runs a command as root, which finds Compose; throws with what it said. */
  asRoot(...argv: string[]): Promise<string>
  stop(): Promise<void>
}

export interface DockerHostOptions {
  readonly name: string
  readonly authorizedKey: string
  /** Ports of this machine's 127.0.0.1 that its own forward to. */
  readonly reaches: readonly number[]
  /** Folders of the deploy user. */
  readonly folders: readonly string[]
}

/** Variables of a command of root's: the default folder of the client's plugins, where the server's Compose is. */
export const composeEnv: Readonly<Record<string, string>> = { DOCKER_CONFIG: '/home/deploy/.docker' }

/** Where engines keep their data: it needs a disk. */
const engines = '/var/lib/belay-testbed'

/** A host has its own /srv, /home, /etc and the like. The rest is this machine's, which its containers may only read. */
const closeMachine = 'mount --bind "$0" "$0" && mount -o remount,bind,ro /'

/** Starts one; it ends with `stop`, with this process, or if `prepare` fails. */
export async function startDockerHost(
  { name, authorizedKey, reaches, folders }: DockerHostOptions,
  prepare: (server: DockerHost) => Promise<void>,
): Promise<DockerHost> {
  mkdirSync(engines, { recursive: true })
  const host = await startHost({ name, authorizedKey, network: 'own', reaches: [...reaches], folders: [...folders] })
  try {
    // Before the engine, which keeps files open.
    await asRoot(host, ['sh', '-c', closeMachine, engines], composeEnv)
    const engine = await startHostEngine(host)
    const server: DockerHost = {
      host,
      docker: engine.docker,
      asRoot: (...argv) => asRoot(host, argv, composeEnv),
      async stop() {
        await engine.stop().catch(() => undefined)
        await host.stop()
      },
    }
    await prepare(server)
    return server
  } catch (error) {
    await host.stop()
    throw error
  }
}

/** Writes files. Their folders in the team's folders are the deploy user's, and only it may read a secret. */
export async function writeTeamFiles(
  { host, asRoot }: DockerHost,
  projects: readonly string[],
  files: Readonly<Record<string, string>>,
  settings: Settings,
): Promise<void> {
  const secret = filesWithSecrets(settings)
  const owned = new Set(
    projects.flatMap((project) => Object.keys(files).flatMap((path) => foldersBelow(project, path))),
  )
  if (owned.size > 0) await asRoot('install', '-d', '-o', 'deploy', '-g', 'deploy', ...owned)
  for (const [path, text] of Object.entries(files)) await host.write(path, text, secret.includes(path) ? 0o600 : 0o644)
}

/** The folders between a folder and a file in it, the outer ones first. */
function foldersBelow(folder: string, path: string): string[] {
  const parent = posix.dirname(path)
  return parent.startsWith(`${folder}/`) ? [...foldersBelow(folder, parent), parent] : []
}
