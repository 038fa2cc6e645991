/** A release of Belay: the commit, 40 hex digits, and the name of its tag. */
export interface Release {
  readonly commit: string
  readonly version: string
}

/** Every pin of Belay in a text with the commit and version of a release. `<sha>` stays: readers put in theirs. Pure. */
export function pinTo(text: string, { commit, version }: Release): string {
  return text
    .split('\n')
    .map((line) => {
      if (!/belay-actions\/belay\/|@<sha>/.test(line)) return line
      return line
        .replaceAll(/(belay-actions\/belay\/[^\s@]+@)[0-9a-f]{40}/g, `$1${commit}`)
        .replace(/(# )v\d+\.\d+\.\d+/, `$1${version}`)
    })
    .join('\n')
}
