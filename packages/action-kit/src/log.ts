import * as core from '@actions/core'

/**
 * The only way to the job log. Texts of hosts, tools and servers are in almost every line, and the runner reads
 * commands out of standard output and standard error alike: what is printed here starts none.
 */
export const log = {
  info: (text: string) => core.info(escapeCommands(text)),
  debug: (text: string) => core.debug(escapeCommands(text)),
  notice: (text: string, properties?: core.AnnotationProperties) => core.notice(escapeCommands(text), properties),
  warning: (text: string, properties?: core.AnnotationProperties) => core.warning(escapeCommands(text), properties),
  error: (text: string, properties?: core.AnnotationProperties) => core.error(escapeCommands(text), properties),
  /** An error annotation, and the step is red. */
  setFailed: (text: string) => core.setFailed(escapeCommands(text)),
}

/** A stream of a tool's own output, which comes in pieces: whole lines are printed, the last one at the end. */
export function lineLog(): { write(piece: string): void; end(): void } {
  let rest = ''
  return {
    write(piece) {
      const lines = (rest + piece).split(/\r?\n/)
      rest = lines.pop() ?? ''
      if (lines.length > 0) log.info(lines.join('\n'))
    },
    end() {
      if (rest !== '') log.info(rest)
      rest = ''
    },
  }
}

/**
 * A text of several lines that starts no workflow command: neither `::x::`, which the runner takes at the start of a
 * line, spaces before it or not, nor the older `##[x]`, which it finds in the middle of a line too. A lone carriage
 * return is a line break to the runner (docs/research/runner.md#texts). Colours stay; other control characters are written out. Pure.
 */
export function escapeCommands(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(control, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/^(\s*):(?=:)/gm, '$1:\\')
    .replaceAll('##[', '#\\#[')
}

/** All control characters but tab, line feed and the escape of a colour. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const control = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[[\d;]*m)/g
