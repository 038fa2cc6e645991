import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Postgres } from '@belay/test-hosts'
import type { RunController } from '@belay/workflow-runner'
import { expect } from 'vitest'
import { type CompletedJob, type Fixture, type JobOptions, lockIsFree, waitFor } from '../support/fixture.ts'
import { openHosts } from './hosts.ts'

const faults = ['kill', 'cancel', 'lose-runner'] as const

/** Where a migration is struck, from before its tool starts to after its last statement. */
const moments = ['before apply', 'in a transaction', 'outside of a transaction', 'after apply', 'post decided'] as const

/** One fault around the apply of a migration, in a job that then releases to a host. */
export interface MigrationPoint {
  readonly name: string
  readonly fault: (typeof faults)[number]
  readonly moment: (typeof moments)[number]
}

export function migrationPoints(): MigrationPoint[] {
  return moments.flatMap((moment) =>
    faults.map((fault) => ({ name: `${fault} ${moment} of a migration`, fault, moment })),
  )
}

/** What is promised: the job's result, the schema, and what the host serves (docs/decisions/transaction.md#with-a-schema-two-slots-and-a-proxy). */
interface Promised {
  readonly results: readonly string[]
  readonly schema: readonly ('old' | 'new')[]
}

function promisedAt({ fault, moment }: MigrationPoint): Promised {
  // A migration outside of a transaction is applied statement by statement: its column is there, its history is not.
  const schema: Promised['schema'] = moment === 'before apply' || moment === 'in a transaction' ? ['old'] : ['new']
  if (fault === 'lose-runner') return { results: ['', 'unknown'], schema }
  // A cancel is a signal: the step may take it before the tool starts, or after the one statement was committed.
  if (fault === 'cancel' && moment === 'before apply')
    return { results: ['unchanged', 'rolled-back'], schema: ['old', 'new'] }
  if (schema[0] === 'old') return { results: ['unchanged'], schema }
  if (moment === 'outside of a transaction') return { results: ['mixed'], schema }
  // The schema stays, and is named; the release goes back. A post that is killed or cancelled leaves that to the others.
  return {
    results: moment === 'after apply' ? ['rolled-back', 'mixed'] : ['committed', 'rolled-back', 'mixed'],
    schema,
  }
}

export async function testMigrationPoint(point: MigrationPoint, postgres: Postgres): Promise<void> {
  const fixture = await openHosts({ hosts: 1 })
  const database = `chaos_${point.name.replace(/\W/g, '_')}`
  try {
    await postgres.createDatabase(database)
    const migrations = join(fixture.folder, 'migrations')
    mkdirSync(migrations)
    const job = jobOf(fixture, postgres.url(database), migrations)
    writeFileSync(join(migrations, '001_a.sql'), 'create table a (id int);\n')
    const first = await job('v1')
    expect(first.belay, first.log).toBe('committed')

    const second = join(migrations, '002_b.sql')
    const head = point.moment === 'outside of a transaction' ? '-- belay: no-transaction\n' : ''
    const sleep = /transaction/.test(point.moment) ? 'select pg_sleep(8);\n' : ''
    writeFileSync(second, `${head}alter table a add column b int;\n${sleep}`)
    let struck = false
    const strike = (controller: RunController) => {
      struck = true
      return point.fault === 'kill'
        ? controller.kill()
        : point.fault === 'cancel'
          ? controller.cancel()
          : controller.loseRunner()
    }
    const isAsleep = async () =>
      (
        await postgres.query(
          'postgres',
          "select 1 from pg_stat_activity where state = 'active' and wait_event = 'PgSleep' and datname = $1",
          [database],
        )
      ).length > 0
    const completed = await job('v2', optionsAt(point, strike, isAsleep))
    const context = `${point.name}: BELAY_RESULT=${completed.belay}\n${completed.log}`
    expect(struck, `it was not struck: ${context}`).toBe(true)
    await waitFor('the server has ended what the job began', 30, async () => !(await isAsleep()))
    // The time to confirm, and sixty seconds more where the host was asked: longer than the next job waits for the lock.
    await waitFor('the host is at rest', 100, () => lockIsFree(fixture.hosts[0] as never, 'api'))

    const { results, schema } = promisedAt(point)
    const columns = await postgres.query(
      database,
      "select 1 from information_schema.columns where table_name = 'a' and column_name = 'b'",
    )
    expect(results, context).toContain(completed.belay)
    expect(schema, context).toContain(columns.length > 0 ? 'new' : 'old')
    if (completed.belay === 'unchanged') expect(columns, context).toEqual([])
    if (completed.belay === 'mixed' || columns.length > 0) expect(completed.log, context).toContain('002_b')

    // A person puts right what no tool can know.
    if (point.moment === 'outside of a transaction') await postgres.query(database, 'alter table a drop column b')
    writeFileSync(second, 'alter table a add column b int;\n')
    const next = await job('v3')
    expect(next.belay, `${context}\n=== and then\n${next.log}`).toBe('committed')
    expect(await fixture.serves(fixture.hosts[0] as never, 'api')).toBe('v3')
  } finally {
    await fixture.close()
  }
}

function jobOf(fixture: Fixture, url: string, migrations: string) {
  const migrate = {
    id: 'schema',
    uses: '$/actions/migrate-db',
    with: { 'database-url': url, tool: 'sql', migrations, service: 'api', environment: 'qa', backup: 'none' },
  }
  return async (version: string, options: JobOptions = {}): Promise<CompletedJob> => {
    const source = await fixture.release('api', version)
    const inputs = { version, 'confirm-timeout': '15s' }
    return fixture.job(version, [migrate, fixture.deploy('api', source, inputs)], options)
  }
}

function optionsAt(
  { moment }: MigrationPoint,
  strike: (controller: RunController) => Promise<void> | void,
  isAsleep: () => Promise<boolean>,
): JobOptions {
  const held = (stage: 'main' | 'post', match: Record<string, unknown>): JobOptions => ({
    pause: { step: 'release/schema', stage, match, inject: strike },
  })
  switch (moment) {
    case 'before apply':
      return held('main', { event: 'phase', phase: 'apply' })
    case 'after apply':
      return held('main', { event: 'phase', phase: 'verify' })
    case 'post decided':
      return { pause: { step: 'release/api', stage: 'post', match: { event: 'decided' }, inject: strike } }
    default:
      return {
        control: (controller) => void waitFor('the migration runs', 60, isAsleep).then(() => strike(controller)),
      }
  }
}
