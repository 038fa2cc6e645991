import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import { type Fixture, type Images, openFixture, pushImages, type Released } from './support/fixture.ts'
import { type Promised, readPromises, titleOf } from './support/promises.ts'
import { type Scenario, scenarios } from './support/scenarios.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const promises = readPromises()

function scenarioOf(promised: Promised): Scenario {
  const scenario = scenarios[titleOf(promised)]
  if (!scenario) throw new Error(`no test covers this row of the table: ${titleOf(promised)}`)
  return scenario
}

test('every row of the table has a test, and every test a row', () => {
  expect(Object.keys(scenarios).toSorted()).toEqual(promises.map(titleOf).toSorted())
})

describeIf(canStartCluster())('promises of deploy-kubernetes', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  const played = sampled(promises, ({ result }) => result)
  test.concurrent.for(played.map((one) => [titleOf(one), one] as const))('%s', async ([, promised], context) => {
    const scenario = scenarioOf(promised)
    const fixture = await openFixture(cluster, images, context.onTestFinished)
    const set = scenario.before?.(fixture) ?? {}
    if (!scenario.isFirst) {
      const first = await fixture.release('v1', set)
      expect([first.result, await fixture.served()], first.log).toEqual(['committed', 'v1'])
    }
    await scenario.prepare?.(fixture)
    const before = await fixture.state()

    const played = await scenario.play(fixture)
    const code = played.main.outputs['failure-code'] ?? ''
    expect([played.result, played.conclusion, code], played.log).toEqual([
      promised.result,
      promised.job,
      scenario.code ?? '',
    ])
    await expectUsers(fixture, promised, scenario, played)
    const now = await fixture.state()
    if (scenario.stands) scenario.stands(now, before)
    else if (promised.objects === 'old') expect(now).toEqual(before)
    else if (promised.objects === 'none') expect(now).toEqual({})
    else expect(JSON.stringify(now['deployments/api'])).toContain(images.v2)
    expectNothingLeft(played)
    if (!scenario.staysOpen) await expectFree(fixture, played.log)

    await scenario.tidy?.(fixture, played)
    const next = await fixture.release('v3', set, { inputs: { 'github-token': 'ghs_fake' } })
    expect([next.result, await fixture.served()], `${played.log}\n--- next\n${next.log}`).toEqual(['committed', 'v3'])
    if (promised.objects.endsWith('restored by the next release'))
      expect(next.log).toContain('deployment/api is as before.')
  })
})

async function expectUsers(
  fixture: Fixture,
  { users }: Promised,
  { theirs = '' }: Scenario,
  { log }: Released,
): Promise<void> {
  const wanted = { old: 'v1', new: 'v2', theirs, nothing: '' }[users]
  if (wanted === '') {
    await expect(fixture.served()).rejects.toThrow('404')
    return
  }
  if (users !== 'theirs') return expect(await fixture.served(), log).toBe(wanted)
  // Their change is rolled out by Kubernetes, and by nothing of ours.
  await vi.waitFor(async () => expect(await fixture.served(), log).toBe(wanted), { timeout: 30_000, interval: 500 })
}
