import type { Result } from '@belay/release-model'
import type { JobResult, StepResult, WorkflowRunResult } from '@belay/workflow-runner'
import { type PromiseRow, promiseFor } from '../promises.ts'
import type { Version } from '../version.ts'
import type { Unit } from './facts.ts'

/** What is promised for a service, by what the runner saw. */
export interface ExpectedUnit {
  readonly unit: Unit
  /** The rows of docs/decisions/transaction.md that may hold: more than one if only Belay knows how far its step came. */
  readonly rows: readonly PromiseRow[]
  /** What serves afterwards; undefined: nothing. */
  readonly version: Version | undefined
  readonly later: boolean
}

/**
 * Looks up the promises for a service whose job has ended. It follows from how its steps ended, never from what Belay says.
 * Pure. `old`: what served before.
 */
export function expectedUnit(
  promises: readonly PromiseRow[],
  unit: Unit,
  { jobs }: Pick<WorkflowRunResult, 'jobs'>,
  version: Version,
  old: Version | undefined,
): ExpectedUnit {
  const job = jobs[unit.job]
  const deploy = job?.steps.find(({ path, stage }) => path === unit.deploy && stage === 'main')
  const rows = job && deploy && deploy.outcome !== 'skipped' ? rowsOf(promises, job, deploy) : []
  const [row] = rows
  return {
    unit,
    rows,
    version: row?.serves === 'new' ? version : old,
    later: row?.serves === 'old, later',
  }
}

function rowsOf(promises: readonly PromiseRow[], job: JobResult, deploy: StepResult): PromiseRow[] {
  const row = (main: string, decision: string, confirm?: string) => promiseFor(promises, main, decision, confirm)
  switch (job.conclusion) {
    case 'success':
      return [row('ended well', 'commit', 'all')]
    case 'lost':
      return [row('ended well', 'none')]
    case 'cancelled':
      return deploy.outcome === 'cancelled'
        ? [
            row('interrupted in the change', 'undo: the job was cancelled'),
            // It may have been interrupted before it changed anything.
            { ...row('failed before the change', 'undo: the job failed'), job: 'cancelled' },
          ]
        : [row('ended well', 'undo: the job was cancelled')]
    default:
      return failedRows(row, deploy)
  }
}

function failedRows(row: (main: string, decision: string) => PromiseRow, { outcome, end }: StepResult): PromiseRow[] {
  if (outcome === 'success') return [row('ended well', 'undo: a later step failed')]
  const how = end?.signal === 'SIGKILL' ? 'killed' : 'failed'
  return ['in', 'before'].map((when) => row(`${how} ${when} the change`, 'undo: the job failed'))
}

/** The result that a job reports, without one: `unchanged`. */
export function resultOf(job: JobResult | undefined): Result {
  return (job?.env.BELAY_RESULT || 'unchanged') as Result
}
