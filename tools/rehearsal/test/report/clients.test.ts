import type { LoadReport } from '@belay/load'
import { expect, test } from 'vitest'
import { clientReport } from '../../src/report/clients.ts'
import { v1, v2 } from '../../src/version.ts'

test('answers by second and version, failures beside them', () => {
  const failed = [
    { atMs: 1100, code: 'ECONNREFUSED', reused: false },
    { atMs: 1900, code: 'ECONNREFUSED', reused: false },
    { atMs: 3000, status: 502, reused: false },
  ]
  const seconds = [
    { second: 0, version: v1.sha, count: 20 },
    { second: 1, version: v2.sha, count: 18 },
    { second: 2, version: 'unheard of', count: 1 },
  ]
  const report = { startedAt: 5000, sent: 42, failed, seconds, p99Ms: 12 } as unknown as LoadReport
  const versions = { version: v2, before: { api: v1 } }
  expect(clientReport({ service: 'api', where: 'api on host-1', report }, versions)).toEqual({
    where: 'api on host-1',
    sent: 42,
    failed: 3,
    p99Ms: 12,
    failures: ['2 × ECONNREFUSED', '1 × HTTP 502'],
    seconds: [
      { at: 5000, old: 20, new: 0, other: 0, failed: 0 },
      { at: 6000, old: 0, new: 18, other: 0, failed: 2 },
      { at: 7000, old: 0, new: 0, other: 1, failed: 0 },
      { at: 8000, old: 0, new: 0, other: 0, failed: 1 },
    ],
  })
})
