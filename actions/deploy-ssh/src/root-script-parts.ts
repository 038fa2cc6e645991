import { quote } from '@belay/host'
import type { DeployInputs } from './inputs.ts'

/** What the script of each kind of host has: its first lines, a sudoers file, a unit that runs at boot. */

/** The service and the environment, as files and units name them. */
export const nameOf = ({ release }: DeployInputs) => `${release.service}-${release.environment}`

/** The first lines of a script; `what` is a kind of host. */
export function header({ release }: DeployInputs, user: string, what: string): string[] {
  return [
    '#!/bin/sh',
    `# Prepares ${what} for ${release.service} ${release.environment}: read it, then run it as root.`,
    'set -eu',
    `id ${quote(user)} >/dev/null 2>&1 || useradd --create-home ${quote(user)}`,
  ]
}

export function sudoersFile(name: string, lines: readonly string[], user: string): string[] {
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

/** A unit that restores at boot what is confirmed. */
export interface BootUnit {
  /** Its file's name. */
  readonly name: string
  readonly what: string
  /** Where it comes in the order of the boot, as lines of its file. */
  readonly order: readonly string[]
  /** The host script that it runs, and the words for it. */
  readonly script: string
  readonly words: string
  readonly wantedBy: string
}

export function bootUnit({ name, what, order, script, words, wantedBy }: BootUnit, user: string): string[] {
  return [
    `cat >/etc/systemd/system/${name} <<'UNIT'`,
    '[Unit]',
    `Description=Belay: ${what}`,
    ...order,
    `ConditionPathExists=${script}`,
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `User=${user}`,
    `ExecStart=/bin/sh ${script} ${words}`,
    '[Install]',
    `WantedBy=${wantedBy}`,
    'UNIT',
    'systemctl daemon-reload',
    `systemctl enable ${name}`,
  ]
}

/** systemctl adds `.service` itself; a unit file's `Before=` does not. */
export function unitFile(unit: string): string {
  return /\.(service|target|socket|timer)$/.test(unit) ? unit : `${unit}.service`
}
