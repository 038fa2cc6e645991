import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWorkflow } from '@belay/workflow-runner'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Fault, faultsOf } from '../../tools/rehearsal/src/fault.ts'
import type { EndedRun } from '../../tools/rehearsal/src/runs.ts'
import { shortTimes } from '../../tools/rehearsal/src/short-times.ts'
import type { Version } from '../../tools/rehearsal/src/version.ts'
import { differencesOf } from './compare.ts'
import { openBelay, startUnderAct } from './engine.ts'
import { explain, type KnownName } from './known.ts'
import type { Opening, System } from './systems.ts'

/** Of a run that loses its runner. */
const confirmSeconds = 40

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
    const isLost = fault?.kind === 'loseRunner'
    const allVars = { ...(isLost && shortTimes(confirmSeconds)), ...vars }
    const options = { ...(fault && { faults: faultsOf(fault, paths) }), vars: allVars }
    const runs = await Promise.all(systems.map((system) => system.release(version, options)))
    const [own, act] = runs as [EndedRun, EndedRun]
    const kinds = fault ? [fault.kind] : []
    expect([own.injected, act.injected], logOf(act)).toEqual([kinds, kinds])
    expect({ conclusion: own.conclusion, results: resultsOf(own) }, logOf(own)).toEqual({ conclusion, results })
    expect([own.processesLeft, act.processesLeft]).toEqual([[], []])
    const [ownState, actState] = await Promise.all(systems.map(isLost ? stateAtRest : stateOf))
    const served = ownState === actState ? [] : [{ of: 'servers', own: ownState, act: actState }]
    expect(explain([...differencesOf(own, act), ...served]), logOf(act)).toEqual({ known, unexplained: [] })
  }
}

async function stateOf(system: System): Promise<string> {
  return JSON.stringify(await system.inspect())
}

/** After a lost runner: as soon as the servers have restored themselves. */
async function stateAtRest(system: System): Promise<string> {
  const isAtRest = (state: string) => !/"locked":true|"open":[1-9]/.test(state)
  let state = await stateOf(system)
  for (const end = Date.now() + 180_000; !isAtRest(state) && Date.now() < end; await sleep(500))
    state = await stateOf(system)
  expect(isAtRest(state), state).toBe(true)
  return state
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
