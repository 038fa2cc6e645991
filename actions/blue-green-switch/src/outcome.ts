import type { Settled } from '@belay/action-kit'
import { common } from '@belay/host'
import { type Move, type Serving, versionName } from '@belay/release-model'
import type { SwitchFacts } from './look.ts'
import { activeSlot } from './plan.ts'
import { type SavedSwitch, targetName } from './undo.ts'
import type { SwitchStep } from './work.ts'

/** Where one host's traffic goes at the end of this step, as far as that was seen; an entry of the output `hosts`. */
export interface HostOutcome {
  readonly host: string
  /** `unchanged`, `switched` (armed), `committed`, `rolled-back`, or what an undo says. */
  readonly state: string
  /** Port of the slot that had the traffic when the step began. */
  readonly previous: string
  /** Port of the slot that has it now; empty where nobody could see. */
  readonly active: string
  /** What serves from that slot. */
  readonly release: string
  readonly version: string
  readonly switchMs?: number
  readonly inflightAtCutoff?: number
  readonly error?: string
}

/** Sets `active`, `previous` and `hosts`; what is set last holds. */
export function reportOutcome(step: Pick<SwitchStep, 'output'>, hosts: readonly HostOutcome[]): void {
  step.output('previous', common(hosts.map(({ previous }) => previous)))
  step.output('active', common(hosts.map(({ active }) => active)))
  step.output('hosts', JSON.stringify(hosts))
}

/** Before anything is moved, and where nothing is. */
export function asFound(facts: SwitchFacts): HostOutcome {
  const { port = '', release = '', version = '' } = activeSlot(facts) ?? {}
  return { host: facts.host, state: 'unchanged', previous: port, active: port, release, version: versionName(version) }
}

/** What `serves` on a host whose traffic was to move. */
export function afterMove(host: string, state: string, { from }: Move, serves: Serving | undefined): HostOutcome {
  const { slot: active = '', release = '', version = '' } = serves ?? {}
  return { host, state, previous: from.slot ?? '', active, release, version: versionName(version) }
}

/** After the switch failed, or was made final by its own main: what its undo or its confirm found on each host. */
export function afterSettled(saved: SavedSwitch, settled: readonly Settled[]): HostOutcome[] {
  return Object.entries(saved.moves ?? {}).map(([host, move]) => {
    const one = settled.find(({ target }) => target === targetName(saved.service, host))
    const result = one?.result ?? 'unknown'
    if (result === 'committed') return afterMove(host, 'committed', move, move.to)
    if (result === 'rolled-back' || result === 'unchanged') return afterMove(host, result, move, move.from)
    return { ...afterMove(host, result, move, undefined), error: one?.detail ?? '' }
  })
}
