import { expect, test } from 'vitest'
import { sample } from '../../scripts/sample.ts'
import { elsewhereFaults, elsewherePoints, roles } from './elsewhere/points.ts'
import { everyPoint } from './every-point.ts'
import { allPoints, faults, proxies } from './fault-points.ts'
import { absent, hostFaults, hostPoints } from './host-points.ts'

const points = everyPoint()
const kindOf = ({ kind }: (typeof points)[number]) => kind

test('each point has a unique name', () => {
  expect(new Set(points.map(({ name }) => name)).size).toBe(points.length)
})

test('the number of faults: it changes with every new or removed boundary', () => {
  const runner = allPoints()
  const alone = runner.filter(({ proxy }) => proxy === undefined)
  const number = (at: string) => points.filter((point) => point.at === at).length
  expect({
    alone: alone.length,
    withSwitch: runner.length - alone.length,
    host: number('host'),
    both: number('both'),
    migration: number('migration'),
    elsewhere: number('elsewhere'),
  }).toEqual({ alone: 141, withSwitch: 135, host: 739, both: 334, migration: 15, elsewhere: 206 })
})

test.each(proxies)('each fault is injected at the fill or at the switch of a job with both: %s', (proxy) => {
  const sampled = allPoints().filter((point) => point.proxy === proxy && point.step === 'traffic')
  for (const fault of faults) expect(sampled.map((point) => point.fault)).toContain(fault)
  for (const step of ['api', 'traffic']) {
    const struck = hostPoints().filter((point) => point.proxy === proxy && point.step === step)
    for (const fault of hostFaults) expect(struck.map((point) => point.fault)).toContain(fault)
  }
})

test('a fault on a host exists at each boundary, or the table says why not', () => {
  const place = ({ name, fault, hosts }: ReturnType<typeof hostPoints>[number]) =>
    name.replace(`${fault} at `, '').replace(hosts === 1 ? 'one host' : 'both', '')
  const places = Map.groupBy(hostPoints(), place)
  for (const [at, struck] of places)
    for (const fault of hostFaults) {
      const exists = struck.some((point) => point.fault === fault)
      const reason = absent[struck[0]?.boundary.progress as keyof typeof absent][fault]
      // The two exceptions of existsAt().
      if (/rename to undone|(preflight|lock) of a switch/.test(at)) continue
      expect({ at, fault, exists }).toEqual({ at, fault, exists: reason === undefined })
    }
})

test('only the seed decides which points a sample has, and it has each fault', () => {
  const chosen = sample(points, 40, 7, kindOf)
  expect(chosen).toEqual(sample(points, 40, 7, kindOf))
  expect(chosen).not.toEqual(sample(points, 40, 8, kindOf))
  expect(new Set(chosen.map(kindOf))).toEqual(new Set(points.map(kindOf)))
})

test('seeds that follow each other play every point: the whole run in shifts', () => {
  const shifts = Array.from({ length: 12 }, (_, seed) => sample(points, 157, 5 + seed, kindOf))
  expect(shifts.map((shift) => shift.length)).toEqual(Array(12).fill(157))
  expect(new Set(shifts.flat()).size).toBe(points.length)
})

test.each([
  ['more kinds than wanted', 3, ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 3],
  ['one kind', 3, ['a', 'a', 'a', 'a', 'a', 'a', 'a'], 3],
  ['a rare kind', 3, ['a', 'a', 'a', 'a', 'a', 'a', 'b'], 3],
  ['more wanted than there are', 9, ['a', 'b'], 1],
])('a sample of %s: all in as few seeds as can be', (_, count, kinds, seeds) => {
  const all = kinds.map((kind, index) => ({ kind, index }))
  const samples = Array.from({ length: seeds }, (_, seed) => sample(all, count, seed, ({ kind }) => kind))
  for (const chosen of samples) expect(chosen.length).toBe(Math.min(count, all.length))
  expect(new Set(samples.flat()).size).toBe(all.length)
})

test('with proxies on other hosts each fault is injected on a host of each role, after main and before it', () => {
  const all = elsewherePoints()
  for (const fault of [...elsewhereFaults.runner, ...elsewhereFaults.host])
    expect(all.map((point) => point.fault)).toContain(fault)
  for (const role of roles)
    for (const fault of ['cut', ...elsewhereFaults.host])
      for (const stage of ['main', 'post'])
        expect(
          all.filter((point) => point.role === role && point.fault === fault).map((point) => point.boundary.stage),
        ).toContain(stage)
})
