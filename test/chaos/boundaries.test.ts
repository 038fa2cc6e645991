import { canStartHosts } from '@belay/testbed'
import { test } from 'vitest'
import { need } from '../support/need.ts'
import { allPoints, sample } from './points.ts'
import { playPoint } from './strike.ts'

/** All points are `npm run chaos`; which of them stand here changes daily, and can be asked for again by the seed. */
const seed = Number(process.env.BELAY_SEED ?? Math.floor(Date.now() / 86_400_000))

need(canStartHosts())(`a fault at some boundaries (BELAY_SEED=${seed})`, () => {
  test.concurrent.for(sample(allPoints(), 6, seed))('$name', (point) => playPoint(point))
})
