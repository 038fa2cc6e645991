import { escapeCommands } from '@belay/action-kit'

/** The colours and other escapes of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const terminal = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g

/** The password in a URL: the cluster's Secrets are not known here, so the runner does not mask them. */
const passwordInUrl = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/]+@/gi

/** A text that can be no workflow command, without escapes of a terminal and without passwords in URLs. */
function plain(text: string): string {
  return escapeCommands(text.replace(terminal, '')).replace(passwordInUrl, '$1***@')
}

/** A text of the cluster as one line of `bytes` at most, which can be no workflow command. Pure. */
export function oneLine(text: string, bytes: number): string {
  return shortened(plain(text).replace(/\s+/g, ' ').trim(), bytes)
}

/**
 * The end of a log: whole lines, each of `lineBytes` at most, in `bytes` at most, which can be no workflow command. Its last
 * lines say why a program ended. Pure.
 */
export function lastLines(text: string, bytes: number, lineBytes: number): string {
  const lines = plain(text).trimEnd().split('\n')
  const kept: string[] = []
  let left = bytes
  for (const line of lines.reverse()) {
    const cut = shortened(line.trimEnd(), lineBytes)
    left -= Buffer.byteLength(cut) + 1
    if (left < 0) break
    kept.push(cut)
  }
  return kept.reverse().join('\n')
}

function shortened(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  // A character that is cut in the middle is left out.
  return `${new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true })}…`
}
