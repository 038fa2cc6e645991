import { quote } from '@belay/host'
import { type DeployInputs, unitsOf } from './inputs.ts'
import { recoveryUnit, sudoLines } from './preflight.ts'
import { composeScript } from './root-script-compose.ts'

/** The logins that need a script each: from the inputs, never from what a host reports. Pure. */
export function loginsOf({ hosts }: Pick<DeployInputs, 'hosts'>): string[] {
  return [...new Set(hosts.map(({ user }) => user || 'deploy'))]
}

/**
 * What root has to prepare on each host for these inputs, as a script to read and then to run. Belay only prints it. Pure.
 */
export function rootScript(inputs: DeployInputs, user: string): string {
  const units = unitsOf(inputs)
  const { restart } = inputs
  if (restart.kind === 'compose')
    return `${[...header(inputs, user), ...composeScript(inputs, restart, user)].join('\n')}\n`
  const parts = [
    header(inputs, user),
    folders(inputs, user),
    ...(units.length > 0 ? [journal(user), sudoers(inputs, user), recovery(inputs, user, units), example(inputs)] : []),
    ...(inputs.slots.length > 0 ? [proxy(inputs, user)] : []),
  ]
  return `${parts.flat().join('\n')}\n`
}

const nameOf = ({ release }: DeployInputs) => `${release.service}-${release.environment}`

function header({ release }: DeployInputs, user: string): string[] {
  return [
    '#!/bin/sh',
    `# Prepares a host for ${release.service} ${release.environment}: read it, then run it as root.`,
    'set -eu',
    `id ${quote(user)} >/dev/null 2>&1 || useradd --create-home ${quote(user)}`,
  ]
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

function sudoersFile(name: string, lines: readonly string[], user: string): string[] {
  // sudo ignores files with a dot in their name.
  const file = `/etc/sudoers.d/${name.replaceAll('.', '_')}`
  return [
    `cat >${quote(`${file}.new`)} <<'SUDOERS'`,
    ...lines.map((line) => sudoersLine(line, user)),
    'SUDOERS',
    `visudo -cf ${quote(`${file}.new`)}`,
    `chmod 0440 ${quote(`${file}.new`)}`,
    `mv ${quote(`${file}.new`)} ${quote(file)}`,
  ]
}

/** A colon, a comma, an equals sign and a backslash mean something in sudoers. */
function sudoersLine(line: string, user: string): string {
  const folder = line.startsWith('nginx ') ? '/usr/sbin' : '/usr/bin'
  return `${user} ALL=(root) NOPASSWD: ${folder}/${line.replace(/[\\:,=]/g, '\\$&')}`
}

function recovery(inputs: DeployInputs, user: string, units: readonly string[]): string[] {
  const proxies = inputs.slots.length > 0 ? ['nginx', 'haproxy'] : []
  return [
    '# After a reboot only the confirmed release starts: this unit restores the link before the service starts.',
    ...(proxies.length > 0 ? ['# Traffic goes where it was confirmed to go: it runs before a proxy starts, too.'] : []),
    ...recoveryUnitFile(inputs, user, [...units, ...proxies]),
  ]
}

function recoveryUnitFile(inputs: DeployInputs, user: string, before: readonly string[]): string[] {
  const { release, path } = inputs
  const [unit, script] = [recoveryUnit(inputs), `${path}/.belay/deploy-ssh.sh`]
  const files = before.map(unitFile).join(' ')
  return [
    `cat >/etc/systemd/system/${unit} <<'UNIT'`,
    '[Unit]',
    `Description=Belay: serve what is confirmed (${release.service} ${release.environment})`,
    `Before=${files}`,
    `ConditionPathExists=${script}`,
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `User=${user}`,
    `ExecStart=/bin/sh ${script} recover`,
    '[Install]',
    `WantedBy=${files}`,
    'UNIT',
    'systemctl daemon-reload',
    `systemctl enable ${unit}`,
  ]
}

/** An example in comments: Belay cannot know what the service needs to start. */
function example({ path, release, restart, slots }: DeployInputs): string[] {
  if (restart.kind !== 'systemd') return []
  const slotted = slots.length > 0
  const file = `/etc/systemd/system/${unitFile(restart.unit.replace('{slot}', ''))}`
  const home = `${path}/${slotted ? 'slots/%i' : 'current'}`
  return [
    slotted ? `# Write the unit of both slots, ${file}; its instance is the port:` : `# Write the unit, ${file}:`,
    '#   [Service]',
    '#   User=www-data',
    `#   WorkingDirectory=${home}`,
    `#   ExecStart=${home}/${release.service}${slotted ? '   # to listen on port %i' : ''}`,
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

/** What blue-green-switch needs for the proxy, nginx or HAProxy, whichever is installed. */
function proxy(inputs: DeployInputs, user: string): string[] {
  return ['# only with blue-green-switch', ...haproxy(inputs, user), ...nginx(inputs, user)]
}

function nginx(inputs: DeployInputs, user: string): string[] {
  const name = nameOf(inputs)
  const folder = `/etc/nginx/belay/${name}`
  return [
    'if [ -d /etc/nginx ]; then',
    `install -d -m 0755 /etc/nginx/belay`,
    `install -d -o ${quote(user)} -m 0755 ${quote(folder)}`,
    `if [ ! -e ${quote(`${folder}/active.conf`)} ]; then`,
    `echo 'server 127.0.0.1:${inputs.slots[0]};' >${quote(`${folder}/active.conf`)}`,
    `chown ${quote(user)} ${quote(`${folder}/active.conf`)}`,
    'fi',
    ...sudoersFile(`belay-${name}-nginx`, ['nginx -t', 'systemctl reload nginx'], user),
    'fi',
    `# In nginx, only inside an upstream block: upstream ${name} { include ${folder}/*.conf; }`,
  ]
}

/** The state file is replaced by a rename, so its folder belongs to the deploy user; the folder above is HAProxy's jail. */
function haproxy(inputs: DeployInputs, user: string): string[] {
  const [first, second] = inputs.slots
  return [
    'if [ -d /etc/haproxy ]; then',
    `install -d -o ${quote(user)} -m 0755 /var/lib/haproxy/belay`,
    "command -v socat >/dev/null || echo 'socat is missing: Belay needs it for the socket of HAProxy' >&2",
    'fi',
    '# Write in haproxy.cfg:',
    '#   global',
    `#     stats socket /run/haproxy/admin.sock mode 660 group ${user} level admin`,
    '#     server-state-file /var/lib/haproxy/belay/server-state',
    '#   defaults',
    '#     load-server-state-from-file global',
    `#   backend ${nameOf(inputs)}`,
    `#     server slot-${first} 127.0.0.1:${first} check weight 100   # the one that has the traffic now`,
    `#     server slot-${second} 127.0.0.1:${second} check weight 0`,
  ]
}

/** systemctl adds `.service` itself; a unit file's `Before=` does not. */
function unitFile(unit: string): string {
  return /\.(service|target|socket|timer)$/.test(unit) ? unit : `${unit}.service`
}
