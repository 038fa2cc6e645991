/**
 * What is said of a service's lines that `user` may not read, and what changes that. The host says only what it is:
 * `journal`, `nowhere`, or `file PATH`. No command for root comes from a host, nor has a word of it.
 */
export function describeUnreadableLog(description: string, unit: string, user: string): string {
  const [kind, ...rest] = description.split(' ')
  if (kind === 'journal')
    return `${user} may not read the journal, where ${unit} writes. As root: usermod -a -G systemd-journal ${user}`
  if (kind === 'nowhere') return `${unit} writes to no file and no journal: see StandardOutput= of the unit`
  return (
    `${user} may not read ${rest.join(' ')}, where ${unit} writes. Let root give that folder (mode 2750) and the file ` +
    `(mode 0640) to a group that ${user} is in; what rotates the file must keep that group (logrotate: create 0640)`
  )
}
