import type { HelmRevision } from '@belay/kubernetes'
import { describe, expect, test } from 'vitest'
import { stuckOf } from '../src/chart/stuck.ts'

const place = { name: 'api', namespace: 'shop' }
const now = Date.UTC(2026, 10, 30, 12)
const one = (revision: number, status: string, minutes = 20): HelmRevision => ({
  ...{ revision, status, description: '' },
  updated: new Date(now - minutes * 60_000).toISOString(),
})
const stuck = (...history: HelmRevision[]) => stuckOf(place, history, now)

describe('a Helm release', () => {
  test('is stuck where its last revision never ended, and goes back to the one that is deployed', () => {
    expect(stuck(one(1, 'superseded'), one(2, 'deployed'), one(3, 'failed'), one(4, 'pending-upgrade'))).toEqual({
      place,
      revision: 4,
      status: 'pending-upgrade',
      good: 2,
    })
    expect(stuck(one(1, 'deployed'), one(2, 'pending-rollback', 15))?.good).toBe(1)
  })

  test('is not stuck where its last revision has ended', () => {
    for (const status of ['deployed', 'failed', 'uninstalled']) expect(stuck(one(1, status))).toBeUndefined()
  })

  test('is refused as long as a Helm may be at work on it', () => {
    const young = one(2, 'pending-upgrade', 14)
    expect(() => stuck(one(1, 'deployed'), young)).toThrow(
      /since 14 min: a helm may be at work.*\n.*helm rollback api 1/,
    )
    const { updated: _, ...unknown } = young
    for (const last of [unknown, { ...young, updated: 'yesterday' }])
      expect(() => stuck(one(1, 'deployed'), last)).toThrow('at revision 2: a helm may be at work')
  })

  test('is refused where nothing was deployed before, or where there is none', () => {
    for (const before of [[], [one(1, 'failed')], [one(1, 'uninstalled')]])
      expect(() => stuck(...before, one(2, 'pending-install'))).toThrow('helm uninstall api --namespace shop')
    expect(() => stuck()).toThrow('There is no Helm release api in shop')
  })
})
