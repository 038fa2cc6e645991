import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../support/need.ts'
import { testChain } from './chain.ts'
import { allPoints, sample } from './fault-points.ts'
import { testPoint } from './inject-fault.ts'

/** All, or with BELAY_SAMPLE as many, chosen by BELAY_SEED; by default another choice each day. */
const seed = Number(process.env.BELAY_SEED ?? Math.floor(Date.now() / 86_400_000))
const count = Number(process.env.BELAY_SAMPLE ?? 0)

describeIf(canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy'))(
  count > 0 ? `a fault at ${count} boundaries (BELAY_SEED=${seed})` : 'a fault at every boundary',
  () => {
    const points = count > 0 ? sample(allPoints(), count, seed) : allPoints()

    let sampled = 0

    test.concurrent.for(points.map((point) => [point.name, point] as const))('%s', async ([, point]) => {
      await (point.proxy ? testChain(point, point.proxy) : testPoint(point))
      sampled += 1
    })

    test('all of them were run', () => {
      console.log(`${sampled} points: every boundary × fault × hosts`)
      // A point whose boundary was never reached, or whose promise was broken, did not count.
      expect(sampled).toBe(count > 0 ? Math.min(count, 276) : 276)
    })
  },
)
