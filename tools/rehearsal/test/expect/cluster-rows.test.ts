import type { JobResult, StepOutcome, StepResult } from '@belay/workflow-runner'
import { describe, expect, test } from 'vitest'
import { expectationOf, type Release } from '../../src/expect/expectation.ts'
import { readTables } from '../../src/expect/tables.ts'
import type { Unit } from '../../src/expect/unit.ts'
import { belayRoot } from '../../src/paths.ts'
import { v1, v2 } from '../../src/version.ts'
import { job, killed, unit } from './job.ts'

const tables = readTables(belayRoot)

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

  describe('with two slots', () => {
    const withSlots: Unit = {
      ...inCluster,
      table: 'kubernetes-slots',
      steps: { ...unit.steps, switch: 'release/switch' },
    }
    const after = (conclusion: StepOutcome, deploy: Partial<StepResult>, move: Partial<StepResult>) => {
      const step = { path: 'release/switch', stage: 'main', outcome: 'success', ...move } as StepResult
      return { ...job(conclusion, {}), steps: [...job(conclusion, deploy).steps, step] }
    }
    const skipped = { outcome: 'skipped' } as const

    test.each<[string, JobResult, string[], string, boolean]>([
      ['the job ended well', after('success', {}, {}), ['ended well | commit → committed'], v2.name, false],
      [
        'the fill was killed',
        after('failure', killed, skipped),
        ['killed in the fill | undo: the job failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'the fill failed by itself',
        after('failure', { outcome: 'failure' }, skipped),
        [
          'the fill fails: pods crash | undo: the job failed → rolled-back',
          'a ConfigMap that has traffic changes in place | undo: the job failed → unchanged',
        ],
        v1.name,
        false,
      ],
      [
        'the gate before the switch failed',
        after('failure', {}, skipped),
        ['ended well | undo: a later step failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'the switch was killed',
        after('failure', {}, killed),
        ['killed in the switch | undo: the job failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'the switch failed by itself',
        after('failure', {}, { outcome: 'failure' }),
        ['the switch finds too few ready pods | undo: the job failed → rolled-back'],
        v1.name,
        false,
      ],
      [
        'the switch was cancelled',
        after('cancelled', {}, { outcome: 'cancelled' }),
        ['ended well | undo: a later step failed → rolled-back'],
        v1.name,
        false,
      ],
      // The slot stays filled for the next release to empty.
      [
        'the runner was lost in the fill',
        after('lost', { outcome: 'lost' }, skipped),
        ['filled | none → unknown'],
        v1.name,
        true,
      ],
      [
        'the runner was lost in the switch',
        after('lost', {}, { outcome: 'lost' }),
        ['ended well | none → unknown'],
        v2.name,
        true,
      ],
    ])('%s', (_, found, rows, serves, staysOpen) => {
      expect(cells(found, { units: [withSlots] })).toEqual([rows, serves, staysOpen])
    })

    test('a first release that is undone leaves nothing', () => {
      const first = { units: [withSlots], before: { 'my-service': undefined } }
      expect(cells(after('failure', {}, {}), first)).toEqual([
        ['first release, ended well | undo: a later step failed → rolled-back'],
        undefined,
        false,
      ])
    })
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
