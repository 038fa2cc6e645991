import { expect, test } from 'vitest'
import { runAll } from './schedules.ts'

test('ten thousand random schedules', { timeout: 1_800_000 }, async () => {
  const seed = Number(process.env.BELAY_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const { failed, conclusions } = await runAll(seed, 10_000)
  expect(failed).toEqual([])
  expect(Object.keys(conclusions).length).toBeGreaterThan(10)
})
