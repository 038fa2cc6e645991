import type { RunController } from '@belay/workflow-runner'
import { expect } from 'vitest'
import { type CompletedJob, type Fixture, type JobStep, lockIsFree, stateOn, waitFor } from '../support/fixture.ts'
import { blue, routeTraffic, slotInputs, versionsInSlots } from '../support/slots.ts'
import type { FaultPoint } from './fault-points.ts'
import { openHosts } from './hosts.ts'

/** Runs one point on two hosts of its own, which serve v1 when it begins. */
export async function testPoint(point: FaultPoint): Promise<void> {
  const fixture = await openHosts()
  try {
    const first = await fixture.job('v1', [await deploy(fixture, point, 'v1')])
    expect(first.belay, first.log).toBe('committed')
    if (point.slots) await Promise.all(fixture.hosts.map((host) => routeTraffic(host, blue)))
    await expectPromisesKept(fixture, point, 'v1', 'v2')
  } finally {
    await fixture.close()
  }
}

async function deploy(fixture: Fixture, { slots }: FaultPoint, version: string, inputs = {}): Promise<JobStep> {
  const source = await fixture.release('api', version)
  return fixture.deploy('api', source, { version, ...(slots && slotInputs), ...inputs })
}

/**
 * Releases `version` over `former` with one fault at one boundary, then expects what is promised of every release: every
 * host serves a whole release, old or new, the result says so, locks are released, and the next one succeeds.
 */
async function expectPromisesKept(fixture: Fixture, point: FaultPoint, former: string, version: string): Promise<void> {
  const steps = [await deploy(fixture, point, version, { 'confirm-timeout': '6s' })]
  const { completed, context } = await releaseWithFault(fixture, point, version, steps)
  // Six seconds, sixty more where the host was asked, and the way back; a lease where nothing was armed.
  await waitFor(`every host is at rest after ${point.name}`, 80, () => allIdle(fixture))
  if (point.slots) await expectIdleOrFilled(fixture, former, version, completed, context)
  else await expectWhole(fixture, former, version, completed, context)

  const next = `${version}-next`
  const after = await fixture.job(next, [await deploy(fixture, point, next)])
  expect(after.belay, contextOf(point, after)).toBe('committed')
  if (point.slots) expect(await slots(fixture)).toEqual([`${former} ${next}`, `${former} ${next}`])
  else expect(await versions(fixture)).toEqual([next, next])
}

/** Runs a job with the fault of a point, and fails if its boundary is not reached. */
export async function releaseWithFault(
  fixture: Fixture,
  point: FaultPoint,
  version: string,
  steps: JobStep[],
): Promise<{ completed: CompletedJob; context: string }> {
  const { step, stage, match, nth } = point
  const inject = (controller: RunController) => injectFault(fixture, point, controller)
  const completed = await fixture.job(version, steps, { pause: { step: `release/${step}`, stage, match, nth, inject } })
  const context = contextOf(point, completed)
  expect(completed.paused, `the boundary was never reached: ${context}`).toBe(true)
  return { completed, context }
}

/** Strikes the runner, or its connections to so many hosts. */
export async function injectFault(
  fixture: Fixture,
  { fault, hosts }: Pick<FaultPoint, 'fault' | 'hosts'>,
  controller: RunController,
): Promise<void> {
  switch (fault) {
    case 'kill':
      return controller.kill()
    case 'cancel':
      return controller.cancel()
    case 'lose-runner':
      return controller.loseRunner()
    case 'cut':
      for (const { link } of fixture.hosts.slice(0, hosts)) link.cut()
  }
}

async function allIdle(fixture: Fixture): Promise<boolean> {
  const rest = await Promise.all(
    fixture.hosts.map(async (host) => {
      const state = await stateOn(host, 'api')
      return !['held', 'armed', 'undoing'].includes(state) && (await lockIsFree(host, 'api'))
    }),
  )
  return rest.every((one) => one)
}

async function expectWhole(
  fixture: Fixture,
  former: string,
  version: string,
  { belay, log }: CompletedJob,
  context: string,
) {
  const serve = await versions(fixture)
  for (const one of serve) expect([former, version], context).toContain(one)
  for (const host of fixture.hosts) {
    const link = await host.linkTarget('/srv/api/qa/current')
    const files = await host.run(['ls', `/srv/api/qa/${link}/server.mjs`, `/srv/api/qa/${link}/assets/3.txt`])
    expect(files.status, `${context}\n${host.name}: current is ${link}, which is not whole`).toBe(0)
  }
  if (new Set(serve).size === 2) {
    expect(['mixed', 'unknown', ''], context).toContain(belay)
    if (belay === 'mixed')
      expect(
        fixture.hosts.some(({ target }) => log.includes(`${target}: mixed`) || log.includes(target)),
        context,
      ).toBe(true)
    return
  }
  // Never worded better than it is.
  if (belay === 'committed') expect(serve, context).toEqual([version, version])
  if (belay === 'rolled-back' || belay === 'unchanged') expect(serve, context).toEqual([former, former])
}

/** The slot with the traffic is never touched; in the other one is the whole new release, or nothing runs there. */
async function expectIdleOrFilled(
  fixture: Fixture,
  former: string,
  version: string,
  { belay }: CompletedJob,
  context: string,
) {
  const serve = await slots(fixture)
  for (const one of serve) expect([`${former} ${version}`, `${former} -`], context).toContain(one)
  if (belay === 'committed') expect(new Set(serve), context).toEqual(new Set([`${former} ${version}`]))
  if (belay === 'rolled-back' || belay === 'unchanged')
    expect(new Set(serve), context).toEqual(new Set([`${former} -`]))
  if (new Set(serve).size === 2) expect(['mixed', 'unknown', ''], context).toContain(belay)
}

async function slots(fixture: Fixture): Promise<string[]> {
  return Promise.all(fixture.hosts.map(versionsInSlots))
}

async function versions(fixture: Fixture): Promise<(string | undefined)[]> {
  return Promise.all(fixture.hosts.map((host) => fixture.serves(host, 'api')))
}

export function contextOf(point: FaultPoint, { log, record, belay }: CompletedJob): string {
  return `${point.name}: BELAY_RESULT=${belay}\n${log}\n${record.map((line) => JSON.stringify(line)).join('\n')}`
}
