import {
  Failure,
  type JournalStep,
  monotonicSeconds,
  pendingTargets,
  postBudgetSeconds,
  type Step,
  type TargetOutcome,
} from '@belay/action-kit'
import type { HostTarget } from './target.ts'

/**
 * A job changes a host once for one service (rule 6): two confirm timeouts on it would contradict each other.
 * @throws Failure `armed-twice`, where an earlier step armed one of the targets that `names` gives for a host; `did` is
 *   what that step did, `verb` what should be done only once
 */
export function assertArmedOnce(
  { journal }: Pick<Step, 'journal'>,
  hosts: readonly HostTarget[],
  names: (host: string) => readonly string[],
  wording: { did: (host: string) => string; verb: string },
): void {
  const armed = new Set(journal.read().steps.flatMap((other) => other.armed.map(({ name }) => name)))
  const twice = hosts.find(({ name }) => names(name).some((target) => armed.has(target)))
  if (!twice) return
  throw new Failure(
    'armed-twice',
    `An earlier step of this job already ${wording.did(twice.name)}.`,
    `${wording.verb} a service once in a job; give each service its own name with the input service.`,
  )
}

/** The other steps of this job that armed a target of a service and have no final outcome for it. */
export function pendingSteps({ id, journal }: Pick<Step, 'id' | 'journal'>, service: string): JournalStep[] {
  return journal
    .read()
    .steps.filter((other) => other.id !== id && other.service === service && pendingTargets(other).length > 0)
}

/**
 * Undoes what earlier steps of this job changed, before a rollback begins its own change. `undo` gets the time until
 * which it may work (monotonic seconds).
 * @throws Failure `undo-failed` where a target was not rolled back
 */
export async function undoEarlierSteps<Saved>(
  step: Pick<Step, 'recordOutcomes'>,
  steps: readonly JournalStep[],
  undo: (saved: Saved, until: number) => Promise<TargetOutcome[]>,
): Promise<void> {
  for (const other of steps) {
    const outcomes = await undo(other.undo as Saved, monotonicSeconds() + postBudgetSeconds)
    step.recordOutcomes(outcomes)
    const bad = outcomes.find(({ result }) => result !== 'rolled-back' && result !== 'unchanged')
    if (bad)
      throw new Failure(
        'undo-failed',
        `${bad.target} was not rolled back: ${bad.detail}`,
        'fix that host, then roll back again.',
      )
  }
}
