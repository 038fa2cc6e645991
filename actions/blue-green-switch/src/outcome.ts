import type { TargetOutcome } from '@belay/action-kit'
import { commonValue } from '@belay/host/fleet'
import { type Move, type Serving, versionName } from '@belay/release-model'
import type { SwitchFacts } from './inspect.ts'
import { activeSlot } from './plan.ts'
import type { SwitchStep } from './undo.ts'
import { type SavedSwitch, targetName } from './undo.ts'

/** Where one host's traffic goes at the end of this step, as far as it is known; an entry of the output `hosts`. */
export interface HostOutcome {
  readonly host: string
  /** `unchanged`, `switched` (armed), `committed`, `rolled-back`, or the result of an undo. */
  readonly state: string
  /** Port of the slot that had the traffic when the step began. */
  readonly previous: string
  /** Port of the slot that has it now; empty where that is not known. */
  readonly active: string
  /** What serves from that slot. */
  readonly release: string
  readonly version: string
  readonly switchMs?: number
  readonly inflightAtCutoff?: number
  readonly error?: string
}

/** Sets `active`, `previous` and `hosts`; a later call replaces them. */
export function reportOutcomes(step: Pick<SwitchStep, 'output'>, hosts: readonly HostOutcome[]): void {
  step.output('previous', commonValue(hosts.map(({ previous }) => previous)))
  step.output('active', commonValue(hosts.map(({ active }) => active)))
  step.output('hosts', JSON.stringify(hosts))
}

/** Before traffic is moved, and where it is not moved. */
export function unchangedOutcome(facts: SwitchFacts): HostOutcome {
  const { name = '', release = '', version = '' } = activeSlot(facts) ?? {}
  return { host: facts.host, state: 'unchanged', previous: name, active: name, release, version: versionName(version) }
}

/** The outcome on a host where `serves` has the traffic after a move. */
export function outcomeAfterMove(
  host: string,
  state: string,
  { from }: Move,
  serves: Serving | undefined,
): HostOutcome {
  const { slot: active = '', release = '', version = '' } = serves ?? {}
  return { host, state, previous: from.slot ?? '', active, release, version: versionName(version) }
}

/** After a failed switch, or one that its own main made final: the outcome of its undo or confirm on each host. */
export function outcomesAfterUndo(saved: SavedSwitch, outcomes: readonly TargetOutcome[]): HostOutcome[] {
  return Object.entries(saved.moves ?? {}).map(([host, move]) => {
    const outcome = outcomes.find(({ target }) => target === targetName(saved.service, host))
    const result = outcome?.result ?? 'unknown'
    if (result === 'committed') return outcomeAfterMove(host, 'committed', move, move.to)
    if (result === 'rolled-back' || result === 'unchanged') return outcomeAfterMove(host, result, move, move.from)
    return { ...outcomeAfterMove(host, result, move, undefined), error: outcome?.detail ?? '' }
  })
}
