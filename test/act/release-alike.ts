import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWorkflow } from '@belay/workflow-runner'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Fault, faultsOf } from '../../tools/rehearsal/src/fault.ts'
import type { EndedRun } from '../../tools/rehearsal/src/runs.ts'
import type { Version } from '../../tools/rehearsal/src/version.ts'
import { differencesOf } from './compare.ts'
import { openBelay, startUnderAct } from './engine.ts'
import { explain, type KnownName } from './known.ts'
import type { Opening, System } from './systems.ts'

/** Longer than a release under both runners takes on a busy machine. */
export const releaseMs = 600_000

/** What a release must come to under both runners. */
export interface Promised {
  readonly fault?: Fault
  /** Over the environment's variables. */
  readonly vars?: Readonly<Record<string, string>>
  readonly conclusion: EndedRun['conclusion']
  /** What Belay says of each job that released something, under our own runner. */
  readonly results: Readonly<Record<string, string>>
  /** The known differences of act that show here, in the order of their list. Default: none. */
  readonly known?: readonly KnownName[]
}

/**
 * Opens a system twice: our own runner releases to one, act to the other. To be called in a suite. Returns what releases a
 * version to both, with the same fault, and expects that every step ended in the same way and that the servers serve the same.
 */
export function releaseAlike(opening: Opening): (version: Version | 'previous', promised: Promised) => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ba-'))
  const systems: System[] = []
  let paths: string[] = []
  beforeAll(async () => {
    paths = await opening.paths(join(folder, 'p'))
    for (const start of [startWorkflow, startUnderAct(openBelay(join(folder, 'a')))])
      systems.push(await opening.open(start))
  }, releaseMs)
  afterAll(async () => {
    await Promise.all(systems.map((system) => system.close()))
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  return async (version, { fault, vars, conclusion, results, known = [] }) => {
    const options = { ...(fault && { faults: faultsOf(fault, paths) }), ...(vars && { vars }) }
    const runs = await Promise.all(systems.map((system) => system.release(version, options)))
    const [own, act] = runs as [EndedRun, EndedRun]
    const kinds = fault ? [fault.kind] : []
    expect([own.injected, act.injected], logOf(act)).toEqual([kinds, kinds])
    expect({ conclusion: own.conclusion, results: resultsOf(own) }, logOf(own)).toEqual({ conclusion, results })
    expect([own.processesLeft, act.processesLeft]).toEqual([[], []])
    const [ownState, actState] = await Promise.all(
      systems.map(async (system) => JSON.stringify(await system.inspect())),
    )
    const served = ownState === actState ? [] : [{ of: 'servers', own: ownState, act: actState }]
    expect(explain([...differencesOf(own, act), ...served]), logOf(act)).toEqual({ known, unexplained: [] })
  }
}

function resultsOf({ jobs }: EndedRun): Record<string, string> {
  const released = Object.entries(jobs).filter(([name]) => !name.startsWith('aftercare'))
  const results = released.flatMap(([name, { env }]) => (env.BELAY_RESULT ? [[name, env.BELAY_RESULT]] : []))
  return Object.fromEntries(results)
}

function logOf({ jobs }: EndedRun): string {
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.map(({ path, stage, outcome, log }) => `--- ${path} ${stage} ${outcome}\n${log}`))
    .join('\n')
}
