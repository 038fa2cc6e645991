import { expect, test } from 'vitest'
import { type RetryRules, retry, type Tried, type Trouble } from '../src/retry.ts'

const passing: Trouble = { passing: true, perhapsDone: false, waitMs: undefined }
const doubtful: Trouble = { ...passing, perhapsDone: true }
const final: Trouble = { ...passing, passing: false }
const limited: Trouble = { ...passing, waitMs: 7000 }
const done = 'done'
type End = Trouble | 'done'

/** Plays these ends in turn, each of which takes 10 ms of the time; the last one is repeated. */
async function play(ends: readonly End[], rules: Partial<RetryRules<Trouble>> & { budgetMs?: number } = {}) {
  const pauses: number[] = []
  let tries = 0
  let spent = 0
  const { budgetMs } = rules
  const once = async (): Promise<Tried<string, Trouble>> => {
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

test.each<[string, End[], Partial<RetryRules<Trouble>> & { budgetMs?: number }, number, number[], End | undefined]>([
  ['goes well at once', [done], {}, 1, [], done],
  ['goes well later', [passing, passing, done], {}, 3, [100, 200], done],
  ['is refused', [final], {}, 1, [], final],
  ['is limited: the pause asked for holds', [limited, done], {}, 2, [7000], done],
  ['is limited for longer than is waited', [limited, done], { longestPauseMs: 5000 }, 2, [5000], done],
  ['may be done, and may be repeated', [doubtful, done], {}, 2, [100], done],
  ['may be done, and must not be repeated', [doubtful, done], { repeatable: false }, 1, [], doubtful],
  ['is surely not done, and must not be repeated', [passing, done], { repeatable: false }, 2, [100], done],
  ['is surely not done, then may be', [passing, doubtful, done], { repeatable: false }, 2, [100], doubtful],
  ['spends its attempts', [passing], { attempts: 3 }, 3, [100, 200], passing],
  ['spends its time', [passing], { budgetMs: 200 }, 2, [100], passing],
  ['is asked to wait for longer than is left', [limited], { budgetMs: 1000 }, 1, [], limited],
  ['would have less than the least left', [passing], { budgetMs: 200, leastMs: 100 }, 1, [], passing],
  ['has less than the least from the first', [done], { budgetMs: 50, leastMs: 60 }, 0, [], undefined],
  ['is stopped before it begins', [done], { signal: AbortSignal.abort() }, 0, [], undefined],
])('what %s', async (_what, ends, rules, tries, pauses, end) => {
  expect(await play(ends, rules)).toEqual({ tries, pauses, end })
})

test('a signal ends it in a pause, and nothing is sent after that', async () => {
  const stop = new AbortController()
  const { tries, end } = await play([passing, done], { signal: stop.signal, pause: async () => stop.abort() })
  expect([tries, end]).toEqual([1, passing])
})

test('what is tried again is said, with the pause', async () => {
  const said: unknown[] = []
  await play([limited, doubtful, done], { onPause: (trouble, ms) => said.push([trouble, ms]) })
  expect(said).toEqual([
    [limited, 7000],
    [doubtful, 200],
  ])
})

test('what an attempt throws ends it', async () => {
  const rules = { repeatable: true, backoffMs: () => 0, pause: async () => {}, signal: new AbortController().signal }
  await expect(retry(() => Promise.reject(new Error('a defect')), rules)).rejects.toThrow('a defect')
})
