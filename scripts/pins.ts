/** A release of Belay: the commit, 40 hex digits, and the name of its tag. */
export interface Release {
  readonly commit: string
  readonly version: string
}

/** The text with every pin of Belay set to the commit and version of a release. `<sha>` stays for readers to fill in. Pure. */
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
