/** What a target serves, by its name for people and its release id; both empty where Belay never released there. */
export interface Serving {
  readonly version: string
  readonly release: string
  /** The port of the slot, where the target has slots. */
  readonly slot?: string
}

/** What one target served before and serves after a change. */
export interface Move {
  readonly from: Serving
  readonly to: Serving
  /** A rollback to an older release. */
  readonly back?: true
}

/** A version for people: of a commit its first seven digits. */
export function versionName(version: string): string {
  return /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version
}

/** `v1.2.0 (20261120T090000Z-3f2a9c1b7d04-4711-1-9f86d081)` */
export function servingName({ version, release }: Serving): string {
  const name = versionName(version)
  if (release === '' || name === '') return name || release || 'nothing that Belay released'
  return `${name} (${release})`
}
