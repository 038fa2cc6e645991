import type { JobResult, StepOutcome, StepResult } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { expectationOf, type Release } from '../../src/expect/expectation.ts'
import { promiseFor, readTables } from '../../src/expect/tables.ts'
import type { Unit } from '../../src/expect/unit.ts'
import type { Fault } from '../../src/fault.ts'
import { belayRoot } from '../../src/paths.ts'
import { v1, v2 } from '../../src/version.ts'
import { job, killed, unit } from './job.ts'

const tables = readTables(belayRoot)
function expected(found: JobResult | undefined, fault?: Fault, more: Partial<Release> = {}) {
  const release = { units: [unit], version: v2, back: false, before: { 'my-service': v1 }, schema: [], migrations: [] }
  const { units } = expectationOf(tables, { ...release, fault, ...more }, { jobs: found ? { release: found } : {} })
  const rows = units.flatMap((one) => one.rows.map(({ main, decision, result }) => `${main} | ${decision} → ${result}`))
  return [rows.join(', '), units[0]?.version?.name]
}

test.each<[string, JobResult | undefined, string, string]>([
  ['the job ended well', job('success', {}), 'ended well | commit → committed', v2.name],
  ['a later step failed', job('failure', {}), 'ended well | undo: a later step failed → rolled-back', v1.name],
  [
    'the deploy failed by itself',
    job('failure', { outcome: 'failure' }),
    'failed in the change | undo: the job failed → rolled-back, failed before the change | undo: the job failed → unchanged',
    v1.name,
  ],
  [
    'the deploy was killed by itself',
    job('failure', killed),
    'killed in the change | undo: the job failed → rolled-back, killed before the change | undo: the job failed → unchanged',
    v1.name,
  ],
  [
    'the deploy was cancelled by itself',
    job('cancelled', { outcome: 'cancelled' }),
    'interrupted in the change | undo: the job was cancelled → rolled-back, failed before the change | undo: the job failed → unchanged',
    v1.name,
  ],
  [
    'the job was cancelled after the deploy',
    job('cancelled', {}),
    'ended well | undo: the job was cancelled → rolled-back',
    v1.name,
  ],
  [
    'the deploy failed and is tolerated',
    job('success', { outcome: 'failure' }),
    'failed in the change, tolerated | commit → rolled-back',
    v1.name,
  ],
  [
    'the deploy was killed and is tolerated',
    job('success', killed),
    'killed in the change, tolerated | undo: main never ended → rolled-back',
    v1.name,
  ],
  ['the runner was lost', job('lost', { outcome: 'lost' }), 'ended well | none → unknown', v1.name],
  ['the deploy was skipped', job('failure', { outcome: 'skipped' }), '', v1.name],
  ['the job did not run', undefined, '', v1.name],
])('%s', (_, found, rows, serves) => {
  expect(expected(found)).toEqual([rows, serves])
})

test('where a fault was injected into the middle of a change, it had begun', () => {
  const fault = { kind: 'kill', step: unit.steps.deploy } as const
  expect(expected(job('failure', killed), fault)).toEqual([
    'killed in the change | undo: the job failed → rolled-back',
    v1.name,
  ])
  // Also where the fault was asked for at the composite around it.
  expect(expected(job('failure', killed), { kind: 'kill', step: 'release' })[0]).not.toContain('before the change')
})

test('a service that serves the version already has nothing to do', () => {
  expect(expected(job('success', {}), undefined, { before: { 'my-service': v2 } })).toEqual([
    'nothing to do | commit → noop',
    v2.name,
  ])
})

test('a migration that is no transaction may be half done', () => {
  const slots: Unit = { ...unit, table: 'traffic', steps: { ...unit.steps, schema: 'release/migrate-db' } }
  const step = { path: 'release/migrate-db', stage: 'main', ...killed } as StepResult
  const jobs = { release: { conclusion: 'failure', steps: [step] } as unknown as JobResult }
  const migrations = ['1_a.sql', '2_b.sql']
  const release = { units: [slots], version: v2, back: false, before: { 'my-service': v1 }, schema: [], migrations }
  const fault = { kind: 'kill', step: 'release/migrate-db' } as const
  const all = [[], ['1_a'], ['1_a', '2_b']].map((applied) => {
    const { units, schemas } = expectationOf(
      tables,
      { ...release, noTransactions: ['2_b.sql'], fault },
      { jobs },
      applied,
    )
    return [schemas.length, units[0]?.rows.map(({ result }) => result).join(), units[0]?.named.join()]
  })
  expect(all).toEqual([
    [3, 'unchanged', ''],
    [3, 'mixed', '1_a.sql,2_b.sql'],
    [3, 'rolled-back', '1_a.sql,2_b.sql'],
  ])
})

test('each table is read by its headings, and a case has one row', () => {
  expect(promiseFor(tables.traffic, 'ended well', 'commit')).toMatchObject({
    serves: 'new',
    slot: 'runs',
    schema: 'new',
  })
  expect(promiseFor(tables.render, 'rollback', 'at its own end')).toMatchObject({
    serves: 'the release asked for',
    slot: '',
  })
  expect(() => promiseFor(tables.render, 'asleep', 'commit')).toThrow(
    'must have one row for asleep / commit, but has 0',
  )
})

const behind: Unit = {
  ...unit,
  table: 'elsewhere',
  steps: { deploy: 'release/deploy-ssh', switch: 'release/blue-green-switch' },
}

test.each<[string, JobResult['conclusion'], StepOutcome, string[]]>([
  ['in the fill', 'lost', 'skipped', ['lost between fill and switch: old, stopped, later']],
  // How far the move came cannot be seen from outside.
  [
    'in the switch',
    'lost',
    'lost',
    ['ended well: old, later, run, idle, later', 'lost between fill and switch: old, stopped, later'],
  ],
  ['after the switch', 'lost', 'success', ['ended well: old, later, run, idle, later']],
  // The rest is the same wherever the proxies are.
  ['never, and the job failed', 'failure', 'success', ['ended well: old, stopped']],
])('slots behind proxies on other hosts, the runner lost %s', (_, conclusion, outcome, rows) => {
  const { steps } = job(conclusion, {})
  const move = { path: behind.steps.switch, stage: 'main', outcome } as StepResult
  const found = { conclusion, steps: [...steps, move] } as unknown as JobResult
  const release = {
    units: [behind],
    version: v2,
    back: false,
    before: { 'my-service': v1 },
    schema: [],
    migrations: [],
  }
  const { units } = expectationOf(tables, { ...release, fault: undefined }, { jobs: { release: found } })
  expect(units[0]?.rows.map(({ main, serves, slot }) => `${main}: ${serves}, ${slot}`)).toEqual(rows)
})
