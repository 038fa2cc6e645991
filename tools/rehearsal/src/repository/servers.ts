import { posix } from 'node:path'
import { type SystemdHost, startSystemdHost, sudoersLines } from '@belay/test-hosts'
import { Lacking } from '../machine.ts'
import type { DerivedUnit, HostName } from './facts.ts'
import { type Settings, settingsFile } from './settings.ts'
import { accountsIn, unitFileName, unitName } from './unit-files.ts'

/** A throwaway server under the name that the variables give to a real one. */
export interface Server {
  readonly name: string
  readonly host: SystemdHost
}

export interface ServerPlan {
  readonly units: readonly DerivedUnit[]
  readonly settings: Settings
  /** The text of each file, by its path on the servers. */
  readonly files: Readonly<Record<string, string>>
  readonly authorizedKey: string
  /** Ports of this machine that every server reaches. */
  readonly reaches: readonly number[]
}

/** Starts a server for each address that the units name, prepared as root prepares a real one. */
export async function startServers(plan: ServerPlan, opened: (server: Server) => void): Promise<Server[]> {
  const byAddress = Map.groupBy(
    plan.units.flatMap((unit) => unit.hosts.map((host) => ({ host, unit }))),
    ({ host }) => host.address,
  )
  return Promise.all(
    [...byAddress].map(async ([name, both], index) => {
      const hosts = both.map(({ host }) => host)
      const units = [...new Set(both.map(({ unit }) => unit))]
      const ports = [...new Set(hosts.map(({ port }) => port))]
      const host = await startSystemdHost({
        name: `server-${index + 1}`,
        authorizedKey: plan.authorizedKey,
        services: [],
        sudoers: sudoersFor(units, hosts, plan.settings),
        network: 'own',
        sshPorts: ports,
        reaches: plan.reaches,
        packages: plan.settings.packages,
      }).catch(withPackages(plan.settings))
      const server = { name, host }
      opened(server)
      await prepare(host, units, hosts, plan)
      return server
    }),
  )
}

/** Says of a failed start that the packages may be the cause. */
function withPackages({ packages }: Settings): (error: Error) => never {
  return (error) => {
    if (packages.length === 0) throw error
    throw new Lacking(
      `${error.message}\nHow to fix: name packages of Debian 12 in hosts.packages of ${settingsFile}. It has ${packages.join(', ')}.`,
    )
  }
}

/** Everything that is there before the first release: logins, folders, files, units. */
async function prepare(
  host: SystemdHost,
  units: readonly DerivedUnit[],
  logins: readonly HostName[],
  { files, settings }: ServerPlan,
): Promise<void> {
  const run = (argv: readonly string[]) => host.run([...argv], { user: 'root', timeoutMs: 120_000 })
  const asRoot = async (...argv: string[]) => {
    const { status, stdout, stderr } = await run(argv)
    if (status !== 0) throw new Error(`${host.name}: ${argv.join(' ')}: ${stderr.trim() || stdout.trim()}`)
  }
  for (const user of new Set(logins.map((login) => login.user))) await asRoot('sh', '-c', addLogin, user)
  for (const account of accountsIn(files)) await asRoot('sh', '-c', addAccount, account)
  await asRoot('sh', '-c', addNode)
  for (const { path } of units) await asRoot('install', '-d', '-o', 'deploy', '-g', 'deploy', path)
  for (const [path, text] of Object.entries(files)) await host.write(path, text, modeOf(path, text))
  for (const unit of units.filter(hasSlots)) await prepareProxy(unit, host, asRoot)
  await asRoot('systemctl', 'daemon-reload')
  for (const unit of units.filter((unit) => !hasSlots(unit))) {
    const name = unitName(unit)
    const text = files[`/etc/systemd/system/${unitFileName(unit)}`] ?? ''
    if (name && /^\[Install\]/m.test(text)) await asRoot('systemctl', 'enable', name)
  }
  for (const command of settings.run) {
    const { status, stdout, stderr } = await run(['sh', '-c', command])
    if (status !== 0) throw new Lacking(runRefusal(command, status, stderr.trim() || stdout.trim()))
  }
  if (units.some(hasSlots)) await asRoot('systemctl', 'enable', '--now', 'nginx')
}

