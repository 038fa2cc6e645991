import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts, type Postgres, startPostgres } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, openFixture } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { canMigrate } from './database.ts'

describeIf(canMigrate() ?? canStartHosts())('a job that migrates and releases', () => {
  let fixture: Fixture
  let postgres: Postgres
  beforeAll(async () => {
    fixture = await openFixture({ hosts: 1 })
    postgres = await startPostgres()
  })
  afterAll(async () => {
    await fixture?.close()
    await postgres?.stop()
  })

  test('commits both, and after a failure rolls back the release and names the schema that stays', async () => {
    await postgres.createDatabase('acme')
    const migrations = join(fixture.folder, 'migrations')
    mkdirSync(migrations)
    const migrate = {
      id: 'schema',
      uses: '$/actions/migrate-db',
      with: {
        'database-url': postgres.url('acme'),
        tool: 'sql',
        migrations,
        service: 'api',
        environment: 'qa',
        backup: 'none',
      },
    }
    const job = async (version: string, end: string) =>
      fixture.job(version, [
        migrate,
        fixture.deploy('api', await fixture.release('api', version), { version }),
        { run: end },
      ])

    writeFileSync(join(migrations, '001_a.sql'), 'create table a (id int);\n')
    const first = await job('v1', 'true')
    expect(first.belay, first.log).toBe('committed')
    writeFileSync(join(migrations, '002_b.sql'), 'create table b (id int);\n')
    const second = await job('v2', 'exit 1')
    expect(second.belay, second.log).toBe('rolled-back')
    expect(second.record).toContainEqual(
      expect.objectContaining({ event: 'outcome', target: 'schema of api', stays: true, result: 'rolled-back' }),
    )
    expect(await postgres.query('acme', 'select name from belay_migrations')).toHaveLength(2)
    const [host] = fixture.hosts
    expect(host && (await fixture.serves(host, 'api'))).toBe('v1')
    const third = await job('v3', 'true')
    expect(third.belay, third.log).toBe('committed')
    expect(third.log).not.toContain('superuser')
  })
})
