import { type Cluster, canRunHelm } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { chartScenarios, chartState, helm, releaseChart } from './support/chart-scenarios.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import { type Fixture, type Images, openFixture, pushImages } from './support/fixture.ts'
import { type Promised, readPromises, titleOf } from './support/promises.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const promises = readPromises('kubernetes-chart')

test('every row of the table of charts has a test, and every test a row', () => {
  expect(Object.keys(chartScenarios).toSorted()).toEqual(promises.map(titleOf).toSorted())
})

describeIf(canRunHelm())('promises of deploy-kubernetes with a chart', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  const played = sampled(promises, ({ result }) => result)
  test.concurrent.for(played.map((one) => [titleOf(one), one] as const))('%s', async ([title, promised], context) => {
    const scenario = chartScenarios[title]
    if (!scenario) throw new Error(`no test covers this row of the table: ${title}`)
    const fixture = await openFixture(cluster, images, context.onTestFinished)
    if (!scenario.isFirst) {
      const first = await releaseChart(fixture, 'v1')
      expect([first.result, await fixture.served()], first.log).toEqual(['committed', 'v1'])
    }
    await scenario.prepare?.(fixture)
    const before = await chartState(fixture)

    const released = await scenario.play(fixture)
    const code = released.main.outputs['failure-code'] ?? ''
    expect([released.result, released.conclusion, code], released.log).toEqual([
      promised.result,
      promised.job,
      scenario.code ?? '',
    ])
    expectNothingLeft(released)
    await expectServed(fixture, promised)
    const now = await chartState(fixture)
    if (scenario.stands) scenario.stands(now, before)
    else if (promised.objects === 'old') expect(now).toEqual(before)
    else if (promised.objects === 'none') expect(now).toEqual({})
    else expect(JSON.stringify(now['deployments/api'])).toContain(images.v2)
    if (!scenario.repaired) await expectFree(fixture, released.log)

    await scenario.tidy?.(fixture, released)
    const next = await releaseChart(fixture, 'v3', scenario.next, { inputs: { 'github-token': 'ghs_fake' } })
    expect([next.result, await fixture.served()], `${released.log}\n--- next\n${next.log}`).toEqual(['committed', 'v3'])
    if (scenario.repaired) expect(next.log).toMatch(scenario.repaired)
    expect(await helm(fixture, 'history', 'api')).toMatch(/deployed.*belay \S+\s*$/)
  })
})

async function expectServed(fixture: Fixture, { users }: Promised): Promise<void> {
  const wanted = { old: 'v1', new: 'v2', theirs: 'v3', nothing: '' }[users]
  if (wanted === '') return
  if (users !== 'theirs') return expect(await fixture.served()).toBe(wanted)
  // Their change is rolled out by Kubernetes, and by nothing of ours.
  await vi.waitFor(async () => expect(await fixture.served()).toBe(wanted), { timeout: 30_000 })
}
