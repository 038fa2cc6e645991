import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import {
  canStartHosts,
  canStartPostgres,
  canStartSystemdHosts,
  installSystemdSupport,
  serverFolder,
} from '@belay/testbed'
import { belayRoot } from './example.ts'
import type { HostKind } from './options.ts'

/** What this machine lacks; the message says how to mend it. */
export class Lacking extends Error {}

/** @throws Lacking where an action that the example uses is not built */
export function refuseMissingBundles(): void {
  const bundles = [
    ...['deploy-ssh', 'health-gate', 'notify-slack', 'migrate-db', 'blue-green-switch', 'release/begin', 'release/end'],
    ...['release/plan', 'release/artifact', 'release/deployment', 'release/aftercare'],
  ]
  const missing = bundles.filter((name) => !existsSync(join(belayRoot, 'actions', name, 'dist/index.js')))
  if (missing.length > 0) throw new Lacking(`No bundle of ${missing.join(', ')}. Build them: npm run build`)
}

interface PackageManager {
  readonly name: string
  readonly install: readonly (readonly string[])[]
  /** By program. */
  readonly packages: Readonly<Record<string, string>>
}

/** What production needs beside. */
const forProduction = { nginx: 'nginx', unzip: 'unzip' }
const utilLinux = { unshare: 'util-linux', nsenter: 'util-linux', flock: 'util-linux', setsid: 'util-linux' }
const common = { rsync: 'rsync', curl: 'curl', tar: 'tar', bash: 'bash', ...utilLinux }

const managers: readonly PackageManager[] = [
  {
    name: 'apt-get',
    install: [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-y', '-q', '--no-install-recommends'],
    ],
    packages: { ...common, sshd: 'openssh-server', ssh: 'openssh-client' },
  },
  {
    name: 'dnf',
    install: [['dnf', 'install', '-y', '--setopt=install_weak_deps=False']],
    packages: { ...common, sshd: 'openssh-server', ssh: 'openssh-clients' },
  },
  {
    name: 'apk',
    install: [['apk', 'add']],
    packages: { ...common, sshd: 'openssh-server', ssh: 'openssh-client' },
  },
]

/**
 * Makes sure that hosts can be started here; packages that lack are installed, after saying so.
 * @throws Lacking where that takes somebody else
 */
export function prepareMachine(
  kind: HostKind,
  production: boolean,
  args: readonly string[],
  say: (line: string) => void,
): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Lacking(elsewhere(args))
  installPackages(production, say)
  if (kind === 'systemd') installSystemdSupport()
  const reason = (kind === 'systemd' ? canStartSystemdHosts() : canStartHosts()) ?? (production && canStartPostgres())
  if (reason) throw new Lacking(`${reason}\n\n${inContainer(args)}`)
}

function elsewhere(args: readonly string[]): string {
  const linux = process.platform === 'linux'
  const why = `Hosts with disks and users of their own need ${linux ? 'root' : `Linux (this is ${process.platform})`}.`
  const asRoot = `As root on this machine:\n  sudo env "PATH=$PATH" ${command(args)}\n`
  return `${why}\n${linux ? asRoot : ''}${inContainer(args)}`
}

/** A volume without a name lies over node_modules, so that those of this machine stay as they are. */
function inContainer(args: readonly string[]): string {
  const run = `npm ci && ${command(args)}`
  return `In a container:\n  docker run --rm --privileged -v "$PWD":/belay -v /belay/node_modules -w /belay node:24 sh -c "${run}"`
}

function command(args: readonly string[]): string {
  return ['npm run rehearse', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
}

function installPackages(production: boolean, say: (line: string) => void): void {
  const manager = managers.find(({ name }) => has(name))
  const known = { ...(manager?.packages ?? managers[0]?.packages), ...(production && forProduction) }
  const missing = Object.entries(known).filter(([program]) => !has(program))
  // Its programs are not on PATH.
  if (production && serverFolder() === undefined) missing.push(['postgres', 'postgresql'])
  if (missing.length === 0) return
  const packages = [...new Set(missing.map(([, name]) => name))]
  if (!manager)
    throw new Lacking(
      `Missing: ${missing.map(([program]) => program).join(', ')}. Install them; on Debian: apt-get install ${packages.join(' ')}`,
    )
  say(`Installing what is missing, by ${manager.name}: ${packages.join(', ')}`)
  if (packages.includes('openssh-server') && existsSync('/run/systemd/system'))
    say('Where systemd runs, openssh-server also starts an SSH server for this machine; the rehearsal does not use it.')
  const commands = manager.install.map((words, index) =>
    index === manager.install.length - 1 ? [...words, ...packages] : words,
  )
  for (const [program = '', ...words] of commands) install(program, words)
}

function install(program: string, words: readonly string[]): void {
  try {
    execFileSync(program, words, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 300_000,
    })
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: Buffer | string }
    throw new Lacking(
      `${[program, ...words].join(' ')} did not work; run it yourself.\n${String(stderr).trim() || message}`,
    )
  }
}

/** Also where daemons live, which the PATH of a plain login leaves out. */
function has(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => existsSync(join(folder, program)))
}
