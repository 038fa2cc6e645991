import type { WorkflowRunResult } from '@belay/workflow-runner'
import type { Release } from './expect/expectation.ts'
import { namesOf, type Schema } from './expect/schema.ts'
import type { Unit } from './expect/unit.ts'
import type { Disruption } from './fault.ts'
import { tagOf, type Version } from './version.ts'

/** What is rehearsed of one workflow. Data only: it starts nothing. */
export interface Scenario {
  /** `qa`; of a repository of one's own the file of the workflow. */
  readonly environment: string
  /** Stands before titles and sentences: `qa.yml: `, or empty. */
  readonly prefix: string
  readonly units: readonly Unit[]
  /** All steps of the workflow, in their order. */
  readonly paths: readonly string[]
  /** The two versions that are released, one over the other. */
  readonly versions: readonly [first: Version, second: Version]
  /** What the first one replaces; undefined: nothing was ever released. */
  readonly replaced?: Version
  /** It can be started by hand with `previous`. */
  readonly goesBack: boolean
  /** After a lost runner nothing is restored by itself: the next release does that first. */
  readonly nextRestores?: boolean
  /** The files of the migrations that a version has; none without a database. */
  migrationsOf?(version: Version): Schema
  /** Of them: those that an interruption may leave half done. */
  readonly noTransactions?: Schema
  /** The services that a version does not change. */
  unchangedBy?(version: Version): readonly string[]
  /** The commit that an external failure is in; undefined: it is in none. */
  failing?(externalFailure: string): Version | undefined
  /** How a run with an external failure must end. Default: as a failure. */
  conclusionOf?(externalFailure: string): WorkflowRunResult['conclusion']
}

/** What is live before a run. */
export interface State {
  readonly serving: Readonly<Record<string, Version | undefined>>
  readonly schema: Schema
}

/** One run of a workflow: what it releases over what, and what goes wrong. */
export interface Run extends Release {
  readonly scenario: Scenario
  /** The run before it lost its runner, and it restores first what was before that. */
  readonly restores?: boolean
}

/** Before the first release. */
export function emptyState({ units, replaced }: Scenario): State {
  return { serving: Object.fromEntries(units.map(({ service }) => [service, replaced])), schema: [] }
}

/** A release of a version over a state. */
export function runOver(
  scenario: Scenario,
  { serving, schema }: State,
  version: Version,
  { fault, externalFailure }: Disruption = {},
  back = false,
): Run {
  const released = (externalFailure && scenario.failing?.(externalFailure)) || version
  return {
    scenario,
    units: scenario.units,
    version: released,
    back,
    before: serving,
    unchanged: scenario.unchangedBy?.(released) ?? [],
    schema,
    migrations: scenario.migrationsOf?.(released) ?? [],
    noTransactions: scenario.noTransactions ?? [],
    fault,
    externalFailure,
  }
}

/** The state after a run that was committed. */
export function stateAfter({ before, version, unchanged = [], schema, migrations, back }: Run): State {
  const serving = Object.entries(before).map(([name, old]) => [name, unchanged.includes(name) ? old : version])
  return { serving: Object.fromEntries(serving), schema: back ? schema : migrations }
}

/** The runs that lead to the one that was asked for, in their order. */
export function runsOf(scenario: Scenario, { first, ...wrong }: Disruption & { readonly first: boolean }): Run[] {
  const [one, two] = scenario.versions
  if (first) return withNext([runOver(scenario, emptyState(scenario), one, wrong)])
  const initial = runOver(scenario, emptyState(scenario), one)
  const next = runOver(scenario, stateAfter(initial), two, wrong)
  if (!scenario.goesBack || wrong.fault || wrong.externalFailure) return withNext([initial, next])
  return [initial, next, runOver(scenario, stateAfter(next), one, {}, true)]
}

function withNext(runs: Run[]): Run[] {
  const last = runs.at(-1)
  const isLost = last?.fault?.kind === 'loseRunner' && last.scenario.nextRestores
  return last && isLost ? [...runs, nextAfter(last)] : runs
}

/** The same release once more, after a run that lost its runner: over what was before that. */
export function nextAfter({ fault: _, ...lost }: Run): Run {
  return { ...lost, restores: true }
}

/** The name of what a run releases: `v1.1.0` or `previous`. */
export function nameOf({ version, back }: Run): string {
  return back ? 'previous' : tagOf(version)
}

/** All versions that may be seen around a run. */
export function knownVersions({ version, before }: Run): Version[] {
  return [...new Set([version, ...Object.values(before).flatMap((old) => old ?? [])])]
}

/** The migrations as files, of those that a database names. */
export function filesOf({ migrations, schema }: Run, applied: Schema): Schema {
  const known = new Map([...schema, ...migrations].map((file) => [namesOf([file])[0], file]))
  return applied.map((name) => known.get(namesOf([name])[0]) ?? name)
}
