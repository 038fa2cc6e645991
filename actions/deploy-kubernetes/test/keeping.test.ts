import type { KeptObject, KeptRelease, KeptSlot } from '@belay/kubernetes'
import { describe, expect, test } from 'vitest'
import type { DesiredObject } from '../src/desired.ts'
import { droppedObjects, keptObjects, placeKept, planKeeping, withNewImages, withUids } from '../src/keeping.ts'
import { chooseRelease, previousAfter } from '../src/rollback.ts'

const ref = (kind: string, name: string, apiVersion = 'v1') => ({ apiVersion, kind, name, path: `/${kind}/${name}` })
const applied = (kind: string, name: string, apiVersion = 'v1'): KeptObject => ({
  ref: ref(kind, name, apiVersion),
  uid: `${kind}-${name}`,
  apply: { apiVersion, kind, metadata: { name } },
})
const secret = (name: string): KeptObject => ({ ref: ref('Secret', name), uid: `secret-${name}` })

function release(id: string, objects: readonly KeptObject[] = [], more: Partial<KeptRelease> = {}): KeptRelease {
  return { release: id, version: `v${id}`, sha: id.repeat(40), at: `2026-11-0${id}`, objects, dropped: [], ...more }
}

const slots = (...ids: string[]): KeptSlot[] => ids.map((id, slot) => ({ slot, kept: release(id) }))

describe('where kept releases lie', () => {
  const place = (kept: readonly KeptSlot[], id: string, keep: number) => {
    const { slot, moved, leave } = placeKept(kept, id, keep)
    return {
      slot,
      moved: moved.map((one) => [one.kept.release, one.slot]),
      leave: leave.map((one) => one.kept.release),
    }
  }

  test.each([
    ['the first one', slots(), '1', 3, { slot: 0, moved: [], leave: [] }],
    ['a free number', slots('1', '2'), '3', 3, { slot: 2, moved: [], leave: [] }],
    ['in the place of the oldest', slots('4', '2', '3'), '5', 3, { slot: 1, moved: [], leave: ['2'] }],
    ['its own place, where it is released again', slots('1', '2', '3'), '1', 3, { slot: 0, moved: [], leave: [] }],
  ])('%s', (_, kept, id, keep, wanted) => expect(place(kept, id, keep)).toEqual(wanted))

  test('the newest move where fewer are to be kept', () => {
    const kept = slots('1', '2', '3', '4', '5')
    expect(place(kept, '6', 3)).toEqual({
      slot: 0,
      moved: [
        ['5', 2],
        ['4', 1],
      ],
      leave: ['3', '2', '1'],
    })
    const keeping = planKeeping(release('6'), placeKept(kept, '6', 3), kept, 3)
    expect(keeping.writes.map(({ slot }) => slot)).toEqual([0, 2, 1])
    expect(keeping.removed).toEqual([3, 4])
  })
})

describe('what a release drops', () => {
  const names = (...args: Parameters<typeof droppedObjects>) => droppedObjects(...args).map(({ uid }) => uid)

  test('is what the one before had, and nothing that may hold data', () => {
    const before = release('1', [
      applied('ConfigMap', 'api'),
      applied('ConfigMap', 'old'),
      applied('PersistentVolumeClaim', 'data'),
      { ref: ref('Deployment', 'web', 'apps/v1'), uid: 'x', images: { app: 'web@sha256:1' } },
    ])
    expect(names(release('2', [applied('ConfigMap', 'api')]), before, [], [])).toEqual(['ConfigMap-old'])
    expect(names(release('2'), undefined, [], [])).toEqual([])
  })

  test('is not what it has in another version of the same kind', () => {
    const before = release('1', [applied('HorizontalPodAutoscaler', 'api', 'autoscaling/v1')])
    const now = release('2', [applied('HorizontalPodAutoscaler', 'api', 'autoscaling/v2')])
    expect(names(now, before, [], [])).toEqual([])
  })

  test('has what the one before could not delete', () => {
    const before = release('2', [], { dropped: [{ ref: ref('Service', 'old'), uid: 'u1' }] })
    expect(names(release('3'), before, [], [])).toEqual(['u1'])
    expect(names(release('3', [applied('Service', 'old')]), before, [], [])).toEqual([])
  })

  test('has a Secret only once no kept release names it', () => {
    const first = release('1', [secret('a')])
    const second = release('2', [secret('b')])
    expect(names(release('3'), second, [], [first, second])).toEqual([])
    expect(names(release('3'), second, [first], [second])).toEqual(['secret-a'])
  })
})

