import type { Admission } from '@belay/action-kit'
import { compareSemver, parseSemver } from '@belay/release-model'
import type { ObservedHost } from './plan.ts'
import type { ReleaseContent } from './release.ts'

/** What holds of an admission once the locks are taken. */
export type Recheck =
  | { readonly is: 'go' }
  /** A newer version was committed since; `by` names it and its release. */
  | { readonly is: 'superseded'; readonly by: string }
  | { readonly is: 'refused'; readonly code: string; readonly why: string; readonly remedy: string }

/**
 * Re-evaluates the admission, which was given by GitHub's deployments before the wait for the locks, by what the hosts
 * committed last. A host without a release of Belay's (rebuilt, new) does not count. Only a newer version refuses the
 * release in two cases: GitHub knew of no live version (no permission to keep deployments), or the live version was this
 * release (a fleet that is released in parts). Where a host still has the live version of the admission, hosts with
 * another one were left behind. Pure.
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
    why: `${version} was admitted against ${live.version}, but ${nameOf(other)} is now committed on ${other.host}. Nothing was changed on the hosts.`,
    remedy: `run the release again: the version is evaluated again. If that fails in the same way, GitHub has no deployment of ${other.version}: first start the workflow by hand with that version. That run changes nothing on the hosts and creates the deployment.`,
  }
}

function closedWindow(until: string): Recheck {
  return {
    is: 'refused',
    code: 'outside-window',
    why: `The release window closed at ${until.slice(0, 16)}Z, while this release waited for the lock. Nothing was changed on the hosts.`,
    remedy: 'wait for the next window, or give the reason why this release cannot wait in override-reason.',
  }
}
