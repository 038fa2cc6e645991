import type { JobResult, StepOutcome, StepResult } from '@belay/workflow-runner'
import { describe, expect, test } from 'vitest'
import { expectationOf, type Release } from '../../src/expect/expectation.ts'
import { promiseFor, readTables } from '../../src/expect/tables.ts'
import type { Unit } from '../../src/expect/unit.ts'
import type { Fault } from '../../src/fault.ts'
import { belayRoot } from '../../src/paths.ts'
import { v1, v2 } from '../../src/version.ts'

const tables = readTables(belayRoot)
const unit: Unit = { job: 'release', service: 'my-service', table: 'promises', steps: { deploy: 'release/deploy-ssh' } }

function job(conclusion: StepOutcome, deploy: Partial<StepResult>): JobResult {
  const step = { path: unit.steps.deploy, stage: 'main', outcome: 'success', ...deploy } as StepResult
  return { conclusion, steps: [step] } as unknown as JobResult
}

function expected(found: JobResult | undefined, fault?: Fault, more: Partial<Release> = {}) {
  const release = { units: [unit], version: v2, back: false, before: { 'my-service': v1 }, schema: [], migrations: [] }
  const { units } = expectationOf(tables, { ...release, fault, ...more }, { jobs: found ? { release: found } : {} })
  const rows = units.flatMap((one) => one.rows.map(({ main, decision, result }) => `${main} | ${decision} → ${result}`))
  return [rows.join(', '), units[0]?.version?.name]
}

const killed = { outcome: 'failure', end: { code: null, signal: 'SIGKILL' } } as const

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

describe('a service in a cluster', () => {
  const inCluster: Unit = { ...unit, table: 'kubernetes' }
  const cells = (found: JobResult, more: Partial<Release> = {}) => {
    const release = { units: [inCluster], version: v2, back: false, schema: [], migrations: [], fault: undefined }
    const before = { 'my-service': v1 }
    const { units } = expectationOf(tables, { ...release, before, ...more }, { jobs: { release: found } })
    const [one] = units
    const rows = one?.rows.map(({ main, decision, result }) => `${main} | ${decision} → ${result}`)
    return [rows, one?.version?.name, one?.staysOpen]
  }

  test.each<[string, JobResult, string[], string, boolean]>([
    ['the job ended well', job('success', {}), ['ended well | commit → committed'], v2.name, false],
    [
      'a later step failed',
      job('failure', {}),
      ['ended well | undo: a later step failed → rolled-back'],
      v1.name,
      false,
    ],
    [
      'it was killed',
      job('failure', killed),
      ['killed in the change | undo: the job failed → rolled-back'],
      v1.name,
      false,
    ],
    [
      'it was cancelled',
      job('cancelled', { outcome: 'cancelled' }),
      ['interrupted in the change | undo: the job was cancelled → rolled-back'],
      v1.name,
      false,
    ],
    [
      'the job was cancelled after it',
      job('cancelled', {}),
      ['ended well | undo: the job was cancelled → rolled-back'],
      v1.name,
      false,
    ],
    [
      'it failed by itself',
      job('failure', { outcome: 'failure' }),
      [
        'pods never get ready | undo: the job failed → rolled-back',
        'an object is invalid | undo: the job failed → unchanged',
      ],
      v1.name,
      false,
    ],
    // Nothing restores it: the rollout goes on, and the lock stays for the next release.
    ['the runner was lost in it', job('lost', { outcome: 'lost' }), ['ended well | none → unknown'], v2.name, true],
    ['the runner was lost later', job('lost', {}), ['ended well | none → unknown'], v2.name, true],
  ])('%s', (_, found, rows, serves, staysOpen) => {
    expect(cells(found)).toEqual([rows, serves, staysOpen])
  })

  test('a first release that is undone leaves nothing', () => {
    expect(cells(job('failure', {}), { before: { 'my-service': undefined } })).toEqual([
      ['first release, ended well | undo: a later step failed → rolled-back'],
      undefined,
      false,
    ])
  })

  test('a rollback has a table of its own; the same version once more is a release, as its pods name their run', () => {
    expect(cells(job('success', {}), { back: true, version: v1, before: { 'my-service': v2 } })).toEqual([
      ['rollback to `previous` | at its own end → committed'],
      v1.name,
      false,
    ])
    expect(cells(job('success', {}), { before: { 'my-service': v2 } })[0]).toEqual(['ended well | commit → committed'])
  })

  describe('with a canary', () => {
    const withCanary: Unit = { ...inCluster, steps: { ...unit.steps, canary: 'release/canary' } }
    const after = (conclusion: StepOutcome, canary: Partial<StepResult>, deploy: StepOutcome = 'skipped') => {
      const step = { path: 'release/canary', stage: 'main', outcome: 'success', ...canary } as StepResult
      return { ...job(conclusion, {}), steps: [step, ...job(conclusion, { outcome: deploy }).steps] }
    }

    test.each<[string, JobResult, string[], string, boolean]>([
      [
        'the gate failed',
        after('failure', {}),
        ['the canary ended well | undo: the gate failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'it was cancelled',
        after('cancelled', { outcome: 'cancelled' }),
        ['the canary ended well | undo: the gate failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'the canary was killed',
        after('failure', killed),
        ['killed while the canary is made | undo: the job failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'the canary failed by itself',
        after('failure', { outcome: 'failure' }),
        [
          'pods of the canary crash | undo: the job failed → rolled-back',
          'a ConfigMap that is in use changes in place | undo: the job failed → unchanged',
        ],
        v1.name,
        false,
      ],
      [
        'the runner was lost with the canary',
        after('lost', {}),
        ['the canary ended well | none → unknown'],
        v1.name,
        true,
      ],
      [
        'the release to all pods began',
        after('success', {}, 'success'),
        ['ended well | commit → committed'],
        v2.name,
        false,
      ],
    ])('%s', (_, found, rows, serves, staysOpen) => {
      expect(cells(found, { units: [withCanary] })).toEqual([rows, serves, staysOpen])
    })

    test('a first release has none', () => {
      const first = { units: [withCanary], before: { 'my-service': undefined } }
      expect(cells(after('failure', {}), first)).toEqual([[], undefined, false])
    })
  })
})
