import { type ArmedTarget, messageOf, monotonicSeconds, type Settled } from '@belay/action-kit'
import {
  type Held,
  type HostState,
  type KeyOnly,
  leaseSeconds,
  onHost,
  shadowEnd,
  undo as undoOnHost,
} from '@belay/remote'
import { script } from './script.ts'

/** What post needs to put a release back, written to the journal before the first lock is asked for. No secret. */
export interface SavedRelease {
  readonly service: string
  readonly held: readonly Held[]
  /** The countdown has been, or may have been, started. */
  readonly armed: boolean
  /** The hosts did not serve the same when the job began: returning there is `mixed`. */
  readonly differed: boolean
  /** What it filled are slots; `current` was not touched. */
  readonly slots?: true
  /** The first confirm may have been sent: from there on nothing is undone, only confirmed. */
  readonly confirming?: true
}

/** The hosts of a release as armed targets. */
export function targetsOf({ service, held, slots }: SavedRelease): ArmedTarget[] {
  return held.map((host) => ({ name: targetName(service, host.host, slots === true), service, handle: host }))
}

/** The name of a host's release among the job's armed targets. */
export function targetName(service: string, host: string, slots: boolean): string {
  return slots ? `${service} slot on ${host}` : `${service} on ${host}`
}

/**
 * Tells all hosts at once to go back, and follows each until `until` (monotonic seconds). They finish alone. Never
 * throws: what nobody could look at is `mixed`, and named.
 */
export async function undoRelease(
  saved: SavedRelease,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled[]> {
  return Promise.all(saved.held.map((held) => undoHost(saved, held, key, until, onPhase)))
}

async function undoHost(
  saved: SavedRelease,
  held: Held,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled> {
  const base = { target: targetName(saved.service, held.host, saved.slots === true), service: saved.service }
  try {
    const state = await onHost(held, key, (connection) => {
      const left = Math.max(1, until - monotonicSeconds())
      return undoOnHost(connection, held, script, left, (phase) => onPhase(phase, held.host))
    })
    return { ...base, ...verdict(saved, held, state) }
  } catch (error) {
    const why = messageOf(error)
    if (!saved.armed)
      return { ...base, result: 'unchanged', detail: `its lock ends by itself within ${leaseSeconds} s (${why})` }
    const detail = `nobody could look: ${why} It returns by itself when its countdown ends; see for yourself: ${byHand(held)}`
    return { ...base, result: 'mixed', detail }
  }
}

function verdict(saved: SavedRelease, held: Held, state: HostState): Pick<Settled, 'result' | 'detail'> {
  if (held.shadow && state.state !== 'undoing') return shadowEnd(state)
  const by = state.who && ` (${state.who})`
  switch (state.state) {
    case 'none':
    case 'released':
      return { result: 'unchanged', detail: 'nothing was changed there' }
    case 'undone':
      return saved.differed
        ? { result: 'mixed', detail: `back to what it had, which differed from the other hosts before${by}` }
        : {
            result: 'rolled-back',
            detail: saved.slots ? `its slot is idle again${by}` : `back to what was committed before${by}`,
          }
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

function byHand(held: Held): string {
  return `ssh -p ${held.port} ${held.user}@${held.address} tail ${held.base}/.belay/log/*${held.id}.log`
}
