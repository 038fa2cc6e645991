import { describe, expect, test } from 'vitest'
import type { KubeObject } from '../src/api.ts'
import { changesBetween } from '../src/compare.ts'
import type { ObjectRef } from '../src/resources.ts'
import { digestOfValue, entryFor, patchByHand, restorePlan, withStored } from '../src/undo/entry.ts'

const ref: ObjectRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'api',
  path: '/apis/apps/v1/namespaces/shop/deployments/api',
}

/** A Deployment with this image and these annotations. */
function deployment(image: string, annotations?: Record<string, string>, more: object = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', uid: 'u1', generation: 3, resourceVersion: '7', ...(annotations && { annotations }) },
    spec: {
      replicas: 2,
      template: {
        spec: {
          containers: [
            { name: 'app', image },
            { name: 'side', image: 'side' },
          ],
        },
      },
    },
    status: { replicas: 2 },
    ...more,
  }
}

const patchOf = (before: KubeObject, after: KubeObject) => {
  const entry = entryFor(ref, before, after, 'secret')
  if (entry.do !== 'patch') throw new Error('not a patch')
  return entry
}

describe('what differs between two states of an object', () => {
  test('is named to the depth of named lists', () => {
    expect(changesBetween(deployment('a'), deployment('b'))).toEqual([
      { path: '/spec/template/spec/containers/0/image', before: 'a', after: 'b' },
    ])
  })

  test('is a whole list where its entries have no names, or others', () => {
    const before = deployment('a', {}, { spec: { list: [1, 2], named: [{ name: 'x', v: 1 }] } })
    const after = deployment('a', {}, { spec: { list: [2], named: [{ name: 'y', v: 1 }] } })
    expect(changesBetween(before, after).map(({ path }) => path)).toEqual(['/spec/list', '/spec/named'])
  })

  test('is not what the server writes by itself', () => {
    const after = {
      ...deployment('a', { 'deployment.kubernetes.io/revision': '4' }),
      status: { replicas: 9 },
    }
    expect(changesBetween(deployment('a'), { ...after, metadata: { ...after.metadata, generation: 9 } })).toEqual([])
  })

  test('is a single annotation also where there was none', () => {
    expect(changesBetween(deployment('a'), deployment('a', { 'x/y': '1' }))).toEqual([
      { path: '/metadata/annotations/x~1y', after: '1' },
    ])
  })
})

describe('the patch that restores an object', () => {
  const entry = patchOf(deployment('a', { note: 'old' }), deployment('b', { 'x/y': '1' }))

  test('tests what was left, and that it is the same object', () => {
    expect(restorePlan(entry, deployment('b', { 'x/y': '1' }))).toEqual({
      foreign: [],
      operations: [
        { op: 'test', path: '/metadata/uid', value: 'u1' },
        { op: 'test', path: '/spec/template/spec/containers/0/image', value: 'b' },
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'a' },
        { op: 'add', path: '/metadata/annotations/note', value: 'old' },
        { op: 'test', path: '/metadata/annotations/x~1y', value: '1' },
        { op: 'remove', path: '/metadata/annotations/x~1y' },
      ],
    })
  })

  test('does nothing where all is restored', () => {
    expect(restorePlan(entry, deployment('a', { note: 'old' }))).toEqual({ foreign: [], operations: [] })
  })

  test('leaves alone what somebody else changed, and restores the rest', () => {
    const { foreign, operations } = restorePlan(entry, deployment('c', { 'x/y': '1' }))
    expect(foreign).toEqual(['/spec/template/spec/containers/0/image'])
    expect(operations.map(({ path }) => path)).not.toContain('/spec/template/spec/containers/0/image')
    expect(operations.at(-1)).toEqual({ op: 'remove', path: '/metadata/annotations/x~1y' })
  })

  test('makes the map again that a field stood in, and only once', () => {
    const two = patchOf(deployment('a', { one: '1', two: '2' }), deployment('a'))
    const { operations } = restorePlan(two, deployment('a'))
    expect(operations.slice(1)).toEqual([
      { op: 'add', path: '/metadata/annotations', value: {} },
      { op: 'add', path: '/metadata/annotations/one', value: '1' },
      { op: 'add', path: '/metadata/annotations/two', value: '2' },
    ])
  })

  test('takes for ours what the server really stored', () => {
    const stored = withStored(entry, deployment('b-by-a-webhook', { 'x/y': '1' }))
    if (stored.do !== 'patch') throw new Error('not a patch')
    expect(restorePlan(stored, deployment('b-by-a-webhook', { 'x/y': '1' })).foreign).toEqual([])
    expect(restorePlan(stored, deployment('b', { 'x/y': '1' })).foreign).toHaveLength(1)
  })

  test('is given to a person with the same tests', () => {
    expect(patchByHand(entry)?.map(({ op }) => op)).toEqual(['test', 'test', 'replace', 'add', 'test', 'remove'])
  })
})

describe('a Secret', () => {
  const secret = (data: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'api', uid: 'u2' },
    data,
  })
  const [former, left] = [{ KEY: 'Zm9ybWVy' }, { KEY: 'bGVmdA==' }]
  const entry = entryFor({ ...ref, kind: 'Secret' }, secret(former), secret(left), 'belay-api-qa-before-0')
  if (entry.do !== 'patch') throw new Error('not a patch')

  test('is written down without any value', () => {
    expect(JSON.stringify(entry)).not.toMatch(/Zm9ybWVy|bGVmdA/)
    expect(entry.fields).toEqual([
      { path: '/data', sealed: { left: digestOfValue(left), in: 'belay-api-qa-before-0' } },
    ])
    expect(patchByHand(entry)).toBeUndefined()
  })

  test('is restored from the copy in the cluster', () => {
    expect(restorePlan(entry, secret(left), former).operations.slice(1)).toEqual([
      { op: 'test', path: '/data', value: left },
      { op: 'replace', path: '/data', value: former },
    ])
    expect(restorePlan(entry, secret({ KEY: 'dGhlaXJz' }), former)).toMatchObject({ foreign: ['/data'] })
  })

  test('cannot be restored without the copy', () => {
    expect(restorePlan(entry, secret(left))).toMatchObject({ operations: [], needs: 'belay-api-qa-before-0' })
  })
})
