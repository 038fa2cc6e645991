import { expect, test } from 'vitest'
import { changedObjects } from '../../src/observe/namespace.ts'

test('an object that differs, is gone or is new is named; one that is the same in another order is not', () => {
  const before = {
    'deployment/shop': { spec: { replicas: 2, paused: false } },
    'service/shop': { spec: 1 },
    'configmap/a': 1,
  }
  expect(changedObjects(before, { ...before, 'deployment/shop': { spec: { paused: false, replicas: 2 } } })).toEqual([])
  const now = { 'deployment/shop': { spec: { replicas: 3, paused: false } }, 'configmap/a': 1, 'configmap/b': 1 }
  expect(changedObjects(before, now)).toEqual([
    'deployment/shop must be as it was before, but differs',
    'service/shop must be as it was before, but is gone',
    'configmap/b must be as it was before, but is new',
  ])
  expect(changedObjects(before, now, (name) => name.startsWith('configmap/'))).toHaveLength(2)
})
