import type { Admission } from '@belay/action-kit'
import { compareSemver, parseSemver } from '@belay/release-model'
import type { ObservedHost } from './plan.ts'
import type { ReleaseContent } from './release.ts'

/** What holds of a judgement once the locks are there. */
export type Recheck =
  | { readonly is: 'go' }
  /** A newer version was committed meanwhile; `by` names it and its release. */
  | { readonly is: 'superseded'; readonly by: string }
  | { readonly is: 'refused'; readonly code: string; readonly why: string; readonly remedy: string }

/**
 * Judges once more what GitHub was asked about before the locks were waited for, by what the hosts say was committed
 * last. A host without a release of Belay's (rebuilt, new) says nothing. Only a newer version speaks against it where
 * GitHub knew of nothing that is live, as without the permission to keep deployments, or of this very release, as in a
 * fleet that is released in parts; and where some host still has what was judged, the others were left behind. Pure.
 */
export function recheckAdmission(
  { live, until }: Admission,
  content: Pick<ReleaseContent, 'version' | 'sha'>,
  observed: readonly Pick<ObservedHost, 'host' | 'committed' | 'version' | 'sha'>[],
  now: Date,
): Recheck {
  const others = observed.filter(({ sha }) => sha !== '' && sha !== content.sha && sha !== live?.sha)
  const newer = others.find(({ version }) => isNewer(version, content.version))
  if (newer) return { is: 'superseded', by: nameOf(newer) }
  const [other] = others
  const isGone = live !== undefined && live.sha !== content.sha && !observed.some(({ sha }) => sha === live.sha)
  if (other && isGone) return outdatedAdmission(content.version, live, other)
  const serves = observed.every(({ sha }) => sha === content.sha)
  if (until !== undefined && now >= new Date(until) && !serves) return closedWindow(until)
  return { is: 'go' }
}

/** Names that are no versions, such as commits, are neither newer nor older. */
function isNewer(version: string, than: string): boolean {
  const [a, b] = [parseSemver(version), parseSemver(than)]
  return a !== undefined && b !== undefined && compareSemver(a, b) > 0
}

function nameOf({ version, committed }: Pick<ObservedHost, 'version' | 'committed'>): string {
  return `${version} (${committed})`
}

function outdatedAdmission(
  version: string,
  live: NonNullable<Admission['live']>,
  other: Pick<ObservedHost, 'host' | 'version' | 'committed'>,
): Recheck {
  return {
    is: 'refused',
    code: 'admission-outdated',
    why: `${version} was judged against ${live.version}, and by now ${nameOf(other)} is committed on ${other.host}. Nothing was changed on the hosts.`,
    remedy: `run the release again: it is judged anew. If that ends the same, GitHub was never told of ${other.version}: start the workflow by hand with that version first, which changes nothing and tells it.`,
  }
}

function closedWindow(until: string): Recheck {
  return {
    is: 'refused',
    code: 'outside-window',
    why: `The window for releases closed at ${until.slice(0, 16)}Z, while this one waited. Nothing was changed on the hosts.`,
    remedy: 'wait for the next one, or say in override-reason why this release cannot.',
  }
}
