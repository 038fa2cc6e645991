import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

const up =
  'create table seen as select ssl, client_addr is null as local from pg_stat_ssl join pg_stat_activity using (pid) where pid = pg_backend_pid();'
const writings: [string, Record<string, string>][] = [
  ['sql', { 'migrations/001_a.sql': `${up}\n` }],
  ['dbmate', { 'migrations/001_a.sql': `-- migrate:up\n${up}\n-- migrate:down\n` }],
  ['golang-migrate', { 'migrations/001_a.up.sql': `${up}\n` }],
  ['node-pg-migrate', { 'migrations/001_a.cjs': `exports.up = (pgm) => pgm.sql(${JSON.stringify(up)})\n` }],
]

describeIf(canMigrate('dbmate', 'node-pg-migrate', 'migrate'))('a database that offers TLS', () => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture({ tls: true })
  })
  afterAll(() => fixture?.close())
  beforeEach(() => rmSync(join(fixture.workspace, 'migrations'), { recursive: true, force: true }))

  test.each(writings)(
    'is used over TLS by %s if the URL does not decide, and without TLS if it says so',
    async (tool, files) => {
      fixture.write(files)
      for (const [suffix, ssl] of [
        ['', true],
        ['?sslmode=disable', false],
      ] as const) {
        const { url, name } = await fixture.database()
        const main = await fixture.job({ 'database-url': `${url}${suffix}`, tool }).main()
        expect(main.exit, main.log).toBe(0)
        expect(await fixture.postgres.query(name, 'select ssl from seen')).toEqual([{ ssl }])
      }
    },
  )

  test('a certificate of an unknown authority is refused if the URL requires verification', async () => {
    fixture.write({ 'migrations/001_a.sql': `${up}\n` })
    const { url } = await fixture.database()
    const main = await fixture
      .job({ 'database-url': `${url}?sslmode=verify-full`, tool: 'sql', 'wait-timeout': '0s' })
      .main()
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'database-refused', result: 'unchanged' })
  })

  test.each(writings)(
    'is reached by %s through its socket, with a table of its own for the history',
    async (tool, files) => {
      fixture.write(files)
      const { name } = await fixture.database()
      const { postgres } = fixture
      await postgres.query(name, 'create schema admin')
      const url = `postgres://postgres:${encodeURIComponent(postgres.password)}@/${name}?host=${postgres.socketFolder}&port=${postgres.port}`
      const inputs = { 'database-url': url, tool, 'history-table': 'admin.changes' }
      const main = await fixture.job(inputs).main()
      expect(main.exit, main.log).toBe(0)
      expect(await postgres.query(name, 'select local from seen')).toEqual([{ local: true }])
      expect(await postgres.query(name, 'select count(*)::int as count from admin.changes')).toEqual([{ count: 1 }])
      expect((await fixture.job(inputs).main()).outputs.result).toBe('noop')
    },
  )
})
