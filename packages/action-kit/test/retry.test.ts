import { describe, expect, test } from 'vitest'
import { Interrupted } from '../src/failure.ts'
import {
  doubling,
  type ErrorRetryRules,
  type RetryableError,
  type RetryRules,
  retry,
  retryErrors,
  type Tried,
} from '../src/retry.ts'

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

test('a pause may depend on what failed', async () => {
  const backoffMs = (failed: number, trouble: RetryableError) => (trouble.maybeDelivered ? 1 : 1000) * failed
  expect((await run([passing, doubtful, done], { backoffMs })).pauses).toEqual([1000, 2])
})

test('without an injected clock a pause takes its time, and ends with the signal', async () => {
  const stop = new AbortController()
  const rules = { repeatable: true, backoffMs: () => 60_000, signal: stop.signal, onPause: () => stop.abort() }
  expect(await retry(async () => ({ trouble: passing }), rules)).toEqual({ trouble: passing })
})

describe('what fails by throwing', () => {
  const lost = new Error('connection lost')
  const refused = new Error('login refused')

  /** Throws these errors in turn, and then succeeds. */
  async function playErrors(errors: readonly Error[], rules: Partial<ErrorRetryRules> = {}) {
    const pauses: number[] = []
    let tries = 0
    const once = async () => {
      const error = errors[tries++]
      if (error) throw error
      return done
    }
    const ended = await retryErrors(once, {
      attempts: 3,
      backoffMs: doubling(100),
      isRetryable: (error) => error === lost,
      pause: async (ms) => void pauses.push(ms),
      ...rules,
    }).catch((error: unknown) => error)
    return { ended, tries, pauses }
  }

  test.each<[what: string, errors: Error[], ended: unknown, pauses: number[]]>([
    ['succeeds at once', [], done, []],
    ['succeeds later', [lost, lost], done, [100, 200]],
    ['spends its attempts: the last error is thrown', [lost, lost, lost], lost, [100, 200]],
    ['is final', [refused], refused, []],
    ['becomes final', [lost, refused], refused, [100]],
  ])('%s', async (_what, errors, ended, pauses) => {
    expect(await playErrors(errors)).toEqual({ ended, tries: Math.min(pauses.length + 1, 3), pauses })
  })

  test('is not begun once the signal is aborted', async () => {
    const { ended, tries } = await playErrors([], { signal: AbortSignal.abort() })
    expect([ended, tries]).toEqual([expect.any(Interrupted), 0])
  })

  test('is interrupted in a pause', async () => {
    const stop = new AbortController()
    const { ended, tries } = await playErrors([lost], { signal: stop.signal, pause: async () => stop.abort() })
    expect([ended, tries]).toEqual([expect.any(Interrupted), 1])
  })
})

describe('pauses that double', () => {
  const first = (count: number, backoffMs: (failed: number) => number) =>
    Array.from({ length: count }, (_, index) => backoffMs(index + 1))

  test('begin with the first', () => expect(first(4, doubling(500))).toEqual([500, 1000, 2000, 4000]))
  test('have a longest', () => expect(first(4, doubling(500, { longestMs: 1500 }))).toEqual([500, 1000, 1500, 1500]))
  test('are spread, the longest too', () => {
    expect(first(3, doubling(500, { longestMs: 1000, factor: () => 0.5 }))).toEqual([250, 500, 500])
  })
})
