/** A version as semver.org 2.0 has it, without build metadata, which says nothing of the order. */
export interface Semver {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Identifiers of a prerelease; empty for a stable version. */
  readonly pre: readonly string[]
}

const number = '(0|[1-9]\\d*)'
const pattern = new RegExp(`^v?${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:[+_][0-9A-Za-z.-]+)?$`)

/** Reads `1.2.3`, `v1.2.3-rc.1`, and `1.2.3_build` as a registry's tag has to write `1.2.3+build`. */
export function parseSemver(text: string): Semver | undefined {
  const [, major, minor, patch, pre] = pattern.exec(text) ?? []
  if (major === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: Number(patch), pre: pre?.split('.') ?? [] }
}

/** Below 0 where `a` comes before `b`. */
export function compareSemver(a: Semver, b: Semver): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrereleases(a.pre, b.pre)
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (const [index, one] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = compareIdentifiers(one, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Numbers come before words; a shorter list comes before the longer one that it begins. */
function compareIdentifiers(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => (/^\d+$/.test(text) ? Number(text) : undefined))
  if (x !== undefined && y !== undefined) return x - y
  if (x !== undefined) return -1
  if (y !== undefined) return 1
  return a < b ? -1 : a > b ? 1 : 0
}
