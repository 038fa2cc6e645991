import { type Decision, outcomeEntries } from './events.ts'
import { type JobState, pendingTargets } from './job-state.ts'
import type { Journal } from './journal.ts'
import type { ArmedTarget, TargetOutcome } from './targets.ts'

/** How armed targets are asked and confirmed, whichever action armed them. */
export interface Confirmer {
  /** Names the targets that are no longer armed, with the reason. Being asked extends each confirm timeout once. */
  missing(targets: readonly ArmedTarget[]): Promise<{ target: string; why: string }[]>
  /** Confirms all at once. One that fails, is late or cannot be inspected is `mixed`; its detail says why. */
  confirm(targets: readonly ArmedTarget[]): Promise<TargetOutcome[]>
}

/** In seconds. All posts of a cancelled job share five minutes less 15 s (rule 13); the rest is a margin for other posts. */
export const postBudgetSeconds = 240

/**
 * Decides once for the whole job (rule 7): first by the job's journal, then by asking every armed target, which is the
 * only effect. The caller writes the decision to the journal before it acts on it.
 */
export async function decide(
  job: JobState,
  jobStatus: string,
  confirmer: Confirmer,
): Promise<{ decision: Decision; why: string }> {
  const why = reasonToUndo(job, jobStatus)
  if (why !== undefined) return { decision: 'undo', why }
  const missing = await confirmer.missing(job.steps.flatMap(pendingTargets))
  if (missing.length === 0)
    return { decision: 'commit', why: 'every step succeeded and every armed target can be confirmed' }
  return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') }
}

/** Why the job must be undone, by what is known without asking a target; undefined where no reason is known. */
export function reasonToUndo(job: JobState, jobStatus: string): string | undefined {
  if (job.damaged !== undefined) return `the journal of the job is damaged: ${job.damaged}`
  if (jobStatus !== 'success') return `the job ended as ${jobStatus}`
  for (const step of job.steps) {
    if (!step.mutates) continue
    if (!step.ended) return `${step.id} began and never ended`
    // A step that failed, restored everything itself and was tolerated by the workflow does no harm.
    const harmless = ['unchanged', 'rolled-back', 'noop'].includes(step.ended.result)
    if (!step.ended.ok && !harmless) return `${step.id} failed and is ${step.ended.result}`
  }
  const [unfinished] = job.unfinishedReleases
  if (unfinished !== undefined) return `release ${unfinished} began and did not reach its end`
  return undefined
}

/** The job's decision, and until when (monotonic seconds) the posts of this job may work. */
export type JobDecision = NonNullable<JobState['decided']>

/** The decision of the job: the one in the journal, or a new one, which is written there first. */
export async function decideOnce(
  journal: Journal,
  step: string,
  jobStatus: string,
  confirmer: Confirmer,
  now: number,
): Promise<JobDecision> {
  const job = journal.read()
  if (job.decided) return job.decided
  const decided = { ...(await decide(job, jobStatus, confirmer)), until: now + postBudgetSeconds }
  journal.append({ step, event: 'decided', ...decided })
  return decided
}

/**
 * Confirms at once every target that is not confirmed yet: for the post that decided, all of them; for a later post,
 * those that an interrupted post left.
 */
export async function confirmAll(journal: Journal, step: string, confirmer: Confirmer): Promise<TargetOutcome[]> {
  const open = journal.read().steps.flatMap(pendingTargets)
  if (open.length === 0) return []
  const outcomes = await confirmer.confirm(open)
  journal.append(...outcomeEntries(step, outcomes))
  return outcomes
}
