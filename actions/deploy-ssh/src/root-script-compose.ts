import { quote } from '@belay/host'
import type { DeployInputs } from './inputs.ts'
import { recoveryUnit } from './preflight.ts'
import { bootUnit, nameOf } from './root-script-parts.ts'

type Compose = Extract<DeployInputs['restart'], { kind: 'compose' }>

/** What root has to prepare for a service that Docker Compose runs, as lines of the root script. Pure. */
export function composeScript(inputs: DeployInputs, { folder }: Compose, user: string): string[] {
  const { path, slots, servers } = inputs
  const more = slots.length > 0 ? ['/slots'] : []
  const folders = ['', '/releases', '/.belay', ...more].map((below) => quote(`${path}${below}`))
  const env = quote(`${folder}/.env`)
  return [
    '# Install Docker and its Compose plugin yourself. The group docker is as good as root: give it only to a login that',
    `# does nothing but release.`,
    `usermod -aG docker ${quote(user)}`,
    `install -d -o ${quote(user)} -m 0755 ${folders.join(' ')}`,
    '# The Compose file is yours. Its .env belongs to the login: each release sets one line in it by a rename.',
    `install -d -o ${quote(user)} -m 0755 ${quote(folder)}`,
    `[ -e ${env} ] || install -o ${quote(user)} -m 0640 /dev/null ${env}`,
    `chown ${quote(user)} ${env}`,
    '# After a reboot Docker starts its containers, also of a release that is not confirmed: this unit undoes it at once.',
    ...bootUnit(
      {
        name: recoveryUnit(inputs),
        what: `serve what is confirmed (${nameOf(inputs)})`,
        order: ['After=docker.service', 'Wants=docker.service'],
        script: `${path}/.belay/deploy-ssh.sh`,
        words: 'recover restart',
        wantedBy: 'multi-user.target',
      },
      user,
    ),
    ...(slots.length > 0 && !servers ? proxyScript(inputs, folder, user) : []),
  ]
}

function proxyScript(inputs: DeployInputs, folder: string, user: string): string[] {
  const { path, slots } = inputs
  const name = nameOf(inputs)
  const upstream = `/etc/nginx/belay/${name}`
  const file = quote(`${upstream}/active.conf`)
  return [
    `# Only with blue-green-switch (proxy: compose:${folder}): nginx in a container with network_mode: host, in its file`,
    `#   volumes: ["${upstream}:${upstream}:ro"]        the folder, never the file`,
    `#   upstream ${name} { include ${upstream}/*.conf; }`,
    `install -d -o ${quote(user)} -m 0755 ${quote(upstream)}`,
    `if [ ! -e ${file} ]; then`,
    `echo 'server 127.0.0.1:${slots[0]};' >${file}`,
    `chown ${quote(user)} ${file}`,
    'fi',
    '# After a reboot traffic goes to the confirmed slot: this unit restores the file before Docker starts nginx.',
    ...bootUnit(
      {
        name: `belay-recover-${name}-switch.service`,
        what: `traffic goes where it was confirmed to go (${name})`,
        order: ['Before=docker.service'],
        script: `${path}/.belay/blue-green-switch.sh`,
        words: 'recover',
        wantedBy: 'docker.service',
      },
      user,
    ),
  ]
}
