import { Failure } from '@belay/action-kit'
import type { Release } from '@belay/release-model'
import type { Slot, SwitchFacts } from './look.ts'

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

/** What is to serve. */
export interface Content {
  readonly id: string
  readonly version: string
  readonly sha: string
}

export interface Plan {
  /** It is active, committed and nothing newer of this release waits in the idle slot: nothing to do. */
  readonly noop: boolean
  /** What each host does, for people. */
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
  /** Hosts whose traffic did not all go to the same version when the job began. */
  readonly differed: boolean
}

/** Plans a switch from what was seen. Pure. */
export function planSwitch(content: Content, looks: readonly SwitchFacts[]): Plan {
  const noop = looks.every((facts) => serves(facts, content))
  const before = new Set(looks.map((facts) => activeSlot(facts)?.sha ?? ''))
  const differed = before.size > 1
  return {
    noop,
    differed,
    warnings: differed
      ? [
          `The hosts differ at the start: ${looks.map((facts) => `${facts.host} has ${named(activeSlot(facts))}`).join(', ')}.`,
        ]
      : [],
    lines: looks.map((facts) => {
      const [active, idle] = [activeSlot(facts), idleSlot(facts)]
      return noop
        ? `${facts.host}: ${content.version} has the traffic in slot ${active?.port}; nothing to do`
        : `${facts.host}: slot ${active?.port ?? '?'} (${named(active)}) → slot ${idle?.port ?? '?'} (${named(idle)})`
    }),
  }
}

/** The slot that alone has traffic. */
export function activeSlot({ slots, active }: SwitchFacts): Slot | undefined {
  return active.length === 1 ? slots.find(({ port }) => port === active[0]) : undefined
}

export function idleSlot(facts: SwitchFacts): Slot | undefined {
  const active = activeSlot(facts)
  return active && facts.slots.find(({ port }) => port !== active.port)
}

function serves(facts: SwitchFacts, content: Content): boolean {
  const active = activeSlot(facts)
  if (!active) return false
  // What this very release brought to the idle slot is meant to get traffic, also where it has the same commit.
  if (idleSlot(facts)?.release === content.id) return false
  if (facts.last && facts.last.slot !== active.port) return false
  // Where deploy-ssh fills no slots, the last committed switch alone knows what it brought there.
  const sha = active.sha || (facts.last ? (facts.past.at(-1)?.sha ?? '') : '')
  return sha === content.sha
}

function named(slot: Slot | undefined): string {
  if (!slot) return 'unknown'
  if (slot.release === '') return slot.listening ? 'not released by Belay' : 'empty'
  return slot.version || slot.release
}

/**
 * What a rollback goes back to: what the last committed switch left behind in the idle slot, or the committed release
 * there that `version` names. The same for every host. Pure.
 * @throws Failure `not-warm` where a host's idle slot does not hold it any more
 */
export function chooseGoal(version: string, looks: readonly SwitchFacts[]): Content {
  const goals = looks.map((facts) => goalOn(version, facts))
  const cold = goals.flatMap((goal) => (typeof goal === 'string' ? [goal] : []))
  if (cold.length > 0) throw notWarm(cold.join('\n'))
  const [first, ...others] = goals as Content[]
  if (!first || others.some(({ sha }) => sha !== first.sha))
    throw notWarm(
      `The hosts' idle slots hold different versions: ${(goals as Content[]).map(({ version }) => version).join(', ')}.`,
    )
  return first
}

function goalOn(version: string, facts: SwitchFacts): Content | string {
  const { host, last } = facts
  const idle = idleSlot(facts)
  if (!idle) return `${host}: the proxy's traffic does not all go to one slot.`
  if (!last) return `${host}: no switch was ever committed there.`
  if (version !== 'previous') {
    const committed = facts.past.some(({ id }) => id === idle.release) || last.from.release === idle.release
    if (idle.release !== '' && committed && [idle.release, idle.sha, idle.version].includes(version))
      return contentOf(idle)
    return `${host}: slot ${idle.port} holds ${named(idle)}, not a committed ${version}.`
  }
  if (last.kind === 'rollback')
    return `${host}: the last switch was a rollback; what was before it is in no slot any more.`
  if (last.from.slot !== idle.port) return `${host}: traffic was changed by somebody else since the last switch.`
  if (idle.release !== last.from.release)
    return `${host}: slot ${idle.port} holds ${named(idle)} by now, not ${last.from.version || 'what it had'}.`
  return contentOf(idle)
}

function contentOf({ release, sha, version, port }: Slot): Content {
  return { id: release, sha, version: version || `what slot ${port} had before` }
}

function notWarm(text: string): Failure {
  return new Failure(
    'not-warm',
    `There is nothing warm to go back to.\n${text}`,
    'let deploy-ssh with `command: rollback` start the version before the live one again, then switch; version `previous` of a production release does both.',
  )
}

/** The release of this job as what is to serve. */
export function contentOfRelease({ id, version, sha }: Release): Content {
  return { id, version, sha }
}
