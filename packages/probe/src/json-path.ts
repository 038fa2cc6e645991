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
