import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { packagesOf } from './missing.ts'
import { type Program, programs, purposes } from './programs.ts'

/** An installation failed; the message names the remedy. */
export class NotInstalled extends Error {}

interface PackageManager {
  readonly name: 'apt-get' | 'dnf' | 'apk'
  /** The last of these takes the packages as further arguments. */
  readonly commands: readonly (readonly string[])[]
  /** Names of its packages that differ from Debian's. */
  readonly renamed: Readonly<Record<string, string>>
}

const managers: readonly PackageManager[] = [
  {
    name: 'apt-get',
    commands: [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
    ],
    renamed: {},
  },
  {
    name: 'dnf',
    commands: [['dnf', 'install', '-y', '--setopt=install_weak_deps=False']],
    renamed: { 'openssh-client': 'openssh-clients', procps: 'procps-ng', iproute2: 'iproute', mount: 'util-linux' },
  },
  { name: 'apk', commands: [['apk', 'add']], renamed: { mount: 'util-linux' } },
]

/** The package manager of this machine; undefined if it has none of the known ones. */
export function packageManager(): PackageManager | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return managers.find(({ name }) => folders.some((folder) => existsSync(join(folder, name))))
}

/** Lines with the missing packages and their purpose. */
export function reasonsFor(missing: readonly Program[]): string[] {
  const wanted = [...new Set(missing.map((program) => programs[program].for))]
  return wanted.map((purpose) => {
    const names = packagesOf(missing.filter((program) => programs[program].for === purpose)).join(' ')
    return `  ${names}\n    for ${purposes[purpose]}`
  })
}

/** The commands that install programs here, a line each. */
export function commandsFor(missing: readonly Program[], manager = managers[0] as PackageManager): string[][] {
  const packages = [...new Set(packagesOf(missing).map((name) => manager.renamed[name] ?? name))]
  return manager.commands.map((words, index) =>
    index === manager.commands.length - 1 ? [...words, ...packages] : [...words],
  )
}

/**
 * Installs what is missing, and logs first what and why. `missing` must not be empty.
 * @throws NotInstalled with the output of the package manager
 */
export function install(missing: readonly Program[], log: (line: string) => void): void {
  const manager = packageManager()
  const commands = commandsFor(missing, manager)
  if (!manager)
    throw new NotInstalled(
      `This machine has no known package manager (${managers.map(({ name }) => name).join(', ')}). How to fix: install ${packagesOf(missing).join(' ')} yourself.`,
    )
  log(`Some programs are missing. ${manager.name} installs them now:`)
  for (const line of reasonsFor(missing)) log(line)
  const daemons = packagesOf(missing).filter((name) => startsService.includes(name))
  if (daemons.length > 0 && existsSync('/run/systemd/system'))
    log(`On this machine with systemd, ${daemons.join(', ')} also start services. Belay does not use these.`)
  const began = Date.now()
  for (const [program = '', ...words] of commands) run(program, words)
  log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
}

const startsService: readonly string[] = [
  ...['openssh-server', 'nginx', 'haproxy', 'postgresql', 'pgbouncer', 'docker.io', 'docker-registry'],
]

function run(program: string, words: readonly string[]): void {
  try {
    execFileSync(program, words, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 1_200_000,
      maxBuffer: 64_000_000,
    })
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: Buffer | string }
    const output = String(stderr).trim().slice(-2000) || message
    throw new NotInstalled(
      `This command failed: ${[program, ...words].join(' ')}\n${output}\nHow to fix: run it yourself.`,
    )
  }
}
