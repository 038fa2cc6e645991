import type { HostFacts } from '@belay/host'
import { describe, expect, test } from 'vitest'
import type { PastRelease } from '../../../packages/host/src/inspect.ts'
import { chooseRelease } from '../src/rollback.ts'

const past = (day: number, seen: Partial<PastRelease> = {}): PastRelease => ({
  id: `202611${String(day).padStart(2, '0')}T100000Z-${String(day).padStart(12, 'a')}-1`,
  state: 'confirmed',
  exists: true,
  sha: String(day).padStart(40, 'a'),
  manifest: 'm',
  version: `v${day}`,
  schema: '',
  incompatibility: '',
  ...seen,
})
const host = (name: string, committed: PastRelease | undefined, releases: PastRelease[]): HostFacts =>
  ({ host: name, committed: committed?.id ?? '', releases, state: 'confirmed', slots: [] }) as unknown as HostFacts

const [v1, v2, v3] = [past(1), past(2), past(3)]

describe('the release to go back to (rule 3)', () => {
  test.each<[string, string, HostFacts[], PastRelease]>([
    ['the one before the live one', 'previous', [host('a', v3, [v1, v2, v3])], v2],
    ['on every host the same', 'previous', [host('a', v3, [v1, v2, v3]), host('b', v3, [v1, v2, v3])], v2],
    ['the newest that every host still has', 'previous', [host('a', v3, [v1, v2, v3]), host('b', v3, [v1, v3])], v1],
    ['not one whose folder is gone', 'previous', [host('a', v3, [v1, past(2, { exists: false }), v3])], v1],
    ['not one that went back', 'previous', [host('a', v3, [v1, past(2, { state: 'undone' }), v3])], v1],
    [
      'before the live one, where a later one went back',
      'previous',
      [host('a', v2, [v1, v2, past(3, { state: 'undone' })])],
      v1,
    ],
    ['after a rollback, the one before that', 'previous', [host('a', v2, [v1, v2, v3, v2])], v1],
    ['by its tag', 'v1', [host('a', v3, [v1, v2, v3])], v1],
    ['by its commit', v1.sha, [host('a', v3, [v1, v2, v3])], v1],
    ['by its id', v1.id, [host('a', v3, [v1, v2, v3])], v1],
    [
      'of two of the same name the later one',
      'v1',
      [host('a', v3, [v1, past(2, { version: 'v1' }), v3])],
      past(2, { version: 'v1' }),
    ],
    [
      'by the order in which they came to the host, not by the time in their ids',
      'previous',
      [host('a', v1, [v3, v2, v1])],
      v2,
    ],
    ['not the one that a rollback left behind', 'previous', [host('a', past(4), [v1, v2, v3, v2, past(4)])], v2],
    [
      'the committed one, where what is live was never confirmed',
      'previous',
      [{ ...host('a', v2, [v1, v2]), state: 'armed' }],
      v2,
    ],
    ['one that a rollback left behind, where it is asked for by name', 'v3', [host('a', v2, [v1, v2, v3, v2])], v3],
    ['also the live one again, where it is asked for by name', 'v3', [host('a', v3, [v1, v3])], v3],
  ])('%s', (_, version, looks, release) => {
    expect(chooseRelease(version, looks)).toEqual(release)
  })
})

describe('no release to go back to', () => {
  test('where no older one is kept', () => {
    expect(() => chooseRelease('previous', [host('a', v1, [v1])])).toThrowError(
      expect.objectContaining({
        code: 'no-such-release',
        message: expect.stringContaining(`choose one of: v1 (${v1.id})`),
      }),
    )
  })

  test('where the hosts have none in common', () => {
    expect(() => chooseRelease('previous', [host('a', v2, [v1, v2]), host('b', v3, [v3])])).toThrow(
      'no older release is kept',
    )
  })

  test('where nothing was ever released', () => {
    expect(() => chooseRelease('previous', [host('a', undefined, [])])).toThrow('no older release is kept')
  })

  test('an unknown name, with the ones that can be chosen', () => {
    expect(() => chooseRelease('v9', [host('a', v3, [v1, v2, v3])])).toThrow(
      `choose one of: v1 (${v1.id}), v2 (${v2.id}), v3 (${v3.id})`,
    )
  })
})

describe('a release that is not compatible with the schema (rule 16)', () => {
  const gone = past(1, { incompatibility: 'migration 003 removed what it needs' })

  test('is refused, also where one host alone says so, and what fits is named', () => {
    const looks = [host('a', v3, [v1, v2, v3]), host('b', v3, [gone, v2, v3])]
    expect(() => chooseRelease('v1', looks)).toThrowError(
      expect.objectContaining({
        code: 'schema-ahead',
        message: expect.stringMatching(
          /v1 .* is not compatible with the current schema: migration 003 removed what it needs[\s\S]*choose one of: v2 \(.*\), v3 \(/,
        ),
      }),
    )
  })

  test('is not passed over in silence where the one before is asked for', () => {
    expect(() => chooseRelease('previous', [host('a', v2, [gone, v2])])).toThrow(
      'is not compatible with the current schema',
    )
  })
})

test('previous is the release before the one with the traffic, also while a fill is armed', () => {
  const slots = [{ port: '5006', traffic: 'yes', role: 'active', release: v2.id }] as const
  expect(chooseRelease('previous', [{ ...host('a', v2, [v1, v2]), state: 'armed', slots }])).toEqual(v1)
})
