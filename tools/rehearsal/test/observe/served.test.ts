import { expect, test } from 'vitest'
import { classifier, spansOf, watchTargets } from '../../src/observe/served.ts'
import { v1, v2 } from '../../src/version.ts'

const versions = { version: v2, before: { api: v1, worker: undefined } }

test.each([
  [v1.sha, 'old', 'v1.0.0'],
  [v2.sha, 'new', 'v1.1.0'],
  ['f'.repeat(40), 'other', 'f'.repeat(40)],
  [undefined, 'nothing', 'nothing answers'],
  ['no answer (ETIMEDOUT)', 'nothing', 'no answer (ETIMEDOUT)'],
])('%s is %s', (answer, serves, text) => {
  expect(classifier('api', versions)(answer)).toEqual({ serves, answer: text })
})

test('nothing is no outage before a first release, nor in a slot', () => {
  expect(classifier('worker', versions)(undefined).serves).toBe('empty')
  expect(classifier('api', versions, true)(undefined).serves).toBe('empty')
})

test('a version that serves before and is released again is the old one', () => {
  expect(classifier('api', { version: v1, before: { api: v1 } })(v1.sha).serves).toBe('old')
})

test('equal answers that follow each other are one span; each holds until the next question', () => {
  const samples = [v1.sha, v1.sha, undefined, v2.sha, v2.sha].map((answer, index) => ({ at: index * 250, answer }))
  expect(spansOf(samples, 1300, classifier('api', versions))).toEqual([
    { from: 0, to: 500, serves: 'old', answer: 'v1.0.0' },
    { from: 500, to: 750, serves: 'nothing', answer: 'nothing answers' },
    { from: 750, to: 1300, serves: 'new', answer: 'v1.1.0' },
  ])
})

test('targets are asked until the end; one that throws has no answer', async () => {
  let asked = 0
  const watching = watchTargets(
    [
      { service: 'api', place: 'host-1', ask: async () => [v1, v2][asked++ > 0 ? 1 : 0]?.sha },
      { service: 'api', place: '', ask: () => Promise.reject(new Error('away')) },
    ],
    versions,
  )
  await expect.poll(() => asked).toBeGreaterThan(1)
  const lanes = await watching.stop()
  expect(lanes.map(({ target }) => target)).toEqual(['api on host-1', 'api'])
  expect(lanes.map(({ spans }) => spans.map(({ serves }) => serves))).toEqual([['old', 'new'], ['nothing']])
  expect(await watching.stop()).toEqual(lanes)
})
