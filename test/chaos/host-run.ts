import { holdAt, type TestHost } from '@belay/test-hosts'
import { expect } from 'vitest'
import { type CompletedJob, type Fixture, type JobStep, waitFor } from '../support/fixture.ts'
import { base, blue, routeTraffic, slotInputs, versionsInSlots } from '../support/slots.ts'
import { allIdle, type Chain, openChain } from './chain.ts'
import type { HostPoint } from './host-points.ts'
import { promisedAt, type Served } from './host-promises.ts'
import { openHosts } from './hosts.ts'
import { watch } from './oracle.ts'
import { strikeHost } from './strike.ts'
import type { Strike } from './struck.ts'

/** The disk of a host that can be filled. */
const disk = '60m'

/** A job of one kind of release on two hosts of its own. */
interface Scene extends Pick<Chain, 'proxies' | 'steps' | 'close'> {
  readonly fixture: Fixture
  /** For each host what it serves, `strange: …` where that is no whole release. */
  served(): Promise<(Served | `strange: ${string}`)[]>
  /** The version that each host serves, or has in the slot that was filled. */
  newest(): Promise<string[]>
}

async function openScene(point: HostPoint): Promise<Scene> {
  if (!point.proxy) return openAlone(point)
  const chain = await openChain(point.proxy, { disk })
  return {
    ...chain,
    served: async () => (await chain.state()).map(wordFor(['v1: v1 -'], 'v2: v1 v2')),
    newest: chain.users,
  }
}

async function openAlone({ slots }: HostPoint): Promise<Scene> {
  const fixture = await openHosts({ disk })
  const contents = () =>
    Promise.all(
      fixture.hosts.map(async (host) => (slots ? versionsInSlots(host) : ((await fixture.serves(host, 'api')) ?? '-'))),
    )
  return {
    fixture,
    proxies: [],
    async steps(version, inputs = {}) {
      const source = await fixture.release('api', version)
      return [fixture.deploy('api', source, { version, ...(slots && slotInputs), ...inputs })]
    },
    served: async () => (await contents()).map(slots ? wordFor(['v1 -'], 'v1 v2') : wordFor(['v1'], 'v2')),
    newest: async () => (await contents()).map((one) => one.split(' ').at(-1) ?? ''),
    close: () => fixture.close(),
  }
}

function wordFor(old: readonly string[], whole: string): (state: string) => Served | `strange: ${string}` {
  return (state) => (old.includes(state) ? 'old' : state === whole ? 'new' : `strange: ${state}`)
}

/** Runs one point: v1 is released, v2 is struck, then v3 must be released as if nothing had been. */
export async function testHostPoint(point: HostPoint): Promise<void> {
  const staged = await openScene(point)
  const { fixture, proxies } = staged
  try {
    const first = await fixture.job('v1', await staged.steps('v1'))
    expect(first.belay, first.log).toBe('committed')
    if (point.slots && !point.proxy) await Promise.all(fixture.hosts.map((host) => routeTraffic(host, blue)))
    const oracle = watch(proxies, ['v1', 'v2', 'v3', 'v9'])
    const [struck, completed] = await releaseStruck(staged, point)
    const context = `${point.name}\n${struck.map(({ proof }) => proof).join('\n')}\n${contextOf(completed)}`
    await waitFor(`every host is at rest after ${context}`, 180, () => allIdle(fixture))
    for (const { expectKept } of struck) await expectKept?.()
    await expectPromised(staged, point, completed, context)

    for (const { repair } of struck) await repair?.()
    const after = await fixture.job('v3', await staged.steps('v3'))
    expect(after.belay, `${context}\n=== and then\n${contextOf(after)}`).toBe('committed')
    expect(new Set(await staged.newest()), `${context}\n=== and then\n${after.log}`).toEqual(new Set(['v3']))
    if (proxies.length > 0) await expect(oracle.stop(), context).resolves.toBeGreaterThan(0)
  } finally {
    await staged.close()
  }
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
  const { runner, host } = boundary
  const completed = runner
    ? await fixture.job('v2', steps, { pause: { step: `release/${step}`, ...runner, inject: strike } })
    : await jobHeldOnHosts(staged, point, fixture.job.bind(fixture, 'v2', steps), host as never, strike)
  if (failure) throw new Error(`${point.name}: it was not struck: ${failure}\n${contextOf(completed)}`)
  if (!struck) throw new Error(`${point.name}: the boundary was never reached: ${contextOf(completed)}`)
  return [struck, completed]
}

async function jobHeldOnHosts(
  { fixture }: Scene,
  point: HostPoint,
  start: () => Promise<CompletedJob>,
  moment: NonNullable<HostPoint['boundary']['host']>,
  strike: () => Promise<void>,
): Promise<CompletedJob> {
  const change = point.step === 'traffic' ? 'move' : 'release'
  const holds = await Promise.all(struckHosts(fixture, point).map((host) => holdAt(host, { ...moment, base, change })))
  let over = false
  const running = start().finally(() => {
    over = true
  })
  const areHeld = async () => (await Promise.all(holds.map(({ isHeld }) => isHeld()))).every(Boolean)
  let reached = await areHeld()
  while (!reached && !over) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    reached = await areHeld()
  }
  try {
    if (reached) await strike()
  } finally {
    await Promise.all(holds.map(({ release }) => release()))
  }
  return running
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

function contextOf({ log, record, belay }: CompletedJob): string {
  return `BELAY_RESULT=${belay}\n${log}\n${record.map((one) => JSON.stringify(one)).join('\n')}`
}
