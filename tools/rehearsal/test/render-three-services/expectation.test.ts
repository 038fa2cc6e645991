import { describe, expect, test } from 'vitest'
import { belayRoot } from '../../src/paths.ts'
import { readRender } from '../../src/promises.ts'
import { expectationOf, type Run } from '../../src/render-three-services/expectation.ts'
import { allServe, deployedBy, services, v0 } from '../../src/render-three-services/services.ts'
import { v1, v2 } from '../../src/version.ts'

const nested = ['begin', 'notify-slack', 'before', 'deployment', 'deploy-render', 'health-gate', 'end']
const paths = [
  'release/variables',
  'release/belay',
  ...nested.map((name) => `release/belay/${name}`),
  'release/smoke',
  'aftercare/aftercare',
]
const promises = readRender(belayRoot)

/** `failure rolled-back: v1 v1 v1`, of database, API and frontend. */
function ended(run: Partial<Run>): string {
  const whole = { version: v2, back: false, before: allServe(v1), ...run }
  const { conclusion, result, serving } = expectationOf(promises, paths, whole)
  return `${conclusion} ${result}: ${services.map((name) => serving[name].name).join(' ')}`
}

test('a run deploys what its version changes and what does not serve it already', () => {
  expect(deployedBy(v1, allServe(v0))).toEqual(['acme-database', 'acme-api', 'acme-frontend'])
  expect(deployedBy(v2, allServe(v1))).toEqual(['acme-api', 'acme-frontend'])
  expect(deployedBy(v1, { ...allServe(v2), 'acme-database': v1 })).toEqual(['acme-api', 'acme-frontend'])
})

test('releases without a fault, and a rollback', () => {
  expect(ended({ version: v1, before: allServe(v0) })).toBe('success committed: v1 v1 v1')
  expect(ended({})).toBe('success committed: v1 v2 v2')
  expect(ended({ version: v1, back: true, before: { ...allServe(v2), 'acme-database': v1 } })).toBe(
    'success committed: v1 v1 v1',
  )
})

test.each([
  ['break', 'release/belay/deployment', 'failure unchanged: v1 v1 v1'],
  ['loseRunner', 'release/belay/before', 'lost unchanged: v1 v1 v1'],
  ['break', 'release/belay/deploy-render', 'failure rolled-back: v1 v1 v1'],
  ['kill', 'release/belay/deploy-render', 'failure rolled-back: v1 v1 v1'],
  ['kill', 'release/belay', 'failure rolled-back: v1 v1 v1'],
  ['cancel', 'release/belay/deploy-render', 'cancelled rolled-back: v1 v1 v1'],
  ['cancel', 'release/smoke', 'cancelled rolled-back: v1 v1 v1'],
  ['loseRunner', 'release/belay/deploy-render', 'lost undefined: v1 v2 v1'],
  ['loseRunner', 'release/smoke', 'lost undefined: v1 v2 v2'],
  ['cancel', 'aftercare/aftercare', 'cancelled committed: v1 v2 v2'],
] as const)('%s at %s: %s', (kind, step, end) => {
  expect(ended({ fault: { kind, step } })).toBe(end)
})

describe.each([
  ['build-fails', 'failure rolled-back: v1 v1 v1', 'failure mixed: v1 v0 v0'],
  ['frontend-fails', 'failure rolled-back: v1 v1 v1', 'failure mixed: v1 v0 v0'],
  ['smoke-fails', 'failure rolled-back: v1 v1 v1', 'failure mixed: v1 v0 v0'],
  ['resets', 'success committed: v1 v2 v2', 'success committed: v1 v1 v1'],
] as const)('external failure %s', (externalFailure, end, withDisk) => {
  test(`ends as ${end}`, () => {
    expect(ended({ externalFailure })).toBe(end)
  })

  test(`ends as ${withDisk} with a deploy of the database, which has a disk`, () => {
    expect(ended({ externalFailure, version: v1, before: allServe(v0) })).toBe(withDisk)
  })
})
