import { Failure, findControlCharacter } from '@belay/action-kit'

/**
 * Quotes a text as one word of a POSIX shell. The only place where text becomes shell text: every value for a host
 * script goes through here. The text is one line, so that a value which a host prints again can never be a second line.
 * @throws Failure `value-unfit` for a line break or another control character; `name` names the value in the message
 */
export function quote(text: string, name = ''): string {
  const control = findControlCharacter(text)
  if (control)
    throw new Failure(
      'value-unfit',
      `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`,
      'give plain text of one line.',
    )
  return shellText(text)
}

/** Quotes a text of several lines, such as a script, as one word. No host prints one again. */
export function shellText(text: string): string {
  // A shell variable cannot hold NUL.
  if (text.includes('\0')) throw new TypeError('a value for a host contains a NUL byte')
  return `'${text.replaceAll("'", "'\\''")}'`
}

/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exports already would
 * otherwise pass its new value to every child (docs/research/hosts.md#values-by-standard-input). Only the values named in
 * `several` may have several lines; no host says one of them again.
 * @throws Failure `value-unfit` where another value is not one line
 */
export function assignments(
  prefix: 'b_' | 'r_',
  values: Readonly<Record<string, string | number>>,
  several: ReadonlySet<string> = new Set(),
): string {
  return Object.entries(values)
    .map(([key, value]) => {
      const name = `${prefix}${key}`
      const word = several.has(key) ? shellText(String(value)) : quote(String(value), key)
      return `unset ${name}\n${name}=${word}\n`
    })
    .join('')
}

/** Quotes words as one list, which `eval "set -- …"` splits into the same words. */
export function quoteWords(list: readonly string[]): string {
  return list.map((word) => quote(word)).join(' ')
}
