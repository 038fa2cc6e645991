import { expect, test } from 'vitest'
import { allPoints, faults, proxies, sample } from './fault-points.ts'

const points = allPoints()

test('each point has a unique name', () => {
  expect(new Set(points.map(({ name }) => name)).size).toBe(points.length)
})

test('the number of faults: it changes with every new or removed boundary', () => {
  const alone = points.filter(({ proxy }) => proxy === undefined)
  expect({ alone: alone.length, withSwitch: points.length - alone.length }).toEqual({ alone: 141, withSwitch: 135 })
})

test.each(proxies)('each fault is injected at the fill or at the switch of a job with both: %s', (proxy) => {
  const sampled = points.filter((point) => point.proxy === proxy && point.step === 'traffic')
  for (const fault of faults) expect(sampled.map((point) => point.fault)).toContain(fault)
})

test('only the seed decides which points a sample has', () => {
  expect(sample(points, 40, 7)).toEqual(sample(points, 40, 7))
  expect(sample(points, 40, 7)).not.toEqual(sample(points, 40, 8))
})
