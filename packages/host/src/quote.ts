import { Failure, findControlCharacter } from '@belay/action-kit'

/**
 * One word of a POSIX shell, whatever is in it. The only place where text becomes shell text: everything that a host
 * script is given goes through here. It is one line: what a host keeps and says again must never become a line of its own.
 * @throws Failure `value-unfit` for a line break or another control character; `name` says of what
 */
export function quote(text: string, name = ''): string {
  const control = findControlCharacter(text)
  if (control)
    throw new Failure(
      'value-unfit',
      `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`,
      'give plain text of one line.',
    )
  return shellWord(text)
}

/** NUL cannot be in a shell variable. */
function shellWord(text: string): string {
  if (text.includes('\0')) throw new TypeError('a value for a host contains a NUL byte')
  return `'${text.replaceAll("'", "'\\''")}'`
}

/**
 * The values of several lines: a script, assignments that this file made, a list that is read line by line, and the
 * record, which is a file of its own. No host says one of them again.
 */
const multilineValues = new Set(['b_text', 'b_params', 'b_shared', 'b_record'])

/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exported already would
 * else carry its new value to every child's environment (docs/research/hosts.md#values-by-standard-input).
 * @throws Failure `value-unfit` where a value is not one line
 */
export function assignments(prefix: 'b_' | 'r_', values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([key, value]) => {
      const name = `${prefix}${key}`
      const word = multilineValues.has(name) ? shellWord(String(value)) : quote(String(value), key)
      return `unset ${name}\n${name}=${word}\n`
    })
    .join('')
}

/** Words as one list that `eval "set -- …"` gives back unchanged. */
export function quoteWords(list: readonly string[]): string {
  return list.map((word) => quote(word)).join(' ')
}
