import { readFileSync } from 'node:fs'
import type { Inputs } from '@belay/action-harness'
import { type Cluster, canRunHelm, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { describeIf } from '../../../test/support/need.ts'
import { releaseWithCanary } from './support/canary-release.ts'
import { releaseChart, rollbackChart } from './support/chart-scenarios.ts'
import { type Fixture, type Images, openFixture, pushImages, releaseIn } from './support/fixture.ts'
import { setOf, statefulSet } from './support/objects.ts'
import { releaseToSlot, slots, switchBack } from './support/slot-release.ts'
import { makeConfirmAccount, releaseWatched } from './support/watched-release.ts'

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}

/** The rules of the role that a log has. */
function rulesIn(log: string): Rule[] {
  return (parse(/^apiVersion: rbac[\s\S]*?(?=^No right)/m.exec(log)?.[0] ?? '') as { rules: Rule[] }).rules
}

describeIf(canStartCluster())('the role of a release', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  const access = async (namespace: string, rules: readonly Rule[]) => ({
    kubeconfig: '',
    server: cluster.server,
    ca: readFileSync(cluster.caFile, 'utf8'),
    token: await cluster.tokenFor(namespace, rules),
  })

  const set = (image: string, mode: string) => setOf(image, { mode, more: [statefulSet(image, { MODE: mode })] })

  /** What preflight prints. */
  async function printedRules(fixture: Fixture, more: Inputs = {}): Promise<Rule[]> {
    const inputs = fixture.inputs(set(images.v1, 'calm'), { command: 'preflight', ...more })
    const { log, exit } = await fixture.job('v1').step('deploy-kubernetes').main(inputs)
    expect(exit, log).toBe(0)
    return rulesIn(log)
  }

  test('is enough for a release and its undo', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const inputs = await access(fixture.namespace, await printedRules(fixture))
    const first = await releaseIn(fixture.job('v1'), { ...fixture.inputs(set(images.v1, 'calm')), ...inputs })
    expect(first.result, first.log).toBe('committed')
    const before = await fixture.state()
    const loud = { ...fixture.inputs(set(images.v2, 'loud')), ...inputs }
    const second = await releaseIn(fixture.job('v2'), loud, { status: 'failure' })
    expect(second.result, second.log).toBe('rolled-back')
    expect(await fixture.state()).toEqual(before)
  })

  test('with slots is enough for both actions, and the least: a fill, a switch, an undo, a rollback', async ({
    onTestFinished,
  }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const rules = await printedRules(fixture, { slots })
    for (const resource of ['services', 'endpointslices']) {
      const less = rules.map((one) =>
        one.resources.includes(resource) ? { ...one, verbs: one.verbs.filter((verb) => verb !== 'list') } : one,
      )
      const given = await access(
        fixture.namespace,
        less.filter(({ verbs }) => verbs.length > 0),
      )
      const refused = await releaseToSlot(fixture, 'v1', {}, { inputs: given })
      expect([refused.main.outputs['failure-code'], refused.result], refused.log).toEqual(['forbidden', 'unchanged'])
      expect(refused.log).toContain(`list ${resource}`)
    }
    const inputs = await access(fixture.namespace, rules)
    const results = [
      await releaseToSlot(fixture, 'v1', {}, { inputs }),
      await releaseToSlot(fixture, 'v2', {}, { inputs, status: 'failure' }),
      await releaseToSlot(fixture, 'v2', {}, { inputs }),
      await switchBack(fixture, inputs),
    ]
    const log = results.map((one) => one.log).join('\n---\n')
    expect(
      results.map(({ result }) => result),
      log,
    ).toEqual(['committed', 'rolled-back', 'committed', 'committed'])
  })

  test('with confirm-image lacks what the refusal prints, and is enough with it', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const rules = await printedRules(fixture, { slots })
    const first = await releaseToSlot(fixture, 'v1', {}, { inputs: await access(fixture.namespace, rules) })
    expect(first.result, first.log).toBe('committed')
    await makeConfirmAccount(fixture)
    const refused = await releaseWatched(fixture, { inputs: await access(fixture.namespace, rules) })
    expect([refused.main.outputs['failure-code'], refused.result], refused.log).toEqual(['forbidden', 'rolled-back'])
    // An annotation is one line.
    const text = refused.log.replaceAll('%0A', '\n')
    const printed = /^apiVersion: rbac[\s\S]*?verbs: \[get, delete\]\}/m.exec(text)?.[0] ?? ''
    const more = (parse(printed) as { rules: Rule[] }).rules
    expect(more.flatMap(({ resources }) => resources)).toEqual(['jobs', 'jobs'])
    const inputs = await access(fixture.namespace, [...rules, ...more])
    const results = [
      await releaseWatched(fixture, { inputs, status: 'failure' }),
      await releaseWatched(fixture, { inputs }),
    ]
    expect(
      results.map(({ result }) => result),
      results.map(({ log }) => log).join('\n---\n'),
    ).toEqual(['rolled-back', 'committed'])
  })

  test('with a canary is enough for both steps, and asks which Services lead to it', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const rules = await printedRules(fixture, { canary: '50%' })
    const inputs = await access(fixture.namespace, rules)
    const first = await fixture.release('v1', {}, { inputs })
    const released = await releaseWithCanary(fixture, 'v2', {}, { inputs })
    const log = `${first.log}\n---\n${released.log}`
    expect([first.result, released.result], log).toEqual(['committed', 'committed'])
    const less = rules.map((one) =>
      one.resources.includes('services') ? { ...one, verbs: one.verbs.filter((verb) => verb !== 'list') } : one,
    )
    const given = await access(
      fixture.namespace,
      less.filter(({ verbs }) => verbs.length > 0),
    )
    const refused = await releaseWithCanary(fixture, 'v3', {}, { inputs: given })
    expect([refused.main.outputs['failure-code'], refused.result], refused.log).toEqual(['forbidden', 'unchanged'])
    expect(refused.log).toContain('list services')
  })

  describeIf(canRunHelm())('with a chart', () => {
    test('is enough for a release, its undo and a rollback', async ({ onTestFinished }) => {
      const fixture = await openFixture(cluster, images, onTestFinished)
      const printed = await releaseChart(fixture, 'v1', {}, { inputs: { command: 'preflight' } })
      const inputs = await access(fixture.namespace, rulesIn(printed.main.log))
      const results = [
        await releaseChart(fixture, 'v1', {}, { inputs }),
        await releaseChart(fixture, 'v2', { mode: 'loud' }, { inputs, status: 'failure' }),
        await releaseChart(fixture, 'v2', { mode: 'loud' }, { inputs }),
        await rollbackChart(fixture, inputs),
      ]
      expect(
        results.map(({ result }) => result),
        results.map(({ log }) => log).join('\n---\n'),
      ).toEqual(['committed', 'rolled-back', 'committed', 'committed'])
    })
  })

  test('is the least: without any of its verbs the release is refused before it changes anything', async ({
    onTestFinished,
  }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const rules = await printedRules(fixture)
    const verbs = rules.flatMap((rule, index) => rule.verbs.map((verb) => ({ rule, index, verb })))
    expect(verbs.length).toBeGreaterThan(30)
    const inputs = fixture.inputs(set(images.v1, 'calm'))
    for (const { rule, index, verb } of verbs) {
      // Another rule may grant the same by its kind: the name of one object is then no limit.
      const others = rules.map((one, at) =>
        at === index ||
        (one.resources.join() === rule.resources.join() && one.apiGroups.join() === rule.apiGroups.join())
          ? { ...one, verbs: one.verbs.filter((each) => each !== verb) }
          : one,
      )
      const given = await access(
        fixture.namespace,
        others.filter((one) => one.verbs.length > 0),
      )
      const step = fixture.job('v1').step('deploy-kubernetes')
      const { outputs, log } = await step.main({ ...inputs, ...given })
      const title = `${verb} ${rule.resources.join()}`
      expect([title, outputs['failure-code'], outputs.result], log).toEqual([title, 'forbidden', 'unchanged'])
      expect(log).toContain(`${verb} ${rule.resources[0]}`)
    }
    expect(await fixture.state()).toEqual({})
  })
})
