import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { type Fixture, type Images, openFixture, pushImages } from './support/fixture.ts'
import { type Promised, readPromises, titleOf } from './support/promises.ts'
import { type RollbackScenario, rollbackScenarios } from './support/rollback-scenarios.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const promises = readPromises('kubernetes-rollback')

function scenarioOf(promised: Promised): RollbackScenario {
  const scenario = rollbackScenarios[titleOf(promised)]
  if (!scenario) throw new Error(`no test covers this row of the table: ${titleOf(promised)}`)
  return scenario
}

test('every row of the table has a test, and every test a row', () => {
  expect(Object.keys(rollbackScenarios).toSorted()).toEqual(promises.map(titleOf).toSorted())
})

describeIf(canStartCluster())('promises of going back', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  test.concurrent.for(promises.map((one) => [titleOf(one), one] as const))('%s', async ([, promised], context) => {
    const { prepare, play, code = '', version, check } = scenarioOf(promised)
    const fixture = await openFixture(cluster, images, context.onTestFinished)
    await prepare(fixture)
    const before = await fixture.state()
    const servedBefore = await fixture.served()

    const played = await play(fixture)
    const { log, main, result, conclusion } = played
    expect([result, conclusion, main.outputs['failure-code'] ?? ''], log).toEqual([promised.result, promised.job, code])
    const now = await fixture.state()
    if (promised.users === 'old') {
      expect(now, log).toEqual(before)
      expect(await fixture.served(), log).toBe(servedBefore)
    } else {
      expect(version, 'the version that was asked for').toBeDefined()
      expect(await fixture.served(), log).toBe(version)
    }
    await check?.(fixture, played, now, before)
    expect(played.job.texts(), log).not.toMatch(/first-secret|second-secret/)
    expect(played.job.leftovers(), log).toEqual([])
    await expectFree(fixture, log)

    const next = await fixture.release('v3', { mode: 'next' })
    expect([next.result, await fixture.served()], `${log}\n--- next\n${next.log}`).toEqual(['committed', 'v3'])
  })
})

/** The lock is free, nothing of the undo is left, and no kept release holds a Secret's data. */
async function expectFree({ cluster, namespace }: Fixture, log: string): Promise<void> {
  const lease = await cluster.ask('GET', `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/belay-api-qa`)
  const state = lease.json.metadata.annotations['belay-actions.github.io/state']
  expect([lease.json.spec.holderIdentity, state], log).toEqual(['', expect.not.stringMatching(/^open /)])
  const secrets = await cluster.ask('GET', `/api/v1/namespaces/${namespace}/secrets`)
  const maps = await cluster.ask('GET', `/api/v1/namespaces/${namespace}/configmaps`)
  const names = [...secrets.json.items, ...maps.json.items].map(
    (one: { metadata: { name: string } }) => one.metadata.name,
  )
  expect(
    names.filter((name) => /^belay-(?!api-qa-kept-)/.test(name)),
    log,
  ).toEqual([])
}
