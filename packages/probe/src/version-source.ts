import { type JsonPath, parseJsonPath } from './json-path.ts'

/** Where an answer holds the version; `text` is what the user wrote. */
export type VersionSource =
  | { readonly text: string; readonly header: string }
  | { readonly text: string; readonly path: JsonPath }

/**
 * Reads `header:X-Version`, or a JSON path of the body such as `sha`.
 * @returns undefined where the text is neither.
 */
export function parseVersionSource(text: string): VersionSource | undefined {
  const [, header] = /^header:\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)$/i.exec(text) ?? []
  if (header !== undefined) return { text, header: header.toLowerCase() }
  if (/^header:/i.test(text)) return undefined
  const path = parseJsonPath(text)
  return path && { text, path }
}
