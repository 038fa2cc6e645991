import type { HostState } from '@belay/host/fleet'
import { type DeployInputs, unitsOf } from './inputs.ts'

/** Where people read why a release does not work, after its change failed on hosts in these states. */
export function logRemedy(
  inputs: Pick<DeployInputs, 'restart' | 'slots' | 'path'>,
  states: readonly Pick<HostState, 'logTail' | 'unreadableLogs'>[],
): string {
  if (states.some(({ logTail }) => logTail.length > 0)) return 'read the last lines of the service, above.'
  if (states.some(({ unreadableLogs }) => unreadableLogs.length > 0))
    return 'let the deploy user read the log of the service, as described above, or read it on the host.'
  const { restart, path } = inputs
  switch (restart.kind) {
    case 'systemd':
      return `read on the host why: systemctl status ${unitsOf(inputs).join(' ')}`
    case 'compose':
      return `read the log of the containers on the host, in ${restart.folder}: docker compose logs`
    case 'command':
      return `read the log of what ${restart.words[0] ?? 'the command'} starts, on the host: Belay does not know where it is.`
    case 'none':
      return `read the log of what serves ${path}/current (such as nginx) on the host: with restart: none nothing is restarted.`
  }
}

/**
 * The text about a service's log that `user` cannot read, with the remedy. The host gives only its kind: `journal`,
 * `nowhere`, or `file PATH`. No command for root comes from a host or contains a word of it. `unit`: empty where no unit of
 * systemd runs the service.
 */
export function describeUnreadableLog(description: string, unit: string, user: string): string {
  const [kind, ...rest] = description.split(' ')
  const writer = unit || 'the service'
  if (kind === 'journal')
    return `${user} cannot read the journal, to which ${writer} writes. As root: usermod -a -G systemd-journal ${user}`
  if (kind === 'nowhere')
    return (
      `${writer} writes to neither a file nor the journal: ` +
      (unit ? 'check StandardOutput= of the unit' : `let it write to a file that ${user} can read`)
    )
  return (
    `${user} cannot read ${rest.join(' ')}, to which ${writer} writes. As root, give that folder (mode 2750) and the file ` +
    `(mode 0640) to a group of ${user}; log rotation must keep that group (logrotate: create 0640)`
  )
}
