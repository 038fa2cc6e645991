import type { BelayDeployment, DeploymentPayload, LiveDeploy } from '@belay/github'
import { isReleaseId, type Release } from '@belay/release-model'

/**
 * The payload of a release's deployment. A rollback gets the payload of the release that it restores, with that one's
 * own `previous`: a second rollback goes further back, as it does on the hosts. Pure.
 * `runFacts`: what belongs to this run, `tags` included, as no other run restores tags that this one moved.
 * `before`: what is live at Render now. `cluster`: what is live in a cluster, where the release goes to one.
 * @returns undefined where GitHub does not know what the hosts roll back to
 */
export function payloadFor(
  release: Release,
  way: 'deploy' | 'rollback',
  live: BelayDeployment | undefined,
  deployments: readonly BelayDeployment[],
  runFacts: Required<Pick<DeploymentPayload, 'run' | 'slack' | 'look' | 'tags'>>,
  before: readonly LiveDeploy[] = [],
  cluster?: DeploymentPayload['kubernetes'],
): DeploymentPayload | undefined {
  const inCluster = cluster && { kubernetes: cluster }
  if (way === 'rollback') {
    const target = targetOf(release, live, deployments)
    return target && { ...target, ...runFacts, ...inCluster, ...atRender(before, target.render?.former) }
  }
  const { service, version, sha } = release
  // To release what is live already leaves `previous` as it is.
  const again = live?.payload.sha === sha
  const previous = again ? live.payload.previous : live && shorten(live.payload)
  const former = again ? live.payload.render?.former : before
  const own = { service, release: again ? live.payload.release : release.id, version, sha, previous }
  return { ...own, ...runFacts, ...inCluster, ...atRender(before, former) }
}

function atRender(
  before: readonly LiveDeploy[],
  former: readonly LiveDeploy[] = [],
): Pick<DeploymentPayload, 'render'> {
  return before.length > 0 ? { render: { before, former } } : {}
}

/**
 * What was live at Render with the release to roll back to; empty where no deployment has it. The payload of the next
 * release holds it. Pure.
 */
export function formerOf(
  release: Release,
  live: BelayDeployment | undefined,
  deployments: readonly BelayDeployment[],
): readonly LiveDeploy[] {
  if (release.version === 'previous') return live?.payload.render?.former ?? []
  const target = targetOf(release, live, deployments)
  const next = deployments.find(({ payload }) => target && payload.previous?.release === target.release)
  return next?.payload.render?.former ?? []
}

function targetOf(
  { version, sha }: Release,
  live: BelayDeployment | undefined,
  deployments: readonly BelayDeployment[],
): DeploymentPayload | undefined {
  const wanted =
    version === 'previous'
      ? ({ payload }: BelayDeployment) => payload.release === live?.payload.previous?.release
      : isReleaseId(version)
        ? ({ payload }: BelayDeployment) => payload.release === version
        : ({ payload }: BelayDeployment) => payload.sha === sha
  return deployments.find(wanted)?.payload
}

function shorten({ release, version, sha }: DeploymentPayload): NonNullable<DeploymentPayload['previous']> {
  return { release, version, sha }
}
