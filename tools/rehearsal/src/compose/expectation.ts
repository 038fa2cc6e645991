import type { WorkflowRunResult } from '@belay/workflow-runner'
import { type Disruption, endsBy, faultUpTo } from '../fault.ts'
import { type PromisedTraffic, trafficFor } from '../promises.ts'
import { type Schema, schemasAfter } from '../schema.ts'
import { reachedOf, rowOfFault } from '../traffic-row.ts'
import type { Version } from '../version.ts'
import { type ExternalFailure, migrationsOf } from './shop.ts'

/** One run of a workflow: what it releases over what, and what goes wrong during the run. */
export interface Run extends Disruption {
  readonly environment: string
  /** The version that must serve afterwards. */
  readonly version: Version
  /** Requested as `previous`. */
  readonly back: boolean
  /** What is live; undefined: nothing was ever released. */
  readonly old: Version | undefined
  /** The files of the migrations that are applied. */
  readonly schema: Schema
}

type Conclusion = WorkflowRunResult['conclusion']

/** The required end of a run. It depends only on the request. */
export interface Expectation {
  /** Of the run and, if it starts, of the release job. */
  readonly conclusion: Conclusion
  /** The row of docs/decisions/transaction.md; undefined if no changing step is reached. */
  readonly promised: PromisedTraffic | undefined
  /** What users get; undefined: nothing. */
  readonly version: Version | undefined
  /** What users may see during the run and afterwards. */
  readonly announced: readonly Version[]
  /** The slot without traffic must be stopped: after a release that was undone. */
  readonly idleStopped: boolean
  /** The migrations that are applied. */
  readonly schema: Schema
  /** The job must name the migrations that stay although the release does not. */
  readonly named: boolean
  /** The server may need until the end of its confirm timeout. */
  readonly later: boolean
  /** The floating tags afterwards: `unknown` if the runner was lost while they were moved. */
  readonly tags: 'moved' | 'as before' | 'unknown'
  /** Aftercare names the former digests of these tags, with the command that restores each. */
  readonly tagsNamed: boolean
  /** Slack must have a message of the run. */
  readonly announcesRun: boolean
}

/**
 * Looks up what is promised for a run. Several expectations only where a migration is interrupted: it is then applied
 * completely or not at all, and only the database knows which. `paths`: all steps of the workflow, in their order. Pure.
 */
export function expectationsOf(
  traffic: readonly PromisedTraffic[],
  paths: readonly string[],
  run: Run,
): readonly Expectation[] {
  const fault = faultUpTo('release', run.fault, paths)
  const conclusion = run.fault ? endsBy[run.fault.kind] : run.externalFailure ? 'failure' : 'success'
  const upToRelease = { ...run, fault }
  return schemasOf(paths, upToRelease).map((schema) => ({
    ...expectationWith(schema, traffic, paths, upToRelease),
    conclusion,
  }))
}

function expectationWith(
  schema: Schema,
  traffic: readonly PromisedTraffic[],
  paths: readonly string[],
  run: Run,
): Omit<Expectation, 'conclusion'> {
  const { version, back, old, fault, externalFailure } = run
  const promised = rowOf(schema, traffic, paths, run)
  const serves = promised?.users === 'new' ? version : old
  const moves = run.environment === 'production'
  const promoting = fault ? reachedOf(paths, 'release/promote', fault.step) : 'done'
  const lost = fault?.kind === 'loseRunner' ? fault.step : undefined
  return {
    promised,
    version: serves,
    announced: [...(old ? [old] : []), ...(reaches(paths, run, 'blue-green-switch') ? [version] : [])],
    idleStopped: promised?.slot.startsWith('stopped') === true,
    schema,
    named: promised?.schema.endsWith(', named') === true,
    later: promised?.users === 'old, later',
    tags: !moves
      ? 'as before'
      : lost && promoting !== 'not begun'
        ? 'unknown'
        : promised?.users === 'new'
          ? 'moved'
          : 'as before',
    // Before the hosts are asked it is unknown which tags a rollback will move.
    tagsNamed: moves && !back && lost !== undefined && reachedOf(paths, stepOf(paths, 'deployment'), lost) === 'done',
    // A runner that is lost before its first message reports nothing. The same holds for a job that does not start.
    announcesRun: promised !== undefined || externalFailure !== undefined,
  }
}

/** The row for each external failure: undefined if it comes before anything is changed. */
const byExternalFailure: Readonly<Record<ExternalFailure, readonly [main: string, decision: string] | undefined>> = {
  'build-fails': undefined,
  'push-refused': undefined,
  'pull-refused': ['the fill failed', 'undo: the job failed'],
  'start-fails': ['the fill failed', 'undo: the job failed'],
  'health-fails': ['the fill failed', 'undo: the job failed'],
  'smoke-fails': ['ended well', 'undo: a later step failed'],
}

function rowOf(
  after: Schema,
  traffic: readonly PromisedTraffic[],
  paths: readonly string[],
  { fault, externalFailure, schema }: Run,
): PromisedTraffic | undefined {
  if (externalFailure) {
    const row = byExternalFailure[externalFailure as ExternalFailure]
    return row && trafficFor(traffic, ...row)
  }
  if (!fault) return trafficFor(traffic, 'ended well', 'commit')
  const reach = (name: string) => reachedOf(paths, stepOf(paths, name), fault.step)
  return rowOfFault(traffic, fault, {
    schema: reach('migrate-db'),
    migrated: after.filter((name) => !schema.includes(name)),
    half: [],
    fill: reach('deploy-ssh'),
    move: reach('blue-green-switch'),
  })
}

/** Whether the run reaches that step of `release`. */
function reaches(paths: readonly string[], { fault, externalFailure }: Run, name: string): boolean {
  if (externalFailure) return externalFailure === 'smoke-fails'
  return !fault || reachedOf(paths, stepOf(paths, name), fault.step) !== 'not begun'
}

function stepOf(paths: readonly string[], name: string): string {
  return paths.find((path) => path.endsWith(`/${name}`)) ?? ''
}

function schemasOf(
  paths: readonly string[],
  { back, schema, version, fault, externalFailure }: Run,
): readonly Schema[] {
  const after = back ? schema : migrationsOf(version)
  if (externalFailure) return [byExternalFailure[externalFailure as ExternalFailure] ? after : schema]
  const reached = fault ? reachedOf(paths, stepOf(paths, 'migrate-db'), fault.step) : 'done'
  return schemasAfter(schema, after, reached, fault?.kind)
}
