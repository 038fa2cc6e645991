/** HTML that may stand in a page as it is: what `html` made, and the project's own style. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = Html | string | number | false | undefined | readonly Value[]

/** A template whose values are only ever text, in an element or in a quoted attribute. Pure. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.reduce((text, part, index) => `${text}${rendered(values[index - 1])}${part}`))
}

function rendered(value: Value): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Html) return value.text
  return typeof value === 'object' ? value.map(rendered).join('') : escaped(visible(String(value)))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}

/**
 * Characters that no reader sees, by their numbers: control characters, and those that turn the direction of what follows. They
 * could make a text read as another one. Terminal colours are left out.
 */
function visible(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
      .replaceAll(/\x1b\[[\d;]*m/g, '')
      .replaceAll(/\r\n/g, '\n')
      .replaceAll(/[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff]/gu, (character) =>
        character === '\n' || character === '\t' ? character : `[U+${hexOf(character)}]`,
      )
  )
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
