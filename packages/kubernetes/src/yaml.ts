/**
 * Reads YAML as Kubernetes does: by version 1.1, where `0644` is octal and `yes` is true, but with times as text and
 * without numbers of base 60 (docs/research/kubernetes.md#logins-and-yaml).
 * @throws Error with the line of what cannot be read
 */
export async function parseYaml(text: string): Promise<unknown[]> {
  const { parseAllDocuments } = await library()
  const documents = parseAllDocuments(text, {
    version: '1.1',
    merge: true,
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !isTime(tag)),
  })
  return documents.flatMap((document) => {
    const [error] = document.errors
    if (error) throw new Error(error.message)
    const value: unknown = document.toJS()
    return value === null || value === undefined ? [] : [value]
  })
}

function isTime({ tag, format }: { readonly tag: string; readonly format?: string }): boolean {
  return tag === 'tag:yaml.org,2002:timestamp' || format === 'TIME'
}

const library = () => import(/* webpackIgnore: true */ '@belay/toolkit')

/** Loads what reads YAML, a tenth of a second of work, while its caller waits for something else. */
export function loadYaml(): void {
  // Who reads YAML meets the error.
  library().catch(() => {})
}
