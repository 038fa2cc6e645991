import { quote } from '@belay/remote'
import type { DeployInputs } from './inputs.ts'
import { recoveryUnit } from './preflight.ts'
import { systemctlLines } from './sudo.ts'

/**
 * What root has to prepare on each host for these inputs, as a script to read and then run. Belay prints it and never
 * runs it. Pure.
 */
export function rootScript(inputs: DeployInputs, user: string): string {
  const { path, restart } = inputs
  const folders = [path, `${path}/releases`, `${path}/shared`, `${path}/.belay`].map(quote).join(' ')
  const lines = [
    '#!/bin/sh',
    `# Prepares a host for ${inputs.release.service} ${inputs.release.environment}: read it, then run it as root.`,
    'set -eu',
    `id ${quote(user)} >/dev/null 2>&1 || useradd --create-home ${quote(user)}`,
    `install -d -o ${quote(user)} -m 0755 ${folders}`,
  ]
  if (restart.kind !== 'systemd') return `${lines.join('\n')}\n`
  // sudo passes over files with a dot in their name.
  const file = `belay-${inputs.release.service}-${inputs.release.environment}`.replaceAll('.', '_')
  const sudoers = `/etc/sudoers.d/${file}`
  const unit = recoveryUnit(inputs)
  return `${[
    ...lines,
    // A colon, a comma, an equals sign and a backslash mean something in sudoers.
    `cat >${quote(`${sudoers}.new`)} <<'SUDOERS'`,
    ...systemctlLines(restart.unit).map(
      (line) => `${user} ALL=(root) NOPASSWD: /usr/bin/${line.replace(/[\\:,=]/g, '\\$&')}`,
    ),
    'SUDOERS',
    `visudo -cf ${quote(`${sudoers}.new`)}`,
    `chmod 0440 ${quote(`${sudoers}.new`)}`,
    `mv ${quote(`${sudoers}.new`)} ${quote(sudoers)}`,
    '# After a reboot only what is confirmed starts: the link is put back before the service is started.',
    `cat >/etc/systemd/system/${unit} <<'UNIT'`,
    '[Unit]',
    `Description=Belay: serve what is confirmed (${inputs.release.service} ${inputs.release.environment})`,
    `Before=${unitFile(restart.unit)}`,
    `ConditionPathExists=${path}/.belay/deploy-ssh.sh`,
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `User=${user}`,
    `ExecStart=/bin/sh ${path}/.belay/deploy-ssh.sh recover`,
    '[Install]',
    `WantedBy=${unitFile(restart.unit)}`,
    'UNIT',
    'systemctl daemon-reload',
    `systemctl enable ${unit}`,
  ].join('\n')}\n`
}

/** systemctl adds `.service` by itself; a unit file's `Before=` does not. */
function unitFile(unit: string): string {
  return /\.(service|target|socket|timer)$/.test(unit) ? unit : `${unit}.service`
}
