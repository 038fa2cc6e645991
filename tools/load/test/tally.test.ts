import { expect, test } from 'vitest'
import { newTally } from '../src/tally.ts'

/** Answers as `due:answered:version`, in the order in which they came. */
function tallyOf(answers: string, endMs: number) {
  const tally = newTally(0)
  for (const answer of answers.split(' ')) {
    const [due, at, version = ''] = answer.split(':')
    tally.sent(Number(due), Number(due))
    tally.answered(Number(due), Number(at), version)
  }
  tally.end(endMs)
  return tally.report()
}

test('crossing old and new answers while traffic moves count as one period each', () => {
  expect(tallyOf('0:10:v1 50:60:v2 40:70:v1 90:95:v2', 100).versions).toEqual([
    { version: 'v1', from: 10, to: 40, count: 2 },
    { version: 'v2', from: 60, to: 90, count: 2 },
  ])
})

test('a version that another one replaced for over a second begins anew when it returns', () => {
  expect(tallyOf('0:10:v1 50:60:v2 1500:1510:v1', 1600).versions).toEqual([
    { version: 'v1', from: 10, to: 0, count: 1 },
    { version: 'v2', from: 60, to: 50, count: 1 },
    { version: 'v1', from: 1510, to: 1500, count: 1 },
  ])
})

test('a slow answer belongs to the time of its request', () => {
  expect(tallyOf('0:10:v1 50:60:v2 900:910:v2 20:1400:v1 1500:1510:v1', 1600).versions).toEqual([
    { version: 'v1', from: 10, to: 20, count: 2 },
    { version: 'v2', from: 60, to: 900, count: 2 },
    { version: 'v1', from: 1510, to: 1500, count: 1 },
  ])
})

test('answers are counted by the second in which their request was due, and by version', () => {
  expect(tallyOf('0:10:v1 900:2100:v1 950:960:v2 1200:1210:v2', 2200).seconds).toEqual([
    { second: 0, version: 'v1', count: 2 },
    { second: 0, version: 'v2', count: 1 },
    { second: 1, version: 'v2', count: 1 },
  ])
})

test('a gap without answers is silence and no other version', () => {
  expect(tallyOf('0:10:v1 50:60:v1 5000:5010:v1', 5100)).toMatchObject({
    versions: [{ version: 'v1', count: 3 }],
    longestSilenceMs: 4950,
  })
})

test('the longest silence may be the one before the first answer, or after the last', () => {
  expect(tallyOf('0:300:v1 310:320:v1', 400).longestSilenceMs).toBe(300)
  expect(tallyOf('0:10:v1 20:30:v1', 900).longestSilenceMs).toBe(870)
})

test('times count from when a request was due, and percentiles are times that were measured', () => {
  const answers = Array.from({ length: 200 }, (_, index) => `${index}:${index + (index < 197 ? 2 : 100)}:v1`)
  expect(tallyOf(answers.join(' '), 400)).toMatchObject({ p50Ms: 2, p99Ms: 100, sent: 200, answered: 200 })
})

test('without answers there are no times', () => {
  const tally = newTally(0)
  tally.end(50)
  expect(tally.report()).toMatchObject({ p50Ms: undefined, p99Ms: undefined, longestSilenceMs: 50 })
})
