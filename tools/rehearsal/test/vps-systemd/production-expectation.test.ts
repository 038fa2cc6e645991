import { describe, expect, test } from 'vitest'
import { belayRoot } from '../../src/paths.ts'
import { readPromises, readTraffic } from '../../src/promises.ts'
import { v1, v2 } from '../../src/version.ts'
import { type ProductionExpectation, productionExpectationOf } from '../../src/vps-systemd/production-expectation.ts'
import { allServe, migrationsOf } from '../../src/vps-systemd/services.ts'

const promises = { hosts: readPromises(belayRoot), traffic: readTraffic(belayRoot) }
const nested = ['begin', 'plan', 'deployment', 'migrate-db', 'deploy-ssh', 'blue-green-switch', 'health-gate', 'end']
const stepsOf = (job: string) => [`${job}/checkout`, ...nested.map((name) => `${job}/belay/${name}`), `${job}/smoke`]
const paths = [...stepsOf('release (acme-api)'), ...stepsOf('release (acme-worker)'), 'aftercare (acme-api)/aftercare']

type Kind = 'break' | 'cancel' | 'kill' | 'loseRunner'

function expected(kind: Kind, step: string, job = 'release (acme-api)') {
  const run = {
    version: v2,
    back: false,
    serving: allServe(v1),
    schema: migrationsOf(v1),
    fault: { kind, step: `${job}/${step}` },
  }
  return summaryOf(productionExpectationOf(promises, paths, run))
}

/** For each possible schema a list with its size and a line for each service. */
function summaryOf({ conclusion, outcomes, later }: ProductionExpectation) {
  const lines = outcomes.map(({ schema, expectedJobs }) => [
    `${schema.length} migrations`,
    ...expectedJobs.map(({ conclusion, promised, version, idleStopped, announced, named }) => {
      const more = [idleStopped && 'idle stopped', named.length > 0 && `${named.length} named`].filter(Boolean)
      const saw = announced.map(({ name }) => name).join(' ')
      return [`${conclusion}, ${promised?.result ?? '-'}: ${version?.name ?? 'none'}`, ...more, `seen ${saw}`].join(
        ', ',
      )
    }),
  ])
  return { conclusion, later, outcomes: lines }
}

const committed = 'success, committed: v2, seen v1 v2'

describe('the promises for production', () => {
  test('a rollback without a fault is committed and leaves the schema', () => {
    const run = { version: v1, back: true, serving: allServe(v2), schema: migrationsOf(v2), fault: undefined }
    const back = 'success, committed: v1, seen v2 v1'
    expect(summaryOf(productionExpectationOf(promises, paths, run))).toEqual({
      conclusion: 'success',
      later: false,
      outcomes: [['3 migrations', back, back]],
    })
  })

  test.each<[Kind, string, ReturnType<typeof expected>]>([
    [
      'break',
      'belay/begin',
      { conclusion: 'failure', later: false, outcomes: [['2 migrations', 'failure, -: v1, seen v1', committed]] },
    ],
    [
      'break',
      'belay/migrate-db',
      {
        conclusion: 'failure',
        later: false,
        outcomes: [['3 migrations', 'failure, rolled-back: v1, idle stopped, 1 named, seen v1', committed]],
      },
    ],
    [
      'kill',
      'belay/migrate-db',
      {
        conclusion: 'failure',
        later: false,
        outcomes: [
          ['2 migrations', 'failure, mixed: v1, 1 named, seen v1', committed],
          ['3 migrations', 'failure, rolled-back: v1, idle stopped, 1 named, seen v1', committed],
        ],
      },
    ],
    [
      'cancel',
      'belay/migrate-db',
      {
        conclusion: 'cancelled',
        later: false,
        outcomes: [
          ['2 migrations', 'cancelled, mixed: v1, 1 named, seen v1', 'cancelled, -: v1, seen v1'],
          ['3 migrations', 'cancelled, rolled-back: v1, idle stopped, 1 named, seen v1', 'cancelled, -: v1, seen v1'],
        ],
      },
    ],
    [
      'kill',
      'belay/deploy-ssh',
      {
        conclusion: 'failure',
        later: false,
        outcomes: [['3 migrations', 'failure, rolled-back: v1, idle stopped, 1 named, seen v1', committed]],
      },
    ],
    [
      'break',
      'belay/blue-green-switch',
      {
        conclusion: 'failure',
        later: false,
        outcomes: [['3 migrations', 'failure, rolled-back: v1, idle stopped, 1 named, seen v1 v2', committed]],
      },
    ],
    [
      'cancel',
      'smoke',
      {
        conclusion: 'cancelled',
        later: false,
        outcomes: [
          [
            '3 migrations',
            'cancelled, rolled-back: v1, idle stopped, 1 named, seen v1 v2',
            'cancelled, -: v1, seen v1',
          ],
        ],
      },
    ],
    [
      'loseRunner',
      'belay/health-gate',
      {
        conclusion: 'lost',
        later: true,
        outcomes: [['3 migrations', 'lost, unknown: v1, idle stopped, seen v1 v2', committed]],
      },
    ],
  ])('%s at %s of the first service', (kind, step, promised) => {
    expect(expected(kind, step)).toEqual(promised)
  })

  test('a service that already serves the version ends as noop', () => {
    const serving = { ...allServe(v1), 'acme-worker': v2 }
    const fault = { kind: 'break' as const, step: 'release (acme-api)/smoke' }
    const run = { version: v2, back: false, serving, schema: migrationsOf(v2), fault }
    expect(summaryOf(productionExpectationOf(promises, paths, run)).outcomes).toEqual([
      ['3 migrations', 'failure, rolled-back: v1, idle stopped, seen v1 v2', 'success, noop: v2, seen v2 v2'],
    ])
  })

  test('in the first release the second service needs the migrations of the first one', () => {
    const first = (step: string) => {
      const fault = { kind: 'break' as const, step: `release (acme-api)/${step}` }
      const run = { version: v1, back: false, serving: {}, schema: [], fault }
      return summaryOf(productionExpectationOf(promises, paths, run)).outcomes
    }
    const back = 'failure, rolled-back: none, idle stopped'
    expect([first('belay/plan'), first('smoke')]).toEqual([
      [['0 migrations', 'failure, -: none, seen ', `${back}, seen v1`]],
      [['2 migrations', `${back}, 2 named, seen v1`, 'success, committed: v1, seen v1']],
    ])
  })

  test('a kill in a migration with a transaction leaves it applied or changes nothing', () => {
    const fault = { kind: 'kill' as const, step: 'release (acme-api)/belay/migrate-db' }
    const run = { version: v1, back: false, serving: {}, schema: [], fault }
    const back = 'failure, rolled-back: none, idle stopped'
    expect(summaryOf(productionExpectationOf(promises, paths, run)).outcomes).toEqual([
      ['0 migrations', 'failure, unchanged: none, seen ', `${back}, seen v1`],
      ['1 migrations', `${back}, 1 named, seen `, `${back}, seen v1`],
      ['2 migrations', `${back}, 2 named, seen `, 'success, committed: v1, seen v1'],
    ])
  })

  test('a cancel at the second service leaves the first one released', () => {
    expect(expected('cancel', 'smoke', 'release (acme-worker)')).toEqual({
      conclusion: 'cancelled',
      later: false,
      outcomes: [['3 migrations', committed, 'cancelled, rolled-back: v1, idle stopped, seen v1 v2']],
    })
  })
})
