import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

/** One migration in the form of every tool: its change, and its down migration. */
type Files = (number: number, name: string, up: string, down?: string, transaction?: boolean) => Record<string, string>

const pad = (number: number) => String(number).padStart(3, '0')

const tools: Record<string, { program: string[]; table: string; files: Files; inputs?: Record<string, string> }> = {
  sql: {
    program: [],
    table: 'belay_migrations',
    files: (number, name, up, down, transaction = true) => ({
      [`migrations/${pad(number)}_${name}.sql`]: `${transaction ? '' : '-- belay: no-transaction\n'}${up}\n`,
      ...(down && { [`migrations/${pad(number)}_${name}.down.sql`]: down }),
    }),
  },
  dbmate: {
    program: ['dbmate'],
    table: 'schema_migrations',
    files: (number, name, up, down = '', transaction = true) => ({
      [`migrations/${pad(number)}_${name}.sql`]: `-- migrate:up${transaction ? '' : ' transaction:false'}\n${up}\n\n-- migrate:down\n${down}\n`,
    }),
  },
  'golang-migrate': {
    program: ['migrate'],
    table: 'schema_migrations',
    files: (number, name, up, down) => ({
      [`migrations/${pad(number)}_${name}.up.sql`]: `${up}\n`,
      ...(down && { [`migrations/${pad(number)}_${name}.down.sql`]: down }),
    }),
  },
  'node-pg-migrate': {
    program: ['node-pg-migrate'],
    table: 'pgmigrations',
    files: (number, name, up, down, transaction = true) => ({
      [`migrations/${pad(number)}_${name}.cjs`]: `exports.up = (pgm) => {
${transaction ? '' : '  pgm.noTransaction()\n'}  pgm.sql(${JSON.stringify(up)})
}
exports.down = ${down ? `(pgm) => pgm.sql(${JSON.stringify(down)})` : 'false'}
`,
    }),
  },
}

