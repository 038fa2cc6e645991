import { messageOf, monotonicSeconds, type Settled } from '@belay/action-kit'
import type { Move, Serving } from '@belay/release-model'
import type { KeyOnly } from './credentials.ts'
import { onHost, shadowEnd } from './keeper.ts'
import { isLocal } from './local.ts'
import { type Held, type HostScript, type HostState, leaseSeconds, undo } from './release-process.ts'

/** What post needs to put a fleet back, written to the journal before the first lock is asked for. No secret. */
export interface SavedFleet {
  readonly service: string
  readonly held: readonly Held[]
  /** The countdown has been, or may have been, started. */
  readonly armed: boolean
  /** The hosts did not serve the same when the job began: returning there is `mixed`. */
  readonly differed: boolean
  /** By host, what its users had and get; a host where nobody is moved is missing. Known once it is armed. */
  readonly moves?: Readonly<Record<string, Move>>
  /** The first confirm may have been sent: from there on nothing is undone, only confirmed. */
  readonly confirming?: true
}

/** How an action's hosts go back, and what is said of them. */
export interface WayBack {
  readonly script: HostScript
  /** The name of a host, or of what is changed there, among the job's armed targets. */
  target(host: string): string
  /** Of a host where nothing was begun: `nothing was changed there`. */
  readonly untouched: string
  /** Of one that went back: `back to v1.2.0 (2026…)`; `had` is what it served, where that is known. */
  back(had: Serving | undefined): string
  /** Of one that nobody could look at, as a sentence without its end: `It returns by itself`. */
  readonly alone: string
}

/**
 * Tells all hosts at once to go back, and follows each until `until` (monotonic seconds). They finish alone. Never
 * throws: what nobody could look at is `mixed`, and named.
 */
export async function undoFleet(
  saved: SavedFleet,
  way: WayBack,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled[]> {
  return Promise.all(saved.held.map((held) => undoHost(saved, way, held, key, until, onPhase)))
}

async function undoHost(
  saved: SavedFleet,
  way: WayBack,
  held: Held,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled> {
  const base = { target: way.target(held.host), service: saved.service }
  try {
    const state = await onHost(held, key, (connection) => {
      const left = Math.max(1, until - monotonicSeconds())
      return undo(connection, held, way.script, left, (phase) => onPhase(phase, held.host))
    })
    return { ...base, ...verdict(saved, way, held, state) }
  } catch (error) {
    const why = messageOf(error)
    if (!saved.armed)
      return { ...base, result: 'unchanged', detail: `its lock ends by itself within ${leaseSeconds} s (${why})` }
    const detail = `nobody could look: ${why} ${way.alone}; see for yourself: ${byHand(held)}`
    return { ...base, result: 'mixed', detail }
  }
}

function verdict(saved: SavedFleet, way: WayBack, held: Held, state: HostState): Pick<Settled, 'result' | 'detail'> {
  if (held.shadow && state.state !== 'undoing') return shadowEnd(state)
  const by = state.who && ` (${state.who})`
  const back = way.back(saved.moves?.[held.host]?.from)
  switch (state.state) {
    case 'none':
    case 'released':
      return { result: 'unchanged', detail: way.untouched }
    case 'undone':
      return saved.differed
        ? { result: 'mixed', detail: `${back}, which differed from the other hosts before${by}` }
        : { result: 'rolled-back', detail: `${state.back || back}${by}` }
    case 'confirmed':
      return { result: 'committed', detail: `it was confirmed already and stays${by}` }
    case 'mixed':
      return {
        result: 'mixed',
        detail: `${state.undoFailed || state.failed || 'the return failed'}; look: ${byHand(held)}`,
      }
    default:
      return { result: 'undo-started', detail: `told to go back, not seen to be through; look: ${byHand(held)}` }
  }
}

/** The command that shows a person what a host wrote down. */
function byHand(held: Held): string {
  const look = `tail ${held.base}/.belay/log/*${held.id}.log`
  return isLocal(held) ? look : `ssh -p ${held.port} ${held.user}@${held.address} ${look}`
}
