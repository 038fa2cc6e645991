import { expect, test } from 'vitest'
import { allPoints, faults, proxies, sample } from './fault-points.ts'

const points = allPoints()

test('each point has a name of its own', () => {
  expect(new Set(points.map(({ name }) => name)).size).toBe(points.length)
})

test('so many faults are played: a boundary that is new or gone is noticed here', () => {
  const alone = points.filter(({ proxy }) => proxy === undefined)
  expect({ alone: alone.length, withSwitch: points.length - alone.length }).toEqual({ alone: 141, withSwitch: 135 })
})

test.each(proxies)('each fault strikes at the fill or at the switch of a job that has both: %s', (proxy) => {
  const sampled = points.filter((point) => point.proxy === proxy && point.step === 'traffic')
  for (const fault of faults) expect(sampled.map((point) => point.fault)).toContain(fault)
})

test('a seed alone decides which points a sample has', () => {
  expect(sample(points, 40, 7)).toEqual(sample(points, 40, 7))
  expect(sample(points, 40, 7)).not.toEqual(sample(points, 40, 8))
})
