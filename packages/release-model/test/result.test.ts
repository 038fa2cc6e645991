import { describe, expect, test } from 'vitest'
import { type Result, results, worstResult } from '../src/result.ts'

describe('the worst of several results (rule 15)', () => {
  test.each<[Result[], Result]>([
    [['noop'], 'noop'],
    [['noop', 'noop'], 'noop'],
    [['unchanged', 'noop'], 'unchanged'],
    // noop and unchanged never hide another
    [['committed', 'noop'], 'committed'],
    [['unchanged', 'committed'], 'committed'],
    [['superseded', 'committed'], 'committed'],
    [['superseded', 'noop'], 'superseded'],
    [['rolled-back', 'unchanged'], 'rolled-back'],
    [['noop', 'undo-started'], 'undo-started'],
    // old and new together
    [['committed', 'rolled-back'], 'mixed'],
    [['rolled-back', 'committed', 'noop'], 'mixed'],
    [['committed', 'undo-started'], 'mixed'],
    [['committed', 'mixed'], 'mixed'],
    // the worst wins
    [['rolled-back', 'undo-started'], 'undo-started'],
    [['pending', 'committed'], 'committed'],
    [['committed', 'unknown'], 'unknown'],
    [['rolled-back', 'unknown'], 'unknown'],
    [['unknown', 'mixed'], 'mixed'],
  ])('%j is %s', (all, expected) => {
    expect(worstResult(all)).toBe(expected)
    expect(worstResult([...all].reverse())).toBe(expected)
  })

  test('without any result is unknown', () => {
    expect(worstResult([])).toBe('unknown')
  })

  test('of one it is that one, and of any two never a better one', () => {
    for (const one of results) {
      expect(worstResult([one])).toBe(one)
      for (const other of results) {
        const badness = results.indexOf(worstResult([one, other]))
        expect(badness).toBeGreaterThanOrEqual(Math.max(results.indexOf(one), results.indexOf(other)))
      }
    }
  })
})
