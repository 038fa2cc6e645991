import { describe, expect, test } from 'vitest'
import { isName, releaseId } from '../src/identity.ts'

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
