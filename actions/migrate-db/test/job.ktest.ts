import { readFileSync } from 'node:fs'
import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { canStartPostgres, type Postgres, startPostgres } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { describeIf } from '../../../test/support/need.ts'
import { sampled } from '../../../test/support/sampled.ts'
import { releaseIn } from '../../deploy-kubernetes/test/support/fixture.ts'
import { readRows, titleOf } from '../../deploy-kubernetes/test/support/promises.ts'
import { openJobFixture } from './support/job-fixture.ts'
import { jobScenarios } from './support/job-scenarios.ts'

// The manifest is support/job.yml, as the README shows it.
vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

const promises = readRows('kubernetes-jobs', 'main,decision,runner,result,job,the Job,schema').map(
  ([main = '', decision = '', runner = '', result = '', job = '', kept = '']) => ({
    main,
    decision,
    runner,
    result,
    job,
    kept,
  }),
)

test('every row of the table has a test, and every test a row', () => {
  expect(Object.keys(jobScenarios).toSorted()).toEqual(promises.map(titleOf).toSorted())
})

describeIf(canStartCluster() ?? canStartPostgres())('migrations by a Job', () => {
  let cluster: Cluster
  let postgres: Postgres
  beforeAll(async () => {
    cluster = sharedCluster()
    postgres = await startPostgres({ trust: true })
    cluster.reach(postgres.port)
  })
  afterAll(() => postgres?.stop())

  const played = sampled(promises, ({ result }) => result, 4)
  test.concurrent.for(played.map((one) => [titleOf(one), one] as const))('%s', async ([title, promised], context) => {
    const scenario = jobScenarios[title]
    if (!scenario) throw new Error(`no test covers this row of the table: ${title}`)
    const fixture = await openJobFixture(cluster, postgres, context.onTestFinished)
    const played = await scenario.play(fixture)
    const code = played.main.outputs['failure-code'] ?? ''
    expect([played.result, played.conclusion, code], played.log).toEqual([
      promised.result,
      promised.job,
      scenario.code ?? '',
    ])
    if (scenario.says !== undefined) expect(played.log).toContain(scenario.says)
    expect(await fixture.tables(), played.log).toEqual(scenario.tables)
    const left = { none: [0, 0], removed: [0, 0], kept: [0, 1], runs: [1, 0] }[promised.kept.split(',')[0] ?? '']
    const { running, ended } = await fixture.jobs()
    expect([running, ended], played.log).toEqual(left)
    expect(played.job.texts(), played.log).not.toContain('pass-of-the-cluster')
    if (played.post) expect(played.job.leftovers()).toEqual([])
    if (!scenario.staysLocked) expect(await fixture.holder(), played.log).toBe('')
    await scenario.tidy?.(fixture)
    const inputs = { 'github-token': 'ghs_fake', 'lock-timeout': '30s', 'status-command': '' }
    const next = await fixture.migrate(['009_next=create table next (id int)'], { inputs })
    expect(next.result, `${played.log}\n--- next\n${next.log}`).toBe('committed')
  })

  test('the printed role is enough, and with a verb less nothing is changed', async ({ onTestFinished }) => {
    const fixture = await openJobFixture(cluster, postgres, onTestFinished)
    const inputs = await fixture.migrateInputs(['001_a=create table a (id int)'])
    const dry = await fixture
      .job('v2')
      .step('migrate-db')
      .main({ ...inputs, 'dry-run': 'true' })
    expect(dry.outputs, dry.log).toMatchObject({ result: 'unchanged', pending: '["001_a"]' })
    expect(dry.summary).toContain('create table a (id int)')
    const role = parse(/^apiVersion: rbac[\s\S]*?verbs: \[.*\]\}(?=\n(?! {2}-))/m.exec(dry.log)?.[0] ?? '')
    const rules: { apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[] }[] = role.rules
    const access = async (given: typeof rules) => ({
      kubeconfig: '',
      server: cluster.server,
      ca: readFileSync(cluster.caFile, 'utf8'),
      token: await cluster.tokenFor(fixture.namespace, given),
    })
    for (const [index, rule] of rules.entries()) {
      const [verb] = rule.verbs.slice(-1)
      const others = rules.map((one, at) =>
        at === index ? { ...one, verbs: one.verbs.filter((each) => each !== verb) } : one,
      )
      const step = fixture.job('v2').step('migrate-db')
      const { outputs, log } = await step.main({
        ...inputs,
        ...(await access(others.filter((one) => one.verbs.length > 0))),
      })
      expect([outputs['failure-code'], outputs.result], log).toEqual(['forbidden', 'unchanged'])
      expect(log).toContain(`${verb} ${rule.resources[0]}`)
    }
    expect(await fixture.tables()).toEqual([])
    const played = await releaseIn(fixture.job('v2'), { ...inputs, ...(await access(rules)) }, { action: 'migrate-db' })
    expect(played.result, played.log).toBe('committed')
  })
})
