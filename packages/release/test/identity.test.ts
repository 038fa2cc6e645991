import { describe, expect, test } from 'vitest'
import { isKeptRelease, isName, isReleaseId, releaseId, resemblesReleaseId } from '../src/identity.ts'

const sha = '3f2a9c1b7d043f2a9c1b7d043f2a9c1b7d043f2a'

describe('a release id', () => {
  test('is UTC time, 12 characters of the sha and the run attempt', () => {
    expect(releaseId(new Date('2026-11-21T12:05:27.981+02:00'), sha, 3)).toBe('20261121T100527Z-3f2a9c1b7d04-3')
  })

  test('sorts by time as text', () => {
    const times = ['2026-01-09T23:59:59Z', '2026-01-10T00:00:00Z', '2026-10-02T00:00:00Z', '2027-01-01T00:00:00Z']
    const ids = times.map((time) => releaseId(new Date(time), sha, 1))
    expect([...ids].sort()).toEqual(ids)
  })

  test('is a name that a folder may have', () => {
    expect(isName(releaseId(new Date(), sha, 1))).toBe(true)
  })

  test('is known by its form', () => {
    expect(isReleaseId(releaseId(new Date(), sha, 12))).toBe(true)
    for (const text of [
      '',
      'previous',
      'v1.4.0',
      sha,
      '20261121T100527Z',
      `20261121T100527Z-${sha}`,
      'x\n20261121T100527Z-3f2a9c1b7d04-1',
    ])
      expect(isReleaseId(text), text).toBe(false)
  })

  test('is taken for one by the expression of a caller, and so are texts that are none', () => {
    expect(resemblesReleaseId(releaseId(new Date(), sha, 1))).toBe(true)
    for (const text of ['20261121T100527Z-3f2a', '2026.11.1-z-1']) expect(resemblesReleaseId(text), text).toBe(true)
    for (const text of ['v1.4.0', 'v1.2.0-jazz-1', '2026.11.1', sha]) expect(resemblesReleaseId(text), text).toBe(false)
  })

  test('and previous name what only the hosts know', () => {
    expect(['previous', releaseId(new Date(), sha, 1), 'v1.4.0', sha, ''].map(isKeptRelease)).toEqual([
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
