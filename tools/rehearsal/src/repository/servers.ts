import { posix } from 'node:path'
import { type SystemdHost, startSystemdHost, sudoersLines, type TestHost } from '@belay/test-hosts'
import { asRoot as runAsRoot } from '../as-root.ts'
import type { DockerHost } from '../docker-host.ts'
import { Lacking } from '../machine.ts'
import { startComposeServer } from './compose-server.ts'
import type { DerivedUnit, HostName } from './facts.ts'
import { haproxyFile, haproxyPackages, isBehindHaproxy, stateFolderOf } from './haproxy.ts'
import { isCompose } from './images.ts'
import { hasSite, type ProxyUnit, startProxy } from './proxy.ts'
import { runRootCommands } from './root-commands.ts'
import { type HostSettings, type Settings, settingsFile } from './settings.ts'
import { accountsIn, unitFileName, unitName } from './unit-files.ts'

/** A throwaway server under the name that the variables give to a real one. */
export interface Server {
  readonly name: string
  readonly host: TestHost
  /** With Docker Compose in place of systemd. */
  readonly docker?: DockerHost
  /** What runs there with a site or a configuration of the repository. */
  readonly proxies: readonly ProxyUnit[]
}

type SystemdServer = Server & { readonly host: SystemdHost }

export interface ServerPlan {
  readonly units: readonly DerivedUnit[]
  readonly settings: Settings
  /** The text of each file, by its path on a server that runs a service. */
  filesOf(address: string): Readonly<Record<string, string>>
  /** The same for a host that has only proxies. */
  readonly proxyFiles: Readonly<Record<string, string>>
  readonly authorizedKey: string
  /** Ports of this machine that every server reaches. */
  readonly reaches: readonly number[]
}

/** What is on one host. */
interface Role {
  readonly name: string
  readonly logins: readonly HostName[]
  /** The services that it runs. */
  readonly runs: readonly DerivedUnit[]
  /** The services with slots to which its proxy sends requests. */
  readonly proxies: readonly DerivedUnit[]
  /** How proxies on other hosts reach it; else its name. */
  readonly address: string
}

/** Starts a server for each address that the units name, prepared as root prepares a real one. */
export async function startServers(plan: ServerPlan, opened: (server: Server) => void): Promise<Server[]> {
  return Promise.all(
    rolesOf(plan.units).map(async (role, index) => {
      if (role.runs.some(isCompose)) return startWithCompose(`server-${index + 1}`, role, plan, opened)
      const { packages } = settingsFor(role, plan)
      const proxies = proxiesOf(role, plan)
      const host = await startSystemdHost({
        name: `server-${index + 1}`,
        authorizedKey: plan.authorizedKey,
        services: [],
        sudoers: sudoersFor(role, plan),
        network: 'own',
        sshPorts: [...new Set(role.logins.map(({ port }) => port))],
        reaches: plan.reaches,
        packages: [...new Set([...packages, ...(proxies.includes('haproxy') ? haproxyPackages : [])])],
      }).catch(withPackages(packages))
      const server = { name: role.name, host, proxies }
      opened(server)
      await prepare(server, role, plan)
      return server
    }),
  )
}

async function startWithCompose(
  name: string,
  role: Role,
  plan: ServerPlan,
  opened: (server: Server) => void,
): Promise<Server> {
  const { authorizedKey, reaches, settings } = plan
  const docker = await startComposeServer({
    ...{ name, authorizedKey, reaches, settings },
    runs: role.runs,
    files: filesFor(role, plan),
  })
  const server = { name: role.name, host: docker.host, docker, proxies: [] }
  opened(server)
  return server
}

/** The host of each address, first those that run services. */
function rolesOf(units: readonly DerivedUnit[]): Role[] {
  const named = [...units.flatMap(({ hosts }) => hosts), ...units.flatMap(({ proxies }) => proxies)]
  const isOn = (name: string) => (host: HostName) => host.address === name
  return [...Map.groupBy(named, ({ address }) => address)].map(([name, logins]) => {
    const runs = units.filter(({ hosts }) => hosts.some(isOn(name)))
    const other = units.filter(({ proxies }) => proxies.some(isOn(name)))
    const own = runs.filter((unit) => hasSlots(unit) && unit.proxies.length === 0)
    const addresses = runs.flatMap(({ hosts, addresses }) => addresses[hosts.findIndex(isOn(name))] ?? [])
    return { name, logins, runs, proxies: [...own, ...other], address: addresses[0] ?? name }
  })
}

function settingsFor({ runs }: Role, { settings }: ServerPlan): HostSettings {
  return runs.length > 0 ? settings.hosts : settings.proxyHosts
}

function filesFor({ runs, address }: Role, { filesOf, proxyFiles }: ServerPlan): Readonly<Record<string, string>> {
  return runs.length > 0 ? filesOf(address) : proxyFiles
}

function proxiesOf(role: Role, plan: ServerPlan): ProxyUnit[] {
  const files = filesFor(role, plan)
  const isNginx = hasSite(files) || !role.proxies.every(isBehindHaproxy)
  return [...(isNginx ? (['nginx'] as const) : []), ...(haproxyFile in files ? (['haproxy'] as const) : [])]
}

/** Says of a failed start that the packages may be the cause. */
function withPackages(packages: readonly string[]): (error: Error) => never {
  return (error) => {
    if (packages.length === 0) throw error
    throw new Lacking(
      `${error.message}\nHow to fix: name packages of Debian 12 in hosts.packages of ${settingsFile}. It has ${packages.join(', ')}.`,
    )
  }
}

