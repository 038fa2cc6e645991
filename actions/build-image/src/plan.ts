import { compareSemver, parseSemver, type Semver } from '@belay/release-model'
import type { BuildEvent } from './event.ts'
import { isTag } from './image.ts'

/** What a build pushes. */
export interface BuildPlan {
  /** In order; each names one build permanently, except `moving`. */
  readonly tags: readonly string[]
  /** The version of the git tag in the form of an image tag; empty without one. */
  readonly version: string
  readonly push: boolean
  /** Why nothing is pushed; empty if it is pushed. */
  readonly whyNot: string
  /** A pull request's own tag, which stands for a merge that changes with its base; undefined if no tag moves. */
  readonly moving: string | undefined
}

export interface BuildOptions {
  readonly sha: string
  /** Tags beyond those that follow from the event. */
  readonly tags: readonly string[]
  readonly push: 'auto' | 'true' | 'false'
}

/**
 * The immutable tags of a build: `sha-<40 digits>` always, and the version on a git tag. `sha-…` is reserved for builds of
 * exactly that commit. A pull request builds a merge commit, so its build gets a name of its own.
 */
export function planBuild(event: BuildEvent, options: BuildOptions): BuildPlan {
  const { pullRequest } = event
  const version = event.tag === undefined ? '' : versionTag(event.tag)
  const own = pullRequest
    ? [`pr-${pullRequest.number}-${pullRequest.headSha}`]
    : [shaTag(options.sha), ...(version ? [version] : [])]
  const whyNot = whyNotPushed(event, options.push)
  return {
    tags: [...new Set([...own, ...options.tags])],
    version,
    push: whyNot === '',
    whyNot,
    moving: pullRequest && own[0],
  }
}

export function shaTag(sha: string): string {
  return `sha-${sha}`
}

/**
 * The image tag for a git tag or a version: `v1.2.3` as `1.2.3`; in others `-` replaces characters that a tag cannot have.
 * Cut at the longest length of a tag, as names in git may be twice as long.
 */
export function versionTag(name: string): string {
  const tag = parseSemver(name)
    ? name.replace(/^v/, '').replace('+', '_')
    : name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[.-]+/, '')
  return tag.slice(0, 128)
}

function whyNotPushed({ pullRequest }: BuildEvent, push: BuildOptions['push']): string {
  if (push === 'false') return 'push is false'
  if (push === 'auto' && pullRequest?.fork) return 'the pull request comes from a fork'
  return ''
}

/** A tag that a promotion gives to the digest. `version` tags are permanent, floating ones move. */
export interface Move {
  readonly tag: string
  readonly kind: 'version' | 'floating'
}

export interface PromotionPlan {
  readonly moves: readonly Move[]
  /** Tags that stay where they are, with the reason. */
  readonly kept: readonly { tag: string; why: string }[]
}

/**
 * Which tags a version gets: itself, then `X.Y`, `X` and last `latest`, each only if the version is the highest stable
 * one in that range. Prereleases get no floating tags. `requested` replaces the floating tags; `latest` keeps its rule.
 * `back`: the job rolled back to this version, so the floating tags move to it although higher versions exist.
 */
export function planPromotion(
  version: string,
  known: readonly string[],
  requested: readonly string[],
  back = false,
): PromotionPlan {
  const semver = parseSemver(version)
  const own: Move[] = semver ? [{ tag: versionTag(version), kind: 'version' }] : []
  const floating = [...new Set(requested.length > 0 ? requested : semver ? floatingTags(semver) : [])]
  const moves: Move[] = [...own]
  const kept: { tag: string; why: string }[] = []
  for (const tag of [...floating.filter((one) => one !== 'latest'), ...floating.filter((one) => one === 'latest')]) {
    const why = reasonToKeep(tag, version, back ? [] : known)
    if (why) kept.push({ tag, why })
    else moves.push({ tag, kind: 'floating' })
  }
  return { moves, kept }
}

/** Why a floating tag does not move to this version; undefined if it does. */
export function reasonToKeep(tag: string, version: string, known: readonly string[]): string | undefined {
  const range = rangeOf(tag)
  if (!range) return undefined
  const semver = parseSemver(version)
  if (!semver || semver.prerelease.length > 0) return `${version || 'this'} is not a stable version`
  if (!range(semver)) return `${version} is not in that range`
  const highest = highestIn(range, known)
  if (highest && compareSemver(highest.semver, semver) > 0) return `${highest.tag} is higher`
  return undefined
}

/** The highest stable version among tags that a floating tag may name: of all for `latest`, of 1.x for `1`. */
export function highestFor(tag: string, known: readonly string[]): string | undefined {
  const range = rangeOf(tag)
  return range && highestIn(range, known)?.tag
}

type Range = (semver: Semver) => boolean

/** Versions decide about `latest`, `X` and `X.Y`; any other floating tag (`qa`, `edge`) just moves. */
function rangeOf(tag: string): Range | undefined {
  if (tag === 'latest') return () => true
  const [, major, minor] = /^(\d+)(?:\.(\d+))?$/.exec(tag) ?? []
  if (major === undefined) return undefined
  return (semver) => semver.major === Number(major) && (minor === undefined || semver.minor === Number(minor))
}

function highestIn(range: Range, known: readonly string[]): { tag: string; semver: Semver } | undefined {
  return known
    .flatMap((tag) => {
      const semver = parseSemver(tag)
      return semver && semver.prerelease.length === 0 && range(semver) ? [{ tag, semver }] : []
    })
    .sort((a, b) => compareSemver(b.semver, a.semver))[0]
}

/** 0.x promises nothing across its minors, so there is no tag `0`. */
function floatingTags({ major, minor, prerelease }: Semver): string[] {
  if (prerelease.length > 0) return []
  return [`${major}.${minor}`, ...(major > 0 ? [`${major}`] : []), 'latest']
}

/** What is wrong with a tag from the inputs; undefined if it is valid. */
export function tagError(tag: string): string | undefined {
  if (isTag(tag)) return undefined
  return tag.length > 128 ? `"${tag}" has ${tag.length} characters` : `"${tag}" is not a valid tag`
}
