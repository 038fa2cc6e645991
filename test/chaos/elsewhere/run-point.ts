import type { TestHost } from '@belay/test-hosts'
import type { RunController } from '@belay/workflow-runner'
import { expect } from 'vitest'
import { type CompletedJob, waitFor } from '../../support/fixture.ts'
import { allIdle } from '../chain.ts'
import { watch } from '../oracle.ts'
import { strikeHost } from '../strike.ts'
import type { Strike } from '../struck.ts'
import { passTime } from './act.ts'
import { expectOneActive, expectRolesFollow, newSlot, oldSlot } from './at-rest.ts'
import { follow } from './by-hand.ts'
import { excuseHost } from './central-proxy.ts'
import { type Lab, openLab } from './lab.ts'
import type { ElsewherePoint } from './points.ts'

/** Runs one point: v1 is released, v2 is struck, then v3 must be released as if nothing had been. */
export async function testElsewherePoint(point: ElsewherePoint): Promise<void> {
  const lab = await openLab({ driver: point.driver, disk: '60m' })
  let oracle: ReturnType<typeof watch> | undefined
  try {
    const first = await lab.job('v1', await lab.steps('v1'))
    expect(first.belay, first.log).toBe('committed')
    oracle = watch(lab.proxies, ['v1', 'v2', 'v3'])
    const [struck, completed] = await releaseStruck(lab, point)
    const context = `${point.name}\n${struck?.proof ?? ''}\n${contextOf(completed)}`
    await passTime(lab).catch((error: Error) => expect.fail(`${error.message}\n${context}`))
    await waitFor(`every host is at rest after ${context}`, 60, () => allIdle(lab.fixture))
    await struck?.expectKept?.()
    await expectHonest(lab, point, completed, context)

    await struck?.repair?.()
    if (new Set(await usersOf(lab)).size > 1) await follow(lab, 1, 0)
    const after = await lab.job('v3', await lab.steps('v3'))
    expect(after.belay, `${context}\n=== and then\n${contextOf(after)}`).toBe('committed')
    expect(await lab.users(), after.log).toBe('v3 | v3')
    await expectRolesFollow(lab, 'v3')
    await expect(oracle.stop(), context).resolves.toBeGreaterThan(0)
  } finally {
    await oracle?.stop().catch(() => {})
    await lab.close()
  }
}

/** Releases v2 with the fault at the boundary. Throws where it was not struck there: then the point does not count. */
async function releaseStruck(lab: Lab, point: ElsewherePoint): Promise<[Strike | undefined, CompletedJob]> {
  const { boundary, decision } = point
  const steps = await lab.steps('v2')
  if (decision === 'undo') steps.push({ id: 'later', run: 'exit 1' })
  let struck: Strike | undefined
  let failure: unknown
  const inject = async (controller: RunController) => {
    try {
      struck = await strike(lab, point, controller)
    } catch (error) {
      failure = error
    }
  }
  const { step, stage, match } = boundary
  const completed = await lab.job('v2', steps, { pause: { step: `release/${step}`, stage, match, inject } })
  if (failure) throw new Error(`${point.name}: it was not struck: ${failure}\n${contextOf(completed)}`)
  expect(completed.paused, `${point.name}: the boundary was never reached: ${contextOf(completed)}`).toBe(true)
  return [struck, completed]
}

async function strike(lab: Lab, point: ElsewherePoint, controller: RunController): Promise<Strike | undefined> {
  const struck = struckHosts(lab, point)
  switch (point.fault) {
    case 'kill':
      await controller.kill()
      return undefined
    case 'cancel':
      await controller.cancel()
      return undefined
    case 'lose-runner':
      await controller.loseRunner()
      return undefined
    case 'cut':
      for (const { link } of struck) link.cut()
      return undefined
    case 'second job':
      return runSecondJob(lab)
    default:
      return strikeOne(lab, { ...point, fault: point.fault }, struck[0] as TestHost)
  }
}

function struckHosts({ fixture, slotHosts, proxyHosts }: Lab, { role }: ElsewherePoint): readonly TestHost[] {
  if (role === undefined) return fixture.hosts
  return (role === 'proxy' ? proxyHosts : slotHosts).slice(0, 1)
}

