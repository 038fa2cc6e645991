import type { KubeObject, ObjectRef, UndoEntry } from '@belay/kubernetes'
import { describe, expect, test } from 'vitest'
import {
  canariesOf,
  canaryEntries,
  canaryPods,
  createdFirst,
  narrowServices,
  withCanaryEntries,
} from '../src/canary/canary-set.ts'
import { endOf, openCanary } from '../src/canary/join.ts'
import type { DeployContext, KubernetesStep } from '../src/context.ts'
import type { PlannedObject } from '../src/plan.ts'
import type { SavedRelease } from '../src/saved.ts'

const resource = { apiVersion: 'apps/v1', kind: 'Deployment', group: 'apps', plural: 'deployments', path: '/d' }
const refTo = (kind: string, name: string): ObjectRef => ({ apiVersion: 'v1', kind, name, path: `/${kind}/${name}` })

const deployment = (name: string, image: string, spec: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: { team: 'shop' } },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name, tier: 'web' } }, spec: { containers: [{ name: 'app', image }] } },
    ...spec,
  },
})

/** A Deployment that has `live` pods, and whose image the release changes. */
function planned(
  name: string,
  live: number | undefined,
  path = '/spec/template/spec/containers/0/image',
): PlannedObject {
  const apply = deployment(name, 'v2', { replicas: 9 })
  return {
    ref: { ...refTo('Deployment', name), apiVersion: 'apps/v1' },
    resource,
    send: { apply },
    before: live === undefined ? undefined : deployment(name, 'v1', { replicas: live }),
    after: apply,
    force: false,
    changes: [{ path, before: 'v1', after: 'v2' }],
  }
}

describe('the canary of a set', () => {
  test.each([
    [4, 25, 1],
    [5, 25, 2],
    [1, 1, 1],
    [100, 7, 7],
    [3, 100, 3],
  ])(
    'of %i pods and %i%% has %i, rounded up, by the pods that serve and not by the manifest',
    (live, percent, pods) => {
      expect(canaryPods([planned('api', live)], percent)).toEqual({ api: pods })
    },
  )

  test('leaves out a Deployment that is not there, runs no pods, or keeps its pods', () => {
    const set = [
      planned('new', undefined),
      planned('off', 0),
      planned('same', 2, '/spec/replicas'),
      { ...planned('db', 2), ref: refTo('StatefulSet', 'db') },
    ]
    expect(canaryPods(set, 50)).toEqual({})
  })

  test('has all labels of the others and one more, which its own selector asks for', () => {
    const [canary, ...others] = canariesOf([planned('api', 4), planned('web', 4)], { api: 1 })
    expect(others).toEqual([])
    expect(canary?.ref).toMatchObject({ kind: 'Deployment', name: 'api-canary', path: '/d/api-canary' })
    expect(canary?.send).toEqual({
      apply: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'api-canary', labels: { team: 'shop', track: 'canary' } },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'api', track: 'canary' } },
          template: {
            metadata: { labels: { app: 'api', tier: 'web', track: 'canary' } },
            spec: { containers: [{ name: 'app', image: 'v2' }] },
          },
        },
      },
    })
  })

  test('gets traffic if one Service of those that serve leads to it', () => {
    const service = (name: string, selector: Record<string, string>) => ({ metadata: { name }, spec: { selector } })
    const [all, stable, foreign] = [
      service('api', { app: 'api' }),
      service('stable', { app: 'api', track: 'stable' }),
      service('db', { app: 'db' }),
    ]
    const [serving, canary] = [
      { app: 'api', track: 'stable' },
      { app: 'api', track: 'canary' },
    ]
    expect(narrowServices([all, stable, foreign], serving, canary)).toEqual([])
    expect(narrowServices([stable, foreign], serving, canary)).toEqual([stable])
    expect(narrowServices([foreign, service('by-hand', {})], serving, canary)).toEqual([])
  })

  test('comes with what its pods start with, if that is new', () => {
    const one = (kind: string, before?: KubeObject): PlannedObject => ({
      ...planned('x', 1),
      ref: refTo(kind, 'x'),
      before,
    })
    const set = [one('ConfigMap'), one('Secret', deployment('x', 'v1')), one('Service'), one('CronJob')]
    expect(createdFirst(set).map(({ ref }) => ref.kind)).toEqual(['ConfigMap'])
  })
})

