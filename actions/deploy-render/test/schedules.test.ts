import { expect, test } from 'vitest'
import { runAll } from './schedules.ts'

test('300 random schedules deploy never twice, never end falsely green or past the deadline', async () => {
  const seed = Number(process.env.BELAY_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const { failed, conclusions } = await runAll(seed, 300)
  expect(failed).toEqual([])
  // Every kind of conclusion must occur; otherwise the schedules test less than they claim.
  expect(Object.keys(conclusions)).toEqual(expect.arrayContaining(['pending', 'cancelled', 'killed']))
})
