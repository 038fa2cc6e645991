import { describe, expect, test } from 'vitest'
import { expectationsOf, type Run } from '../../src/compose/expectation.ts'
import { externalFailures, migrationsOf } from '../../src/compose/shop.ts'
import { belayRoot } from '../../src/paths.ts'
import { readTraffic } from '../../src/promises.ts'
import { expectedFor } from '../../src/schema.ts'
import { v1, v2 } from '../../src/version.ts'

const nested = [
  'begin',
  'plan',
  'image',
  'notify-slack',
  'deployment',
  'migrate-db',
  'deploy-ssh',
  'blue-green-switch',
  'health-gate',
  'end',
]
const paths = [
  'build/image',
  ...nested.map((name) => `release/shop/${name}`),
  ...['release/smoke', 'release/promote', 'aftercare/aftercare'],
]
const over: Run = { environment: 'production', version: v2, back: false, old: v1, schema: migrationsOf(v1) }
const all = (run: Partial<Run> = {}) => expectationsOf(readTraffic(belayRoot), paths, { ...over, ...run })
const expected = (run: Partial<Run> = {}) => {
  const [only, ...others] = all(run)
  if (!only || others.length > 0) throw new Error('expected one expectation')
  return only
}
const withFault = (kind: 'break' | 'kill' | 'cancel' | 'loseRunner', step: string) =>
  expected({ fault: { kind, step: `release/${step}` } })

describe('a release without a fault', () => {
  test('serves the new version, moves the tags and is announced in Slack', () => {
    expect(expected()).toMatchObject({
      conclusion: 'success',
      version: v2,
      tags: 'moved',
      announcesRun: true,
      later: false,
    })
    expect(expected().promised?.result).toBe('committed')
    expect(expected().schema).toEqual(migrationsOf(v2))
    expect(expected().announced).toEqual([v1, v2])
  })

  test('moves no tag in QA', () => {
    expect(expected({ environment: 'qa' }).tags).toBe('as before')
  })

  test('that is a rollback in production moves the tags back', () => {
    const back = expected({ version: v1, old: v2, back: true, schema: migrationsOf(v2) })
    expect(back).toMatchObject({ version: v1, tags: 'moved', schema: migrationsOf(v2) })
  })
})

describe('a fault', () => {
  test('before the first change leaves everything as it was and announces no version', () => {
    const plan = withFault('kill', 'shop/plan')
    expect(plan).toMatchObject({ promised: undefined, version: v1, schema: migrationsOf(v1), announced: [v1] })
  })

  test.each([
    ['kill', 'failure'],
    ['cancel', 'cancelled'],
  ] as const)('%s in a migration leaves it applied and named, or changes nothing', (kind, conclusion) => {
    const withFaultInIt = all({ fault: { kind, step: 'release/shop/migrate-db' } })
    expect(withFaultInIt).toHaveLength(2)
    const left = (schema: readonly string[]) => expectedFor(withFaultInIt, schema)
    expect(left(migrationsOf(v1))).toMatchObject({ named: false, version: v1, conclusion, announcesRun: true })
    expect(left(migrationsOf(v1)).promised).toMatchObject({ result: 'unchanged', slot: 'untouched', schema: 'old' })
    expect(left(migrationsOf(v2))).toMatchObject({ named: true, version: v1, conclusion, announcesRun: true })
    expect(left(migrationsOf(v2)).promised).toMatchObject({ result: 'rolled-back', schema: 'new, named' })
    expect(left([])).toMatchObject({ schema: migrationsOf(v2) })
  })

  test('after the switch restores the previous release, stops the new slot and names the schema', () => {
    const smoke = withFault('break', 'smoke')
    expect(smoke).toMatchObject({
      version: v1,
      idleStopped: true,
      named: true,
      tags: 'as before',
      conclusion: 'failure',
    })
    expect(smoke.announced).toEqual([v1, v2])
  })

  test('that loses the runner is undone later', () => {
    expect(withFault('loseRunner', 'smoke')).toMatchObject({ later: true, version: v1, tags: 'as before' })
  })

  test('that loses the runner while tags are moved leaves them unknown', () => {
    expect(withFault('loseRunner', 'promote')).toMatchObject({ later: true, tags: 'unknown' })
  })

  test('that loses the runner after the deployment was written requires the names of the tags', () => {
    expect(withFault('loseRunner', 'promote').tagsNamed).toBe(true)
    expect(withFault('loseRunner', 'shop/deploy-ssh').tagsNamed).toBe(true)
    expect(withFault('loseRunner', 'shop/deployment').tagsNamed).toBe(false)
    expect(withFault('kill', 'promote').tagsNamed).toBe(false)
    const qa = expected({ environment: 'qa', fault: { kind: 'loseRunner', step: 'release/smoke' } })
    expect([qa.tagsNamed, expected().tagsNamed]).toEqual([false, false])
  })

  test.each([
    ['break', 'failure'],
    ['loseRunner', 'lost'],
  ] as const)('%s after the job of the release changes only how the run ends', (kind, conclusion) => {
    const after = expected({ fault: { kind, step: 'aftercare/aftercare' } })
    expect(after).toMatchObject({ conclusion, version: v2, tags: 'moved', tagsNamed: false, later: false })
    expect(after.promised?.result).toBe('committed')
  })

  test('at promote undoes the release and the tags', () => {
    expect(withFault('break', 'promote')).toMatchObject({ version: v1, tags: 'as before', conclusion: 'failure' })
  })
})

test.each(externalFailures)(
  'external failure %s: the previous release serves, and Slack announces the run',
  (externalFailure) => {
    const { version, conclusion, announcesRun, announced } = expected({ environment: 'qa', externalFailure })
    expect({ version, conclusion, announcesRun }).toEqual({ version: v1, conclusion: 'failure', announcesRun: true })
    expect(announced.includes(v2)).toBe(externalFailure === 'smoke-fails')
  },
)
