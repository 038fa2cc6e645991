import { type ArmedTarget, messageOf, monotonicSeconds, type Settled } from '@belay/action-kit'
import {
  type Held,
  type HostState,
  isLocal,
  type KeyOnly,
  leaseSeconds,
  onHost,
  undo as undoOnHost,
} from '@belay/remote'
import { script } from './script.ts'

/** What post needs to move traffic back, written to the journal before the first lock is asked for. No secret. */
export interface SavedSwitch {
  readonly service: string
  readonly held: readonly Held[]
  /** The countdown has been, or may have been, started. */
  readonly armed: boolean
  /** The hosts did not serve the same when the job began: returning there is `mixed`. */
  readonly differed: boolean
  /** The first confirm may have been sent: from there on nothing is undone, only confirmed. */
  readonly confirming?: true
}

/** The hosts of a switch as armed targets. */
export function targetsOf({ service, held }: Pick<SavedSwitch, 'service' | 'held'>): ArmedTarget[] {
  return held.map((host) => ({ name: targetName(service, host.host), service, handle: host }))
}

/** The name of a host's traffic among the job's armed targets. */
export function targetName(service: string, host: string): string {
  return `traffic of ${service} on ${host}`
}

/**
 * Tells all hosts at once to go back, and follows each until `until` (monotonic seconds). They finish alone. Never
 * throws: what nobody could look at is `mixed`, and named.
 */
export async function undoSwitch(
  saved: SavedSwitch,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled[]> {
  return Promise.all(saved.held.map((held) => undoHost(saved, held, key, until, onPhase)))
}

async function undoHost(
  saved: SavedSwitch,
  held: Held,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled> {
  const base = { target: targetName(saved.service, held.host), service: saved.service }
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
    const detail = `nobody could look: ${why} Its traffic returns by itself when its countdown ends, and both slots keep running; see for yourself: ${byHand(held)}`
    return { ...base, result: 'mixed', detail }
  }
}

function verdict(saved: SavedSwitch, held: Held, state: HostState): Pick<Settled, 'result' | 'detail'> {
  const by = state.who && ` (${state.who})`
  switch (state.state) {
    case 'none':
    case 'released':
      return { result: 'unchanged', detail: 'its traffic was not touched' }
    case 'undone':
      return saved.differed
        ? { result: 'mixed', detail: `traffic is back where it was, which differed from the other hosts before${by}` }
        : { result: 'rolled-back', detail: `traffic is back where it was${by}` }
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
  const look = `tail ${held.base}/.belay/log/*${held.id}.log`
  return isLocal(held) ? look : `ssh -p ${held.port} ${held.user}@${held.address} ${look}`
}
