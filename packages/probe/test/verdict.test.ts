import { describe, expect, test } from 'vitest'
import type { InstanceHistory, ProbeCause, Sample, SampleKind } from '../src/sample.ts'
import { evaluateAtDeadline, evaluateEarly, evaluateWatch, versionsOf } from '../src/verdict.ts'

const letters: Record<string, [SampleKind, ProbeCause]> = {
  P: ['pass', 'as-expected'],
  F: ['fail', 'status'],
  N: ['wrong-version', 'wrong-version'],
  E: ['error', 'refused'],
  M: ['error', 'version-elsewhere'],
  // A fault that ends the gate.
  X: ['fail', 'certificate'],
}

/** `PPF`: a track of three samples. */
function track(text: string, name = 'a', version?: string): InstanceHistory {
  const samples = [...text].map((letter): Sample => {
    const [kind, cause] = letters[letter] ?? ['error', 'timeout']
    const result = { kind, cause, message: `said ${letter}`, ...(version && { version }) }
    return { ...result, ...(letter === 'X' && { fatal: true }), startedMs: 0, ms: 1 }
  })
  return { name, target: name, address: '', samples }
}

function tracks(texts: string[]): InstanceHistory[] {
  return texts.map((text, index) => track(text, 'abcdefgh'[index]))
}

describe('before the deadline, three successes required', () => {
  test.each<[string[], string | undefined]>([
    [[], undefined],
    [[''], undefined],
    [['PP'], undefined],
    [['PPP'], 'pass'],
    [['FNEPPP'], 'pass'],
    [['PPPF'], undefined],
    [['PPPE'], undefined],
    [['PPPN'], undefined],
    [['PPFP'], undefined],
    [['PPP', 'PP'], undefined],
    [['PPP', ''], undefined],
    [['PPPPPPP', 'PPP'], 'pass'],
    [['FFFFFFF'], undefined],
    [['X'], 'fail'],
    [['PPP', 'X'], 'fail'],
    [['XP'], undefined],
    // Expected, as often as a pass needs, at a place that is not read: waiting cannot fix it.
    [['EMMM'], 'inconclusive'],
    [['MM'], undefined],
    [['MMEM'], undefined],
    [['MMMP'], undefined],
    [['PPP', 'MMM'], 'inconclusive'],
  ])('%j is %s', (texts, verdict) => {
    expect(evaluateEarly(tracks(texts), 3)?.verdict).toBe(verdict)
  })
})

describe('before the end of a watch, three successes required', () => {
  test.each<[string[], string | undefined]>([
    [['PPPPPP'], undefined],
    [['PPFF'], undefined],
    [['PFFPF'], undefined],
    [['PFFF'], 'fail'],
    [['PPPPP', 'FNF'], 'fail'],
    [['X'], 'fail'],
    // No data may still come.
    [['EEEE'], undefined],
    [['FFEF'], undefined],
  ])('%j is %s', (texts, verdict) => {
    expect(evaluateWatch(tracks(texts), 3)?.verdict).toBe(verdict)
  })

  test('at its end it passes where all passed their last probes', () => {
    expect(evaluateAtDeadline(tracks(['FEPPP', 'PPP']), 3)).toMatchObject({ verdict: 'pass' })
    expect(evaluateAtDeadline(tracks(['PPPPP', 'PPEPP']), 3)).toMatchObject({ verdict: 'inconclusive' })
    expect(evaluateAtDeadline([], 3)).toMatchObject({ verdict: 'inconclusive' })
  })
})

describe('at the deadline, three successes required', () => {
  test.each<[string[], string, string]>([
    [['FFF'], 'fail', 'a: said F (all 3 probes)'],
    [['EEEENNNN'], 'fail', 'a: said N (the last 4 of 8 probes)'],
    [['EEEE'], 'inconclusive', 'a: said E (all 4 probes)'],
    [['E'], 'inconclusive', 'a: said E (its only probe)'],
    [[''], 'inconclusive', 'a: no probe ended before the deadline'],
    [[], 'inconclusive', 'there was nothing to probe'],
    // An old violation counts no more where later probes measured nothing.
    [['FFFFEEE'], 'inconclusive', 'a: said E (the last 3 of 7 probes)'],
    [['FFFFE'], 'fail', 'a: said E (the last of 5 probes)'],
    [['FFPP'], 'fail', 'a: passed only 2 times in a row, 3 are required; before that it said F'],
    [['EEPP'], 'inconclusive', 'a: passed only 2 times in a row, 3 are required; before that it said E'],
    [['P'], 'inconclusive', 'a: passed only once before the deadline, 3 are required'],
    [['PPP', 'NN'], 'fail', 'b: said N (all 2 probes)'],
    [['PPP', 'EE'], 'inconclusive', 'b: said E (all 2 probes)'],
    // What was measured counts before what was not.
    [['EEE', 'FFF'], 'fail', 'b: said F (all 3 probes)'],
    [
      ['F', 'F', 'F', 'F', 'F'],
      'fail',
      'a: said F (its only probe); b: said F (its only probe); c: said F (its only probe); and 2 more instances',
    ],
  ])('%j is %s', (texts, verdict, reason) => {
    expect(evaluateAtDeadline(tracks(texts), 3)).toMatchObject({ verdict, reason })
  })

  test('gives the cause of the problem', () => {
    expect(evaluateAtDeadline(tracks(['PPP', 'EN']), 3).cause).toBe('wrong-version')
    expect(evaluateAtDeadline(tracks(['EEE']), 3).cause).toBe('refused')
  })
})

test('a pass names the number of instances and the version that all reported', () => {
  expect(evaluateEarly([track('PPP', 'a', 'v2')], 3)?.reason).toBe('a passed 3 times in a row with version `v2`')
  expect(evaluateEarly([track('P', 'a', 'v2'), track('P', 'b', 'v2')], 1)?.reason).toBe(
    'each of 2 instances passed once with version `v2`',
  )
  expect(evaluateEarly([track('P', 'a', 'v2'), track('P', 'b', 'v1')], 1)?.reason).toBe(
    'each of 2 instances passed once',
  )
})

test('the versions seen last, each once', () => {
  expect(versionsOf([track('P', 'a', 'v2'), track('P', 'b'), track('N', 'c', 'v1'), track('P', 'd', 'v2')])).toEqual([
    'v2',
    'v1',
  ])
})
