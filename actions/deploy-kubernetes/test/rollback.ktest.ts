import { readFileSync } from 'node:fs'
import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import { type Images, openFixture, pushImages, releaseIn } from './support/fixture.ts'
import { setOf } from './support/objects.ts'
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

  const rows = sampled(promises, ({ result }) => result)
  test.concurrent.for(rows.map((one) => [titleOf(one), one] as const))('%s', async ([, promised], context) => {
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
    expectNothingLeft(played)
    await expectFree(fixture, log)

    const next = await fixture.release('v3', { mode: 'next' })
    expect([next.result, await fixture.served()], `${log}\n--- next\n${next.log}`).toEqual(['committed', 'v3'])
  })

  test('the role that preflight prints is enough for it, and to delete what is dropped', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const extra = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'extra' }, data: { a: 'b' } }
    const inputs = fixture.inputs(setOf(images.v1))
    const printed = await fixture
      .job('v1')
      .step('deploy-kubernetes')
      .main({ ...inputs, command: 'preflight' })
    const role = parse(/^apiVersion: rbac[\s\S]*?(?=^No right)/m.exec(printed.log)?.[0] ?? '')
    const access = {
      kubeconfig: '',
      server: cluster.server,
      ca: readFileSync(cluster.caFile, 'utf8'),
      token: await cluster.tokenFor(fixture.namespace, role.rules),
    }
    const given = { ...access, 'keep-releases': '5' }
    for (const version of ['v1', 'v2'] as const) {
      const change = version === 'v2' ? { mode: 'loud', more: [extra] } : {}
      const released = await fixture.release(version, change, { inputs: given })
      expect(released.result, released.log).toBe('committed')
    }
    const back = await releaseIn(fixture.job('v3'), { ...inputs, ...given, command: 'rollback' })
    expect([back.result, await fixture.served()], back.log).toEqual(['committed', 'v1'])
    expect(await fixture.kubectl('get', 'configmaps', '-o', 'name')).not.toContain('configmap/extra')
    expect(back.main.outputs).toMatchObject({ sha: '1'.repeat(40), result: 'committed' })

    const again = await releaseIn(fixture.job('v3'), {
      ...inputs,
      ...given,
      command: 'rollback',
      version: '1'.repeat(40),
    })
    expect(again.result, again.log).toBe('noop')
    const tried = await releaseIn(fixture.job('v3'), {
      ...inputs,
      ...given,
      command: 'rollback',
      version: '2'.repeat(40),
      'dry-run': 'true',
    })
    expect([tried.main.outputs.result, await fixture.served()], tried.log).toEqual(['unchanged', 'v1'])
    expect(readFileSync(tried.main.outputs.diff ?? '', 'utf8')).toContain('+ configmap/extra is created')
  })
})
