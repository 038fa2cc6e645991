import type { FailedRequest, LoadReport, VersionSpan } from '@belay/load'
import { expect, test } from 'vitest'
import type { Release, ReleaseKind } from './belay.ts'
import type { Lane } from './lane.ts'
import { problemsOf } from './verdict.ts'

const reset: FailedRequest = { atMs: 1, code: 'ECONNRESET', reused: true }

/** What a client saw that began at 1000: so many failures, and these versions. */
function report(failed: number, versions: VersionSpan[] = []): LoadReport {
  return {
    startedAt: 1000,
    sent: 100,
    answered: 100 - failed,
    failed: Array.from({ length: failed }, () => reset),
    versions,
    seconds: [],
    p50Ms: 1,
    p99Ms: 2,
    longestSilenceMs: 3,
    latestMs: 4,
  }
}

const lane = (fresh: number, kept: number, versions: VersionSpan[] = [], moves = 10): Lane => ({
  watched: { fresh: report(fresh, versions), keepAlive: report(kept) },
  moves: Array.from({ length: moves }, () => 20),
})

/** A release that took from 2000 to 3000. */
const release = (kind: ReleaseKind): Release => {
  return { kind, sha: 'v2', began: 2000, ended: 3000, moves: 1, switchMs: 20, backMs: undefined }
}

const seen = (from: number, to: number): VersionSpan[] => [
  { version: 'v2', from: from - 1000, to: to - 1000, count: 5 },
]

test('HAProxy loses nothing, on any connection', () => {
  expect(problemsOf('haproxy', lane(0, 0), lane(5, 5), [])).toEqual([])
  expect(problemsOf('haproxy', lane(1, 0), lane(5, 5), [])).toEqual([
    'haproxy: 1 requests failed on fresh connections: ECONNRESET 1',
  ])
  expect(problemsOf('haproxy', lane(0, 2), lane(5, 5), [])).toHaveLength(1)
})

test('nginx may lose as many requests a move on kept connections as bare reloads do', () => {
  expect(problemsOf('nginx', lane(0, 8), lane(0, 8), [])).toEqual([])
  expect(problemsOf('nginx', lane(0, 4), lane(0, 2), [])).toEqual([])
  expect(problemsOf('nginx', lane(0, 8, [], 20), lane(0, 4, [], 10), [])).toEqual([])
})

test('nginx may lose no request on fresh connections, not even where bare reloads do', () => {
  expect(problemsOf('nginx', lane(1, 0), lane(1, 0), [])).toHaveLength(1)
})

test('nginx may not lose more requests a move on kept connections than bare reloads do', () => {
  expect(problemsOf('nginx', lane(0, 20), lane(0, 4), [])).toEqual([
    'nginx: 20 requests failed on kept connections in 10 moves, beside 4 in 10 bare reloads',
  ])
})

test.each<[ReleaseKind, number, number, number]>([
  ['good', 2500, 9000, 0],
  ['good', 1900, 9000, 1],
  ['regretted', 2500, 2900, 0],
  ['regretted', 2500, 3100, 1],
  ['unfit', 2500, 2900, 1],
])('a release that is %s and is seen from %i to %i: %i problems', (kind, from, to, problems) => {
  expect(problemsOf('nginx', lane(0, 0, seen(from, to)), lane(0, 0), [release(kind)])).toHaveLength(problems)
})

test('a good release has to be seen', () => {
  expect(problemsOf('nginx', lane(0, 0), lane(0, 0), [release('good')])).toHaveLength(1)
  expect(problemsOf('nginx', lane(0, 0), lane(0, 0), [release('regretted')])).toEqual([])
})
