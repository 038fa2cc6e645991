import { describe, expect, test } from 'vitest'
import { allServe, belayRoot, migrationsOf, v1, v2 } from '../src/example.ts'
import { productionExpectationOf } from '../src/production-expectation.ts'
import { readPromises } from '../src/promises.ts'

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
  const { conclusion, legs, schemas, later } = productionExpectationOf(readPromises(belayRoot), paths, run)
  const told = legs.map(
    ({ promised, version, idleStopped, announced }) =>
      `${promised?.result ?? '-'}: ${version?.name}${idleStopped ? ', idle stopped' : ''}, seen ${announced.map(({ name }) => name).join(' ')}`,
  )
  return { conclusion, told, schemas: schemas.map((names) => names.length), later }
}

const committed = 'committed: v2, seen v1 v2'

describe('what is promised for production', () => {
  test('nothing happens: all committed; on the way back the schema stays', () => {
    const run = { version: v1, back: true, serving: allServe(v2), schema: migrationsOf(v2), fault: undefined }
    const { conclusion, legs, schemas } = productionExpectationOf(readPromises(belayRoot), paths, run)
    expect(conclusion).toBe('success')
    expect(legs.map(({ promised, version }) => [promised?.result, version])).toEqual([
      ['committed', v1],
      ['committed', v1],
    ])
    expect(schemas).toEqual([migrationsOf(v2)])
  })

  test.each<[Kind, string, ReturnType<typeof expected>]>([
    [
      'break',
      'belay/begin',
      { conclusion: 'failure', told: ['-: v1, seen v1', committed], schemas: [2], later: false },
    ],
    [
      'kill',
      'belay/migrate-db',
      { conclusion: 'failure', told: ['-: v1, seen v1', committed], schemas: [2, 3], later: false },
    ],
    [
      'kill',
      'belay/deploy-ssh',
      {
        conclusion: 'failure',
        told: ['rolled-back: v1, idle stopped, seen v1', committed],
        schemas: [3],
        later: false,
      },
    ],
    [
      'break',
      'belay/blue-green-switch',
      {
        conclusion: 'failure',
        told: ['rolled-back: v1, idle stopped, seen v1 v2', committed],
        schemas: [3],
        later: false,
      },
    ],
    [
      'cancel',
      'smoke',
      {
        conclusion: 'cancelled',
        told: ['rolled-back: v1, idle stopped, seen v1 v2', '-: v1, seen v1'],
        schemas: [3],
        later: false,
      },
    ],
    [
      'loseRunner',
      'belay/health-gate',
      {
        conclusion: 'lost',
        told: ['unknown: v1, idle stopped, seen v1 v2', committed],
        schemas: [3],
        later: true,
      },
    ],
  ])('%s at %s of the first service', (kind, step, promised) => {
    expect(expected(kind, step)).toEqual(promised)
  })

  test('where one service is live already, for it there is nothing to do', () => {
    const serving = { ...allServe(v1), 'acme-worker': v2 }
    const fault = { kind: 'break' as const, step: 'release (acme-api)/smoke' }
    const run = { version: v2, back: false, serving, schema: migrationsOf(v2), fault }
    const { legs } = productionExpectationOf(readPromises(belayRoot), paths, run)
    expect(legs.map(({ promised, version, idleStopped }) => [promised?.result, version, idleStopped])).toEqual([
      ['rolled-back', v1, true],
      ['noop', v2, false],
    ])
  })

  test('at the second service, the first one stays released', () => {
    expect(expected('cancel', 'smoke', 'release (acme-worker)')).toEqual({
      conclusion: 'cancelled',
      told: [committed, 'rolled-back: v1, idle stopped, seen v1 v2'],
      schemas: [3],
      later: false,
    })
  })
})
