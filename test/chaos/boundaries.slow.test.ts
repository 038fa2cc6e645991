import { canStartHosts } from '@belay/testbed'
import { expect, test } from 'vitest'
import { need } from '../support/need.ts'
import { allPoints } from './points.ts'
import { playPoint } from './strike.ts'

need(canStartHosts())('a fault at every boundary', () => {
  const points = allPoints()

  test.concurrent.for(points)('$name', (point) => playPoint(point))

  test('all of them were played', () => {
    console.log(`${points.length} points: every boundary × fault × hosts`)
    expect(points.length).toBeGreaterThan(60)
  })
})
