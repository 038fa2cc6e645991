import {
  Failure,
  type JournalStep,
  monotonicSeconds,
  pendingTargets,
  postBudgetSeconds,
  type Step,
  type TargetOutcome,
} from '@belay/action-kit'
import { isOnHost, leaseOf } from './confirmer.ts'
import type { LoginKey } from './credentials.ts'
import type { HostScript } from './host-script.ts'
import type { HostTarget } from './target.ts'
import { type SavedFleet, undoFleet } from './undo.ts'

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
 * The id of the transaction that an earlier step of this job has open for the service, which a later one joins; else `own`.
 * @throws Failure `shadow-release` where that is undone at the end of the job, whatever it decides
 */
export function transactionIdOf(step: Pick<Step, 'id' | 'journal'>, service: string, own: string): string {
  const open = pendingSteps(step, service).flatMap(pendingTargets).filter(isOnHost).map(leaseOf).at(-1)
  if (open?.shadow)
    throw new Failure(
      'shadow-release',
      `An earlier step of this job released ${service} as a shadow (until: gate): no traffic goes there.`,
      'remove the switch from this job, or `until: gate` from the release.',
    )
  return open?.id ?? own
}

/**
 * Undoes what earlier steps of this job changed on hosts by other actions: those are one transaction with what this action's
 * own step changed there.
 * @throws Failure `undo-failed` where a target was not rolled back
 */
export async function undoJoinedSteps(
  step: Pick<Step, 'recordOutcomes'>,
  steps: readonly JournalStep[],
  script: HostScript,
  key: () => LoginKey,
): Promise<void> {
  for (const other of steps) {
    const names = new Map(other.armed.filter(isOnHost).map((target) => [leaseOf(target).host, target.name]))
    const spec = {
      target: (host: string) => names.get(host) ?? host,
      untouchedDetail: 'nothing was changed there',
      restoredDetail: () => 'it is as it was before this job',
      autoReverts: 'it goes back on its own when its confirm timeout expires',
      script,
    }
    await undoEarlierSteps(step, [other], (saved: SavedFleet, until) => undoFleet(saved, spec, key, until, () => {}))
  }
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
