import type { Deployed, Payload } from '@belay/github'
import type { Release } from '@belay/release'

/**
 * What a release's deployment keeps. One that goes back is the deployment of what it goes back to, with that one's own
 * `previous`: going back once more leads further back, as it does on the hosts. Pure.
 * @returns undefined where GitHub does not know what the hosts go back to
 */
export function payloadFor(
  release: Release,
  way: 'deploy' | 'rollback',
  live: Deployed | undefined,
  deployments: readonly Deployed[],
  place: Pick<Payload, 'run' | 'slack' | 'look'>,
): Payload | undefined {
  if (way === 'rollback') {
    const target = targetOf(release, live, deployments)
    return target && { ...target, ...place }
  }
  const { service, version, sha } = release
  // Releasing what is live already leaves before it what was before it.
  const again = live?.payload.sha === sha
  const previous = again ? live.payload.previous : live && shorten(live.payload)
  return { service, release: again ? live.payload.release : release.id, version, sha, previous, ...place }
}

function targetOf(
  { version, sha }: Release,
  live: Deployed | undefined,
  deployments: readonly Deployed[],
): Payload | undefined {
  const wanted =
    version === 'previous'
      ? ({ payload }: Deployed) => payload.release === live?.payload.previous?.release
      : ({ payload }: Deployed) => payload.sha === sha
  return deployments.find(wanted)?.payload
}

function shorten({ release, version, sha }: Payload): NonNullable<Payload['previous']> {
  return { release, version, sha }
}
