import type { JobResult, StepResult } from '@belay/workflow-runner'
import { describe, expect, test } from 'vitest'
import { begunSteps, faultsOf, faultUpTo, injectionProblems } from '../src/fault.ts'

const paths = [
  'build/tars',
  'release/api',
  'release/api/begin',
  'release/api/deploy-ssh',
  'release/smoke',
  'later/tell',
]

function accepts(step: string, line: object): boolean {
  return faultsOf({ kind: 'kill', step }, paths).at?.journal?.(line) ?? false
}

function ended(outcomes: Record<string, StepResult['outcome']>) {
  const steps = Object.entries(outcomes).map(
    ([path, outcome]) => ({ path, stage: 'main', outcome, log: '' }) as StepResult,
  )
  return { jobs: { release: { steps } as JobResult } }
}

describe('the moment of a fault', () => {
  test.each([
    ['release/api/deploy-ssh', { event: 'phase', phase: 'restart' }],
    ['release/api', { event: 'phase', phase: 'restart' }],
    ['release/api/begin', { event: 'step-began', action: 'release-begin' }],
    ['release/shop/deploy-kubernetes', { event: 'phase', phase: 'follow' }],
    ['release/shop/blue-green-switch', { event: 'phase', phase: 'weight-100' }],
    ['release/shop/blue-green-switch', { event: 'phase', phase: 'switched' }],
  ])('of %s is %j', (step, line) => {
    expect(accepts(step, line)).toBe(true)
  })

  test.each([
    ['release/api/deploy-ssh', { event: 'step-began', action: 'deploy-ssh' }],
    ['release/api/deploy-ssh', { event: 'phase', phase: 'upload' }],
    ['release/api/begin', { event: 'phase', phase: 'restart' }],
    ['release/shop/blue-green-switch', { event: 'phase', phase: 'switch' }],
  ])('of %s is not %j', (step, line) => {
    expect(accepts(step, line)).toBe(false)
  })
})

describe('a fault that was not injected is a problem', () => {
  const fault = { kind: 'kill', step: 'release/api/deploy-ssh' } as const
  const problems = (injected: 'kill'[], outcomes: Parameters<typeof ended>[0]) =>
    injectionProblems({ injected, ...ended(outcomes) }, fault, paths)

  test('of a step that was skipped', () => {
    expect(problems([], { 'release/api/deploy-ssh': 'skipped' })).toEqual([
      'the fault was not injected: release/api/deploy-ssh did not run',
    ])
  })

  test('with the step that failed before it', () => {
    expect(problems([], { 'release/api/begin': 'failure', 'release/api/deploy-ssh': 'skipped' })).toEqual([
      expect.stringContaining('release/api/deploy-ssh did not run, because of release/api/begin'),
    ])
  })

  test('of a step that did not reach its moment', () => {
    expect(problems([], { 'release/api/deploy-ssh': 'success' })).toEqual([
      'the fault was not injected: release/api/deploy-ssh ran, but did not reach its phase restart',
    ])
  })

  test('and one that was is none', () => {
    expect(problems(['kill'], { 'release/api/deploy-ssh': 'failure' })).toEqual([])
  })
})

test('the steps that began are those that were not skipped, without composites', () => {
  const outcomes = { 'release/api/begin': 'success', 'release/api': 'success', 'release/smoke': 'failure' } as const
  expect(begunSteps(ended({ ...outcomes, 'release/api/deploy-ssh': 'skipped' }))).toEqual([
    'release/api/begin',
    'release/smoke',
  ])
})

test('a fault in a later job is none of the release', () => {
  const upTo = (step: string) => faultUpTo('release', { kind: 'break', step }, paths)?.step
  expect(['build/tars', 'release/smoke', 'later/tell'].map(upTo)).toEqual(['build/tars', 'release/smoke', undefined])
})
