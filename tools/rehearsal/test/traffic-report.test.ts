import type { LoadReport } from '@belay/load'
import { expect, test } from 'vitest'
import { clientCheck, reportProblems } from '../src/traffic-report.ts'
import { v1, v2 } from '../src/version.ts'

const failed = [{ atMs: 1200, code: 'ECONNREFUSED', reused: false }]
const seen = (...shas: string[]) => {
  const versions = shas.map((version) => ({ version, from: 0, to: 1, count: 1 }))
  return { sent: 20, failed, versions, latestMs: 1, p99Ms: 3 } as unknown as LoadReport
}

test('what users may see beside what they saw; its problems are those of the run', () => {
  const report = seen(v1.sha, v2.sha, v1.sha)
  expect(clientCheck('api', report, [v1, v2])).toEqual({
    what: 'users of api',
    promised: 'no request fails; they see only v1.0.0 or v1.1.0',
    seen: '1 of 20 requests failed; they saw v1.0.0, v1.1.0',
    problems: reportProblems('api', report, [v1, v2]),
  })
})

test('where a restart is the switch, a failed request is no problem, but a version that was not announced is', () => {
  expect(clientCheck('api', seen(v1.sha), [v1], 'shown')).toMatchObject({
    promised: 'requests may fail during a restart; they see only v1.0.0',
    problems: [],
  })
  expect(clientCheck('api', seen(v2.sha), [v1], 'shown')).toMatchObject({
    seen: '1 of 20 requests failed; they saw b83e5a2',
    problems: [expect.stringContaining('which was not expected')],
  })
})
