/** The path to a value in a JSON document: names of members and numbers of elements. */
export type JsonPath = readonly (string | number)[]

const part = /\.?([^.[\]'"\s]+)|\[(\d{1,9})\]|\[(?:'([^']*)'|"([^"]*)")\]/y

/**
 * Reads a path such as `sha`, `build.commit`, `$.a.b[0]` or `$['git.commit']`. Wildcards, filters and the like are
 * refused, as they do not lead to *one* value.
 * @returns undefined where the text is not such a path.
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  const path: (string | number)[] = []
  part.lastIndex = /^\$(?=[.[])/.test(text) ? 1 : 0
  const start = part.lastIndex
  while (part.lastIndex < text.length) {
    const at = part.lastIndex
    const found = part.exec(text)
    if (!found) return undefined
    const [whole, name, index, ...quoted] = found
    // A dot stands before every name but the first, and nowhere else.
    if (name !== undefined && whole.startsWith('.') === (at === 0)) return undefined
    if (name === '*') return undefined
    path.push(index === undefined ? (name ?? quoted.find((key) => key !== undefined) ?? '') : Number(index))
  }
  return text.length > start ? path : undefined
}

/** The value at the path; undefined where there is none. */
export function valueAt(document: unknown, path: JsonPath): unknown {
  let value = document
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value) !== (typeof key === 'number') || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/** The path to the first value that is this text; undefined where there is none. A document can be nested deeply. */
export function pathTo(text: string, document: unknown): JsonPath | undefined {
  const open: { value: unknown; path: JsonPath }[] = [{ value: document, path: [] }]
  for (const { value, path } of open) {
    if (value === text) return path.length > 0 ? path : undefined
    if (typeof value !== 'object' || value === null || path.length > deepest) continue
    const isList = Array.isArray(value)
    for (const [key, inner] of Object.entries(value))
      open.push({ value: inner, path: [...path, isList ? Number(key) : key] })
  }
  return undefined
}

/** No user writes a longer path, and each level copies the path above it. */
const deepest = 20

/** A path as `parseJsonPath` reads it. */
export function textOf(path: JsonPath): string {
  const parts = path.map((key, index) => {
    if (typeof key === 'number') return `[${key}]`
    if (/^[^.[\]'"\s*]+$/.test(key)) return index === 0 ? key : `.${key}`
    return key.includes("'") ? `["${key}"]` : `['${key}']`
  })
  const text = parts.join('')
  return text.startsWith('[') ? `$${text}` : text
}
