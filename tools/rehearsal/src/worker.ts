import { resultText } from './checks/run.ts'
import { begunSteps, type Disruption, faultKinds } from './fault.ts'
import { rehearse } from './rehearse.ts'
import { emptyState, filesOf, nextAfter, type Run, runOver, type Scenario, type State, stateAfter } from './scenario.ts'
import type { System } from './system.ts'
import type { Version } from './version.ts'

/** One thing that goes wrong, and whether something was released before. */
export interface Case extends Disruption {
  readonly old: Version | undefined
}

/** Every kind of fault at each of the steps. */
export function casesFor(steps: readonly string[], old: Version | undefined): Case[] {
  return steps.flatMap((step) => faultKinds.map((kind) => ({ fault: { kind, step }, old })))
}

/** Runs cases on servers of its own. It keeps them from case to case as long as they fit the next one. */
export interface Worker {
  /** Releases a version over another one without a fault. Returns the steps that began, in their order. */
  begunSteps(): Promise<readonly string[]>
  runCase(one: Case): Promise<Ended>
  /** Verifies that the next release succeeds after all these faults. */
  end(): Promise<void>
  close(): Promise<void>
}

export interface Ended {
  readonly conclusion: string
  readonly result: string
  readonly problems: readonly string[]
}

/** The servers of a scenario, for one release after the other. */
export interface Parts {
  readonly system: System
  /** Makes the schema again what it was: a migration stays when its release is undone. */
  restore?(schema: State['schema']): Promise<void>
  close(): Promise<void>
}

/** Whether what is live fits a case: the services of its job must have something to do. Pure. */
export function suits({ units }: Scenario, state: State, wanted: State, { fault }: Disruption): boolean {
  const isOneJob = new Set(units.map(({ job }) => job)).size === 1
  const concerned = units.filter(({ job }) => isOneJob || !fault || fault.step.startsWith(`${job}/`))
  const isPending = !fault?.step.endsWith('/migrate-db') || state.schema.length === wanted.schema.length
  return isPending && concerned.every(({ service }) => state.serving[service] === wanted.serving[service])
}

/** Whether the release of a version changes what serves. Pure. */
export function changes(scenario: Scenario, state: State, version: Version): boolean {
  const { serving } = stateAfter(runOver(scenario, state, version))
  return scenario.units.some(({ service }) => serving[service] !== state.serving[service])
}

/** A worker on servers that `open` starts. */
export function openWorker(scenario: Scenario, open: () => Promise<Parts>): Worker {
  const [first, second] = scenario.versions
  const empty = emptyState(scenario)
  const old = stateAfter(runOver(scenario, empty, first))
  let parts: Parts | undefined
  let state = empty

  async function close(): Promise<void> {
    await parts?.close()
    parts = undefined
    state = empty
  }

  async function play(run: Run) {
    parts ??= await open()
    const rehearsed = await rehearse(parts.system, run)
    const { expectation, seen } = rehearsed
    const serving = expectation.units.map(({ unit, version }) => [unit.service, version])
    state = { serving: Object.fromEntries(serving), schema: filesOf(run, seen.database?.applied ?? []) }
    return rehearsed
  }

  async function release(version: Version) {
    const { problems, runResult } = await play(runOver(scenario, state, version))
    if (problems.length > 0) throw new Error(`${version.name} could not be released:\n${problems.join('\n')}`)
    return runResult
  }

  async function readyFor(wanted: State, wrong: Disruption): Promise<void> {
    if (state === empty ? wanted === empty : suits(scenario, state, wanted, wrong)) return
    await close()
    if (wanted === old) await release(first)
  }

  return {
    async begunSteps() {
      await readyFor(old, {})
      return begunSteps(await release(second))
    },
    async runCase({ old: before, ...wrong }) {
      const wanted = before ? old : empty
      await restore(wanted)
      await readyFor(wanted, wrong)
      const run = runOver(scenario, state, before ? second : first, wrong)
      const { runResult, expectation, ...played } = await play(run)
      const isOpen = expectation.units.some(({ staysOpen }) => staysOpen)
      const next = isOpen && played.problems.length === 0 ? await play(nextAfter(run)) : undefined
      const problems = [...played.problems, ...(next?.problems ?? []).map((problem) => `the next release: ${problem}`)]
      const { conclusion, jobs } = runResult
      const job = scenario.units.find((unit) => wrong.fault?.step.startsWith(`${unit.job}/`)) ?? scenario.units[0]
      if (problems.length > 0) await close()
      return { conclusion, result: resultText(jobs[job?.job ?? '']), problems }
    },
    async end() {
      // Where the last case committed, it was this release itself: a second one has nothing to do.
      if (parts && changes(scenario, state, second)) await release(second)
    },
    close,
  }

  async function restore({ schema }: State): Promise<void> {
    if (!parts?.restore || state.schema.length === schema.length) return
    await parts.restore(schema)
    state = { ...state, schema }
  }
}
