import { afterAll, describe, expect, test } from 'vitest'
import { openScene, type Scene } from '../support/scene.ts'
import { allPoints, type Point } from './points.ts'
import { strike } from './strike.ts'

describe('a fault at every boundary', () => {
  const points = allPoints()
  const scenes: Scene[] = []
  afterAll(() => Promise.all(scenes.map((scene) => scene.close())))

  test.concurrent.for(points)('$name', async (point) => {
    const scene = await openScene()
    scenes.push(scene)
    await strikeOnce(scene, point)
    await scene.close()
  })

  test('all of them were played', () => {
    console.log(`${points.length} points: every boundary × fault × hosts`)
    expect(points.length).toBeGreaterThan(60)
  })
})

async function strikeOnce(scene: Scene, point: Point): Promise<void> {
  const first = await scene.job('v1', [scene.deploy('api', await scene.release('api', 'v1'), { version: 'v1' })])
  expect(first.belay, first.log).toBe('committed')
  await strike(scene, point, 'v1', 'v2')
}
