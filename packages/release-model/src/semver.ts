import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'

/** A version by semver.org 2.0. Build metadata does not affect the order. */
export interface Semver {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Identifiers of a prerelease; empty for a stable version. */
  readonly prerelease: readonly (string | number)[]
  /** Without `v` and build metadata: `1.2.3-rc.1`. */
  readonly version: string
}

/** Reads `1.2.3`, `v1.2.3-rc.1`, and `1.2.3_build`, which is how a registry's tag must write `1.2.3+build`. */
export function parseSemver(text: string): Semver | undefined {
  // The library ignores spaces around it; a tag with spaces is another name.
  if (/\s/.test(text)) return undefined
  return parse(text.replace('_', '+')) ?? undefined
}

/** Below 0 where `a` comes before `b`. */
export function compareSemver(a: Semver, b: Semver): number {
  return compare(a.version, b.version)
}
