import { firstLine, messageOf, monotonicSeconds, type TargetOutcome } from '@belay/action-kit'
import type { Move, Serving } from '@belay/release-model'
import { shadowOutcome, withHost } from './confirmer.ts'
import type { LoginKey } from './credentials.ts'
import { type HostLease, type HostState, leaseSeconds, undoOnHost } from './host-commands.ts'
import { isLocal } from './local.ts'

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
}

/**
 * Starts the undo on all hosts at once, and follows each until `until` (monotonic seconds). They finish on their own.
 * Never throws: a host that could not be inspected is `mixed`, and named.
 */
export async function undoFleet(
  saved: SavedFleet,
  undoSpec: UndoSpec,
  key: () => LoginKey,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<TargetOutcome[]> {
  return Promise.all(saved.leases.map((lease) => undoHost(saved, undoSpec, lease, key, until, onPhase)))
}

async function undoHost(
  saved: SavedFleet,
  undoSpec: UndoSpec,
  lease: HostLease,
  key: () => LoginKey,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<TargetOutcome> {
  const base = { target: undoSpec.target(lease.host), service: saved.service }
  try {
    const state = await withHost(lease, key, (connection) => {
      const left = Math.max(1, until - monotonicSeconds())
      return undoOnHost(connection, lease, left, (phase) => onPhase(phase, lease.host))
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
