import { canStartHosts } from '@belay/testbed'
import { expect, test } from 'vitest'
import { need } from '../support/need.ts'
import { allPoints, sample } from './points.ts'
import { playPoint } from './strike.ts'

/** All, or with BELAY_SAMPLE as many, chosen by BELAY_SEED; by default another choice each day. */
const seed = Number(process.env.BELAY_SEED ?? Math.floor(Date.now() / 86_400_000))
const count = Number(process.env.BELAY_SAMPLE ?? 0)

need(canStartHosts())(
  count > 0 ? `a fault at ${count} boundaries (BELAY_SEED=${seed})` : 'a fault at every boundary',
  () => {
    const points = count > 0 ? sample(allPoints(), count, seed) : allPoints()

    test.concurrent.for(points)('$name', (point) => playPoint(point))

    test('all of them were played', () => {
      console.log(`${points.length} points: every boundary × fault × hosts`)
      expect(points.length).toBeGreaterThan(count > 0 ? count - 1 : 60)
    })
  },
)
