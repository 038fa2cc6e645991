import { expect, test } from 'vitest'
import { groupsOf } from '../../src/page/moments.ts'
import { ticksOf, timeAxis } from '../../src/page/time-axis.ts'
import type { Moment } from '../../src/report/model.ts'

test.each([
  [0.8, [0, 0.5]],
  [20, [0, 5, 10, 15, 20]],
  [61, [0, 20, 40, 60]],
  [100_000, [0, 16_667, 33_334, 50_001, 66_668, 83_335]],
])('%d seconds have few and even ticks', (seconds, ticks) => {
  expect(ticksOf(seconds)).toEqual(ticks)
})

test('a moment outside of a run is drawn at its edge, and an empty run has a length', () => {
  const axis = timeAxis(1000, 2000)
  expect([500, 1000, 1250, 9000].map((at) => axis.x(at))).toEqual([0, 0, 25, 100])
  expect(axis.text(500)).toBe('0.0 s')
  expect(timeAxis(1000, 1000).x(1000)).toBe(0)
})

test('numbers that would cover each other are joined', () => {
  const moments = [0, 300, 400, 5000, 9990].map((at): Moment => ({ at, kind: 'job', text: '' }))
  expect(groupsOf(moments, timeAxis(0, 10_000))).toEqual([
    { x: 0, text: '1–3' },
    { x: 50, text: '4' },
    { x: 99.9, text: '5' },
  ])
})
