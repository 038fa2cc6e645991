import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../src/api.ts'
import { chooseSlots, type LiveSlots } from '../src/slots/choose.ts'
import { assertSlotted, intoSlot, isScaled, leadsTo, outOfSlot, slotOfObject } from '../src/slots/slot-set.ts'

const words = ['blue', 'green'] as const

const deployment = (name: string, labels: Record<string, string>, spec: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } }, ...spec },
})
const service = (name: string, selector: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector },
})
const scaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'api' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' }, minReplicas: 2, maxReplicas: 9 },
}
const budget: KubeObject = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'api' },
  spec: { minAvailable: 1, selector: { matchLabels: { app: 'api' } } },
}
const config: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api' }, data: {} }
const set = [config, service('api', { app: 'api' }), deployment('api', { app: 'api' }), scaler, budget]
const goal = { slot: 'green', active: 'blue', replicas: new Map([['api', 6]]) }

describe('a set in a slot', () => {
  test('has its Deployments, their autoscaler and their budget under names of the slot, and the selector that is live', () => {
    const [shared, front, workload, scales, protects] = intoSlot(set, goal)
    expect(shared).toBe(config)
    expect(front?.spec).toEqual({ selector: { app: 'api', slot: 'blue' } })
    expect(workload).toMatchObject({
      metadata: { name: 'api-green', labels: { slot: 'green' } },
      spec: {
        selector: { matchLabels: { app: 'api', slot: 'green' } },
        template: { metadata: { labels: { app: 'api', slot: 'green' } } },
      },
    })
    expect(scales).toMatchObject({
      metadata: { name: 'api-green' },
      spec: { scaleTargetRef: { name: 'api-green' }, minReplicas: 6, maxReplicas: 9 },
    })
    expect(protects).toMatchObject({
      metadata: { name: 'api-green' },
      spec: { selector: { matchLabels: { app: 'api', slot: 'green' } } },
    })
  })

  test('leaves the number of pods to the autoscaler, to the manifest, and else takes that of the active slot', () => {
    const numberOf = (objects: KubeObject[]) =>
      (intoSlot(objects, goal).find(({ kind }) => kind === 'Deployment')?.spec as { replicas?: number })?.replicas
    expect(numberOf(set)).toBeUndefined()
    expect(numberOf([deployment('api', { app: 'api' }, { replicas: 3 })])).toBe(3)
    expect(numberOf([deployment('api', { app: 'api' })])).toBe(6)
  })

  test('moves from one slot to the other without anything left of the first', () => {
    const blue = intoSlot(set, { slot: 'blue', active: 'green', replicas: new Map([['api', 6]]) })
    expect(blue.map(slotOfObject)).toEqual([undefined, undefined, 'blue', 'blue', 'blue'])
    expect(intoSlot(outOfSlot(blue, words), goal)).toEqual(intoSlot(set, goal))
  })

  test('an object that only has such a name is not of a slot', () => {
    const other = deployment('deep-blue', { app: 'deep' })
    expect(outOfSlot([other], words)).toEqual([other])
  })

  test('is refused without a Deployment, or without a Service that leads to one', () => {
    expect(() => assertSlotted(set)).not.toThrow()
    expect(() => assertSlotted([config, service('api', { app: 'api' })])).toThrow('no Deployment')
    expect(() => assertSlotted([deployment('api', { app: 'api' }), service('db', { app: 'db' })])).toThrow('no Service')
  })

  test('is scaled where an autoscaler has one of its Deployments', () => {
    expect([isScaled(set), isScaled(set.slice(0, 3))]).toEqual([true, false])
  })
})

test('a selector leads to pods that have all of it, whatever their slot; one without labels leads nowhere', () => {
  const labels = { app: 'api', tier: 'front' }
  expect(leadsTo({ app: 'api', slot: 'blue' }, labels)).toBe(true)
  expect(leadsTo({ app: 'api', tier: 'back' }, labels)).toBe(false)
  expect(leadsTo({}, labels)).toBe(false)
  expect(leadsTo({ slot: 'blue' }, labels)).toBe(false)
})

describe('the idle slot', () => {
  const plain = [config, service('api', { app: 'api' }), deployment('api', { app: 'api' })]
  const inSlot = (slot: string, replicas = 2) => deployment(`api-${slot}`, { app: 'api', slot }, { replicas })
  const live = (services: KubeObject[], deployments: KubeObject[] = []): LiveSlots => ({ services, deployments })

  test('is the one to which the Services do not lead', () => {
    const found = chooseSlots(plain, live([service('api', { app: 'api', slot: 'green' })], [inSlot('green', 5)]), words)
    expect(found).toMatchObject({ active: 'green', idle: 'blue', services: ['api'], isFirst: false })
    expect([...found.replicas]).toEqual([['api', 5]])
    expect(found.serving.map(({ metadata }) => metadata.name)).toEqual(['api-green'])
  })

  test('is the first word where nothing serves yet', () => {
    expect(chooseSlots(plain, live([]), words)).toMatchObject({ active: 'green', idle: 'blue', isFirst: true })
  })

  test('is that of a Deployment without a slot in its name, too, if its pods have the label', () => {
    const adopted = deployment('api', { app: 'api', slot: 'blue' }, { replicas: 4 })
    const found = chooseSlots(plain, live([service('api', { app: 'api', slot: 'blue' })], [adopted]), words)
    expect([found.idle, found.replicas.get('api')]).toEqual(['green', 4])
  })

  test.each<[string, KubeObject[], KubeObject[], string]>([
    ['a Service of the set selects both', [service('api', { app: 'api' })], [], 'service/api selects pods whatever'],
    [
      'so does a Service of somebody else',
      [service('api', { app: 'api', slot: 'blue' }), service('admin', { app: 'api' })],
      [],
      'service/admin selects',
    ],
    [
      'a Service leads to neither',
      [service('api', { app: 'api', slot: 'red' })],
      [],
      'service/api leads to red. Nothing was changed',
    ],
    [
      'other pods have its label',
      [service('api', { app: 'api', slot: 'blue' })],
      [deployment('api', { app: 'api', slot: 'green' })],
      'deployment/api has the label slot: green',
    ],
  ])('is not chosen where %s', (_, services, deployments, text) => {
    expect(() => chooseSlots(plain, live(services, deployments), words)).toThrow(text)
  })

  test('is not chosen where two Services of the set differ', () => {
    const two = [...plain, service('admin', { app: 'api' })]
    const services = [service('api', { app: 'api', slot: 'blue' }), service('admin', { app: 'api', slot: 'green' })]
    expect(() => chooseSlots(two, live(services), words)).toThrow(
      /lead to different slots.*service\/admin leads to green/,
    )
  })

  test('may be chosen beside Services that lead to other pods', () => {
    const services = [service('db', { app: 'db' }), service('external', {})]
    expect(chooseSlots(plain, live(services), words).idle).toBe('blue')
  })
})
