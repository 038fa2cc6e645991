import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { twoAtOnce } from './concurrent-jobs.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

describeIf(canMigrate('dbmate'))('dbmate, which has no lock', () => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture()
  })
  afterAll(() => fixture?.close())

  test('two at once on one database: one waits, each migration is applied once', () => twoAtOnce(fixture, 5))

  const slow = {
    'db/migrations/001_slow.sql': '-- migrate:up\ncreate table slow (id int); select pg_sleep(1.5);\n-- migrate:down\n',
  }
  const killed = async () => {
    const { url, name } = await fixture.database()
    fixture.write(slow)
    const job = fixture.job({ 'database-url': url, tool: 'dbmate' })
    const { pid, ended } = job.start()
    const asleep = () =>
      fixture.postgres.query(
        name,
        `select 1 from pg_stat_activity where datname = $1 and query like '%pg_sleep(1.5)%' and pid <> pg_backend_pid()`,
        [name],
      )
    await expect.poll(asleep, { timeout: 15_000 }).toHaveLength(1)
    process.kill(pid, 'SIGKILL')
    await ended
    return { job, url, name }
  }

  test('a status that is cancelled stops its own tool, and never the migration of another run', async () => {
    const { url, name } = await fixture.database()
    fixture.write({
      'db/migrations/001_slow.sql': '-- migrate:up\ncreate table slow (id int); select pg_sleep(4);\n-- migrate:down\n',
      // Sleeps in the database, so that the test can read there whether it was stopped.
      'ask.sh': 'psql "$DATABASE_URL" -c "select pg_sleep(60)"\n',
    })
    const asleep = (seconds: number) => async () =>
      fixture.postgres.query(name, `select 1 from pg_stat_activity where query like $1 and state = 'active'`, [
        `%pg_sleep(${seconds})%`,
      ])
    const migration = fixture.job({ 'database-url': url, tool: 'dbmate' }).start()
    await expect.poll(asleep(4), { timeout: 15_000 }).toHaveLength(1)
    const status = fixture
      .job({
        'database-url': url,
        command: 'status',
        tool: 'command',
        'migrate-command': 'true',
        'status-command': 'sh ask.sh',
      })
      .start()
    await expect.poll(asleep(60), { timeout: 15_000 }).toHaveLength(1)
    process.kill(status.pid, 'SIGINT')
    expect((await status.ended).outputs).toMatchObject({ 'failure-code': 'interrupted' })
    await expect.poll(asleep(60), { timeout: 15_000 }).toHaveLength(0)
    const { outputs, log } = await migration.ended
    expect(outputs, log).toMatchObject({ result: 'pending', 'failure-code': '' })
    expect(await fixture.postgres.query(name, 'select version from schema_migrations')).toHaveLength(1)
  })

  test('the next run waits for a tool that outlives its killed step', async () => {
    const { url, name } = await killed()
    const next = await fixture.job({ 'database-url': url, tool: 'dbmate' }).main()
    expect(next.outputs, next.log).toMatchObject({ result: 'noop' })
    expect(next.log).toMatch(
      /Waiting up to 300 s: belay-tool acme\/shop#\d+-[0-9a-f]{8} \(pid \d+\) since \d+ s migrates this database/,
    )
    expect(await fixture.postgres.query(name, 'select version from schema_migrations')).toHaveLength(1)
  })

  test('its own post waits for it too, and then reports what stays applied', async () => {
    const { job } = await killed()
    const post = await job.post('failure')
    expect(job.result(), post.log).toBe('rolled-back')
    expect(post.summary).toContain('001_slow stays applied')
  })
})
