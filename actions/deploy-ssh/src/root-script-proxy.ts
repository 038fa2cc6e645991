import { quote } from '@belay/host'
import type { DeployInputs } from './inputs.ts'
import { recoveryUnit } from './preflight.ts'
import { bootUnit, header, nameOf, sudoersFile, unitFile } from './root-script-parts.ts'

/** Both slots of a server as the proxy names them; the first one has the traffic at the start. */
export type SlotPair = readonly [active: string, idle: string]

/** The units of the proxies that Belay drives. */
export const proxyUnits = ['nginx', 'haproxy']

/** What root has to prepare on the host of a proxy whose slots are on other hosts. Nothing is released there. Pure. */
export function proxyHostScript(inputs: DeployInputs, pairs: readonly SlotPair[], user: string): string {
  const { path, release } = inputs
  const files = proxyUnits.map(unitFile).join(' ')
  const parts = [
    header(inputs, user, "a proxy's host"),
    '# Only lock, states and scripts of Belay lie here.',
    `install -d -o ${quote(user)} -m 0755 ${quote(path)} ${quote(`${path}/.belay`)}`,
    '# After a reboot traffic goes where it was confirmed to go: this unit restores it before the proxy starts.',
    bootUnit(
      {
        name: recoveryUnit(inputs),
        what: `traffic goes where it was confirmed to go (${release.service} ${release.environment})`,
        order: [`Before=${files}`],
        script: `${path}/.belay/blue-green-switch.sh`,
        words: 'recover',
        wantedBy: files,
      },
      user,
    ),
    proxyLines(inputs, pairs, user),
  ]
  return `${parts.flat().join('\n')}\n`
}

/** What blue-green-switch needs for the proxy, nginx or HAProxy, whichever is installed. */
export function proxyLines(inputs: DeployInputs, pairs: readonly SlotPair[], user: string): string[] {
  return [...haproxy(nameOf(inputs), pairs, user), ...nginx(nameOf(inputs), pairs, user)]
}

function nginx(name: string, pairs: readonly SlotPair[], user: string): string[] {
  const folder = `/etc/nginx/belay/${name}`
  const file = quote(`${folder}/active.conf`)
  const servers = pairs.map(([active]) => `'server ${active};'`)
  const print = servers.length === 1 ? `echo ${servers[0]}` : `printf '%s\\n' ${servers.join(' ')}`
  return [
    'if [ -d /etc/nginx ]; then',
    `install -d -m 0755 /etc/nginx/belay`,
    `install -d -o ${quote(user)} -m 0755 ${quote(folder)}`,
    `if [ ! -e ${file} ]; then`,
    `${print} >${file}`,
    `chown ${quote(user)} ${file}`,
    'fi',
    ...sudoersFile(`belay-${name}-nginx`, ['nginx -t', 'systemctl reload nginx'], user),
    'fi',
    `# In nginx, only inside an upstream block: upstream ${name} { include ${folder}/*.conf; }`,
  ]
}

/** The state file is replaced by a rename, so its folder belongs to the deploy user; the folder above is HAProxy's jail. */
function haproxy(name: string, pairs: readonly SlotPair[], user: string): string[] {
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
    `#   backend ${name}`,
    ...pairs.flatMap(([active, idle], index) => [
      `#     server ${serverName(active)} ${active} check weight 100${index === 0 ? '   # the one that has the traffic now' : ''}`,
      `#     server ${serverName(idle)} ${idle} check weight 0`,
    ]),
  ]
}

/** `slot-5006` on the proxy's own host, `10.0.0.1-5006` elsewhere: HAProxy takes neither brackets nor two colons for a port. */
function serverName(place: string): string {
  return place
    .replace('127.0.0.1:', 'slot-')
    .replace(/[[\]]/g, '')
    .replace(/:(\d+)$/, '-$1')
}
