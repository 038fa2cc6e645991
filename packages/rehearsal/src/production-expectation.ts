import type { FaultName, PlayResult } from './engine/index.ts'
import { migrationsOf, type Service, services, type Version } from './example.ts'
import type { Fault } from './options.ts'
import { type Promised, promiseFor } from './promises.ts'
import type { ExpectedSlots } from './slots.ts'

/** One run of the production workflow: what it releases over what. */
export interface ProductionRun {
  /** The version that shall serve afterwards. */
  readonly version: Version
  /** Asked for as `previous` instead of by its tag. */
  readonly back: boolean
  /** What is live, by the names of the services; a service that is not there was never released. */
  readonly serving: Readonly<Record<string, Version>>
  /** The files of the migrations that are applied. */
  readonly schema: readonly string[]
  readonly fault: Fault | undefined
}

/** What a run of the production workflow must end with. It follows from what was asked for alone. */
export interface ProductionExpectation {
  readonly conclusion: PlayResult['conclusion']
  readonly legs: readonly ExpectedLeg[]
  /** The names of the migrations that are applied, one of these lists. */
  readonly schemas: readonly (readonly string[])[]
  /** Hosts may take until the end of their countdown. */
  readonly later: boolean
}

/** A service has a job of its own. */
export interface ExpectedLeg extends ExpectedSlots {
  readonly service: Service
  /** `release (acme-api)` */
  readonly job: string
  /** The row of the table; undefined where nothing that changes anything is reached. */
  readonly promised: Promised | undefined
  /** What users may see meanwhile, besides what they see afterwards. */
  readonly announced: readonly Version[]
}

/** How far the change of a service has come when the fault strikes. */
type Reached = 'done' | 'struck' | 'not begun'

const conclusions: Record<FaultName, PlayResult['conclusion']> = {
  break: 'failure',
  kill: 'failure',
  cancel: 'cancelled',
  loseRunner: 'lost',
}

/** Looks up what is promised for a run. `paths`: all steps of the workflow, in their order. Pure. */
export function productionExpectationOf(
  promises: readonly Promised[],
  paths: readonly string[],
  run: ProductionRun,
): ProductionExpectation {
  const { fault, version, schema } = run
  const legs = services.map((service) => legOf(promises, paths, run, service))
  const migrated = fault && reachedOf(paths, stepOf(paths, 'migrate-db'), fault.step)
  const after = run.back ? schema : migrationsOf(version)
  return {
    conclusion: fault ? conclusions[fault.kind] : 'success',
    legs,
    // Killed in the middle of it, each of them is applied whole or not at all.
    schemas: {
      done: [after],
      struck: [...after.keys(), after.length]
        .map((count) => after.slice(0, count))
        .filter((some) => some.length >= schema.length),
      'not begun': [schema],
    }[migrated ?? 'done'],
    later: legs.some(({ promised }) => promised?.serves === 'old, later'),
  }
}

/** The first step of the workflow with this name that changes something for any service. */
function stepOf(paths: readonly string[], name: string): string {
  return paths.find((path) => path.endsWith(`/${name}`)) ?? name
}

export function jobOf({ name }: Service): string {
  return `release (${name})`
}

function legOf(
  promises: readonly Promised[],
  paths: readonly string[],
  { version, serving, fault }: ProductionRun,
  service: Service,
): ExpectedLeg {
  const job = jobOf(service)
  const old = serving[service.name]
  const [fill, move] = ['deploy-ssh', 'blue-green-switch'].map((name) =>
    paths.find((path) => path.startsWith(`${job}/`) && path.endsWith(`/${name}`)),
  )
  const reach = (step: string | undefined) => (fault && step ? reachedIn(paths, job, step, fault) : 'done')
  const promised = rowFor(promises, fault, job, reach(fill), reach(move), old === version)
  const serves = promised?.serves === 'new' ? version : old
  return {
    service,
    job,
    promised,
    version: serves,
    idleStopped: promised?.serves.startsWith('old') === true && promised.result !== 'noop',
    announced: [...(old ? [old] : []), ...(reach(move) === 'not begun' ? [] : [version])],
  }
}

/** A fault in the job of another service is nothing to this one, but a cancelled run begins no other job. */
function reachedIn(paths: readonly string[], job: string, step: string, fault: Fault): Reached {
  if (fault.step.startsWith(`${job}/`)) return reachedOf(paths, step, fault.step)
  const after = paths.indexOf(step) > paths.indexOf(fault.step)
  const elsewhere = /^release \(/.test(fault.step) && fault.kind !== 'cancel'
  return after && !elsewhere ? 'not begun' : 'done'
}

function reachedOf(paths: readonly string[], step: string, struck: string): Reached {
  if (step === struck || step.startsWith(`${struck}/`)) return 'struck'
  return paths.indexOf(step) < paths.indexOf(struck) ? 'done' : 'not begun'
}

function rowFor(
  promises: readonly Promised[],
  fault: Fault | undefined,
  job: string,
  fill: Reached,
  move: Reached,
  isLive: boolean,
): Promised | undefined {
  if (fill === 'not begun') return undefined
  if (!fault?.step.startsWith(`${job}/`))
    return isLive
      ? promiseFor(promises, 'nothing to do', 'commit', 'none armed')
      : promiseFor(promises, 'ended well', 'commit', 'all')
  switch (fault.kind) {
    case 'break':
      return promiseFor(promises, 'ended well', 'undo: a later step failed')
    case 'kill':
      return fill === 'struck' || move === 'struck'
        ? promiseFor(promises, 'killed in the change', 'undo: the job failed')
        : promiseFor(promises, 'ended well', 'undo: a later step failed')
    case 'cancel':
      return promiseFor(promises, 'ended well', 'undo: the job was cancelled')
    case 'loseRunner':
      return promiseFor(promises, 'ended well', 'none')
  }
}
