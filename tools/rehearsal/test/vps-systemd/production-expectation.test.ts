import { describe, expect, test } from 'vitest'
import { belayRoot } from '../../src/paths.ts'
import { readPromises, readTraffic } from '../../src/promises.ts'
import { v1, v2 } from '../../src/version.ts'
import { type ProductionExpectation, productionExpectationOf } from '../../src/vps-systemd/production-expectation.ts'
import { allServe, migrationsOf } from '../../src/vps-systemd/services.ts'

const promises = { hosts: readPromises(belayRoot), traffic: readTraffic(belayRoot) }
const nested = ['begin', 'plan', 'deployment', 'migrate-db', 'deploy-ssh', 'blue-green-switch', 'health-gate', 'end']
const leg = (job: string) => [`${job}/checkout`, ...nested.map((name) => `${job}/belay/${name}`), `${job}/smoke`]
const paths = [...leg('release (acme-api)'), ...leg('release (acme-worker)'), 'aftercare (acme-api)/aftercare']

type Kind = 'break' | 'cancel' | 'kill' | 'loseRunner'

function expected(kind: Kind, step: string, job = 'release (acme-api)') {
  const run = {
    version: v2,
    back: false,
    serving: allServe(v1),
    schema: migrationsOf(v1),
    fault: { kind, step: `${job}/${step}` },
  }
  return told(productionExpectationOf(promises, paths, run))
}

/** A line a service for each schema that may stand afterwards. */
function told({ conclusion, outcomes, later }: ProductionExpectation) {
  const lines = outcomes.map(({ schema, legs }) => [
    `${schema.length} migrations`,
    ...legs.map(({ conclusion, promised, version, idleStopped, announced, named }) => {
      const more = [idleStopped && 'idle stopped', named.length > 0 && `${named.length} named`].filter(Boolean)
      const saw = announced.map(({ name }) => name).join(' ')
      return [`${conclusion}, ${promised?.result ?? '-'}: ${version?.name ?? 'nobody'}`, ...more, `seen ${saw}`].join(
        ', ',
      )
    }),
  ])
  return { conclusion, later, outcomes: lines }
}

const committed = 'success, committed: v2, seen v1 v2'

describe('what is promised for production', () => {
  test('nothing happens: all committed; on the way back the schema stays', () => {
    const run = { version: v1, back: true, serving: allServe(v2), schema: migrationsOf(v2), fault: undefined }
    const back = 'success, committed: v1, seen v2 v1'
    expect(told(productionExpectationOf(promises, paths, run))).toEqual({
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

  test('where one service is live already, for it there is nothing to do', () => {
    const serving = { ...allServe(v1), 'acme-worker': v2 }
    const fault = { kind: 'break' as const, step: 'release (acme-api)/smoke' }
    const run = { version: v2, back: false, serving, schema: migrationsOf(v2), fault }
    expect(told(productionExpectationOf(promises, paths, run)).outcomes).toEqual([
      ['3 migrations', 'failure, rolled-back: v1, idle stopped, seen v1 v2', 'success, noop: v2, seen v2 v2'],
    ])
  })

  test('the first release: what the second service needs must have been brought by the first one', () => {
    const first = (step: string) => {
      const fault = { kind: 'break' as const, step: `release (acme-api)/${step}` }
      const run = { version: v1, back: false, serving: {}, schema: [], fault }
      return told(productionExpectationOf(promises, paths, run)).outcomes
    }
    const back = 'failure, rolled-back: nobody, idle stopped'
    expect([first('belay/plan'), first('smoke')]).toEqual([
      [['0 migrations', 'failure, -: nobody, seen ', `${back}, seen v1`]],
      [['2 migrations', `${back}, 2 named, seen v1`, 'success, committed: v1, seen v1']],
    ])
  })

  test('killed in a migration that is a transaction: it is applied whole, or nothing was changed', () => {
    const fault = { kind: 'kill' as const, step: 'release (acme-api)/belay/migrate-db' }
    const run = { version: v1, back: false, serving: {}, schema: [], fault }
    const back = 'failure, rolled-back: nobody, idle stopped'
    expect(told(productionExpectationOf(promises, paths, run)).outcomes).toEqual([
      ['0 migrations', 'failure, unchanged: nobody, seen ', `${back}, seen v1`],
      ['1 migrations', `${back}, 1 named, seen `, `${back}, seen v1`],
      ['2 migrations', `${back}, 2 named, seen `, 'success, committed: v1, seen v1'],
    ])
  })

  test('at the second service, the first one stays released', () => {
    expect(expected('cancel', 'smoke', 'release (acme-worker)')).toEqual({
      conclusion: 'cancelled',
      later: false,
      outcomes: [['3 migrations', committed, 'cancelled, rolled-back: v1, idle stopped, seen v1 v2']],
    })
  })
})
