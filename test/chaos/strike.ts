import type { Controller } from '@belay/workflow-runner'
import { expect } from 'vitest'
import { type JobStep, lockIsFree, openScene, type Played, type Scene, stateOn, until } from '../support/scene.ts'
import { blue, inSlots, route, slotted } from '../support/slots.ts'
import type { Point } from './points.ts'

/** Plays one point on two hosts of its own, which serve v1 when it begins. */
export async function playPoint(point: Point): Promise<void> {
  const scene = await openScene()
  try {
    const first = await scene.job('v1', [await deploy(scene, point, 'v1')])
    expect(first.belay, first.log).toBe('committed')
    if (point.slots) await Promise.all(scene.hosts.map((host) => route(host, blue)))
    await strike(scene, point, 'v1', 'v2')
  } finally {
    await scene.close()
  }
}

async function deploy(scene: Scene, { slots }: Point, version: string, inputs = {}): Promise<JobStep> {
  const source = await scene.release('api', version)
  return scene.deploy('api', source, { version, ...(slots && slotted), ...inputs })
}

/**
 * Releases `version` over `former` with one fault at one boundary, then holds against it what is promised of every
 * release: every host serves a whole release, old or new, the result says so, locks come back, and the next succeeds.
 */
async function strike(scene: Scene, point: Point, former: string, version: string): Promise<void> {
  const played = await scene.job(version, [await deploy(scene, point, version, { 'confirm-timeout': '6s' })], {
    pause: {
      step: `release/${point.step}`,
      stage: point.stage,
      match: point.match,
      nth: point.nth,
      harm: (controller) => harm(scene, point, controller),
    },
  })
  const context = contextOf(point, played)
  expect(played.paused, `the boundary was never reached: ${context}`).toBe(true)
  // Six seconds, sixty more where the host was asked, and the way back; a lease where nothing was armed.
  await until(`every host is at rest after ${point.name}`, 80, () => atRest(scene))
  if (point.slots) await expectIdleOrFilled(scene, former, version, played, context)
  else await expectWhole(scene, former, version, played, context)

  const next = `${version}-next`
  const after = await scene.job(next, [await deploy(scene, point, next)])
  expect(after.belay, contextOf(point, after)).toBe('committed')
  if (point.slots) expect(await slots(scene)).toEqual([`${former} ${next}`, `${former} ${next}`])
  else expect(await versions(scene)).toEqual([next, next])
}

export async function harm(scene: Scene, { fault, hosts }: Point, controller: Controller): Promise<void> {
  switch (fault) {
    case 'kill':
      return controller.kill()
    case 'cancel':
      return controller.cancel()
    case 'lose-runner':
      return controller.loseRunner()
    case 'cut':
      for (const { link } of scene.hosts.slice(0, hosts)) link.cut()
  }
}

async function atRest(scene: Scene): Promise<boolean> {
  const rest = await Promise.all(
    scene.hosts.map(async (host) => {
      const state = await stateOn(host, 'api')
      return !['held', 'armed', 'undoing'].includes(state) && (await lockIsFree(host, 'api'))
    }),
  )
  return rest.every((one) => one)
}

async function expectWhole(scene: Scene, former: string, version: string, { belay, log }: Played, context: string) {
  const serve = await versions(scene)
  for (const one of serve) expect([former, version], context).toContain(one)
  for (const host of scene.hosts) {
    const link = await host.linkTarget('/srv/api/qa/current')
    const files = await host.run(['ls', `/srv/api/qa/${link}/server.mjs`, `/srv/api/qa/${link}/assets/3.txt`])
    expect(files.status, `${context}\n${host.name}: current is ${link}, which is not whole`).toBe(0)
  }
  if (new Set(serve).size === 2) {
    expect(['mixed', 'unknown', ''], context).toContain(belay)
    if (belay === 'mixed')
      expect(
        scene.hosts.some(({ target }) => log.includes(`${target}: mixed`) || log.includes(target)),
        context,
      ).toBe(true)
    return
  }
  // Never worded better than it is.
  if (belay === 'committed') expect(serve, context).toEqual([version, version])
  if (belay === 'rolled-back' || belay === 'unchanged') expect(serve, context).toEqual([former, former])
}

/** The slot with the traffic is never touched; in the other one is the whole new release, or nothing runs there. */
async function expectIdleOrFilled(scene: Scene, former: string, version: string, { belay }: Played, context: string) {
  const serve = await slots(scene)
  for (const one of serve) expect([`${former} ${version}`, `${former} -`], context).toContain(one)
  if (belay === 'committed') expect(new Set(serve), context).toEqual(new Set([`${former} ${version}`]))
  if (belay === 'rolled-back' || belay === 'unchanged')
    expect(new Set(serve), context).toEqual(new Set([`${former} -`]))
  if (new Set(serve).size === 2) expect(['mixed', 'unknown', ''], context).toContain(belay)
}

async function slots(scene: Scene): Promise<string[]> {
  return Promise.all(scene.hosts.map(inSlots))
}

async function versions(scene: Scene): Promise<(string | undefined)[]> {
  return Promise.all(scene.hosts.map((host) => scene.serves(host, 'api')))
}

export function contextOf(point: Point, { log, record, belay }: Played): string {
  return `${point.name}: BELAY_RESULT=${belay}\n${log}\n${record.map((line) => JSON.stringify(line)).join('\n')}`
}
