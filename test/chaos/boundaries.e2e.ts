import { canStartHosts, canStartPostgres, canStartProxy, type Postgres, startPostgres } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seed } from '../../scripts/seed.ts'
import { describeIf } from '../support/need.ts'
import { count, sampled } from '../support/sampled.ts'
import { testChain } from './chain.ts'
import { testCrossPoint } from './cross-run.ts'
import { testElsewherePoint } from './elsewhere/run-point.ts'
import { everyPoint, type Point } from './every-point.ts'
import { testHostPoint } from './host-run.ts'
import { testPoint } from './inject-fault.ts'
import { testMigrationPoint } from './migration-points.ts'

const why = canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy') ?? canStartPostgres()

describeIf(why)(count > 0 ? `a fault at ${count} boundaries (BELAY_SEED=${seed})` : 'a fault at every boundary', () => {
  const points = sampled(everyPoint(), ({ kind }) => kind)
  let postgres: Postgres | undefined
  let ran = 0

  beforeAll(async () => {
    if (points.some(({ at }) => at === 'migration')) postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())

  test.concurrent.for(points.map((point) => [point.name, point] as const))('%s', async ([, point]) => {
    await run(point, postgres)
    ran += 1
  })

  test('all of them were run', () => {
    console.log(`${ran} points: every boundary × fault × hosts`)
    // A point whose boundary was never reached, which was not struck, or whose promise was broken did not count.
    expect(ran).toBe(points.length)
  })
})

function run(each: Point, postgres: Postgres | undefined): Promise<void> {
  switch (each.at) {
    case 'runner':
      return each.point.proxy ? testChain(each.point, each.point.proxy) : testPoint(each.point)
    case 'host':
      return testHostPoint(each.point)
    case 'both':
      return testCrossPoint(each.point)
    case 'migration':
      return testMigrationPoint(each.point, postgres as Postgres)
    case 'elsewhere':
      return testElsewherePoint(each.point)
  }
}