function modeOf(path: string, text: string): number {
  const folder = posix.dirname(path)
  if (folder === '/etc/sudoers.d') return 0o440
  return text.startsWith('#!') || posix.basename(folder) === 'bin' ? 0o755 : 0o644
}

/** The folder to which Belay writes, and in it the first slot: nginx takes no empty upstream. */
async function prepareProxy(
  { upstream, slots }: DerivedUnit,
  host: SystemdHost,
  asRoot: (...argv: string[]) => Promise<void>,
): Promise<void> {
  await asRoot('install', '-d', '-o', 'deploy', '-g', 'deploy', upstream)
  await host.write(`${upstream}/active.conf`, `server 127.0.0.1:${slots[0]};\n`)
}

function runRefusal(command: string, status: number, said: string): string {
  const help = /\bapt(?:-get)?\b/.test(command)
    ? `the servers reach no network, so nothing can be downloaded there. Name Debian's packages in ${settingsFile} instead, such as hosts: { packages: [python3] }.`
    : `correct the command. It runs as root on each server, which has Debian 12, and reaches no network.`
  return `${settingsFile}: hosts.run: a command failed with status ${status}: ${command}\n${said}\nHow to fix: ${help}`
}

/** The literal lines for the units, for each login. Where the repository brings a file for sudo, its slots have theirs there. */
function sudoersFor(units: readonly DerivedUnit[], logins: readonly HostName[], { files }: Settings): string {
  const hasOwn = Object.keys(files).some((path) => path.startsWith('/etc/sudoers.d/'))
  const [slotted, plain] = [units.filter(hasSlots), units.filter((unit) => !hasSlots(unit))]
  const lines = [
    sudoersLines(plain.flatMap((unit) => unitName(unit)?.replace(/\.service$/, '') ?? [])),
    ...(hasOwn || slotted.length === 0 ? [] : [sudoersLines(slotted.flatMap(instancesOf), slotVerbs), proxyLines]),
  ].join('')
  return [...new Set(logins.map(({ user }) => user))].map((user) => lines.replaceAll(/^deploy /gm, `${user} `)).join('')
}

const slotVerbs = ['restart', 'stop', 'reset-failed', 'enable', 'disable']
const proxyLines = `deploy ALL=(root) NOPASSWD: /usr/sbin/nginx -t
deploy ALL=(root) NOPASSWD: /usr/bin/systemctl reload nginx
`

function hasSlots({ slots }: DerivedUnit): boolean {
  return slots.length > 0
}

/** `my-service-production@5001` */
function instancesOf(unit: DerivedUnit): string[] {
  const template = unitName(unit)?.replace(/\.service$/, '')
  return template ? unit.slots.map((slot) => `${template}${slot}`) : []
}

/**
 * The deploy user, perhaps by another name, with its key: the first one in the file is what the user is called. It may read
 * the log of a service that fails.
 */
const addLogin = `grep -q "^$0:" /etc/passwd || {
  sed -i "1i $0:x:1500:1500::/home/deploy:/bin/bash" /etc/passwd
  echo "$0:*:20000:0:99999:7:::" >>/etc/shadow
}
usermod -aG systemd-journal "$0"`
const addAccount = 'getent passwd "$0" >/dev/null || useradd --system --shell /usr/sbin/nologin "$0"'
/** Where Debian's package has it. */
const addNode = '[ -e /usr/bin/node ] || ln -s /usr/local/bin/node /usr/bin/node'

/** The lines to pin: the servers' own keys under the names of the real ones. */
export function knownHostsOf(servers: readonly Server[], units: readonly DerivedUnit[]): string {
  const hosts = units.flatMap((unit) => unit.hosts)
  return servers
    .flatMap(({ name, host }) => {
      const key = host.knownHosts.split(' ').slice(1).join(' ')
      const ports = new Set(hosts.filter(({ address }) => address === name).map(({ port }) => port))
      return [...ports].map((port) => `${port === 22 ? name : `[${name}]:${port}`} ${key}`)
    })
    .join('\n')
}
