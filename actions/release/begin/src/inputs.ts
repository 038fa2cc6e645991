import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import { readProbeUrls } from '@belay/probe'
import { isReleaseId, resemblesReleaseId } from '@belay/release-model'
import { type CanaryInputs, readCanaryInputs } from './canary.ts'
import { type GivenInputs, readGivenInputs } from './given-inputs.ts'
import { readTarget, type Target } from './target.ts'
import { readTimes } from './times.ts'

export interface BeginInputs extends CanaryInputs {
  readonly target: Target
  /** What leads the traffic to slots; empty for the default. */
  readonly driver: string
  /** What the proxies ask of each slot, where they are on other hosts; empty elsewhere, as `check` may be a command. */
  readonly proxyCheck: string
  /** What the gate at the end asks. */
  readonly urls: readonly URL[]
  /** Belay's variables, by their names. */
  readonly settings: ReadonlyMap<string, string>
  readonly release: ReleaseInputs
  readonly github: GitHubInputs
}

/** Reports all input errors of a release at once, before anything is changed. */
export function readBeginInputs(read: InputReader): BeginInputs {
  const release = readReleaseInputs(read)
  if (resemblesReleaseId(release.version) && !isReleaseId(release.version))
    read.issue(
      'version',
      `is "${release.version}", which resembles a release id and is not one`,
      'Give the whole id from the hosts or the messages, such as 20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081. A tag must not resemble a release id.',
    )
  const given = readGivenInputs(read)
  const target = readTarget(read, given)
  const [phase, until] = [read.text('phase'), read.text('until')]
  const hasSlots = read.lines('slots').length > 0
  const inCluster = target === 'kubernetes'
  // Neither a contract nor a shadow release has traffic while it waits for the end of the job.
  const hostsWait = target === 'ssh' && phase !== 'contract' && until !== 'gate'
  const clusterWaits = doesClusterWait(read, given, { inCluster, hasSlots })
  const waits = given.known && (hostsWait || clusterWaits)
  readTimes(read, { hasSlots, inCluster, gate: given.has('urls'), waits })
  return {
    target,
    driver: inCluster ? 'service' : read.text('driver'),
    proxyCheck: readProxyCheck(read),
    urls: readProbeUrls(read),
    ...readCanaryInputs(read, given, target),
    settings: given.settings,
    release,
    github: readGitHubInputs(read),
  }
}

/** Whether a pod of the cluster waits for the end of the job. What would have no effect is refused. */
function doesClusterWait(
  read: InputReader,
  given: GivenInputs,
  { inCluster, hasSlots }: { inCluster: boolean; hasSlots: boolean },
): boolean {
  const hasImage = read.text('confirm-image') !== ''
  if (!inCluster) return false
  if (hasImage && !hasSlots)
    read.unneeded('confirm-image', 'is given without slots', 'Give slots too: the pod moves traffic between slots.')
  if (!hasImage && given.has('confirm-timeout'))
    read.unneeded('confirm-timeout', 'is given without confirm-image', 'Give an image with kubectl too.')
  return hasImage && hasSlots
}

function readProxyCheck(read: InputReader): string {
  const check = read.text('check')
  return read.lines('proxy-hosts').length > 0 ? check : ''
}
