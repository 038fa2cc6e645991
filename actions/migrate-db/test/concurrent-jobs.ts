import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Fixture } from './database.ts'

/**
 * Two jobs migrate one database at the same time with dbmate, which has no lock of its own: one waits, each migration is
 * applied once, and neither fails.
 */
export async function twoAtOnce(fixture: Fixture, rounds: number): Promise<void> {
  const text = (up: string) => `-- migrate:up\n${up}\n-- migrate:down\n`
  for (let round = 0; round < rounds; round++) {
    rmSync(join(fixture.workspace, 'db'), { recursive: true, force: true })
    fixture.write({
      'db/migrations/001_counts.sql': text('create table counts (number int);'),
      'db/migrations/002_one.sql': text('insert into counts values (1); select pg_sleep(0.05);'),
      'db/migrations/003_two.sql': text('insert into counts values (2);'),
    })
    const { url, name } = await fixture.database()
    const jobs = [0, 1].map(() => fixture.job({ 'database-url': url, tool: 'dbmate' }))
    const ended = await Promise.all(jobs.map((job) => job.main()))
    const logs = ended.map(({ log }) => log).join('\n---\n')
    expect(
      ended.map(({ exit }) => exit),
      logs,
    ).toEqual([0, 0])
    expect(ended.map(({ outputs }) => outputs.result).sort(), logs).toEqual(['noop', 'pending'])
    expect(await fixture.postgres.query(name, 'select number from counts order by number')).toEqual([
      { number: 1 },
      { number: 2 },
    ])
    expect(await fixture.postgres.query(name, 'select version from schema_migrations order by version')).toHaveLength(3)
  }
  rmSync(join(fixture.workspace, 'db'), { recursive: true, force: true })
}
