const name = String.raw`(?:"[^"]*"|[a-z_\x80-\uffff][a-z0-9_$\x80-\uffff]*)(?:\s?\.\s?(?:"[^"]*"|[a-z_\x80-\uffff][a-z0-9_$\x80-\uffff]*))*`

/** A pattern for a statement without comments and with one space between words; `NAME` matches a name and captures it. */
export function pattern(text: string): RegExp {
  return new RegExp(text.replaceAll('NAME', `(${name})`), 'i')
}

/** A name as PostgreSQL stores it, without the default schema and without the arguments of a function. */
export function plain(text: string): string {
  const parts = text
    .trim()
    .replace(/^only /i, '')
    .replace(/\s?\(.*$/, '')
    .split(/\s?\.\s?/)
    .map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()))
  return parts.filter((part, index) => !(index === 0 && parts.length > 1 && part === 'public')).join('.')
}

/** A statement without the content of its parentheses. */
export function topLevel(bare: string): string {
  let depth = 0
  let text = ''
  for (const one of bare) {
    if (one === ')') depth--
    if (depth === 0) text += one
    if (one === '(') depth++
  }
  return text
}
