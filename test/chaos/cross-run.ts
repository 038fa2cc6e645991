import type { RunController } from '@belay/workflow-runner'
import { expect } from 'vitest'
import { type CompletedJob, waitFor } from '../support/fixture.ts'
import { isIdle } from './chain.ts'
import type { CrossPoint } from './cross-points.ts'
import { momentOf, runHeld } from './held-job.ts'
import type { Served } from './host-promises.ts'
import { injectFault } from './inject-fault.ts'
import { playPoint, wordsOf } from './point-run.ts'
import type { Scene } from './scene.ts'
import { strikeHost } from './strike.ts'

/** Runs one point of both, the runner and a host. */
export function testCrossPoint(point: CrossPoint): Promise<void> {
  return playPoint(point, async (scene) => {
    const { hosts } = scene.fixture
    const completed = await releaseStruck(scene, point)
    const context = `${point.name}\n${wordsOf(completed)}`
    // Where the process is gone, what comes next does the undo (rule 10).
    const left = isAbandoned(point) ? hosts.slice(1) : hosts
    await waitFor(`every host is at rest after ${context}`, 180, async () =>
      (await Promise.all(left.map(isIdle))).every(Boolean),
    )
    expectPromised(point, completed, (await scene.served()).slice(hosts.length - left.length), context)
    return { context }
  })
}

function isAbandoned({ host }: CrossPoint): boolean {
  return host === 'kill the process' || host === 'kill both'
}

async function releaseStruck(scene: Scene, point: CrossPoint): Promise<CompletedJob> {
  const { fixture, proxies } = scene
  // Long enough for a release that is not struck, for the hosts undo by themselves when it ends.
  const steps = await scene.steps('v2', { 'confirm-timeout': '25s' })
  if (point.decision === 'undo') steps.push({ id: 'later', run: 'exit 1' })
  let struck = false
  let failure: unknown
  const strike = async (controller: RunController) => {
    try {
      const [first] = fixture.hosts
      if (point.runner === 'cut' && !fixture.hosts.slice(0, point.hosts).every(({ link }) => link.open > 0))
        throw new Error('no connection is open')
      // The runner first: it would see the end of a process, and begin to undo.
      await injectFault(fixture, { fault: point.runner, hosts: point.hosts }, controller)
      if (point.host && first) await strikeHost({ ...point, fault: point.host }, first, proxies[0])
      struck = true
    } catch (error) {
      failure = error
    }
  }
  const moment = momentOf(point)
  const completed = moment
    ? await runHeldWithControl(scene, point, moment, steps, strike)
    : await fixture.job('v2', steps, {
        pause: {
          step: `release/${point.step}`,
          ...(point.boundary.runner as NonNullable<typeof point.boundary.runner>),
          inject: strike,
        },
      })
  if (!struck)
    throw new Error(
      `${point.name}: it was not struck: ${failure ?? 'the boundary was never reached'}\n${wordsOf(completed)}`,
    )
  return completed
}

function runHeldWithControl(
  { fixture }: Scene,
  { hosts }: CrossPoint,
  moment: NonNullable<ReturnType<typeof momentOf>>,
  steps: Parameters<Scene['fixture']['job']>[1],
  strike: (controller: RunController) => Promise<void>,
): Promise<CompletedJob> {
  let controller: RunController | undefined
  const start = () =>
    fixture.job('v2', steps, {
      control: (given) => {
        controller = given
      },
    })
  return runHeld(fixture.hosts.slice(0, hosts), moment, start, async () => {
    if (controller) await strike(controller)
  })
}

/** What the rules promise: the end on each host, and a result that is worded no better. */
function expectPromised(
  { decision, runner, boundary: { progress } }: CrossPoint,
  { belay }: CompletedJob,
  served: readonly (Served | `strange: ${string}`)[],
  context: string,
): void {
  const said = `${context}\nserved: ${served.join(', ')}`
  // Before all were asked nothing confirms but a job that ends well, and only a cut connection lets it go on.
  const isUndone = decision === 'undo' || (progress !== 'asked' && runner !== 'cut')
  for (const one of served) expect(isUndone ? ['old'] : ['old', 'new'], said).toContain(one)
  if (isUndone) expect(['unchanged', 'rolled-back', 'mixed', 'unknown', 'undo-started', ''], said).toContain(belay)
  if (belay === 'committed') expect(new Set(served), said).toEqual(new Set(['new']))
  if (belay === 'rolled-back' || belay === 'unchanged') expect(new Set(served), said).toEqual(new Set(['old']))
  if (new Set(served).size === 2) expect(['mixed', 'unknown', 'undo-started', ''], said).toContain(belay)
}
