/** One statement of a file, and the line on which it begins (from 1). */
export interface Statement {
  readonly sql: string
  readonly line: number
  /** The same for the rules: without comments and bodies of literals, with one space between words. */
  readonly bare: string
}

/**
 * Splits SQL at its semicolons, as psql does: not inside strings, quoted names, dollar quotes and comments. `line` is
 * that of the text's own first line. Pure.
 */
export function splitSql(text: string, line = 1): Statement[] {
  const statements: Statement[] = []
  let bare = ''
  let start = 0
  let startLine = line
  let current = line
  const flush = (end: number) => {
    const tidy = bare.replace(/\s+/g, ' ').trim()
    if (tidy !== '') statements.push({ sql: text.slice(start, end).trim(), line: startLine, bare: tidy })
    bare = ''
  }
  const token =
    /--[^\n]*|\/\*|'|"|\$(?:[A-Za-z_\x80-\uffff][A-Za-z0-9_\x80-\uffff]*)?\$|;|\n|[A-Za-z0-9_\x80-\uffff$]+|[\s\S]/g
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [part] = match
    const from = match.index
    // A dollar inside a name begins no quote: the pattern of a word has consumed it.
    const end = endOf(text, part, from, bare)
    const whole = text.slice(from, end)
    token.lastIndex = end
    const isSpace = /^\s$/.test(part) || part.startsWith('--') || part === '/*'
    if (bare.trim() === '' && !isSpace && part !== ';') {
      start = from
      startLine = current
    }
    current += whole.split('\n').length - 1
    if (part === ';') flush(from)
    else if (part.startsWith('--') || part === '/*') bare += ' '
    else if (part === "'" || part.startsWith('$')) bare += "''"
    else bare += whole
  }
  flush(text.length)
  return statements
}

/** Where what begins with `part` at `from` ends. */
function endOf(text: string, part: string, from: number, before: string): number {
  const after = from + part.length
  if (part === "'") return closing(text, after, "'", /(^|[^A-Za-z0-9_])e$/i.test(before))
  if (part === '"') return closing(text, after, '"', false)
  if (part.startsWith('$') && part.endsWith('$') && part.length > 1) {
    const end = text.indexOf(part, after)
    return end < 0 ? text.length : end + part.length
  }
  if (part === '/*') return commentEnd(text, after)
  return after
}

function closing(text: string, from: number, quote: string, escapes: boolean): number {
  for (let at = from; at < text.length; at++) {
    if (escapes && text[at] === '\\') at++
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1
      at++
    }
  }
  return text.length
}

/** Comments nest in PostgreSQL. */
function commentEnd(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    const two = text.slice(at, at + 2)
    if (two === '/*') depth++
    else if (two === '*/') depth--
    else continue
    at++
    if (depth === 0) return at + 1
  }
  return text.length
}

/** Splits at commas that are in no parentheses. */
export function splitCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const one of text) {
    if (one === '(') depth++
    if (one === ')') depth--
    if (one === ',' && depth === 0) {
      parts.push(part.trim())
      part = ''
    } else part += one
  }
  return [...parts, part.trim()]
}
