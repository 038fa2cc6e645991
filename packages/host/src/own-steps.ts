import {
  Failure,
  type JournalStep,
  monotonicSeconds,
  postsShareSeconds,
  type Settled,
  type Step,
  unsettled,
} from '@belay/action-kit'
import type { HostTarget } from './target.ts'

/**
 * A host is changed once a job for one service (rule 6): two countdowns on it would contradict each other.
 * @throws Failure `armed-twice`, where an earlier step armed one of the targets that `names` gives for a host; `did` says
 *   what that step did, `verb` what should be done only once
 */
export function refuseArmedTwice(
  { journal }: Pick<Step, 'journal'>,
  hosts: readonly HostTarget[],
  names: (host: string) => readonly string[],
  words: { did: (host: string) => string; verb: string },
): void {
  const armed = new Set(journal.read().steps.flatMap((other) => other.armed.map(({ name }) => name)))
  const twice = hosts.find(({ name }) => names(name).some((target) => armed.has(target)))
  if (!twice) return
  throw new Failure(
    'armed-twice',
    `An earlier step of this job already ${words.did(twice.name)}.`,
    `${words.verb} a service once a job; give other services a name of their own by the input service.`,
  )
}

/** The other steps of this job that armed something for a service of which nothing final is known. */
export function unsettledSteps({ id, journal }: Pick<Step, 'id' | 'journal'>, service: string): JournalStep[] {
  return journal
    .read()
    .steps.filter((other) => other.id !== id && other.service === service && unsettled(other).length > 0)
}

/**
 * Puts back what earlier steps of this job changed, before a rollback begins its own change. `undo` is told until when
 * (monotonic seconds).
 * @throws Failure `undo-failed` where a target did not go back
 */
export async function takeBackSteps<Saved>(
  step: Pick<Step, 'record' | 'settle'>,
  own: readonly JournalStep[],
  undo: (saved: Saved, until: number) => Promise<Settled[]>,
): Promise<void> {
  for (const other of own) {
    const settled = await undo(other.undo as Saved, monotonicSeconds() + postsShareSeconds)
    step.settle(settled)
    for (const one of settled) step.record({ event: 'settled', ...one })
    const bad = settled.find(({ result }) => result !== 'rolled-back' && result !== 'unchanged')
    if (bad)
      throw new Failure(
        'undo-failed',
        `${bad.target} did not go back: ${bad.detail}`,
        'see to that host, then roll back again.',
      )
  }
}