const created = (kind: string, name: string, uid?: string): UndoEntry => ({
  do: 'delete',
  ref: refTo(kind, name),
  release: 'R',
  ...(uid && { uid }),
})

describe('the undo of both steps', () => {
  const ofCanary = [created('ConfigMap', 'api-2', 'c'), created('Deployment', 'api-canary', 'd')]
  const change = (kind: string, name: string): UndoEntry => ({
    do: 'patch',
    ref: refTo(kind, name),
    uid: 'u',
    fields: [],
    managers: [],
  })

  test('has the objects of the second step in their order, then the canary; what the first one created is removed', () => {
    const own = [change('ConfigMap', 'api-2'), change('Deployment', 'api')]
    expect(withCanaryEntries(own, ofCanary)).toEqual([ofCanary[0], own[1], ofCanary[1]])
  })

  test('knows the Deployments of the canary', () => {
    const all = [...ofCanary, created('Deployment', 'other-canary'), change('Deployment', 'api')]
    expect(canaryEntries(all, { api: 1 })).toEqual([ofCanary[1]])
  })
})

const lease = { namespace: 'shop', name: 'belay-api-qa', service: 'api', environment: 'qa', holder: 'us' }
const saved = (more: Partial<SavedRelease>): SavedRelease => ({
  release: 'R',
  server: 'https://cluster',
  lease,
  stateBefore: 'none',
  committed: undefined,
  stage: 'changing',
  entries: [],
  ...more,
})
const stepOf = (id: string, undo: SavedRelease, result = 'pending', outcomes: object[] = []) => ({
  id,
  action: 'deploy-kubernetes',
  undo,
  ended: { ok: result === 'pending', result },
  outcomes,
})
const seenBy = (id: string, steps: object[]) =>
  ({ id, journal: { read: () => ({ steps }) } }) as unknown as KubernetesStep

describe('the second step', () => {
  const canary = stepOf('one', saved({ canary: { api: 1 } }))
  const joins = (steps: object[], inputs: object = {}) =>
    openCanary(
      {
        step: seenBy('three', steps),
        release: { id: 'R' },
        inputs: { command: 'deploy', canary: undefined, ...inputs },
      } as unknown as DeployContext,
      lease,
    )

  test('joins the canary of an earlier one', () => {
    expect(joins([canary])).toBe(canary)
    expect(joins([])).toBeUndefined()
    expect(joins([stepOf('one', saved({ canary: { api: 1 } }), 'rolled-back')])).toBeUndefined()
  })

  test.each([
    ['after a release to all pods', [stepOf('one', saved({}))], {}],
    ['after one that has joined', [canary, stepOf('two', saved({ canary: { api: 1 }, joins: 'one' }))], {}],
    ['with a canary of its own', [canary], { canary: 50 }],
    ['as a rollback', [canary], { command: 'rollback' }],
    ['of another release', [stepOf('one', saved({ canary: { api: 1 }, release: 'Q' }))], {}],
  ])('is refused %s', (_, steps, inputs) => {
    expect(() => joins(steps, inputs)).toThrow('already deployed api to shop')
  })

  test('ends the transaction for both', () => {
    const outcome = { target: 'api on namespace shop', service: 'api', result: 'committed', detail: '' }
    const own = saved({ canary: { api: 1 } })
    const joined = saved({ canary: { api: 1 }, joins: 'one' })
    expect(endOf(own, seenBy('one', [canary]))).toBe(own)
    expect(endOf(own, seenBy('one', [canary, stepOf('two', joined, 'pending', [outcome])]))).toEqual([outcome])
    // Its post was killed: the first step's post does the same.
    expect(endOf(own, seenBy('one', [canary, stepOf('two', joined)]))).toBe(joined)
    expect(endOf(joined, seenBy('two', [canary, stepOf('two', joined)]))).toBe(joined)
  })
})
