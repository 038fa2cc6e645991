/**
 * Makes a text from outside safe to print: in a log it starts no workflow command (`::x::` and the older `##[x]`, which
 * the runner reads in the middle of a line too), in Markdown it ends no code, and it is one line of `length` at most.
 */
export function printable(text: string, length: number): string {
  const oneLine = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, hex)
    .replaceAll('`', "'")
    .replace(/:(?=:)/g, ':\\')
    .replaceAll('##[', '#\\#[')
  return oneLine.length > length ? `${oneLine.slice(0, length)}…` : oneLine
}

function hex(character: string): string {
  const code = character.charCodeAt(0)
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
}
