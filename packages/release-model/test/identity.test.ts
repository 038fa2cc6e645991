import { describe, expect, test } from 'vitest'
import { isKeptRelease, isName, isReleaseId, releaseId, resemblesReleaseId } from '../src/identity.ts'

const sha = '3f2a9c1b7d043f2a9c1b7d043f2a9c1b7d043f2a'
const job = { run: '16483920184', attempt: 3, nonce: '9f86d081' }

describe('a release id', () => {
  test('is UTC time, 12 characters of the sha, and the job: run, attempt and nonce', () => {
    expect(releaseId(new Date('2026-11-21T12:05:27.981+02:00'), sha, job)).toBe(
      '20261121T100527Z-3f2a9c1b7d04-16483920184-3-9f86d081',
    )
  })

  test('sorts by time as text', () => {
    const times = ['2026-01-09T23:59:59Z', '2026-01-10T00:00:00Z', '2026-10-02T00:00:00Z', '2027-01-01T00:00:00Z']
    const ids = times.map((time) => releaseId(new Date(time), sha, job))
    expect([...ids].sort()).toEqual(ids)
  })

  test('is a name that a folder may have', () => {
    const longest = { run: '9'.repeat(18), attempt: 999, nonce: '9f86d081' }
    for (const one of [job, longest]) expect(isName(releaseId(new Date(), sha, one))).toBe(true)
  })

  test.each([
    ['another run', { run: '16483920185' }],
    ['another attempt', { attempt: 4 }],
    ['another job of the same matrix', { nonce: '9f86d082' }],
  ])('is another one for %s, in the same second and of the same commit', (_, other) => {
    const now = new Date()
    expect(releaseId(now, sha, { ...job, ...other })).not.toBe(releaseId(now, sha, job))
  })

  test('is known by its form', () => {
    expect(isReleaseId(releaseId(new Date(), sha, job))).toBe(true)
    for (const other of [
      '',
      'previous',
      'v1.2.3',
      sha,
      '20261121T100527Z-3f2a9c1b7d04-1',
      `${releaseId(new Date(), sha, job)}x`,
      `x\n${releaseId(new Date(), sha, job)}`,
    ])
      expect(isReleaseId(other)).toBe(false)
  })

  test('is taken for one by the expression of a caller, and so are texts that are none', () => {
    expect(resemblesReleaseId(releaseId(new Date(), sha, job))).toBe(true)
    for (const text of ['20261121T100527Z-3f2a', '2026.11.1-z-1']) expect(resemblesReleaseId(text), text).toBe(true)
    for (const text of ['v1.4.0', 'v1.2.0-jazz-1', '2026.11.1', sha]) expect(resemblesReleaseId(text), text).toBe(false)
  })

  test('and previous name releases that only the hosts know', () => {
    expect(['previous', releaseId(new Date(), sha, job), 'v1.4.0', sha, ''].map(isKeptRelease)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('a name', () => {
  test.each(['a', 'acme-api', 'acme_api.v2', 'A1', '_x', '1', 'a'.repeat(63)])('%s', (text) => {
    expect(isName(text)).toBe(true)
  })

  test.each([
    '',
    '.',
    '..',
    '.hidden',
    '-x',
    'a/b',
    'a b',
    'a\nb',
    'a\n',
    'é',
    "a'b",
    'a;b',
    '$x',
    'a%i',
    'a@b',
    'a'.repeat(64),
  ])('not %j', (text) => {
    expect(isName(text)).toBe(false)
  })
})
