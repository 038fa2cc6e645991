import { expect, test } from 'vitest'
import { type RetryableError, type RetryRules, retry, type Tried } from '../src/retry.ts'

const passing: RetryableError = { retryable: true, maybeDelivered: false, waitMs: undefined }
const doubtful: RetryableError = { ...passing, maybeDelivered: true }
const final: RetryableError = { ...passing, retryable: false }
const limited: RetryableError = { ...passing, waitMs: 7000 }
const done = 'done'
type End = RetryableError | 'done'

/** Returns these results in turn, each after 10 ms; the last one is repeated. */
async function run(ends: readonly End[], rules: Partial<RetryRules<RetryableError>> & { budgetMs?: number } = {}) {
  const pauses: number[] = []
  let tries = 0
  let spent = 0
  const { budgetMs } = rules
  const once = async (): Promise<Tried<string, RetryableError>> => {
    spent += 10
    const end = ends[Math.min(tries++, ends.length - 1)] as End
    return end === 'done' ? { value: done } : { trouble: end }
  }
  const pause = async (ms: number) => {
    pauses.push(ms)
    spent += ms
  }
  const end = await retry(once, {
    repeatable: true,
    backoffMs: (attempts) => 100 * 2 ** (attempts - 1),
    pause,
    signal: new AbortController().signal,
    ...(budgetMs !== undefined && { leftMs: () => budgetMs - spent }),
    ...rules,
  })
  return { tries, pauses, end: end === undefined ? undefined : 'value' in end ? end.value : end.trouble }
}

interface Case {
  readonly ends: End[]
  readonly rules?: Partial<RetryRules<RetryableError>> & { budgetMs?: number }
  readonly tries: number
  readonly pauses: number[]
  readonly end: End | undefined
}

test.each<[what: string, Case]>([
  ['goes well at once', { ends: [done], tries: 1, pauses: [], end: done }],
  ['goes well later', { ends: [passing, passing, done], tries: 3, pauses: [100, 200], end: done }],
  ['is refused', { ends: [final], tries: 1, pauses: [], end: final }],
  ['is limited: the pause asked for holds', { ends: [limited, done], tries: 2, pauses: [7000], end: done }],
  [
    'is limited for longer than is waited',
    { ends: [limited, done], rules: { longestPauseMs: 5000 }, tries: 2, pauses: [5000], end: done },
  ],
  ['may be done, and may be repeated', { ends: [doubtful, done], tries: 2, pauses: [100], end: done }],
  [
    'may be done, and must not be repeated',
    { ends: [doubtful, done], rules: { repeatable: false }, tries: 1, pauses: [], end: doubtful },
  ],
  [
    'is surely not done, and must not be repeated',
    { ends: [passing, done], rules: { repeatable: false }, tries: 2, pauses: [100], end: done },
  ],
  [
    'is surely not done, then may be',
    { ends: [passing, doubtful, done], rules: { repeatable: false }, tries: 2, pauses: [100], end: doubtful },
  ],
  ['spends its attempts', { ends: [passing], rules: { attempts: 3 }, tries: 3, pauses: [100, 200], end: passing }],
  ['spends its time', { ends: [passing], rules: { budgetMs: 200 }, tries: 2, pauses: [100], end: passing }],
  [
    'is asked to wait for longer than is left',
    { ends: [limited], rules: { budgetMs: 1000 }, tries: 1, pauses: [], end: limited },
  ],
  [
    'would have less than the least left',
    { ends: [passing], rules: { budgetMs: 200, leastMs: 100 }, tries: 1, pauses: [], end: passing },
  ],
  [
    'has less than the least from the first',
    { ends: [done], rules: { budgetMs: 50, leastMs: 60 }, tries: 0, pauses: [], end: undefined },
  ],
  [
    'is stopped before it begins',
    { ends: [done], rules: { signal: AbortSignal.abort() }, tries: 0, pauses: [], end: undefined },
  ],
])('what %s', async (_what, { ends, rules, ...expected }) => {
  expect(await run(ends, rules)).toEqual(expected)
})

test('a signal ends it in a pause, and nothing is sent after that', async () => {
  const stop = new AbortController()
  const { tries, end } = await run([passing, done], { signal: stop.signal, pause: async () => stop.abort() })
  expect([tries, end]).toEqual([1, passing])
})

test('a retry is reported, with its pause', async () => {
  const said: unknown[] = []
  await run([limited, doubtful, done], { onPause: (trouble, ms) => said.push([trouble, ms]) })
  expect(said).toEqual([
    [limited, 7000],
    [doubtful, 200],
  ])
})

test('what an attempt throws ends it', async () => {
  const rules = { repeatable: true, backoffMs: () => 0, pause: async () => {}, signal: new AbortController().signal }
  await expect(retry(() => Promise.reject(new Error('a defect')), rules)).rejects.toThrow('a defect')
})
