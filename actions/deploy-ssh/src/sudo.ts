/** What the deploy user must be allowed to run as root, the lines that only an undo needs included. */
export function systemctlLines(unit: string): string[] {
  return ['restart', 'stop', 'reset-failed'].map((verb) => `systemctl ${verb} ${unit}`)
}

/**
 * Whether `sudo -n -ll` (its lines) allows a command without a password. `sudo -n -l LINE` cannot be asked: it says yes
 * also to a line that wants one where another line does not (facts: hosts). A later entry overrides an earlier one.
 */
export function allowedWithoutPassword(listing: readonly string[], command: string): boolean {
  let free = false
  let rootToo = false
  let inCommands = false
  let allowed = false
  for (const raw of listing) {
    const line = raw.trim()
    if (/^Sudoers entry:?/i.test(line)) {
      free = false
      rootToo = false
      inCommands = false
    } else if (/^RunAsUsers:/.test(line)) rootToo = /\b(root|ALL)\b/.test(line)
    else if (/^Options:/.test(line)) free = line.includes('!authenticate')
    else if (/^Commands:/.test(line)) inCommands = true
    else if (inCommands && matches(line, command)) allowed = free && rootToo
    else if (inCommands && line.startsWith('!') && matches(line.slice(1).trim(), command)) allowed = false
  }
  return allowed
}

function matches(entry: string, command: string): boolean {
  if (entry === 'ALL') return true
  const [program = '', ...rest] = entry.split(/\s+/)
  const [wanted, ...words] = command.split(' ')
  if (program.split('/').at(-1) !== wanted) return false
  // An entry without arguments allows any; sudo shows a backslash before what its grammar would read otherwise.
  return rest.length === 0 || rest.join(' ').replaceAll('\\', '') === words.join(' ').replaceAll('\\', '')
}
