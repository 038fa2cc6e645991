import { expect, test } from 'vitest'
import { withinDeadline } from '../src/deadline.ts'

/** Ends as soon as its signal is aborted, with an error of its own. */
const patient = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
const never = new AbortController().signal

test('what is done in time is returned', async () => {
  expect(await withinDeadline(never, 10, async () => 'done')).toBe('done')
})

test('what fails in time keeps its own failure', async () => {
  const task = () => Promise.reject(new Error('broken'))
  await expect(withinDeadline(never, 10, task)).rejects.toThrow('broken')
})

test('past the deadline the task is stopped, and that is the failure', async () => {
  await expect(withinDeadline(never, 0.02, patient)).rejects.toMatchObject({
    code: 'deadline',
    message: expect.stringContaining('The deadline of 0.02 s passed.'),
    cause: { message: 'stopped' },
  })
})

test('an interrupted task is stopped too, and the failure is not the deadline', async () => {
  const interrupt = new AbortController()
  const ended = withinDeadline(interrupt.signal, 10, patient)
  interrupt.abort()
  await expect(ended).rejects.toThrow('stopped')
})
