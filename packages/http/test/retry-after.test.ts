import { expect, test, vi } from 'vitest'
import { retryAfterMs } from '../src/retry-after.ts'

test.for([
  ['30', 30_000],
  ['0', 0],
  [' 2 ', 2000],
  // What octokit has of an answer.
  [7, 7000],
  ['Sun, 29 Nov 2026 12:00:05 GMT', 5000],
  ['Sun, 29 Nov 2026 11:00:00 GMT', 0],
] as const)('asks to wait: %j', ([header, ms], { onTestFinished }) => {
  vi.useFakeTimers({ now: new Date('2026-11-29T12:00:00Z') })
  onTestFinished(() => void vi.useRealTimers())
  expect(retryAfterMs(header)).toBe(ms)
})

test.for([undefined, '', 'soon', '-1', '1.5', '2026-11-29', 'GMT'])(
  'asks for nothing that can be read: %j',
  (header) => {
    expect(retryAfterMs(header)).toBeUndefined()
  },
)
