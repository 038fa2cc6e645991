/**
 * Finds what a text of one line must not have: a line break, or another control character but the tab. Returns it in
 * words, or undefined. On a host such a text could be read as several lines.
 */
export function findControlCharacter(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const [found] = /[\x00-\x08\n-\x1f\x7f]/.exec(text) ?? []
  if (found === undefined) return undefined
  if (found === '\n' || found === '\r') return 'a line break'
  return `a control character (U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`
}
