import type { WorkflowRunResult } from '@belay/workflow-runner'
import { endsBy, type Fault } from '../fault.ts'
import { type PromisedTraffic, type PromiseRow, promiseFor, trafficFor } from '../promises.ts'
import { type Schema, schemasAfter } from '../schema.ts'
import { type Reached, reachedOf, rowOfFault } from '../traffic-row.ts'
import type { Version } from '../version.ts'
import { isTransaction, migrationsOf, type Service, services } from './services.ts'
import type { ExpectedSlots } from './slots.ts'

/** One run of the production workflow: what it releases over what. */
export interface ProductionRun {
  /** The version that must serve afterwards. */
  readonly version: Version
  /** Requested as `previous` instead of by its tag. */
  readonly back: boolean
  /** The live version of each service by its name; a missing service was never released. */
  readonly serving: Readonly<Record<string, Version>>
  /** The files of the migrations that are applied. */
  readonly schema: Schema
  readonly fault: Fault | undefined
}

/** Both tables of docs/decisions/transaction.md. */
export interface Promises {
  readonly hosts: readonly PromiseRow[]
  readonly traffic: readonly PromisedTraffic[]
}

type Conclusion = WorkflowRunResult['conclusion']

/** The required end of a run of the production workflow. It depends only on the request. */
export interface ProductionExpectation {
  readonly conclusion: Conclusion
  /** More than one only if a migration is interrupted: one for each possible schema. */
  readonly outcomes: readonly ExpectedOutcome[]
  /** Hosts may need until the end of their confirm timeout. */
  readonly later: boolean
}

export interface ExpectedOutcome {
  /** The files of the migrations that are applied. */
  readonly schema: Schema
  readonly expectedJobs: readonly ExpectedJob[]
}

/** A service has a job of its own. */
export interface ExpectedJob extends ExpectedSlots {
  readonly service: Service
  /** `release (acme-api)` */
  readonly job: string
  readonly conclusion: Conclusion
  /** The row of the table; undefined if no changing step is reached. */
  readonly promised: PromisedTraffic | undefined
  /** What users may see during the run, besides what they see afterwards. */
  readonly announced: readonly Version[]
  /** The migrations that stay, or may have begun, and must be named. */
  readonly named: readonly string[]
}

const byJob: Record<string, Conclusion> = { green: 'success', red: 'failure', cancelled: 'cancelled', lost: 'lost' }

/** Looks up what is promised for a run. `paths`: all steps of the workflow, in their order. Pure. */
export function productionExpectationOf(
  promises: Promises,
  paths: readonly string[],
  run: ProductionRun,
): ProductionExpectation {
  const { fault } = run
  const outcomes = schemasOf(paths, run).map((schema) => ({
    schema,
    expectedJobs: services.map((service) => expectedJob(promises, paths, run, service, schema)),
  }))
  const expectedJobs = outcomes.flatMap((outcome) => outcome.expectedJobs)
  return {
    conclusion: fault ? endsBy[fault.kind] : 'success',
    outcomes,
    later: expectedJobs.some(({ promised }) => promised?.users === 'old, later'),
  }
}

function schemasOf(paths: readonly string[], { back, schema, version, fault }: ProductionRun): readonly Schema[] {
  const step = paths.find((path) => path.endsWith('/migrate-db'))
  const reached = fault && step ? reachedOf(paths, step, fault.step) : 'done'
  return schemasAfter(schema, back ? schema : migrationsOf(version), reached, fault?.kind)
}

export function jobOf({ name }: Service): string {
  return `release (${name})`
}

function expectedJob(
  promises: Promises,
  paths: readonly string[],
  { version, serving, fault, schema: before }: ProductionRun,
  service: Service,
  schema: Schema,
): ExpectedJob {
  const job = jobOf(service)
  const old = serving[service.name]
  const reach = (name: string) => {
    const step = paths.find((path) => path.startsWith(`${job}/`) && path.endsWith(`/${name}`))
    return fault && step ? reachedIn(paths, job, step, fault) : 'done'
  }
  const { migrates, needs } = service.production
  const migrated = migrates ? schema.filter((name) => !before.includes(name)) : []
  const next = migrates ? migrationsOf(version).slice(schema.length, schema.length + 1) : []
  const faultInJob = fault?.step.startsWith(`${job}/`) ? fault : undefined
  const half = next.filter((name) => !isTransaction(name))
  const change = {
    schema: migrates ? reach('migrate-db') : 'not begun',
    migrated,
    half,
    fill: reach('deploy-ssh'),
  } as const
  const move = reach('blue-green-switch')
  const promised = faultInJob
    ? rowOfFault(promises.traffic, faultInJob, { ...change, move })
    : rowOfOther(promises, change.fill, old === version, schema.includes(needs))
  return {
    service,
    job,
    conclusion: conclusionOf(promised, faultInJob),
    promised,
    version: promised?.users === 'new' ? version : old,
    idleStopped: promised?.slot.startsWith('stopped') === true,
    announced: [...(old ? [old] : []), ...(move === 'not begun' ? [] : [version])],
    named: promised?.result === 'mixed' ? [...migrated, ...half] : promised?.schema.endsWith(', named') ? migrated : [],
  }
}

/** A job that no longer starts counts as cancelled. */
function conclusionOf(promised: PromisedTraffic | undefined, fault: Fault | undefined): Conclusion {
  if (!promised) return fault ? endsBy[fault.kind] : 'cancelled'
  const conclusion = byJob[promised.job]
  if (!conclusion)
    throw new Error(`docs/decisions/transaction.md promises a job that ends ${promised.job}, which is no conclusion`)
  return conclusion
}

/** A fault in the job of another service does not affect this one, except that a cancelled run starts no other job. */
function reachedIn(paths: readonly string[], job: string, step: string, fault: Fault): Reached {
  if (fault.step.startsWith(`${job}/`)) return reachedOf(paths, step, fault.step)
  const after = paths.indexOf(step) > paths.indexOf(fault.step)
  const elsewhere = /^release \(/.test(fault.step) && fault.kind !== 'cancel'
  return after && !elsewhere ? 'not begun' : 'done'
}

/** The promise for a service without a fault in its job. `works`: whether the schema has what it needs. */
function rowOfOther({ hosts, traffic }: Promises, fill: Reached, isLive: boolean, works: boolean) {
  if (fill === 'not begun') return undefined
  if (isLive) {
    const { main, decision, runner, result, job, serves } = promiseFor(hosts, 'nothing to do', 'commit', 'none armed')
    return { main, decision, runner, result, job, users: serves, slot: 'untouched', schema: 'old' }
  }
  return works
    ? trafficFor(traffic, 'ended well', 'commit')
    : trafficFor(traffic, 'the fill failed', 'undo: the job failed')
}
