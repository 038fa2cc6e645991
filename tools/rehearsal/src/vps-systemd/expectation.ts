import { type Result, worstResult } from '@belay/release-model'
import type { PlayResult } from '@belay/workflow-runner'
import { endsBy, type Fault } from '../fault.ts'
import { type PromiseRow, promiseFor } from '../promises.ts'
import type { Version } from '../version.ts'
import { type Service, services } from './services.ts'

/** What a rehearsal must end with. It follows from what was asked for alone, never from how the run went. */
export interface Expectation {
  readonly conclusion: PlayResult['conclusion']
  /** `BELAY_RESULT` of the release job. */
  readonly result: Result
  readonly services: readonly ExpectedService[]
  /** Hosts may take until the end of their countdown. */
  readonly later: boolean
}

export interface ExpectedService {
  readonly service: Service
  /** The row of the table; undefined where the service's deploy is not reached: then it stays as it is. */
  readonly promised: PromiseRow | undefined
  /** Undefined: nothing serves, and there is no `current`. */
  readonly version: Version | undefined
}

const conclusions: Record<string, PlayResult['conclusion']> = {
  green: 'success',
  red: 'failure',
  cancelled: 'cancelled',
  lost: 'lost',
}

/** How far a service's deploy has come when the fault strikes. */
type Reached = 'done' | 'struck' | 'not begun'

/**
 * Looks the promises up that hold for a release of `version` over `old` (undefined: nothing before) that `fault`
 * strikes. `paths`: all steps of the workflow, in their order. Pure.
 */
export function expectationOf(
  promises: readonly PromiseRow[],
  paths: readonly string[],
  version: Version,
  old: Version | undefined,
  fault: Fault | undefined,
): Expectation {
  const expected = services.map((service): ExpectedService => {
    const promised = rowFor(promises, fault, fault ? reachedOf(service, fault.step, paths) : 'done')
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

/** The path of the step that changes hosts for a service. */
function deployOf({ step }: Service): string {
  return `release/${step}/deploy-ssh`
}

function reachedOf(service: Service, struck: string, paths: readonly string[]): Reached {
  const deploy = deployOf(service)
  if (deploy === struck || deploy.startsWith(`${struck}/`)) return 'struck'
  return paths.indexOf(deploy) < paths.indexOf(struck) ? 'done' : 'not begun'
}

function rowFor(promises: readonly PromiseRow[], fault: Fault | undefined, reached: Reached): PromiseRow | undefined {
  if (!fault) return promiseFor(promises, 'ended well', 'commit', 'all')
  if (reached === 'not begun') return undefined
  switch (fault.kind) {
    case 'break':
      return promiseFor(promises, 'ended well', 'undo: a later step failed')
    case 'kill':
      return reached === 'struck'
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
  throw new Error(`the table promises "${serves}", which a rehearsal cannot look for`)
}

function conclusionOf({ job }: PromiseRow): PlayResult['conclusion'] {
  const conclusion = conclusions[job]
  if (!conclusion) throw new Error(`the table promises a job that ends ${job}`)
  return conclusion
}

/** Struck before anything was changed: the job ends as the fault says, and everything stays. */
function withoutRow(fault: Fault | undefined): PlayResult['conclusion'] {
  return fault ? endsBy[fault.kind] : 'success'
}