async function strikeOne(
  lab: Lab,
  point: ElsewherePoint & { fault: Parameters<typeof strikeHost>[0]['fault'] },
  host: TestHost,
) {
  const proxy = point.role === 'proxy' ? lab.proxies[0] : undefined
  const struck = strikeHost({ fault: point.fault, slots: true, step: proxy ? 'traffic' : 'api' }, host, proxy)
  if (point.fault === 'reboot' && !proxy) excuseHost(lab.proxies, host, struck)
  return struck
}

/** Another run comes and is refused by the lock of the slot hosts. */
async function runSecondJob(lab: Lab): Promise<Strike> {
  const { belay, log, job } = await lab.job('v9', await lab.steps('v9', { 'lock-timeout': '1s' }))
  const code = job.steps.map(({ outputs }) => outputs['failure-code']).find(Boolean)
  if (code !== 'lock-held') throw new Error(`the second job ended ${belay} (${code}):\n${log}`)
  return { proof: `the second job: ${code}` }
}

/**
 * At rest each proxy sends all users to one release, every slot host has one active slot, and the result is worded no better
 * than that (rule 15). A proxy of which a person changed a weight may send its users to both.
 */
async function expectHonest(
  lab: Lab,
  point: ElsewherePoint,
  { belay, record }: CompletedJob,
  context: string,
): Promise<void> {
  const users = await usersOf(lab)
  const slots = await Promise.all(
    lab.slotHosts.map(async (host) => [await lab.slotOn(host, newSlot), await lab.slotOn(host, oldSlot)] as const),
  )
  const said = `users: ${users.join(' | ')}; slots, new and old: ${JSON.stringify(slots)}\n${context}`
  const isSplit = point.fault === 'edit by hand' && users.includes('v1 v2')
  for (const version of users) expect(isSplit ? ['v1', 'v2', 'v1 v2'] : ['v1', 'v2'], said).toContain(version)
  expectTrueOfEach(lab, record, users, said)
  const isWhole = new Set(users).size === 1 && !isSplit
  if (!isWhole) expect(['mixed', 'unknown', 'undo-started', ''], said).toContain(belay)
  for (const both of slots) expectOneActive(both, said)
  const isUndone = belay === 'rolled-back' || belay === 'unchanged'
  if (belay === 'committed') expect(users, said).toEqual(['v2', 'v2'])
  if (isUndone) expect(users, said).toEqual(['v1', 'v1'])
  for (const [fresh, former] of slots) {
    if (belay === 'committed') expect([fresh.version, fresh.role, former.role], said).toEqual(['v2', 'active', 'idle'])
    if (isUndone) expect([former.version, former.role, fresh.version], said).toEqual(['v1', 'active', '-'])
    // Both keep running where it is not certain that no proxy sends traffic there.
    if (!isWhole && !isSplit) expect([fresh.version, former.version], said).toEqual(['v2', 'v1'])
  }
  const allowed = resultsAt(point)
  if (allowed) expect(allowed, said).toContain(belay)
}

/** A proxy that was reported as rolled back sends all users to v1 (rule 15). */
function expectTrueOfEach(lab: Lab, record: CompletedJob['record'], users: readonly string[], said: string): void {
  for (const [number, { address }] of lab.proxyHosts.entries()) {
    const ended = record
      .filter((line) => line.event === 'outcome')
      .filter(({ target }) => target.includes(`@${address}:`))
    if (ended.at(-1)?.result === 'rolled-back') expect(users[number], said).toBe('v1')
  }
}

const usersOf = async (lab: Lab) => (await lab.users()).split(' | ')

/** The results that the table of promises has for such a fault; undefined: what was reached in time decides. */
function resultsAt({ fault, boundary: { stage, progress }, decision }: ElsewherePoint): readonly string[] | undefined {
  if (fault === 'lose-runner') return progress === 'ended' ? undefined : ['unknown', '']
  if (fault === 'second job') return ['committed']
  if (stage === 'main' && (fault === 'kill' || fault === 'cancel')) return ['rolled-back', 'unchanged']
  // Once all had answered it is confirmed (rule 8).
  if (fault === 'kill the process' && progress === 'decided')
    return [decision === 'commit' ? 'committed' : 'rolled-back']
  if (fault === 'kill the process') return ['rolled-back', 'unchanged', 'mixed']
  return undefined
}

function contextOf({ log, record, belay }: CompletedJob): string {
  return `BELAY_RESULT=${belay}\n${log}\n${record.map((one) => JSON.stringify(one)).join('\n')}`
}
