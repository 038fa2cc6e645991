import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Expectation, expectationOf, type Release } from '../../src/expect/expectation.ts'
import { readTables } from '../../src/expect/tables.ts'
import type { Unit } from '../../src/expect/unit.ts'
import { endsBy, type Fault, faultFlags } from '../../src/fault.ts'
import { belayRoot } from '../../src/paths.ts'
import { type Version, v1, v2 } from '../../src/version.ts'
import { observed } from './observed.ts'

/**
 * `golden.txt` has what the expectations of the three examples said that were once written by hand, for every fault at every
 * step that begins and every schema. They were computed from the request alone; what follows from how the runner saw the steps
 * end must be the same. One thing is stricter now: users may not see a version whose switch has not begun, also where the fill
 * failed because a migration was missing.
 */
const golden = readGolden()
const tables = readTables(belayRoot)
const v0: Version = { name: 'v0', sha: '0'.repeat(40), number: '0.9.0' }

interface Golden {
  readonly name: string
  /** The steps that begin in a release without a fault. */
  readonly steps: readonly string[]
  readonly outcomes: readonly { readonly ends: readonly string[]; readonly cases: readonly string[] }[]
}

interface System {
  readonly units: readonly Unit[]
  /** The migrations of v1 and those that v2 adds. */
  readonly migrations: readonly [string[], string[]]
  readonly noTransactions: readonly string[]
  readonly needs: Readonly<Record<string, string>>
  /** What a first release replaces. */
  readonly empty: Version | undefined
  readonly unchanged?: (version: Version) => string[]
  readonly failures?: Readonly<Record<string, { step: string | undefined }>>
}

const hostUnit = (name: string): Unit => ({
  job: 'release',
  service: `acme-${name}`,
  table: 'promises',
  steps: { deploy: `release/${name}/deploy-ssh` },
})
const slotSteps = (step: string) => ({ deploy: `${step}/deploy-ssh`, switch: `${step}/blue-green-switch` })
const shop: Unit = {
  job: 'release',
  service: 'acme-shop',
  table: 'traffic',
  steps: { ...slotSteps('release/shop'), schema: 'release/shop/migrate-db' },
}
const graph = (service: string): Unit => ({
  job: 'release',
  service,
  table: 'render',
  hasDisk: service === 'acme-database',
  steps: { deploy: 'release/belay/deploy-render' },
})
const inFill = { step: 'release/shop/deploy-ssh' }
const inDeploy = { step: 'release/belay/deploy-render' }
const inAnswers = { step: undefined }

const systems: Readonly<Record<string, System>> = {
  'vps-systemd qa': {
    units: ['api', 'worker'].map(hostUnit),
    migrations: [[], []],
    noTransactions: [],
    needs: { release: 'build' },
    empty: undefined,
  },
  'vps-systemd production': {
    units: [
      {
        job: 'release (acme-api)',
        service: 'acme-api',
        table: 'traffic',
        steps: { ...slotSteps('release (acme-api)/belay'), schema: 'release (acme-api)/belay/migrate-db' },
      },
      {
        job: 'release (acme-worker)',
        service: 'acme-worker',
        table: 'traffic',
        steps: slotSteps('release (acme-worker)/belay'),
        needs: '002_packed.sql',
      },
    ],
    migrations: [['001_orders.sql', '002_packed.sql'], ['003_to_pack.sql']],
    noTransactions: ['003_to_pack.sql'],
    needs: {},
    empty: undefined,
  },
  'compose qa': {
    units: [shop],
    migrations: [['001_orders.sql'], ['002_packed.sql']],
    noTransactions: [],
    needs: { release: 'build' },
    empty: undefined,
    failures: {
      'build-fails': { step: 'build/image' },
      'push-refused': { step: 'build/image' },
      'pull-refused': inFill,
      'start-fails': inFill,
      'health-fails': inFill,
      'smoke-fails': { step: 'release/smoke' },
    },
  },
  'compose production': {
    units: [{ ...shop, steps: { ...shop.steps, tags: 'release/promote', deployment: 'release/shop/deployment' } }],
    migrations: [['001_orders.sql'], ['002_packed.sql']],
    noTransactions: [],
    needs: {},
    empty: undefined,
  },
  'render-three-services production': {
    units: ['acme-database', 'acme-api', 'acme-frontend'].map(graph),
    migrations: [[], []],
    noTransactions: [],
    needs: {},
    empty: v0,
    unchanged: (version) => (version === v2 ? ['acme-database'] : []),
    failures: {
      'build-fails': inDeploy,
      'start-fails': inDeploy,
      'health-fails': inDeploy,
      'frontend-fails': inDeploy,
      'smoke-fails': { step: 'release/smoke' },
      limits: inAnswers,
      errors: inAnswers,
      resets: inAnswers,
    },
  },
}

