/**
 * The text about a service's log that `user` cannot read, with the remedy. The host gives only its kind: `journal`,
 * `nowhere`, or `file PATH`. No command for root comes from a host or contains a word of it.
 */
export function describeUnreadableLog(description: string, unit: string, user: string): string {
  const [kind, ...rest] = description.split(' ')
  if (kind === 'journal')
    return `${user} cannot read the journal, to which ${unit} writes. As root: usermod -a -G systemd-journal ${user}`
  if (kind === 'nowhere') return `${unit} writes to neither a file nor the journal: check StandardOutput= of the unit`
  return (
    `${user} cannot read ${rest.join(' ')}, to which ${unit} writes. As root, give that folder (mode 2750) and the file ` +
    `(mode 0640) to a group of ${user}; log rotation must keep that group (logrotate: create 0640)`
  )
}
