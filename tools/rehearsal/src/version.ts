/** A commit of an example's repository. Every example has these two. */
export interface Version {
  readonly name: string
  readonly sha: string
  readonly number: string
}

export const v1: Version = { name: 'v1', sha: '4f0c1d7e92b35a6884d1e0f7c3b2a59614d8e7f0', number: '1.0.0' }
export const v2: Version = { name: 'v2', sha: 'b83e5a20c7d94f1663a8b5e2f09d7c4185e6a3d2', number: '1.1.0' }

/** The tag of a version. */
export function tagOf({ number }: Version): string {
  return `v${number}`
}

/** What serves, by the commits that were seen: `v1.0.0`, or several where they differ; undefined: nothing answers. */
export function servedName(shas: readonly (string | undefined)[], known: readonly Version[]): string | undefined {
  const names = shas.flatMap((sha) => {
    if (!sha) return []
    const version = known.find((one) => one.sha === sha)
    return [version ? tagOf(version) : sha.slice(0, 7)]
  })
  return names.length > 0 ? [...new Set(names)].sort().join(' and ') : undefined
}
