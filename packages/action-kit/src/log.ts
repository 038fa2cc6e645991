import * as core from '@actions/core'

/**
 * The only way to the job log. Almost every line holds text of hosts, tools or servers, and the runner reads workflow
 * commands from standard output and standard error alike: what is printed here can never be one.
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

/** Prints a tool's output, which comes in pieces, line by line; the last line at the end. */
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
 * Changes a text of several lines so that it holds no workflow command: neither `::x::`, which the runner reads at the
 * start of a line, also after spaces, nor the older `##[x]`, which it reads in the middle of a line too. A lone carriage
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
