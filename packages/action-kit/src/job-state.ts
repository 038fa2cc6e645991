import { type Release, type Result, worstResult } from '@belay/release-model'
import type { Admission, ChosenRelease, Decision } from './events.ts'
import type { ArmedTarget, MovedTarget, TargetOutcome } from './targets.ts'

/** One step of the job, as the journal knows it. */
export interface JournalStep {
  readonly id: string
  readonly action: string
  readonly mutates: boolean
  readonly closes: boolean
  readonly service: string | undefined
  readonly undo: unknown
  readonly ended: { ok: boolean; result: Result } | undefined
  readonly armed: readonly ArmedTarget[]
  readonly moved: readonly MovedTarget[]
  readonly outcomes: readonly TargetOutcome[]
}

/** The state of the job that the lines of its journal add up to. */
export interface JobState {
  readonly steps: readonly JournalStep[]
  /** Distinguishes this job from another of the same run and attempt; undefined until it is needed. */
  readonly nonce: string | undefined
  readonly releases: readonly Release[]
  /** Ids of releases whose composite began and did not reach its end. */
  readonly unfinishedReleases: readonly string[]
  readonly decided: { decision: Decision; why: string; until: number } | undefined
  /** The first moment (monotonic seconds) at which a target armed by this job rolls back on its own. */
  readonly returnsAt: number | undefined
  readonly schemas: readonly { service: string; migrations: readonly string[]; applied: readonly string[] }[]
  readonly admissions: readonly Admission[]
  readonly chosen: readonly { service: string; release: ChosenRelease }[]
  /** A step that must be the only one of the job that changes anything. */
  readonly exclusive: { step: string; why: string } | undefined
  readonly reason: string | undefined
  readonly connections: readonly { step: string; key: string; socket: string }[]
  /** Why the journal cannot be trusted; undefined where it can. */
  readonly damaged: string | undefined
}

/** The release of the composite `release` whose steps run now; undefined where a step is used alone. */
export function releaseInProgress({ releases, unfinishedReleases }: JobState): Release | undefined {
  return releases.findLast(({ id }) => unfinishedReleases.includes(id))
}

/** Whether the release in progress was superseded by a newer one: later steps then have nothing to do. */
export function isSuperseded(job: JobState): boolean {
  const service = releaseInProgress(job)?.service
  return job.steps.some(
    (step) => step.mutates && step.service === service && service !== undefined && step.ended?.result === 'superseded',
  )
}

/** The armed targets of a step that have no final outcome yet. */
export function pendingTargets(step: JournalStep): ArmedTarget[] {
  const final = new Set(step.outcomes.filter(({ result }) => isFinal(result)).map(({ target }) => target))
  return step.armed.filter((target) => !final.has(target.name))
}

function isFinal(result: Result): boolean {
  return result === 'committed' || result === 'rolled-back' || result === 'unchanged'
}

/**
 * The result of one step (rule 15): that of its targets once their outcomes are known, else that of its main. A main
 * without a result is `unknown`, and so is an armed target without an outcome.
 */
export function resultOf(step: JournalStep): Result {
  if (step.armed.length > 0) {
    const silent = step.armed.length > step.outcomes.length
    return worstResult([...step.outcomes.map(({ result }) => result), ...(silent ? (['unknown'] as const) : [])])
  }
  if (!step.ended || step.ended.result === 'pending') return 'unknown'
  return step.ended.result
}

/**
 * The job's result (`BELAY_RESULT`): the worst of the steps that change something. Where none was reached, nothing was
 * changed, or a newer release came first. At best `unknown` where the journal is damaged.
 */
export function jobResult({ steps, damaged }: JobState): Result {
  if (damaged !== undefined) return worstResult([...steps.filter((step) => step.mutates).map(resultOf), 'unknown'])
  const changing = steps.filter((step) => step.mutates)
  if (changing.length > 0) return worstResult(changing.map(resultOf))
  return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged'
}
