import type { TestHost } from '@belay/test-hosts'
import { expect } from 'vitest'
import { type CompletedJob, type Fixture, type JobStep, waitFor } from '../support/fixture.ts'
import { base } from '../support/slots.ts'
import { allIdle } from './chain.ts'
import { momentOf, runHeld } from './held-job.ts'
import type { HostPoint } from './host-points.ts'
import { promisedAt } from './host-promises.ts'
import { playPoint, wordsOf } from './point-run.ts'
import type { Scene } from './scene.ts'
import { strikeHost } from './strike.ts'
import type { Strike } from './struck.ts'

/** Runs one point of a host. */
export function testHostPoint(point: HostPoint): Promise<void> {
  return playPoint(point, async (staged) => {
    const [struck, completed] = await releaseStruck(staged, point)
    const context = `${point.name}\n${struck.map(({ proof }) => proof).join('\n')}\n${wordsOf(completed)}`
    await waitFor(`every host is at rest after ${context}`, 180, () => allIdle(staged.fixture))
    for (const { expectKept } of struck) await expectKept?.()
    await expectPromised(staged, point, completed, context)
    return {
      context,
      async repair() {
        for (const one of struck) await one.repair?.()
      },
    }
  })
}

/** Releases v2 and strikes at the boundary. Throws where the strike did not happen there: then the point does not count. */
async function releaseStruck(staged: Scene, point: HostPoint): Promise<[Strike[], CompletedJob]> {
  const { fixture } = staged
  const { boundary, step } = point
  const steps = await staged.steps('v2')
  if (point.decision === 'undo') steps.push({ id: 'later', run: 'exit 1' })
  let struck: Strike[] | undefined
  let failure: unknown
  const strike = async () => {
    try {
      struck = await strikeAll(staged, point)
    } catch (error) {
      failure = error
    }
  }
  const moment = momentOf(point)
  const completed = moment
    ? await runHeld(struckHosts(fixture, point), moment, () => fixture.job('v2', steps), strike)
    : await fixture.job('v2', steps, {
        pause: { step: `release/${step}`, ...(boundary.runner as NonNullable<typeof boundary.runner>), inject: strike },
      })
  if (failure) throw new Error(`${point.name}: it was not struck: ${failure}\n${wordsOf(completed)}`)
  if (!struck) throw new Error(`${point.name}: the boundary was never reached: ${wordsOf(completed)}`)
  return [struck, completed]
}

function struckHosts({ hosts }: Fixture, point: HostPoint): readonly TestHost[] {
  return hosts.slice(0, point.hosts)
}

async function strikeAll(staged: Scene, point: HostPoint): Promise<Strike[]> {
  if (point.fault === 'second job') return [await runSecondJob(staged, point)]
  const { fixture, proxies } = staged
  return Promise.all(struckHosts(fixture, point).map((host, index) => strikeHost(point, host, proxies[index])))
}

/** Another run comes: before the lock it is first, and under it it is refused and named so. */
async function runSecondJob({ fixture, steps }: Scene, point: HostPoint): Promise<Strike> {
  const second: JobStep[] = (await steps('v9', { 'lock-timeout': '1s' })).slice(0, point.proxy ? undefined : 1)
  const { belay, log, job } = await fixture.job('v9', second)
  const code = job.steps.map(({ outputs }) => outputs['failure-code']).find(Boolean)
  const isFirst = point.boundary.progress === 'unlocked'
  if (isFirst ? belay !== 'committed' : code !== 'lock-held')
    throw new Error(`the second job ended ${belay} (${code}):\n${log}`)
  return { proof: `the second job: ${isFirst ? belay : code}` }
}

async function expectPromised(
  staged: Scene,
  point: HostPoint,
  { belay }: CompletedJob,
  context: string,
): Promise<void> {
  const { results, struck, others } = promisedAt(point)
  const served = await staged.served()
  const said = `${context}\nserved: ${served.join(', ')}`
  expect(results, said).toContain(belay)
  for (const [index, one] of served.entries()) {
    const isStruck = index < point.hosts
    // What a person edited is theirs.
    if (point.fault === 'edit by hand' && isStruck) continue
    expect(isStruck ? struck : others, said).toContain(one)
  }
  if (point.fault === 'edit by hand') return
  // Never worded better than it is (rule 15).
  if (belay === 'committed') expect(served, said).toEqual(['new', 'new'])
  if (belay === 'rolled-back' || belay === 'unchanged') expect(served, said).toEqual(['old', 'old'])
  if (!point.slots) await expectWholeRelease(staged.fixture, said)
}

async function expectWholeRelease({ hosts }: Fixture, context: string): Promise<void> {
  for (const host of hosts) {
    const files = ['server.mjs', 'assets/3.txt'].map((file) => `${base}/current/${file}`)
    expect((await host.run(['ls', ...files])).status, `${context}\n${host.name}: current is not whole`).toBe(0)
  }
}