function readGolden(): Golden[] {
  const parts = readFileSync(join(import.meta.dirname, 'golden.txt'), 'utf8')
    .split(/^# /m)
    .slice(1)
  return parts.map((part) => {
    const [head = '', ...blocks] = part.trim().split('\n\n')
    const [name = '', ...steps] = head.split('\n')
    const outcomes = blocks.map((block) => {
      const lines = block.split('\n')
      return {
        ends: lines.filter((line) => line.startsWith('= ')).map((line) => line.slice(2)),
        cases: lines.filter((line) => !line.startsWith('= ')).flatMap(casesIn),
      }
    })
    return { name, steps: steps.map((line) => line.replace('step ', '')), outcomes }
  })
}

/** `over v1: kill a/b, c/d` */
function casesIn(line: string): string[] {
  const [, over, kind, list = ''] = /^([^:]+): (\S+) ?(.*)$/.exec(line) ?? []
  return list === '' ? [`${over}: ${kind}`] : list.split(', ').map((step) => `${over}: ${kind} ${step}`)
}

/** What is promised for a case, for each schema that is possible. */
function promisedFor(system: System, steps: readonly string[], name: string): string[] {
  const [, over, kind = '', step = ''] = /^([^:]+): (\S+) ?(.*)$/.exec(name) ?? []
  const fault = kind in faultFlags ? ({ kind: faultFlags[kind], step } as Fault) : undefined
  const externalFailure = kind === 'external-failure' ? step : undefined
  const release = releaseOf(system, over, fault, externalFailure)
  const failing = externalFailure ? system.failures?.[externalFailure]?.step : undefined
  const ended = (fails: readonly string[]) => ({ jobs: observed(steps, { fault, fails }, system.needs) })
  const { schemas } = expectationOf(tables, release, ended(failing ? [failing] : []))
  return schemas.map((schema) => {
    // A service without the migration that it needs fails to start.
    const lacking = system.units.filter(({ needs }) => needs && !schema.includes(needs))
    const run = ended([...(failing ? [failing] : []), ...lacking.map(({ steps }) => steps.deploy)])
    const conclusion = fault ? endsBy[fault.kind] : failing ? 'failure' : 'success'
    return textOf(conclusion, expectationOf(tables, release, run, schema), schema.length)
  })
}

function releaseOf(
  { units, migrations, noTransactions, empty, unchanged }: System,
  over: string | undefined,
  fault: Fault | undefined,
  externalFailure: string | undefined,
): Release {
  const [first, added] = migrations
  const all = [...first, ...added]
  const [version, old] = { first: [v1, empty] as const, 'over v1': [v2, v1] as const }[String(over)] ?? [v1, v2]
  const back = over === 'back'
  const isFirst = over === 'first'
  const serves = units.map(({ service }) => [service, back && unchanged?.(v2).includes(service) ? v1 : old])
  return {
    units,
    version,
    back,
    fault,
    externalFailure,
    before: Object.fromEntries(serves),
    schema: isFirst ? [] : back ? all : first,
    migrations: version === v2 ? all : first,
    noTransactions,
    unchanged: unchanged?.(version) ?? [],
  }
}

function textOf(conclusion: string, { units, later }: Expectation, migrations: number): string {
  const jobs = Map.groupBy(units, ({ unit }) => unit.job)
  const [one] = units
  const isRender = one?.unit.table === 'render'
  const users = (announced: readonly Version[]) =>
    `users see ${announced.map(({ name }) => name).join(' ') || 'nothing'}`
  return [
    `${conclusion}${later ? ', later' : ''}`,
    ...(units.some(({ unit }) => unit.table === 'traffic') ? [`${migrations} migrations`] : []),
    ...[...jobs].map(
      ([job, some]) => `${job}: ${some.flatMap(({ rows }) => rows.map(({ result }) => result))[0] ?? 'unchanged'}`,
    ),
    ...units.map(({ unit, version, idleStopped, named, announced }) =>
      [
        `${unit.service} serves ${version?.name ?? 'nothing'}`,
        ...(idleStopped ? ['the idle slot stopped'] : []),
        ...(named.length > 0 ? [`${named.length} named`] : []),
        ...(isRender ? [] : [users(announced)]),
      ].join(', '),
    ),
    ...(isRender ? [users(units.find(({ unit }) => unit.service === 'acme-api')?.announced ?? [])] : []),
    ...(one?.unit.service === 'acme-shop' ? [`tags ${one.tags.are}${one.tags.named ? ', named' : ''}`] : []),
  ].join('; ')
}

describe.each(golden)('$name', ({ name, steps, outcomes }) => {
  const system = systems[name] as System
  const cases = outcomes.flatMap(({ ends, cases }) => cases.map((one) => ({ one, ends })))
  test(`the ${cases.length} promises that were once written by hand`, () => {
    for (const { one, ends } of cases) expect(promisedFor(system, steps, one), one).toEqual(ends)
  })
})

test('every fault at every step that begins is there', () => {
  for (const { name, steps, outcomes } of golden) {
    const cases = new Set(outcomes.flatMap((outcome) => outcome.cases))
    for (const step of steps)
      for (const flag of Object.keys(faultFlags)) expect(cases, name).toContain(`over v1: ${flag} ${step}`)
  }
})
