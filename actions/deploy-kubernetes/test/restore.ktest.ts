import { type Cluster, canRunHelm, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { chartState, releaseChart } from './support/chart-scenarios.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import {
  type Fixture,
  type Images,
  openFixture,
  pushImages,
  type Released,
  type ReleaseOptions,
  type Version,
} from './support/fixture.ts'
import { type LostScenario, lostScenarios, recordLostRun, restoreAfter } from './support/lost-scenarios.ts'
import { readRows } from './support/promises.ts'
import { releaseToSlot } from './support/slot-release.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const columns = 'the lost job,restore,result,job,users get,objects stand'
const promises = readRows('kubernetes-lost', columns).map(
  ([main = '', restore = '', result = '', job = '', users = '', objects = '']) => ({
    title: `${main} / ${restore}`,
    ...{ result, job, users, objects },
  }),
)

test('every row of the table of lost runners has a test, and every test a row', () => {
  expect(Object.keys(lostScenarios).toSorted()).toEqual(promises.map(({ title }) => title).toSorted())
})

function releaseBy(
  { way }: LostScenario,
  fixture: Fixture,
  version: Version,
  options: ReleaseOptions = {},
): Promise<Released> {
  const { inputs = {} } = options
  if (way === 'slots') return releaseToSlot(fixture, version, {}, { inputs })
  return way === 'chart' ? releaseChart(fixture, version, {}, options) : fixture.release(version, {}, options)
}

describeIf(canStartCluster() ?? canRunHelm())('promises of command: restore', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  const played = sampled(promises, ({ result }) => result, 6)
  test.concurrent.for(played.map((one) => [one.title, one] as const))('%s', async ([title, promised], context) => {
    const scenario = lostScenarios[title] as LostScenario
    const fixture = await openFixture(cluster, images, context.onTestFinished)
    const stateOf = () => (scenario.way === 'chart' ? chartState(fixture) : fixture.state())
    if (!scenario.isFirst) {
      const first = await releaseBy(scenario, fixture, 'v1')
      expect([first.result, await fixture.served()], first.log).toEqual(['committed', 'v1'])
    }
    const before = await stateOf()
    const lost = await scenario.lose(fixture)
    await scenario.between?.(fixture, lost)
    const endRun = recordLostRun(
      fixture,
      lost,
      scenario.others ? [{ name: 'b', status: 'in_progress', runner: 'runner-3' }] : [],
    )

    const restored = await restoreAfter(fixture, lost, await scenario.options?.(fixture))
    const log = `${lost.log}\n--- restore\n${restored.log}`
    const code = restored.main.outputs['failure-code'] ?? ''
    expect([restored.result, restored.conclusion, code], log).toEqual([
      promised.result,
      promised.job,
      scenario.code ?? '',
    ])
    expect(log).toContain(scenario.says ?? '')
    const now = await stateOf()
    if (scenario.stands) scenario.stands(now, before)
    else if (promised.objects === 'old') expect(now).toEqual(before)
    else if (promised.objects === 'none') expect(now).toEqual({})
    else expect(JSON.stringify(now['deployments/api'])).toContain(images.v2)
    await expectUsers(fixture, promised.users, scenario, log)
    expectNothingLeft(restored)
    if (!scenario.staysOpen) await expectFree(fixture, log)
    // Again it has nothing to do.
    if (promised.job === 'green') expect((await restoreAfter(fixture, lost)).result).toBe('noop')

    await scenario.tidy?.(fixture)
    endRun()
    const next = await releaseBy(scenario, fixture, 'v3', { inputs: { 'github-token': 'ghs_fake' } })
    expect(next.result, `${log}\n--- next\n${next.log}`).toBe('committed')
  })
})

/** A node follows a selector a second or two later. */
async function expectUsers(fixture: Fixture, users: string, { theirs = '' }: LostScenario, log: string): Promise<void> {
  if (users === 'nothing') return expect(fixture.served()).rejects.toThrow('404')
  const wanted = { old: 'v1', new: 'v2', theirs }[users]
  await vi.waitFor(async () => expect(await fixture.served(), log).toBe(wanted), { timeout: 30_000, interval: 300 })
}
