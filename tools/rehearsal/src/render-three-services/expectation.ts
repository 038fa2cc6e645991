import type { Result } from '@belay/release-model'
import type { WorkflowRunResult } from '@belay/workflow-runner'
import { endsBy, type Fault, faultUpTo } from '../fault.ts'
import { type PromisedRender, trafficFor } from '../promises.ts'
import type { Version } from '../version.ts'
import { type ExternalFailure, meets } from './external-failure.ts'
import { changedBy, type ServiceName, type Serving, services } from './services.ts'

/** One run of the workflow. */
export interface Run {
  /** The version that must serve afterwards. */
  readonly version: Version
  /** Requested as `previous`. */
  readonly back: boolean
  readonly before: Serving
  readonly fault?: Fault | undefined
  readonly externalFailure?: ExternalFailure | undefined
}

/** The required end of a run. It depends only on the request. */
export interface Expectation {
  readonly conclusion: WorkflowRunResult['conclusion']
  /** Undefined if the job could not or need not report one. */
  readonly result: Result | undefined
  /** The row of the table; undefined if Render is not reached. */
  readonly promised: PromisedRender | undefined
  readonly serving: Serving
}

const conclusions: Readonly<Record<string, WorkflowRunResult['conclusion']>> = {
  green: 'success',
  red: 'failure',
  cancelled: 'cancelled',
  lost: 'lost',
}

const deployPath = 'release/belay/deploy-render'

/** Looks up what is promised for a run. `paths`: all steps of the workflow, in their order. Pure. */
export function expectationOf(promises: readonly PromisedRender[], paths: readonly string[], run: Run): Expectation {
  const fault = faultUpTo('release', run.fault, paths)
  const promised = rowOf(promises, paths, { ...run, fault })
  if (!promised) {
    const conclusion = fault ? endsBy[fault.kind] : 'success'
    return { conclusion, result: 'unchanged', promised, serving: run.before }
  }
  if (run.fault && !fault) {
    const result = promised.result as Result
    return { conclusion: endsBy[run.fault.kind], result, promised, serving: servingBy(promised, run) }
  }
  const conclusion = conclusions[promised.job]
  if (!conclusion)
    throw new Error(`docs/decisions/transaction.md promises a job that ends ${promised.job}, which is no conclusion`)
  const result = conclusion === 'lost' ? undefined : (promised.result as Result)
  return { conclusion, result, promised, serving: servingBy(promised, run) }
}

function rowOf(promises: readonly PromisedRender[], paths: readonly string[], run: Run): PromisedRender | undefined {
  const { fault, externalFailure, version, before, back } = run
  const row = (main: string, decision: string) => trafficFor(promises, main, decision)
  // A service with a disk keeps the new release once it is live.
  const disk = !back && before['acme-database'] !== version && changedBy(version).includes('acme-database')
  const done = disk ? 'ended well, one with a disk' : 'ended well'
  if (back) return row('rollback', 'at its own end')
  if (externalFailure) return row(...rowOfExternalFailure(meets(externalFailure), disk))
  if (!fault) return row('ended well', 'commit')
  const inDeploy = deployPath === fault.step || deployPath.startsWith(`${fault.step}/`)
  if (!inDeploy && paths.indexOf(fault.step) < paths.indexOf(deployPath)) return undefined
  switch (fault.kind) {
    case 'break':
      return row(done, 'undo: a later step failed')
    case 'kill':
      return inDeploy ? row('killed in the change', 'undo: the job failed') : row(done, 'undo: a later step failed')
    case 'cancel':
      return inDeploy
        ? row('interrupted in the change', 'undo: the job was cancelled')
        : row(done, 'undo: the job was cancelled')
    case 'loseRunner':
      return row(inDeploy ? 'at work in the change' : 'ended well', 'none')
  }
}

/** Main and decision of a job with an external failure; `disk`: one of its services has a disk. */
function rowOfExternalFailure(place: ReturnType<typeof meets>, disk: boolean): [main: string, decision: string] {
  if (place === 'answers') return ['ended well', 'commit']
  const one = disk ? ', one with a disk' : ''
  if (place === 'smoke') return [`ended well${one}`, 'undo: a later step failed']
  return [`failed in the change${one}`, 'undo: the job failed']
}

function servingBy({ serves }: PromisedRender, { version, before }: Run): Serving {
  const changed = changedBy(version)
  const fresh = (name: ServiceName) => (changed.includes(name) ? version : before[name])
  const pick = (isNew: (name: ServiceName) => boolean): Serving => {
    const [database, api, frontend] = services.map((name) => (isNew(name) ? fresh(name) : before[name]))
    return { 'acme-database': database, 'acme-api': api, 'acme-frontend': frontend } as Serving
  }
  switch (serves.replace(/, reported.*/, '')) {
    case 'new':
      return pick(() => true)
    case 'old':
      return before
    case 'old, the one with a disk new':
      return pick((name) => name === 'acme-database')
    case 'what was under way new, the others old':
      return pick((name) => name === changed[0])
    case 'the release asked for':
      return { ...before, 'acme-api': version, 'acme-frontend': version }
  }
  throw new Error(`docs/decisions/transaction.md promises "${serves}", which the rehearsal cannot verify`)
}
