/**
 * Whether the lines of `sudo -n -ll` allow a command without a password. `sudo -n -l LINE` is of no use: it succeeds also
 * for a line that needs a password, where another line needs none (docs/research/hosts.md#sudo). A later entry overrides
 * an earlier one.
 */
export function allowedWithoutPassword(listing: readonly string[], command: string): boolean {
  let free = false
  let asRoot = false
  let inCommands = false
  let allowed = false
  for (const raw of listing) {
    const line = raw.trim()
    if (/^Sudoers entry:?/i.test(line)) {
      free = false
      asRoot = false
      inCommands = false
    } else if (line.startsWith('RunAsUsers:')) asRoot = includesRoot(line.slice('RunAsUsers:'.length))
    else if (line.startsWith('Options:')) free = line.includes('!authenticate')
    else if (line.startsWith('Commands:')) inCommands = true
    // An entry for other users says nothing about root's.
    else if (!inCommands || !asRoot) continue
    else if (line.startsWith('!')) allowed = allowed && !matches(line.slice(1).trim(), command)
    else if (matches(line, command)) allowed = free
  }
  return allowed
}

/** The commands among `lines` that a user may not run as root without a password; none for root itself. */
export function deniedSudoLines(
  { root }: { readonly root: boolean },
  listing: readonly string[],
  lines: readonly string[],
): string[] {
  return root ? [] : lines.filter((line) => !allowedWithoutPassword(listing, line))
}

/** Whether a list of users includes root; the last entry for root counts. */
function includesRoot(users: string): boolean {
  const words = users.split(',').map((user) => user.trim())
  return words.findLast((user) => /^!?(root|ALL)$/.test(user))?.startsWith('!') === false
}

function matches(entry: string, command: string): boolean {
  if (entry === 'ALL') return true
  const [program = '', ...rest] = entry.split(/\s+/)
  const [wanted, ...words] = command.split(' ')
  if (program.split('/').at(-1) !== wanted) return false
  // An entry without arguments allows any; sudo prints a backslash before special characters of its grammar.
  return rest.length === 0 || rest.join(' ').replaceAll('\\', '') === words.join(' ').replaceAll('\\', '')
}
