import { quote } from '@belay/host'
import { type DeployInputs, unitsOf } from './inputs.ts'
import { recoveryUnit, sudoLines } from './preflight.ts'
import { composeScript } from './root-script-compose.ts'
import { bootUnit, header, nameOf, sudoersFile, unitFile } from './root-script-parts.ts'
import { proxyHostScript, proxyLines, proxyUnits } from './root-script-proxy.ts'

/** The logins that need a script each: from the inputs, never from what a host reports. Pure. */
export function loginsOf({ hosts }: Pick<DeployInputs, 'hosts'>): string[] {
  return [...new Set(hosts.map(({ user }) => user || 'deploy'))]
}

/**
 * What root has to prepare for these inputs: a script for each kind of host, and for each of its logins. Where the proxies
 * are on other hosts than the slots, those are two kinds. Pure.
 */
export function rootScripts(inputs: DeployInputs): string {
  const ofSlots = loginsOf(inputs).map((user) => rootScript(inputs, user))
  const { servers } = inputs
  if (!servers) return ofSlots.join('\n')
  const [first = '', second = ''] = servers.ports
  const pairs = servers.addresses.map((address) => [`${address}:${first}`, `${address}:${second}`] as const)
  const ofProxies = loginsOf({ hosts: servers.proxies }).map((user) => proxyHostScript(inputs, pairs, user))
  return [...ofSlots, ...ofProxies].join('\n')
}

/**
 * What root has to prepare on each of `hosts`, as a script to read and then to run. Belay only prints it. Pure.
 */
export function rootScript(inputs: DeployInputs, user: string): string {
  const units = unitsOf(inputs)
  const { restart } = inputs
  const first = header(inputs, user, 'a host')
  if (restart.kind === 'compose') return `${[...first, ...composeScript(inputs, restart, user)].join('\n')}\n`
  const parts = [
    first,
    folders(inputs, user),
    ...(units.length > 0 ? [journal(user), sudoers(inputs, user), recovery(inputs, user, units), example(inputs)] : []),
    ...(hasOwnProxy(inputs) ? [proxy(inputs, user)] : []),
  ]
  return `${parts.flat().join('\n')}\n`
}

/** Whether the proxy is on the host of the slots. */
function hasOwnProxy({ slots, servers }: DeployInputs): boolean {
  return slots.length > 0 && !servers
}

/** The service's own user reads what is released, and writes to `shared/` only. */
function folders({ path, slots, restart }: DeployInputs, user: string): string[] {
  const owned = ['', '/releases', '/.belay'].map((folder) => quote(`${path}${folder}`))
  const shared = quote(`${path}/shared`)
  if (slots.length === 0 && restart.kind !== 'systemd')
    return [`install -d -o ${quote(user)} -m 0755 ${owned[0]} ${owned[1]} ${shared} ${owned[2]}`]
  const more = slots.length === 0 ? [] : [quote(`${path}/slots`)]
  return [
    '# The service runs as www-data here; if it has a user of its own, write that user.',
    `install -d -o ${quote(user)} -g www-data -m 2750 ${[...owned, ...more].join(' ')}`,
    `install -d -o ${quote(user)} -g www-data -m 2770 ${shared}`,
  ]
}

function journal(user: string): string[] {
  return [
    '# The deploy user reads the journal: the last lines of a service that does not start go to the log of the job.',
    `usermod -a -G systemd-journal ${quote(user)}`,
  ]
}

function sudoers(inputs: DeployInputs, user: string): string[] {
  return sudoersFile(`belay-${nameOf(inputs)}`, sudoLines(inputs), user)
}

function recovery(inputs: DeployInputs, user: string, units: readonly string[]): string[] {
  const { release, path } = inputs
  const proxies = hasOwnProxy(inputs) ? proxyUnits : []
  const files = [...units, ...proxies].map(unitFile).join(' ')
  return [
    '# After a reboot only the confirmed release starts: this unit restores the link before the service starts.',
    ...(proxies.length > 0 ? ['# Traffic goes where it was confirmed to go: it runs before a proxy starts, too.'] : []),
    ...bootUnit(
      {
        name: recoveryUnit(inputs),
        what: `serve what is confirmed (${release.service} ${release.environment})`,
        order: [`Before=${files}`],
        script: `${path}/.belay/deploy-ssh.sh`,
        words: 'recover',
        wantedBy: files,
      },
      user,
    ),
  ]
}

/** An example in comments: Belay cannot know what the service needs to start. */
function example({ path, release, restart, slots, servers }: DeployInputs): string[] {
  if (restart.kind !== 'systemd') return []
  const slotted = slots.length > 0
  const file = `/etc/systemd/system/${unitFile(restart.unit.replace('{slot}', ''))}`
  const listens = servers
    ? '   # to listen on port %i, of an address that the proxies reach'
    : '   # to listen on port %i'
  const home = `${path}/${slotted ? 'slots/%i' : 'current'}`
  return [
    slotted ? `# Write the unit of both slots, ${file}; its instance is the port:` : `# Write the unit, ${file}:`,
    '#   [Service]',
    '#   User=www-data',
    `#   WorkingDirectory=${home}`,
    `#   ExecStart=${home}/${release.service}${slotted ? listens : ''}`,
    `#   EnvironmentFile=/etc/${release.service}/${release.environment}.env   # root:www-data 0640: secrets stay on the host`,
    '#   Restart=always',
    '#   TimeoutStopSec=45',
    '#   [Install]',
    '#   WantedBy=multi-user.target',
    ...(slotted
      ? [
          `# The service runs consumers and schedulers only while ${path}/slots/%i.state says "active". Do not enable an instance`,
          '# by hand: the one with traffic is.',
        ]
      : ['# Then: systemctl daemon-reload, and systemctl enable it. The first release starts it.']),
  ]
}

/** What blue-green-switch needs for a proxy on the host itself. */
function proxy(inputs: DeployInputs, user: string): string[] {
  const [first, second] = inputs.slots.map((port) => `127.0.0.1:${port}`) as [string, string]
  return ['# only with blue-green-switch', ...proxyLines(inputs, [[first, second]], user)]
}
