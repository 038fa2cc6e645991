import { describe, expect, test } from 'vitest'
import { allPoints } from './points.ts'
import { playPoint } from './strike.ts'

describe('a fault at every boundary', () => {
  const points = allPoints()

  test.concurrent.for(points)('$name', (point) => playPoint(point))

  test('all of them were played', () => {
    console.log(`${points.length} points: every boundary × fault × hosts`)
    expect(points.length).toBeGreaterThan(60)
  })
})
