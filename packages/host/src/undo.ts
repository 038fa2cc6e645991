import { firstLine, messageOf, monotonicSeconds, type TargetOutcome } from '@belay/action-kit'
import type { Move, Serving } from '@belay/release-model'
import { claimTarget, shadowOutcome, withHost } from './confirmer.ts'
import type { LoginKey } from './credentials.ts'
import { type HostLease, type HostState, leaseSeconds, undoOnHost } from './host-commands.ts'
import type { HostScript } from './host-script.ts'
import { isLocal } from './local.ts'
import { placesOf } from './places.ts'
import { askProxy, type ProxyTraffic, wordAfterUndo } from './remote-traffic.ts'

/** What post needs to undo the change of a fleet, written to the journal before the first lock is requested. No secret. */
export interface SavedFleet {
  readonly service: string
  readonly leases: readonly HostLease[]
  /** The hosts are armed, or may be. */
  readonly armed: boolean
  /** The hosts did not all serve the same version when the job began: going back to that is `mixed`. */
  readonly differed: boolean
  /** By host, the version that served and the one that will; only hosts with a change that users see. Known once armed. */
  readonly moves?: Readonly<Record<string, Move>>
  /** The first confirm may have been sent: from then on nothing is undone, only confirmed. */
  readonly confirming?: true
  /** Where `leases` are of proxies before other hosts: what was claimed on those. */
  readonly claims?: readonly Claim[]
}

/** A slot host whose proxies are on other hosts: from a claim on, a proxy may send traffic to its idle slot. */
export interface Claim {
  readonly lease: HostLease
  /** Its address as the proxies name it, and the ports of both slots. */
  readonly address: string
  readonly ports: readonly string[]
}

/** How an action's hosts are undone, and the texts for their outcomes. */
export interface UndoSpec {
  /** The target name of a host, or of what is changed there. */
  target(host: string): string
  /** For a host where nothing was begun: `nothing was changed there`. */
  readonly untouchedDetail: string
  /** For one that was rolled back: `v1.2.0 (2026…) serves again`; `had` is what it served, where that is known. */
  restoredDetail(had: Serving | undefined): string
  /** For a host that could not be inspected: what it does without help, such as `it rolls back on its own`. */
  readonly autoReverts: string
  /** Asks a proxy where it sends traffic; it holds what a slot is (slot-script.ts). */
  readonly script: HostScript
}

/**
 * Starts the undo on all hosts at once, and follows each until `until` (monotonic seconds). They finish on their own.
 * Never throws: a host that could not be inspected is `mixed`, and named. Proxies before other hosts go first. Those hosts
 * then hear where each proxy sends traffic now: a slot is stopped only where every proxy answered (rules 11, 13).
 */
