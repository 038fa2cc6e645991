import { startLoadClient } from '@belay/load'
import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import { type Fixture, type Images, openFixture, pushImages } from './support/fixture.ts'
import { drained } from './support/objects.ts'
import { readPromises, titleOf } from './support/promises.ts'
import { releaseToSlot, switchBack } from './support/slot-release.ts'
import { type SlotScenario, slotScenarios } from './support/slot-scenarios.ts'
import { watchedScenarios } from './support/watched-scenarios.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const promises = readPromises('kubernetes-slots')
const scenarios: Readonly<Record<string, SlotScenario>> = { ...slotScenarios, ...watchedScenarios }

test('every row of the table about slots has a test, and every test a row', () => {
  expect(Object.keys(scenarios).toSorted()).toEqual(promises.map(titleOf).toSorted())
})

describeIf(canStartCluster())('promises of a release to a slot', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  // One of each result.
  const played = sampled(promises, ({ result }) => result, 6)
  test.concurrent.for(played.map((one) => [titleOf(one), one] as const))('%s', async ([title, promised], context) => {
    const scenario = scenarios[title] as SlotScenario
    const fixture = await openFixture(cluster, images, context.onTestFinished)
    if (!scenario.isFirst) {
      const first = await releaseToSlot(fixture, 'v1', scenario.set)
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
    if (promised.users === 'nothing') await expect(fixture.served()).rejects.toThrow('404')
    else await expectServed(fixture, scenario.version ?? (promised.users === 'old' ? 'v1' : 'v2'), played.log)
    scenario.stands(await fixture.state(), before)
    expectNothingLeft(played)
    if (!scenario.staysOpen) await expectFree(fixture, played.log)

    await scenario.tidy?.(fixture, played)
    const next = await releaseToSlot(fixture, 'v3', scenario.set, { inputs: { 'github-token': 'ghs_fake' } })
    const log = `${played.log}\n--- next\n${next.log}`
    expect(next.result, log).toBe('committed')
    await expectServed(fixture, 'v3', log)
  })

  test('users at 200 requests a second are served through a switch, an undo and a rollback', async ({
    onTestFinished,
  }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const first = await releaseToSlot(fixture, 'v1', drained)
    expect(first.result, first.log).toBe('committed')
    await fixture.kubectl('patch', 'service/api', '--type=merge', '--patch={"spec":{"type":"NodePort"}}')
    const { json } = await cluster.mustAsk('GET', `/api/v1/namespaces/${fixture.namespace}/services/api`)
    const url = `http://${cluster.address}:${json.spec.ports[0].nodePort}/`
    // The node's firewall learns of a new port a moment later.
    await vi.waitFor(() => fetch(url), { timeout: 15_000, interval: 100 })
    const users = await startLoadClient({
      url,
      rate: 200,
      connections: 'fresh',
      versionOf: 'header:x-version',
    })
    const undone = await releaseToSlot(fixture, 'v2', drained, { status: 'failure' })
    const moved = await releaseToSlot(fixture, 'v2', drained)
    const back = await switchBack(fixture)
    const { sent, failed, versions } = await users.stop()
    expect([undone.result, moved.result, back.result]).toEqual(['rolled-back', 'committed', 'committed'])
    expect(failed).toEqual([])
    expect(sent).toBeGreaterThan(1000)
    expect(versions.map(({ version }) => version)).toEqual(expect.arrayContaining(['v1', 'v2']))
  })
})

/** A node follows a selector a second or two later. */
async function expectServed(fixture: Fixture, version: string, log: string): Promise<void> {
  await vi.waitFor(async () => expect(await fixture.served(), log).toBe(version), { timeout: 15_000, interval: 300 })
}