describe('what is kept of a release', () => {
  const resource = { apiVersion: 'v1', kind: '', group: '', plural: '', path: '' }
  const deployment = ref('Deployment', 'api', 'apps/v1')
  const image = (digit: string) => `ghcr.io/acme/api@sha256:${digit.repeat(64)}`
  const patch: DesiredObject = { ref: deployment, resource, send: { patch: [], images: { app: image('2') } } }

  test('is no value of a Secret', () => {
    const apply = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'api' }, stringData: { KEY: 'value' } }
    expect(keptObjects([{ ref: ref('Secret', 'api'), resource, send: { apply } }])).toEqual([
      { ref: ref('Secret', 'api') },
    ])
  })

  test('is the set before with the new images, where only those are released', () => {
    const container = { name: 'app', image: image('1') }
    const before: KeptObject = {
      ref: deployment,
      uid: 'u1',
      apply: { metadata: { name: 'api' }, spec: { template: { spec: { containers: [container] } } } },
    }
    const images = [{ name: 'ghcr.io/acme/api', digest: `sha256:${'2'.repeat(64)}` }]
    const [whole, config] = withNewImages([before, applied('ConfigMap', 'api')], [patch], images)
    expect(whole?.apply?.spec).toEqual({ template: { spec: { containers: [{ name: 'app', image: image('2') }] } } })
    expect(config).toEqual(applied('ConfigMap', 'api'))
    const earlier = { ref: deployment, images: { app: image('1'), sidecar: 'kept' } }
    expect(withNewImages([earlier], [patch], images)).toEqual([
      { ref: deployment, images: { app: image('2'), sidecar: 'kept' } },
    ])
    expect(withNewImages([], [patch], images)).toEqual([{ ref: deployment, images: { app: image('2') } }])
  })

  test('names the objects that were there at the commit', () => {
    const kept = release('1', [applied('ConfigMap', 'a'), applied('ConfigMap', 'b')])
    const packed = planKeeping(kept, placeKept([], '1', 2), [], 2).writes[0]?.packed ?? ''
    const entry = { do: 'delete', ref: ref('ConfigMap', 'a'), uid: 'new', release: '1' } as const
    expect(withUids(packed, [entry]).objects.map(({ uid }) => uid)).toEqual(['new', 'ConfigMap-b'])
  })
})

describe('the release that a rollback goes to', () => {
  const kept = slots('3', '1', '2')
  const committed = { ...release('3'), previous: '2' }
  const chosen = (version: string, past: Partial<Parameters<typeof chooseRelease>[1]> = {}) =>
    chooseRelease(version, { committed, kept, wasOpen: false, ...past }).release

  test.each([
    ['previous', '2'],
    ['v1', '1'],
    ['1'.repeat(40), '1'],
    ['1', '1'],
  ])('%s', (version, wanted) => expect(chosen(version)).toBe(wanted))

  test('is the committed one, where a lost job had left another one open', () => {
    expect(chosen('previous', { wasOpen: true })).toBe('3')
  })

  test('goes further back from there, or back to the live one where it is newer', () => {
    const [older, newer] = [release('1', [], { previous: '0' }), release('3', [], { previous: '2' })]
    expect(previousAfter(older, newer)).toBe('0')
    expect(previousAfter(newer, older)).toBe('1')
    expect(previousAfter(older, older)).toBe('0')
    expect(previousAfter(older, undefined)).toBe('0')
  })

  test('must be kept', () => {
    expect(() => chosen('v9')).toThrow('No committed release "v9" is kept. Nothing was changed.')
    expect(() => chosen('previous', { kept: slots('3') })).toThrow('The release before the live one, 2, is not kept')
    expect(() => chosen('previous', { committed: release('3') })).toThrow(
      'No release was committed before the live one',
    )
    expect(() => chosen('previous', { committed: undefined, kept: [] })).toThrow('No release was committed')
  })
})

describe('what a release to a slot drops', () => {
  const inSlot = (name: string, slot: string, uid = `${name}-${slot}`): KeptObject => ({
    ref: ref('Deployment', `${name}-${slot}`, 'apps/v1'),
    uid,
    apply: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `${name}-${slot}`, labels: { slot } },
    },
  })
  const fill = { active: 'green', idle: 'blue' }
  const names = (before: KeptRelease, stay: readonly KeptRelease[], now: readonly KeptObject[]) =>
    droppedObjects({ objects: now }, before, [], [before, ...stay], fill).map(({ ref: { name } }) => name)

  test('is never in the slot that has the traffic', () => {
    const before = release('2', [
      inSlot('api', 'green'),
      inSlot('worker', 'green'),
      applied('CronJob', 'old', 'batch/v1'),
    ])
    expect(names(before, [], [inSlot('api', 'blue')])).toEqual(['old'])
  })

  test('is what the release before it left in the slot that it fills', () => {
    const before = release('2', [inSlot('api', 'green')])
    const earlier = release('1', [inSlot('api', 'blue'), inSlot('worker', 'blue')])
    expect(names(before, [earlier], [inSlot('api', 'blue')])).toEqual(['worker-blue'])
  })

  test('is a workload from before there were slots', () => {
    expect(names(release('1', [applied('Deployment', 'api', 'apps/v1')]), [], [inSlot('api', 'blue')])).toEqual(['api'])
  })

  test('is no configuration that the pods of the former release start with, until no kept release has it', () => {
    const before = release('2', [inSlot('api', 'green'), applied('ConfigMap', 'config-2')])
    const oldest = release('1', [inSlot('api', 'blue'), applied('ConfigMap', 'config-1')])
    const now = [inSlot('api', 'blue'), applied('ConfigMap', 'config-3')]
    expect(names(before, [oldest], now)).toEqual([])
    const left = droppedObjects({ objects: now }, before, [oldest], [before], fill)
    expect(left.map(({ ref }) => ref.name)).toEqual(['config-1'])
  })
})
