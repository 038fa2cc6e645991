import { canStartPostgres } from '@belay/test-hosts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { twoAtOnce } from './concurrent-jobs.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

describeIf(canMigrate('dbmate') ?? canStartPostgres())('on a database under load', () => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture()
  })
  afterAll(() => fixture?.close())

  test('fifty times two concurrent jobs with dbmate', () => twoAtOnce(fixture, 50))

  test('an expand migration of a million rows loses none of 200 writes a second', async () => {
    const { url, name } = await fixture.database()
    await fixture.postgres.query(
      name,
      `create table orders (id bigserial primary key, customer int not null, note text)`,
    )
    await fixture.postgres.query(
      name,
      `insert into orders (customer, note) select i % 5000, repeat('x', 50) from generate_series(1, 1000000) i`,
    )
    const up = (text: string, option = '') => `-- migrate:up${option}\n${text}\n-- migrate:down\n`
    fixture.write({
      'db/migrations/001_state.sql': up(`alter table orders add column state text not null default 'new';`),
      'db/migrations/002_check.sql': up(
        `alter table orders add constraint note_short check (length(note) < 1000) not valid;`,
      ),
      'db/migrations/003_validate.sql': up('alter table orders validate constraint note_short;'),
      'db/migrations/004_index.sql': up(
        'create index concurrently orders_customer on orders (customer);',
        ' transaction:false',
      ),
    })
    const writer = startWriter(url, 200)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const began = Date.now()
    const main = await fixture
      .job({ 'database-url': url, tool: 'dbmate', backup: 'auto', 'backup-path': `${fixture.folder}/backups` })
      .main()
    const seconds = (Date.now() - began) / 1000
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const { sent, failed, longestMs } = await writer.stop()
    expect(main.outputs, main.log).toMatchObject({ result: 'pending' })
    const [row] = await fixture.postgres.query<{ count: number }>(
      name,
      'select count(*)::int as count from orders where id > 1000000',
    )
    console.log(
      `${sent} writes in ${seconds.toFixed(1)} s of migration and 2 s beside it; the longest took ${longestMs} ms`,
    )
    expect(failed).toEqual([])
    expect(row?.count).toBe(sent)
    expect(sent).toBeGreaterThan(400)
    expect(longestMs).toBeLessThan(5000)
  })
})

/** Writes at a fixed rate, whether earlier writes have finished or not. */
function startWriter(url: string, perSecond: number) {
  const pool = new pg.Pool({ connectionString: url, max: 40 })
  const failed: string[] = []
  const running: Promise<void>[] = []
  let longestMs = 0
  const write = async () => {
    const began = performance.now()
    await pool
      .query('insert into orders (customer, note) values ($1, $2)', [running.length, 'written during the migration'])
      .then(
        () => {
          longestMs = Math.max(longestMs, Math.round(performance.now() - began))
        },
        (error: unknown) => failed.push(String(error)),
      )
  }
  const start = performance.now()
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / 1000) * perSecond
    while (running.length < due) running.push(write())
  }, 5)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(running)
      await pool.end()
      return { sent: running.length, failed, longestMs }
    },
  }
}