/** Everything that is there before the first release: logins, folders, files, units. */
async function prepare({ host, proxies: started }: SystemdServer, role: Role, plan: ServerPlan): Promise<void> {
  const { logins, runs, proxies } = role
  const files = filesFor(role, plan)
  const asRoot = (...argv: string[]) => runAsRoot(host, argv)
  for (const user of new Set(logins.map((login) => login.user))) await asRoot('sh', '-c', addLogin, user)
  for (const account of accountsIn(files)) await asRoot('sh', '-c', addAccount, account)
  await asRoot('sh', '-c', addNode)
  for (const { path } of [...runs, ...proxies]) await asRoot('install', '-d', '-o', 'deploy', '-g', 'deploy', path)
  for (const [path, text] of Object.entries(files)) await host.write(path, text, modeOf(path, text))
  for (const unit of proxies) await prepareProxy(unit, host)
  await asRoot('systemctl', 'daemon-reload')
  for (const unit of runs.filter((unit) => !hasSlots(unit))) {
    const name = unitName(unit)
    const text = files[`/etc/systemd/system/${unitFileName(unit)}`] ?? ''
    if (name && /^\[Install\]/m.test(text)) await asRoot('systemctl', 'enable', name)
  }
  await runRootCommands({ host, has: 'has Debian 12' }, settingsFor(role, plan))
  for (const proxy of started) await startProxy(host, role.name, proxy)
}

function modeOf(path: string, text: string): number {
  const folder = posix.dirname(path)
  if (folder === '/etc/sudoers.d') return 0o440
  return text.startsWith('#!') || posix.basename(folder) === 'bin' ? 0o755 : 0o644
}

/** The folder to which Belay writes; for nginx in it the first slot of each server, as it takes no empty upstream. */
export async function prepareProxy(unit: DerivedUnit, host: Pick<TestHost, 'name' | 'run' | 'write'>): Promise<void> {
  const { upstream, slots, addresses } = unit
  const isHaproxy = isBehindHaproxy(unit)
  const folder = isHaproxy ? stateFolderOf(unit) : upstream
  await runAsRoot(host, ['install', '-d', '-o', 'deploy', '-g', 'deploy', folder])
  if (isHaproxy) return
  const servers = addresses.length > 0 ? addresses : ['127.0.0.1']
  await host.write(`${upstream}/active.conf`, servers.map((server) => `server ${server}:${slots[0]};\n`).join(''))
}

/** The literal lines for the units, for each login. Where the repository brings a file for sudo, its slots have theirs there. */
function sudoersFor(role: Role, plan: ServerPlan): string {
  const { logins, runs, proxies } = role
  const hasOwn = Object.keys(settingsFor(role, plan).files).some((path) => path.startsWith('/etc/sudoers.d/'))
  const [slotted, plain] = [runs.filter(hasSlots), runs.filter((unit) => !hasSlots(unit))]
  const lines = [
    sudoersLines(plain.flatMap((unit) => unitName(unit)?.replace(/\.service$/, '') ?? [])),
    ...(hasOwn ? [] : [sudoersLines(slotted.flatMap(instancesOf), slotVerbs)]),
    ...(hasOwn || proxies.every(isBehindHaproxy) ? [] : [nginxLines]),
  ].join('')
  return [...new Set(logins.map(({ user }) => user))].map((user) => lines.replaceAll(/^deploy /gm, `${user} `)).join('')
}

const slotVerbs = ['restart', 'stop', 'reset-failed', 'enable', 'disable']
const nginxLines = `deploy ALL=(root) NOPASSWD: /usr/sbin/nginx -t
deploy ALL=(root) NOPASSWD: /usr/bin/systemctl reload nginx
`

function hasSlots({ slots }: DerivedUnit): boolean {
  return slots.length > 0
}

/** `my-service-production@5001` */
function instancesOf(unit: DerivedUnit): string[] {
  const template = unitName(unit)?.replace(/\.service$/, '')
  return template ? unit.slots.map((slot) => template.replaceAll('{slot}', slot)) : []
}

/**
 * The deploy user, perhaps by another name, with its key: the first one in the file is what the user is called. It may read
 * the log of a service that fails.
 */
const addLogin = `grep -q "^$0:" /etc/passwd || {
  sed -i "1i $0:x:1500:1500::/home/deploy:/bin/bash" /etc/passwd
  echo "$0:*:20000:0:99999:7:::" >>/etc/shadow
  grep -q "^$0:" /etc/group || sed -i "1i $0:x:1500:" /etc/group
}
usermod -aG systemd-journal "$0"`
const addAccount = 'getent passwd "$0" >/dev/null || useradd --system --shell /usr/sbin/nologin "$0"'
/** Where Debian's package has it. */
const addNode = '[ -e /usr/bin/node ] || ln -s /usr/local/bin/node /usr/bin/node'

/** The lines to pin: the servers' own keys under the names of the real ones. */
export function knownHostsOf(servers: readonly Server[], units: readonly DerivedUnit[]): string {
  const hosts = units.flatMap((unit) => [...unit.hosts, ...unit.proxies])
  return servers
    .flatMap(({ name, host }) => {
      const key = host.knownHosts.split(' ').slice(1).join(' ')
      const ports = new Set(hosts.filter(({ address }) => address === name).map(({ port }) => port))
      return [...ports].map((port) => `${port === 22 ? name : `[${name}]:${port}`} ${key}`)
    })
    .join('\n')
}