describe.each(Object.entries(tools))('%s', (tool, { program, table, files }) => {
  describeIf(canMigrate(...program))('with the real tool and a real PostgreSQL', () => {
    let fixture: Fixture
    let url = ''
    let name = ''
    beforeAll(async () => {
      fixture = await openFixture()
    })
    afterAll(() => fixture?.close())
    beforeEach(async () => {
      rmSync(join(fixture.workspace, 'migrations'), { recursive: true, force: true })
      ;({ url, name } = await fixture.database())
    })
    const rows = (sql: string) => fixture.postgres.query(name, sql)
    const job = (inputs: Record<string, string> = {}) => fixture.job({ 'database-url': url, ...inputs })

    /** Two migrations are applied; the second one notes the limits of its session. */
    async function appliedTwo() {
      fixture.write({
        ...files(1, 'items', 'create table items (id int primary key, note text);', 'drop table items;'),
        ...files(
          2,
          'limits',
          `create table limits as select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement;`,
          'drop table limits;',
        ),
      })
      const first = job({ 'statement-timeout': '90s' })
      const main = await first.main()
      expect(main.exit, main.log).toBe(0)
      return { first, main }
    }

    test('is recognised by its files, and applies what is pending in order', async () => {
      const { first, main } = await appliedTwo()
      expect(main.outputs).toMatchObject({
        result: 'pending',
        tool,
        applied: '["001_items","002_limits"]',
        pending: '[]',
        version: '002_limits',
      })
      expect(first.journal()).toContainEqual(
        expect.objectContaining({ event: 'schema', service: 'acme-api', migrations: ['001_items', '002_limits'] }),
      )
      expect((await rows(`select count(*)::int as count from ${table}`))[0]).toEqual({
        count: tool === 'golang-migrate' ? 1 : 2,
      })
      const post = await first.post('success')
      expect(post.exit, post.log).toBe(0)
      expect(first.result()).toBe('committed')
    })

    test('applies with the limits of the inputs', async () => {
      await appliedTwo()
      expect(await rows('select * from limits')).toEqual([{ lock: '5s', statement: '90s' }])
    })

    test('applies nothing a second time', async () => {
      await appliedTwo()
      const again = job()
      const second = await again.main()
      expect(second.outputs, second.log).toMatchObject({ result: 'noop', pending: '[]' })
      expect(again.journal()).toContainEqual(
        expect.objectContaining({ event: 'schema', migrations: ['001_items', '002_limits'] }),
      )
    })

    test('reports what is pending and applies only that', async () => {
      fixture.write(files(1, 'items', 'create table items (id int);'))
      expect((await job().main()).exit).toBe(0)
      fixture.write(files(2, 'more', 'alter table items add note text;'))
      const status = await job({ command: 'status' }).main()
      expect(status.outputs, status.log).toMatchObject({
        result: 'unchanged',
        pending: '["002_more"]',
        version: '001_items',
      })
      const dry = await job({ 'dry-run': 'true' }).main()
      expect(dry.outputs, dry.log).toMatchObject({ result: 'unchanged', pending: '["002_more"]' })
      expect(dry.summary).toContain('alter table items add note text')
      const main = await job().main()
      expect(main.outputs, main.log).toMatchObject({ applied: '["002_more"]', version: '002_more' })
    })

    test('a failed migration leaves no change, and the migrations before it stay applied', async () => {
      fixture.write({
        ...files(1, 'items', 'create table items (id int);'),
        ...files(2, 'broken', 'create table half (id int); select 1 / 0;'),
      })
      const failing = job()
      const main = await failing.main()
      expect(main.exit).toBe(1)
      expect(main.outputs['failure-code'], main.log).toBe('migration-failed')
      expect((await rows(`select to_regclass('half') as half`))[0]).toEqual({ half: null })
      // This tool runs all files in one transaction; the others have one for each file.
      const whole = tool === 'node-pg-migrate'
      expect(main.outputs.result, main.log).toBe(whole ? 'unchanged' : 'rolled-back')
      const post = await failing.post('failure')
      expect(failing.result(), post.log).toBe(whole ? 'unchanged' : 'rolled-back')
      if (!whole) expect(main.log).toContain('001_items stays applied')

      rmSync(join(fixture.workspace, 'migrations'), { recursive: true })
      fixture.write({
        ...files(1, 'items', 'create table items (id int);'),
        ...files(2, 'broken', 'create table half (id int);'),
      })
      const fixed = await job().main()
      expect(fixed.outputs, fixed.log).toMatchObject({ result: 'pending', version: '002_broken' })
    })

    test('a job that fails later reports what stays applied', async () => {
      fixture.write(files(1, 'items', 'create table items (id int);', 'drop table items;'))
      expect((await job().main()).exit).toBe(0)
      fixture.write(files(2, 'more', 'alter table items add note text;', 'alter table items drop note;'))
      const staying = job()
      await staying.main()
      const stays = await staying.post('failure')
      expect(staying.result(), stays.log).toBe('rolled-back')
      expect(stays.summary).toMatch(/\| schema of acme-api \| stays \| 002_more stays applied/)
    })

    test('a job that fails later undoes what it applied with down: true, and no more', async () => {
      fixture.write(files(1, 'items', 'create table items (id int);', 'drop table items;'))
      expect((await job().main()).exit).toBe(0)
      fixture.write(files(3, 'third', 'create table third (id int);', 'drop table third;'))
      const down = job({ down: 'true' })
      expect((await down.main()).outputs.applied).toBe('["003_third"]')
      const post = await down.post('failure')
      expect(down.result(), post.log).toBe('rolled-back')
      expect(post.summary).toContain('undone by down migrations: 003_third')
      expect((await job({ command: 'status' }).main()).outputs).toMatchObject({
        pending: '["003_third"]',
        version: '001_items',
      })
      expect(
        (await rows(`select to_regclass('items') is not null as items, to_regclass('third') as third`))[0],
      ).toEqual({ items: true, third: null })
    })

    test('without a down migration nothing is undone', async () => {
      fixture.write(files(1, 'items', 'create table items (id int);', tool === 'node-pg-migrate' ? '' : undefined))
      const one = job({ down: 'true' })
      await one.main()
      const post = await one.post('failure')
      expect(post.summary, post.log).toContain('001_items has no down migration')
      expect((await rows(`select to_regclass('items') is not null as items`))[0]).toEqual({ items: true })
    })

    test('a failed migration that is not a transaction is reported with the next command', async () => {
      fixture.write(files(1, 'items', 'create table items (id int); insert into items values (1), (1);'))
      expect((await job().main()).exit).toBe(0)
      fixture.write(files(2, 'index', 'create unique index concurrently items_id on items (id);', undefined, false))
      const failing = job()
      const main = await failing.main()
      expect(main.outputs, main.log).toMatchObject({ result: 'mixed', 'failure-code': 'migration-failed' })
      expect(main.log).toContain(
        '002_index failed and is not a transaction: the statements that ran before it stopped stay applied;',
      )
      const next = {
        sql: 'insert version 002',
        dbmate: 'insert its version 002',
        'golang-migrate': 'force 1',
        'node-pg-migrate': '--fake',
      }
      expect(main.log).toContain(next[tool as keyof typeof next])
      if (tool === 'golang-migrate') {
        const after = await job().main()
        expect(after.outputs['failure-code'], after.log).toBe('dirty')
      }
    })

    test('a migration waits briefly for a table in use, and is retried', async () => {
      fixture.write(files(1, 'items', 'create table items (id int);'))
      expect((await job().main()).exit).toBe(0)
      fixture.write(files(2, 'more', 'alter table items add note text;'))
      const blocking = fixture.postgres.query(name, 'begin; lock table items; select pg_sleep(3); commit')
      const main = await job({ 'session-lock-timeout': '1s' }).main()
      await blocking
      expect(main.outputs, main.log).toMatchObject({ result: 'pending', applied: '["002_more"]' })
      expect(main.log).toContain('it is retried in 1 s')
    })
  })
})
