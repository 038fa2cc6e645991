import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { belayRoot } from './places.ts'

/** What this machine lacks; the message says how to mend it. */
export class Lacking extends Error {}

/** @throws Lacking where a bundle is not built. `bundles`: folders below actions/ */
export function refuseMissingBundles(bundles: readonly string[]): void {
  const missing = bundles.filter((name) => !existsSync(join(belayRoot, 'actions', name, 'dist/index.js')))
  if (missing.length > 0) throw new Lacking(`No bundle of ${missing.join(', ')}. Build them: npm run build`)
}

/** @throws Lacking where this is not Linux, or not root. `args`: of the command, for the one that would work */
export function requireRoot(args: readonly string[]): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Lacking(elsewhere(args))
}

function elsewhere(args: readonly string[]): string {
  const linux = process.platform === 'linux'
  const why = `Hosts with disks and users of their own need ${linux ? 'root' : `Linux (this is ${process.platform})`}.`
  const asRoot = `As root on this machine:\n  sudo env "PATH=$PATH" ${command(args)}\n`
  return `${why}\n${linux ? asRoot : ''}${inContainer(args)}`
}

/**
 * The same command where everything is there. A volume without a name lies over node_modules, so that those of this
 * machine stay as they are.
 */
export function inContainer(args: readonly string[]): string {
  const run = `npm ci && ${command(args)}`
  return `In a container:\n  docker run --rm --privileged -v "$PWD":/belay -v /belay/node_modules -w /belay node:24 sh -c "${run}"`
}

function command(args: readonly string[]): string {
  return ['npm run rehearse', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
}

interface PackageManager {
  readonly name: string
  readonly install: readonly (readonly string[])[]
  /** What its packages are called, where not as elsewhere. */
  readonly renamed: Readonly<Record<string, string>>
}

const managers: readonly PackageManager[] = [
  {
    name: 'apt-get',
    install: [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-y', '-q', '--no-install-recommends'],
    ],
    renamed: {},
  },
  {
    name: 'dnf',
    install: [['dnf', 'install', '-y', '--setopt=install_weak_deps=False']],
    renamed: { 'openssh-client': 'openssh-clients' },
  },
  { name: 'apk', install: [['apk', 'add']], renamed: {} },
]

/**
 * Installs the packages of which a program is not there, after saying so. `wanted`: Debian's package, by program.
 * @throws Lacking where that takes somebody else
 */
export function installPackages(wanted: Readonly<Record<string, string>>, say: (line: string) => void): void {
  const missing = Object.entries(wanted).filter(([program]) => !has(program))
  if (missing.length === 0) return
  const manager = managers.find(({ name }) => has(name))
  const packages = [...new Set(missing.map(([, name]) => manager?.renamed[name] ?? name))]
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
