import { type Result, worstResult } from '@belay/release-model'
import type { WorkflowRunResult } from '@belay/workflow-runner'
import { endsBy, type Fault } from '../fault.ts'
import { type PromiseRow, promiseFor } from '../promises.ts'
import { type Reached, reachedOf } from '../traffic-row.ts'
import type { Version } from '../version.ts'
import { type Service, services } from './services.ts'

/** The required end of a rehearsal. It depends only on the request, never on the course of the run. */
export interface Expectation {
  readonly conclusion: WorkflowRunResult['conclusion']
  /** `BELAY_RESULT` of the release job. */
  readonly result: Result
  readonly services: readonly ExpectedService[]
  /** Hosts may need until the end of their confirm timeout. */
  readonly later: boolean
}

export interface ExpectedService {
  readonly service: Service
  /** The row of the table; undefined if the service's deploy is not reached: then it stays unchanged. */
  readonly promised: PromiseRow | undefined
  /** Undefined: nothing serves, and there is no `current`. */
  readonly version: Version | undefined
}

const conclusions: Record<string, WorkflowRunResult['conclusion']> = {
  green: 'success',
  red: 'failure',
  cancelled: 'cancelled',
  lost: 'lost',
}

/**
 * Looks up the promises for a release of `version` over `old` (undefined: a first release) with `fault`. `paths`: all steps of the workflow, in their order. Pure.
 */
export function expectationOf(
  promises: readonly PromiseRow[],
  paths: readonly string[],
  version: Version,
  old: Version | undefined,
  fault: Fault | undefined,
): Expectation {
  const expected = services.map((service): ExpectedService => {
    const promised = rowFor(promises, fault, fault ? reachedOf(paths, deployOf(service), fault.step) : 'done')
    return { service, promised, version: promised && servesNew(promised) ? version : old }
  })
  const rows = expected.flatMap(({ promised }) => promised ?? [])
  return {
    conclusion: rows[0] ? conclusionOf(rows[0]) : withoutRow(fault),
    result: rows.length > 0 ? worstResult(rows.map(({ result }) => result as Result)) : 'unchanged',
    services: expected,
    later: rows.some(({ serves }) => serves === 'old, later'),
  }
}

/** The path of the step that changes the hosts for a service. */
function deployOf({ step }: Service): string {
  return `release/${step}/deploy-ssh`
}

function rowFor(promises: readonly PromiseRow[], fault: Fault | undefined, reached: Reached): PromiseRow | undefined {
  if (!fault) return promiseFor(promises, 'ended well', 'commit', 'all')
  if (reached === 'not begun') return undefined
  switch (fault.kind) {
    case 'break':
      return promiseFor(promises, 'ended well', 'undo: a later step failed')
    case 'kill':
      return reached === 'faulted'
        ? promiseFor(promises, 'killed in the change', 'undo: the job failed')
        : promiseFor(promises, 'ended well', 'undo: a later step failed')
    case 'cancel':
      return promiseFor(promises, 'ended well', 'undo: the job was cancelled')
    case 'loseRunner':
      return promiseFor(promises, 'ended well', 'none')
  }
}

function servesNew({ serves }: PromiseRow): boolean {
  if (serves === 'new') return true
  if (serves === 'old' || serves === 'old, later') return false
  throw new Error(`docs/decisions/transaction.md promises "${serves}", which the rehearsal cannot verify`)
}

function conclusionOf({ job }: PromiseRow): WorkflowRunResult['conclusion'] {
  const conclusion = conclusions[job]
  if (!conclusion)
    throw new Error(`docs/decisions/transaction.md promises a job that ends ${job}, which is no conclusion`)
  return conclusion
}

/** The conclusion if nothing was changed yet: it follows from the fault. */
function withoutRow(fault: Fault | undefined): WorkflowRunResult['conclusion'] {
  return fault ? endsBy[fault.kind] : 'success'
}
