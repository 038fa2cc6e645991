/**
 * One word of a POSIX shell, whatever is in it. The only place where text becomes shell text: everything that a host
 * script is given goes through here. NUL cannot be in a shell variable and is refused.
 */
export function quote(text: string): string {
  if (text.includes('\0')) throw new TypeError('a value for a host contains a NUL byte')
  return `'${text.replaceAll("'", "'\\''")}'`
}

/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exported already would
 * else carry its new value to every child's environment (facts: hosts).
 */
export function assignments(prefix: 'b_' | 'r_', values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `unset ${prefix}${name}\n${prefix}${name}=${quote(String(value))}\n`)
    .join('')
}

/** Words as one list that `eval "set -- …"` gives back unchanged. */
export function words(list: readonly string[]): string {
  return list.map(quote).join(' ')
}
