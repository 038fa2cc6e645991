import { Failure } from '@belay/action-kit'
import { hasPlaces, pairsOf } from '@belay/host/inputs'
import type { Release } from '@belay/release-model'
import type { Slot, SwitchFacts } from './inspect.ts'

/** The boundaries of blue-green-switch in the order in which they are crossed; each is recorded before it is crossed. */
export const boundaries = [
  'connect',
  'preflight',
  'lock',
  'prove',
  'switch',
  'weight-100',
  'switched',
  'armed',
] as const

/** The release that is to get the traffic. */
export interface SlotContent {
  readonly id: string
  readonly version: string
  readonly sha: string
}

export interface SwitchPlan {
  /** It is active and committed, and the idle slot does not hold this release: nothing to do. */
  readonly noop: boolean
  /** What each host does, for people. */
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
  /** Hosts whose traffic did not all go to the same version when the job began. */
  readonly differed: boolean
}

/** Plans a switch from what was inspected. Pure. */
export function planSwitch(content: SlotContent, fleetFacts: readonly SwitchFacts[]): SwitchPlan {
  const noop = fleetFacts.every((facts) => serves(facts, content))
  const before = new Set(fleetFacts.map((facts) => activeSlot(facts)?.sha ?? ''))
  const differed = before.size > 1
  return {
    noop,
    differed,
    warnings: differed
      ? [
          `The hosts differ at the start: ${fleetFacts.map((facts) => `${facts.host} has ${slotName(activeSlot(facts))}`).join(', ')}.`,
        ]
      : [],
    lines: fleetFacts.map((facts) => {
      const [active, idle] = [activeSlot(facts), idleSlot(facts)]
      return noop
        ? `${facts.host}: ${content.version} has the traffic in slot ${active?.name}; nothing to do`
        : `${facts.host}: ${slotWithContent(active)} → ${slotWithContent(idle)}`
    }),
  }
}

/** The slot that has all traffic; with several servers the active ones of all, as one. */
export function activeSlot({ slots }: SwitchFacts): Slot | undefined {
  return together(pairsOf(slots).map((pair) => withTraffic(pair)?.active))
}

/** The slot that traffic would go to; with several servers the idle ones of all, as one. */
export function idleSlot({ slots }: SwitchFacts): Slot | undefined {
  return together(pairsOf(slots).map((pair) => withTraffic(pair)?.idle))
}

function withTraffic([one, other]: readonly [Slot, Slot]): { active: Slot; idle: Slot } | undefined {
  if (one.weight > 0 === other.weight > 0) return undefined
  return one.weight > 0 ? { active: one, idle: other } : { active: other, idle: one }
}

/** Slots of several hosts: what is in them is not known. */
function together(slots: readonly (Slot | undefined)[]): Slot | undefined {
  const [first, ...others] = slots
  if (others.length === 0) return first
  const known = slots.filter((slot) => slot !== undefined)
  if (known.length < slots.length) return undefined
  const name = known.map((slot) => slot.name).join(' ')
  return { name, weight: 0, listening: known.every(({ listening }) => listening), release: '', sha: '', version: '' }
}

/** Whether both texts name the same slots; a caller may list its servers in another order than before. */
function areSameSlots(one: string, other: string): boolean {
  const sorted = (names: string) => names.split(' ').toSorted().join(' ')
  return sorted(one) === sorted(other)
}

function serves(facts: SwitchFacts, content: SlotContent): boolean {
  const active = activeSlot(facts)
  if (!active) return false
  // What this release filled the idle slot with is to get traffic, also where it has the same commit.
  if (idleSlot(facts)?.release === content.id) return false
  if (facts.last && !areSameSlots(facts.last.slot, active.name)) return false
  // Where deploy-ssh fills no slots, only the last committed switch knows the commit.
  const sha = active.sha || (facts.last ? (facts.committedSwitches.at(-1)?.sha ?? '') : '')
  return sha === content.sha
}

function slotWithContent(slot: Slot | undefined): string {
  if (slot && hasPlaces([slot.name])) return slot.name
  return `slot ${slot?.name ?? '?'} (${slotName(slot)})`
}

function slotName(slot: Slot | undefined): string {
  if (!slot) return 'unknown'
  if (slot.release === '') return slot.listening ? 'not released by Belay' : 'empty'
  return slot.version || slot.release
}

/**
 * The goal of a rollback: what had the traffic before the last committed switch, still in the idle slot, or the committed
 * release there that `version` names. The same for every host. Pure.
 * @throws Failure `not-warm` where a host's idle slot does not hold it any more
 */
export function chooseRollbackContent(version: string, fleetFacts: readonly SwitchFacts[]): SlotContent {
  const choices = fleetFacts.map((facts) => rollbackContentOn(version, facts))
  const cold = choices.flatMap((choice) => (typeof choice === 'string' ? [choice] : []))
  if (cold.length > 0) throw notWarmFailure(cold.join('\n'))
  const [first, ...others] = choices as SlotContent[]
  if (!first || others.some(({ sha }) => sha !== first.sha))
    throw notWarmFailure(
      `The hosts' idle slots hold different versions: ${(choices as SlotContent[]).map(({ version }) => version).join(', ')}.`,
    )
  return first
}

function rollbackContentOn(version: string, facts: SwitchFacts): SlotContent | string {
  const { host, last } = facts
  const idle = idleSlot(facts)
  if (!idle) return `${host}: the proxy's traffic does not all go to one slot.`
  if (!last) return `${host}: no switch was ever committed there.`
  if (version !== 'previous') {
    const committed =
      facts.committedSwitches.some(({ id }) => id === idle.release) || last.from.release === idle.release
    if (idle.release !== '' && committed && [idle.release, idle.sha, idle.version].includes(version))
      return contentOf(idle)
    return `${host}: slot ${idle.name} holds ${slotName(idle)}, not a committed ${version}.`
  }
  if (last.kind === 'rollback') return `${host}: the last switch was a rollback; no slot holds the release before it.`
  if (!areSameSlots(last.from.slot, idle.name))
    return `${host}: traffic was changed from outside since the last switch.`
  if (idle.release !== last.from.release)
    return `${host}: slot ${idle.name} now holds ${slotName(idle)}, not ${last.from.version || 'what it had before'}.`
  return contentOf(idle)
}

function contentOf({ release, sha, version, name }: Slot): SlotContent {
  return { id: release, sha, version: version || `the content of slot ${name}` }
}

function notWarmFailure(text: string): Failure {
  return new Failure(
    'not-warm',
    `No idle slot is ready for a rollback.\n${text}`,
    'let deploy-ssh with `command: rollback` start the previous version again, then switch; version `previous` of a production release does both.',
  )
}

/** The release of this job as the one to get the traffic. */
export function contentOfRelease({ id, version, sha }: Release): SlotContent {
  return { id, version, sha }
}