export async function undoFleet(
  saved: SavedFleet,
  undoSpec: UndoSpec,
  key: () => LoginKey,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<TargetOutcome[]> {
  const undo = { saved, undoSpec, key, onPhase }
  const { claims } = saved
  if (claims === undefined) return Promise.all(saved.leases.map((lease) => undoHost({ ...undo, until }, lease)))
  const now = monotonicSeconds()
  const proxiesUntil = now + (until - now) * proxiesShare
  const outcomes = await Promise.all(saved.leases.map((lease) => undoHost({ ...undo, until: proxiesUntil }, lease)))
  const slots = claims.flatMap(({ address, ports }) => placesOf({ addresses: [address], ports }))
  const answers = await Promise.all(
    saved.leases.map((lease, index) => trafficAfterUndo(undo, lease, slots, outcomes[index])),
  )
  const roles = { ...undo, until, saved: { ...saved, differed: false }, undoSpec: { ...undoSpec, ...roleSpec(saved) } }
  const claimed = claims.map(({ lease, address, ports }) =>
    undoHost(roles, lease, wordAfterUndo(address, ports, answers)),
  )
  return [...outcomes, ...(await Promise.all(claimed))]
}

/** The part of the time for an undo that proxies may take: their slot hosts need the rest. */
const proxiesShare = 0.6

interface Undo {
  readonly saved: SavedFleet
  readonly undoSpec: UndoSpec
  readonly key: () => LoginKey
  readonly until: number
  readonly onPhase: (phase: string, host: string) => void
}

/** The texts for a slot host whose proxies are elsewhere. */
function roleSpec({ service }: SavedFleet): Omit<UndoSpec, 'script'> {
  return {
    target: (host) => claimTarget(service, host),
    untouchedDetail: 'no traffic was moved there',
    restoredDetail: () => 'its slots have the roles that they had',
    autoReverts:
      'it gives its slots their former roles on its own when its confirm timeout expires, and keeps both running',
  }
}

/** Where a proxy sends traffic after its undo; undefined where that is not certain. */
async function trafficAfterUndo(
  { undoSpec, key }: Pick<Undo, 'undoSpec' | 'key'>,
  lease: HostLease,
  slots: readonly string[],
  outcome: TargetOutcome | undefined,
): Promise<ProxyTraffic | undefined> {
  // It may still be at work, or was not reached.
  if (outcome === undefined || outcome.result === 'undo-started') return undefined
  const question = { base: lease.base, id: lease.id, slots, recover: false }
  return withHost(lease, key, (connection) => askProxy(connection, undoSpec.script, question)).catch(() => undefined)
}

async function undoHost(
  { saved, undoSpec, key, until, onPhase }: Undo,
  lease: HostLease,
  traffic?: string,
): Promise<TargetOutcome> {
  const base = { target: undoSpec.target(lease.host), service: saved.service }
  try {
    const state = await withHost(lease, key, (connection) => {
      const left = Math.max(1, until - monotonicSeconds())
      return undoOnHost(connection, lease, left, (phase) => onPhase(phase, lease.host), traffic)
    })
    return { ...base, ...undoOutcome(saved, undoSpec, lease, state) }
  } catch (error) {
    // A remedy on a second line would stand in the middle of the sentence.
    const why = firstLine(messageOf(error))
    if (!saved.armed)
      return { ...base, result: 'unchanged', detail: `its lock expires on its own within ${leaseSeconds} s (${why})` }
    const detail = `the host could not be inspected (${why}); ${undoSpec.autoReverts}; to check, run: ${logCommand(lease)}`
    return { ...base, result: 'mixed', detail }
  }
}

function undoOutcome(
  saved: SavedFleet,
  undoSpec: UndoSpec,
  lease: HostLease,
  state: HostState,
): Pick<TargetOutcome, 'result' | 'detail'> {
  if (lease.shadow && state.state !== 'undoing') return shadowOutcome(state)
  const by = state.decidedBy && ` (${state.decidedBy})`
  const back = undoSpec.restoredDetail(saved.moves?.[lease.host]?.from)
  switch (state.state) {
    case 'none':
    case 'released':
      return { result: 'unchanged', detail: undoSpec.untouchedDetail }
    case 'undone':
      return saved.differed
        ? { result: 'mixed', detail: `${back}, which is not what the other hosts served${by}` }
        : { result: 'rolled-back', detail: `${state.restoreNote || back}${by}` }
    case 'confirmed':
      return { result: 'committed', detail: `it was confirmed already and stays${by}` }
    case 'mixed':
      return {
        result: 'mixed',
        detail: `${state.undoFailed || failureText(state) || 'the rollback failed'}; for its log, run: ${logCommand(lease)}`,
      }
    default:
      return {
        result: 'undo-started',
        detail: `the rollback started, and its end was not seen; for its log, run: ${logCommand(lease)}`,
      }
  }
}

function failureText({ failed }: HostState): string {
  return failed ? `${failed.failure} ${failed.why}` : ''
}

/** The command that shows a person the log on a host. */
function logCommand(lease: HostLease): string {
  const command = `tail ${lease.base}/.belay/log/*${lease.id}.*log`
  return isLocal(lease) ? command : `ssh -p ${lease.port} ${lease.user}@${lease.address} ${command}`
}
