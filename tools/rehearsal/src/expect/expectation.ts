import type { JobResult, WorkflowRunResult } from '@belay/workflow-runner'
import type { Disruption } from '../fault.ts'
import type { Version } from '../version.ts'
import { progressOf } from './progress.ts'
import { rowsOf } from './rows.ts'
import { namesOf, type Schema, schemasAfter, schemaText } from './schema.ts'
import type { PromiseRow, Tables } from './tables.ts'
import type { Unit } from './unit.ts'

/** What a run releases over what, as far as an expectation follows from it. */
export interface Release extends Disruption {
  readonly units: readonly Unit[]
  /** The version that must serve afterwards. */
  readonly version: Version
  /** Requested as `previous`. */
  readonly back: boolean
  /** What served before, by service. */
  readonly before: Readonly<Record<string, Version | undefined>>
  /** The services that the version does not change: they keep what they serve. */
  readonly unchanged?: readonly string[]
  /** The migrations that were applied, and those that the version has. Empty without a database. */
  readonly schema: Schema
  readonly migrations: Schema
  /** Of the migrations: those that an interruption may leave half done. */
  readonly noTransactions?: Schema
}

/** What is promised for a service, by what the runner saw. */
export interface ExpectedUnit {
  readonly unit: Unit
  /** The rows of the tables of promises that may hold; none: no changing step is reached, and all stays. */
  readonly rows: readonly PromiseRow[]
  /** What serves afterwards; undefined: nothing. */
  readonly version: Version | undefined
  /** A canary that stays has it: a share of the pods and of the users. */
  readonly share?: Version | undefined
  /** The slot without traffic must be stopped: after a release that was undone. */
  readonly idleStopped: boolean
  /** Its hosts may need until the end of their confirm timeout. */
  readonly later: boolean
  /** In a cluster: the lock stays, and what undoes the release, for the next release to find. */
  readonly staysOpen: boolean
  /** What users may see during the run and afterwards. */
  readonly announced: readonly Version[]
  /** The migrations that stay, or may have begun, and must be named. */
  readonly named: readonly string[]
  readonly tags: ExpectedTags
}

export interface ExpectedTags {
  /** The floating tags afterwards: `unknown` if the runner was lost while they were moved. */
  readonly are: 'moved' | 'as before' | 'unknown'
  /** Aftercare names the former digests, with the command that restores each. */
  readonly named: boolean
}

export interface Expectation {
  readonly units: readonly ExpectedUnit[]
  /** The schemas that are possible; the units are those of the one that was found, else of the last one. */
  readonly schemas: readonly Schema[]
  readonly later: boolean
}

type Jobs = Pick<WorkflowRunResult, 'jobs'>

/**
 * Looks up what is promised for a run that has ended. It follows from how the runner saw the steps end, and from which
 * migrations are applied: only the database knows how far one came that was interrupted. Never from what Belay says. Pure.
 */
export function expectationOf(tables: Tables, release: Release, { jobs }: Jobs, applied: Schema = []): Expectation {
  const schemas = possibleSchemas(release, jobs)
  const schema = schemas.find((one) => schemaText(one) === schemaText(applied)) ?? schemas.at(-1) ?? []
  const rows = new Map(release.units.map((unit) => [unit, rowsFor(tables, release, unit, jobs[unit.job], schema)]))
  const units = release.units.map((unit) => expectedUnit(release, unit, jobs[unit.job], rows.get(unit) ?? [], schema))
  return { units, schemas, later: units.some(({ later }) => later) }
}

function possibleSchemas({ units, back, schema, migrations, fault }: Release, jobs: Jobs['jobs']): Schema[] {
  const unit = units.find(({ steps }) => steps.schema)
  if (!unit || back) return [schema]
  return schemasAfter(schema, migrations, progressOf(jobs[unit.job], unit.steps.schema, fault))
}

function rowsFor(
  tables: Tables,
  release: Release,
  unit: Unit,
  job: JobResult | undefined,
  schema: Schema,
): PromiseRow[] {
  const { back, before, version, fault, units } = release
  return rowsOf(tables, unit, job, {
    fault,
    back,
    isLive: unit.table !== 'render' && before[unit.service]?.sha === version.sha,
    isFirst: before[unit.service] === undefined,
    withDisk: units.some((one) => one.hasDisk && freshOf(release, one) !== before[one.service]),
    migrated: migratedBy(release, unit, schema).length > 0,
    half: halfDone(release, unit, job, schema).length > 0,
  })
}

function migratedBy(release: Release, unit: Unit, schema: Schema): string[] {
  return unit.steps.schema ? schema.filter((name) => !namesOf(release.schema).includes(name.replace(/\.sql$/, ''))) : []
}

/** The migration that may have stopped in its middle: the next one, if its step did not end and it is no transaction. */
function halfDone(release: Release, unit: Unit, job: JobResult | undefined, schema: Schema): readonly string[] {
  const { migrations, noTransactions = [], fault } = release
  const progress = progressOf(job, unit.steps.schema, fault)
  if (progress === 'not begun' || progress === 'ended') return []
  return migrations.slice(schema.length, schema.length + 1).filter((name) => noTransactions.includes(name))
}

/** What a service serves once the release is live. */
function freshOf({ unchanged = [], version, before }: Release, { service }: Unit): Version | undefined {
  return unchanged.includes(service) ? before[service] : version
}

function expectedUnit(
  release: Release,
  unit: Unit,
  job: JobResult | undefined,
  rows: readonly PromiseRow[],
  schema: Schema,
): ExpectedUnit {
  const { before, version, fault } = release
  const [row] = rows
  const old = before[unit.service]
  const migrated = migratedBy(release, unit, schema)
  const mayMove = unit.steps.switch ? progressOf(job, unit.steps.switch, fault) !== 'not begun' : rows.length > 0
  return {
    unit,
    rows,
    version: row && servesNew(row, release, unit) ? freshOf(release, unit) : old,
    share: row?.serves === aShareNew ? version : undefined,
    idleStopped: row?.slot.startsWith('stopped') === true,
    later: row?.serves.endsWith('later') === true,
    staysOpen: /; (restored|removed) by the next release$/.test(row?.objects ?? ''),
    announced: [...(old ? [old] : []), ...(mayMove ? [version] : [])],
    named: row?.schema.endsWith(', named') ? [...migrated, ...halfDone(release, unit, job, schema)] : [],
    tags: tagsOf(release, unit, job, row),
  }
}

const aShareNew = 'old, a share new'

function servesNew({ serves }: PromiseRow, release: Release, unit: Unit): boolean {
  switch (serves.replace(/, reported.*/, '')) {
    case 'new':
    case 'the release asked for':
      return true
    case 'old':
    case 'nothing':
    case 'old, later':
    case aShareNew:
      return false
    case 'old, the one with a disk new':
      return unit.hasDisk === true
    case 'what was under way new, the others old':
      // They are deployed one after the other, and a fault strikes the first.
      return unit === release.units.find((one) => !release.unchanged?.includes(one.service))
  }
  throw new Error(`a table promises "${serves}", which the rehearsal cannot verify`)
}

function tagsOf(
  { back, fault }: Release,
  { steps }: Unit,
  job: JobResult | undefined,
  row: PromiseRow | undefined,
): ExpectedTags {
  if (!steps.tags) return { are: 'as before', named: false }
  const isLost = job?.conclusion === 'lost'
  const named = !back && isLost && progressOf(job, steps.deployment, fault) === 'ended'
  if (isLost && progressOf(job, steps.tags, fault) !== 'not begun') return { are: 'unknown', named }
  return { are: row?.serves === 'new' ? 'moved' : 'as before', named }
}
