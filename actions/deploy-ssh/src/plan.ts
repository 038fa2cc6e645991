import type { LockReply } from '@belay/host/fleet'

/** What is known of a host under its lock, when the plan is made. */
export interface ObservedHost extends LockReply {
  readonly host: string
  /** The check passed just now; checked only where nothing else would be changed. */
  readonly healthy: boolean
}

/**
 * The stages of a release in their order; each ends on every host before the next begins on any. `switch` moves users and
 * starts the confirm timeout.
 */
export const releaseStages = ['upload', 'prepare', 'switch'] as const
export type ReleaseStage = (typeof releaseStages)[number]

/** The same with slots: no user is moved, only the idle slot is filled. */
export const slotStages = ['upload', 'prepare', 'fill'] as const
export type SlotStage = (typeof slotStages)[number]

/** With Compose an image is pulled instead. */
const imageStages = { switch: ['pull', 'switch'], fill: ['pull', 'fill'] } as const
export type ImageStage = 'pull'

/** The boundaries of deploy-ssh in the order in which they are crossed; each is in the record before it is crossed. */
export const boundaries = [
  'connect',
  'preflight',
  'lock',
  ...releaseStages,
  'swap',
  'restart',
  'check',
  'armed',
] as const

/** The same with slots. */
export const slotBoundaries = [
  ...['connect', 'preflight', 'lock'],
  ...slotStages,
  ...['link', 'restart', 'check', 'armed'],
] as const

export interface ReleasePlan {
  /** The same content is live, committed and healthy everywhere: there is nothing to do. */
  readonly noop: boolean
  readonly stages: readonly (ReleaseStage | SlotStage | ImageStage)[]
  /** What each host does, for people. */
  readonly lines: readonly string[]
  /** Hosts that did not serve the same committed release when the job began. */
  readonly warnings: readonly string[]
  readonly differed: boolean
}

/** Plans a release from what was observed. Pure. */
export function planRelease(
  id: string,
  manifest: string,
  observed: readonly ObservedHost[],
  slots = false,
  image = false,
): ReleasePlan {
  const differed = new Set(observed.map(({ committed }) => committed)).size > 1
  const warnings = [
    ...(differed ? [`The hosts differ at the start: ${observed.map(describeCommitted).join(', ')}.`] : []),
    ...observed
      .filter(({ live, committed }) => live !== '' && !live.endsWith(`/${committed}`))
      .map(
        ({ host, live, committed }) =>
          `${host}: ${slots ? 'traffic goes to' : 'current is'} ${live}, but ${committed || 'nothing'} was committed last.`,
      ),
  ]
  const noop = !differed && observed.every((host) => isLive(host, manifest))
  return {
    noop,
    differed,
    warnings,
    stages: noop ? [] : image ? imageStages[slots ? 'fill' : 'switch'] : slots ? slotStages : releaseStages,
    lines: observed.map((host) =>
      noop
        ? `${host.host}: ${host.committed} is live, committed and healthy; nothing to do`
        : planLine(id, host, slots),
    ),
  }
}

function planLine(id: string, { host, committed, slot }: ObservedHost, slots: boolean): string {
  if (!slots) return `${host}: ${committed || 'nothing'} → ${id}`
  return `${host}: ${id} → ${slot ? `slot ${slot}` : 'the idle slot'}; traffic stays with ${committed || 'the active slot'}`
}

/** Whether a host has this content live and committed, so that only its health is still to be checked. */
export function isCandidate(host: LockReply, manifest: string): boolean {
  return host.manifest === manifest && host.committed !== '' && host.live === `releases/${host.committed}`
}

function isLive(host: ObservedHost, manifest: string): boolean {
  return isCandidate(host, manifest) && host.healthy
}

function describeCommitted({ host, committed }: ObservedHost): string {
  return `${host} has ${committed || 'nothing'}`
}
