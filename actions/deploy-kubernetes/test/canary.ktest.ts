import { get } from 'node:http'
import { startLoadClient } from '@belay/load'
import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { releaseWithCanary } from './support/canary-release.ts'
import { type CanaryScenario, canaryScenarios } from './support/canary-scenarios.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import { type Fixture, type Images, openFixture, pushImages, releaseIn } from './support/fixture.ts'
import { drained, setOf } from './support/objects.ts'
import { readPromises, titleOf } from './support/promises.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const promises = readPromises('kubernetes-canary')

test('every row of the table about canaries has a test, and every test a row', () => {
  expect(Object.keys(canaryScenarios).toSorted()).toEqual(promises.map(titleOf).toSorted())
})

/** The versions that answer, for what a row says that users get. */
const versions: Readonly<Record<string, readonly string[]>> = {
  old: ['v1'],
  new: ['v2'],
  'old, a share new': ['v1', 'v2'],
}

describeIf(canStartCluster())('promises of a release with a canary', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  const played = sampled(promises, ({ result }) => result, 4)
  test.concurrent.for(played.map((one) => [titleOf(one), one] as const))('%s', async ([title, promised], context) => {
    const scenario = canaryScenarios[title] as CanaryScenario
    const fixture = await openFixture(cluster, images, context.onTestFinished)
    const first = await fixture.release('v1')
    expect([first.result, await fixture.served()], first.log).toEqual(['committed', 'v1'])
    const before = await fixture.state()

    const played = await scenario.play(fixture)
    const code = played.main.outputs['failure-code'] ?? ''
    expect([played.result, played.conclusion, code], played.log).toEqual([
      promised.result,
      promised.job,
      scenario.code ?? '',
    ])
    await expectServed(fixture, versions[promised.users] ?? [], played.log)
    const now = await fixture.state()
    if (scenario.stands) scenario.stands(now, before, fixture)
    else expect(now).toEqual(before)
    expectNothingLeft(played)
    if (!scenario.staysOpen) await expectFree(fixture, played.log)

    await scenario.tidy?.(fixture, played)
    const next = await fixture.release('v3', {}, { inputs: { 'github-token': 'ghs_fake' } })
    const log = `${played.log}\n--- next\n${next.log}`
    expect([next.result, Object.keys(await fixture.state()).includes('deployments/api-canary')], log).toEqual([
      'committed',
      false,
    ])
    await expectServed(fixture, ['v3'], log)
  })

  test('is refused where nothing could stand beside it, before anything changes', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const { kubectl } = fixture
    const set = (version: 'v1' | 'v2') => setOf(images[version]).filter((one) => !isService(one))
    const codeOf = async () => {
      const inputs = fixture.inputs(set('v2'), { canary: '50%', 'dry-run': 'true' })
      return (await fixture.job('v2').step('deploy-kubernetes').main(inputs)).outputs['failure-code']
    }
    // A first release has no canary, and is not refused.
    expect(await codeOf()).toBe('')
    const first = await releaseIn(fixture.job('v1'), fixture.inputs(set('v1')))
    expect(first.result, first.log).toBe('committed')
    // Nothing leads to the pods: the canary of a worker needs no Service.
    expect(await codeOf()).toBe('')
    await kubectl('create', 'deployment', 'api-canary', `--image=${images.v3}`)
    expect(await codeOf()).toBe('canary-exists')
    await kubectl('delete', 'deployment/api-canary')
    const template = { metadata: { labels: { track: 'stable' } } }
    await kubectl('patch', 'deployment/api', '--type=merge', `--patch=${JSON.stringify({ spec: { template } })}`)
    await kubectl('expose', 'deployment/api', '--port=80', '--selector=app=api,track=stable')
    expect(await codeOf()).toBe('selector-too-narrow')
  })

  test('at 200 requests a second a share of them gets the canary, and none fails', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const first = await fixture.release('v1', drained)
    expect(first.result, first.log).toBe('committed')
    await fixture.kubectl('patch', 'service/api', '--type=merge', '--patch={"spec":{"type":"NodePort"}}')
    const { json } = await cluster.mustAsk('GET', `/api/v1/namespaces/${fixture.namespace}/services/api`)
    const url = `http://${cluster.address}:${json.spec.ports[0].nodePort}/`
    // The node's firewall learns of a new port a moment later.
    await vi.waitFor(() => fetch(url), { timeout: 15_000, interval: 100 })
    const users = await startLoadClient({ url, rate: 200, connections: 'fresh', versionOf: 'header:x-version' })
    let share = 0
    const released = await releaseWithCanary(fixture, 'v2', drained, {
      async between() {
        // A node learns of a new pod a second later.
        await vi.waitFor(async () => expect(await shareOf('v2', url, 20)).toBeGreaterThan(0), { timeout: 15_000 })
        share = await shareOf('v2', url, 200)
      },
    })
    const undone = await releaseWithCanary(fixture, 'v3', drained, { gateFails: true })
    const { sent, failed } = await users.stop()
    expect([released.result, undone.result]).toEqual(['committed', 'rolled-back'])
    // One of three pods.
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.47)
    expect(sent).toBeGreaterThan(1000)
    expect(failed).toEqual([])
  })
})

const isService = (object: object) => 'kind' in object && object.kind === 'Service'

/** The part of connections that a version answers. */
async function shareOf(version: string, url: string, connections: number): Promise<number> {
  let own = 0
  for (let asked = 0; asked < connections; asked++) {
    const answered = await new Promise<unknown>((resolve, reject) => {
      get(url, { agent: false }, (answer) => resolve(answer.resume().headers['x-version'])).on('error', reject)
    })
    if (answered === version) own++
  }
  return own / connections
}

/** Asks until these versions have answered and no other one does: nodes follow a second or two later. */
async function expectServed(fixture: Fixture, wanted: readonly string[], log: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const seen = new Set<string>()
      for (let asked = 0; asked < (wanted.length > 1 ? 20 : 6); asked++) seen.add(await fixture.served())
      expect([...seen].toSorted(), log).toEqual(wanted)
    },
    { timeout: 15_000, interval: 300 },
  )
}
