// biome-ignore-all lint/style/noExcessiveLinesPerFile: what applying migrations promises, against one database
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { freePort } from '@belay/test-hosts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

describeIf(canMigrate())('migrate-db', () => {
  let fixture: Fixture
  let url = ''
  let name = ''
  beforeAll(async () => {
    fixture = await openFixture()
  })
  afterAll(() => fixture?.close())
  beforeEach(async () => {
    for (const folder of ['migrations', 'db']) rmSync(join(fixture.workspace, folder), { recursive: true, force: true })
    ;({ url, name } = await fixture.database())
  })
  const job = (inputs: Record<string, string> = {}) => fixture.job({ 'database-url': url, tool: 'sql', ...inputs })
  const create = { 'migrations/001_items.sql': 'create table items (id int primary key, note text);\n' }

  test('refuses what breaks the live version, by file and line, and applies nothing', async () => {
    fixture.write(create)
    expect((await job().main()).exit).toBe(0)
    fixture.write({
      'migrations/002_more.sql': 'create table more (id int);\n',
      'migrations/003_drop.sql': '\nalter table items\n  drop note;\n',
    })
    const main = await job().main()
    expect(main.outputs, main.log).toMatchObject({
      'failure-code': 'lint',
      result: 'unchanged',
      pending: '["002_more","003_drop"]',
    })
    expect(main.log).toContain('migrations/003_drop.sql:2: drops the column items.note')
    const lint = await job({ command: 'lint' }).main()
    expect(lint.outputs['failure-code']).toBe('lint')
    expect(JSON.parse(lint.outputs.findings ?? '')).toMatchObject([
      { rule: 'drop-column', file: 'migrations/003_drop.sql', line: 2 },
    ])
    const accepted = job({ 'accept-risk': 'nobody reads notes since v1.2' })
    expect((await accepted.main()).outputs.applied).toBe('["002_more","003_drop"]')
    expect(JSON.stringify(accepted.record())).toContain('nobody reads notes since v1.2')
  })

  test('a contract drops, as the only change of its job', async () => {
    fixture.write(create)
    await job().main()
    fixture.write({ 'migrations/002_drop.sql': 'alter table items drop note;\n' })
    const contract = { phase: 'contract', 'oldest-compatible-version': 'v1.4.0' }
    const beside = job(contract)
    mkdirSync(join(beside.temp, 'belay'))
    const began = {
      step: 'deploy-ssh-1',
      event: 'step-began',
      action: 'deploy-ssh',
      mutates: true,
      service: 'acme-api',
    }
    writeFileSync(join(beside.temp, 'belay/journal.jsonl'), `\n${JSON.stringify(began)}\n`)
    expect((await beside.main()).outputs).toMatchObject({ 'failure-code': 'not-exclusive', result: 'unchanged' })
    const exclusive = job(contract)
    const main = await exclusive.main()
    expect(main.outputs, main.log).toMatchObject({ applied: '["002_drop"]', result: 'pending' })
    const second = await exclusive.main()
    expect(second.outputs['failure-code'], second.log).toBe('not-exclusive')
  })

  test('never applies the migrations of another commit than the one that is released', async () => {
    fixture.write(create)
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', fixture.workspace, ...args], { encoding: 'utf8' }).trim()
    git('init', '--quiet')
    git('add', 'migrations')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '--quiet', '--message', 'on a branch')
    const head = git('rev-parse', 'HEAD')
    const releasing = (sha: string) => {
      const one = job({ version: 'v1.2.0' })
      mkdirSync(join(one.temp, 'belay'))
      const release = { id: 'r1', service: 'acme-api', environment: 'qa', version: 'v1.2.0', sha }
      const began = { step: 'begin', event: 'release-began', release }
      writeFileSync(join(one.temp, 'belay/journal.jsonl'), `\n${JSON.stringify(began)}\n`)
      return one.main()
    }
    try {
      const other = await releasing('b'.repeat(40))
      expect(other.outputs, other.log).toMatchObject({ 'failure-code': 'wrong-checkout', result: 'unchanged' })
      expect(other.log).toContain(`The migrations in migrations are of the commit ${head}`)
      expect(await fixture.postgres.query(name, "select to_regclass('items')")).toEqual([{ to_regclass: null }])
      const same = await releasing(head)
      expect(same.outputs, same.log).toMatchObject({ applied: '["001_items"]' })
      expect((await job().main()).log).toContain('no earlier step of this job began a release')
    } finally {
      rmSync(join(fixture.workspace, '.git'), { recursive: true, force: true })
    }
  })

  test('refuses applied files that were edited, and warns about files out of order', async () => {
    fixture.write({ ...create, 'migrations/003_c.sql': 'create table c (id int);\r\n' })
    expect((await job().main()).exit).toBe(0)
    fixture.write({
      'migrations/002_b.sql': 'create table b (id int);\n',
      'migrations/003_c.sql': 'create table c (id int);\n',
    })
    const late = await job().main()
    expect(late.outputs, late.log).toMatchObject({ applied: '["002_b"]' })
    expect(late.log).toContain('Out of order: 002_b')
    fixture.write({ 'migrations/003_c.sql': 'create table c (id bigint);\n' })
    expect((await job().main()).outputs['failure-code']).toBe('edited')
  })

  test('a version that is older than the schema is compatible with it', async () => {
    fixture.write({ ...create, 'migrations/002_b.sql': 'create table b (id int);\n' })
    await job().main()
    rmSync(join(fixture.workspace, 'migrations/002_b.sql'))
    const main = await job().main()
    expect(main.outputs, main.log).toMatchObject({ result: 'noop', schema: '["001_items"]' })
    expect(main.log).toContain('Applied, but not in this version: 002_b.')
  })

  test('files without an order or a tool are refused before anything', async () => {
    expect((await job().main()).outputs['failure-code']).toBe('migrations-missing')
    fixture.write({ 'migrations/001_a.sql': 'begin; select 1;', 'migrations/002_b.sql': 'select 1;' })
    const own = await job().main()
    expect(own.outputs['failure-code']).toBe('migration-files')
    expect(own.log).toContain('migrations/001_a.sql:1 begins or ends a transaction.')
    fixture.write({ 'migrations/001_a.sql': 'select 1;', 'migrations/001_b.sql': 'select 1;' })
    expect((await job().main()).log).toContain('Two migrations have the version 001')
    fixture.write({ 'migrations/003_x.up.sql': 'select 1;', 'migrations/004_y.sql': '-- migrate:up\nselect 1;' })
    expect((await job({ tool: 'auto' }).main()).outputs['failure-code']).toBe('tool-unclear')
  })

  const ownScripts = {
    'migrate.sh': `#!/bin/sh\nset -eu\ntest -n "$DATABASE_URL"\necho done >done-$PGDATABASE\n`,
    'status.sh': `#!/bin/sh\n[ -e "done-$PGDATABASE" ] || echo 20261121_orders\n`,
  }
  const own = { tool: 'command', 'migrate-command': 'sh migrate.sh', 'status-command': 'sh status.sh' }

  test('a command of your own reports what is pending, and what stays applied after an undo', async () => {
    fixture.write(ownScripts)
    const first = job(own)
    const main = await first.main()
    expect(main.outputs, main.log).toMatchObject({ applied: '["20261121_orders"]', pending: '[]', result: 'pending' })
    const post = await first.post('failure')
    expect(first.result(), post.log).toBe('rolled-back')
    expect(post.summary).toContain('20261121_orders stays applied')
    expect((await job(own).main()).outputs.result).toBe('noop')
  })

  test('a command of your own without a status-command is run each time', async () => {
    fixture.write(ownScripts)
    const blind = await job({ tool: 'command', 'migrate-command': 'sh migrate.sh' }).main()
    expect(blind.outputs, blind.log).toMatchObject({ result: 'pending' })
    const again = await job({ tool: 'command', 'migrate-command': 'sh migrate.sh' }).main()
    expect(again.outputs, again.log).toMatchObject({ result: 'pending' })
  })

  test('a status-command that fails stops the release', async () => {
    fixture.write(ownScripts)
    const failing = await job({ ...own, 'status-command': 'false' }).main()
    expect(failing.outputs['failure-code']).toBe('status-failed')
  })

  const backup = () => ({ backup: 'auto', 'backup-path': join(fixture.folder, 'backups', name), 'keep-backups': '2' })

  test('copies the database before a migration, and its post names the command that restores it', async () => {
    fixture.write(create)
    const first = job(backup())
    const main = await first.main()
    const path = main.outputs.backup ?? ''
    expect(statSync(path).mode & 0o777, main.log).toBe(0o600)
    expect(main.log).toMatch(/Backup: \S+\.dump, \d+ bytes, sha256 [0-9a-f]{64}/)
    const post = await first.post('failure')
    expect(post.summary).toContain(
      `pg_restore --clean --if-exists --single-transaction -h 127.0.0.1 -p ${fixture.postgres.port} -U postgres -d ${name} ${path}`,
    )
  })

  test('copies the database only if something is pending', async () => {
    fixture.write(create)
    expect((await job(backup()).main()).outputs.backup).not.toBe('')
    expect((await job(backup()).main()).outputs.backup ?? '').toBe('')
  })

  test('keeps the newest copies', async () => {
    fixture.write(create)
    const path = (await job(backup()).main()).outputs.backup ?? ''
    expect(existsSync(path)).toBe(true)
    for (const number of [2, 3]) {
      // Ids of releases have seconds.
      await new Promise((resolve) => setTimeout(resolve, 1100))
      fixture.write({ [`migrations/00${number}_t.sql`]: `create table t${number} (id int);\n` })
      expect((await job(backup()).main()).exit).toBe(0)
    }
    expect(readdirSync(backup()['backup-path'])).toHaveLength(2)
    expect(existsSync(path)).toBe(false)
  })

  test.each(['./x', 'x'])('refuses to copy to %s below RUNNER_TEMP, and applies nothing', async (place) => {
    fixture.write(create)
    const inside = job({ backup: 'auto' })
    const main = await inside.main({ 'backup-path': `${inside.temp}/${place}` })
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'inputs', result: 'unchanged' })
    expect(main.log).toContain('backup-path: is below RUNNER_TEMP')
    expect(await fixture.postgres.query(name, `select to_regclass('items') as items`)).toEqual([{ items: null }])
  })

  test('never offers to restore a copy that does not exist any more', async () => {
    fixture.write(create)
    const folder = join(fixture.folder, 'gone')
    const first = job({ backup: 'auto', 'backup-path': folder })
    const main = await first.main()
    const gone = `The backup of this run, ${main.outputs.backup}, does not exist any more.`
    rmSync(folder, { recursive: true })
    const post = await first.post('failure')
    expect(post.summary).toContain(gone)
    expect(`${post.summary}${post.log}`).not.toContain('pg_restore')
  })

  test('keeps no backup on a runner that is gone after the job', async () => {
    fixture.write(create)
    const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' }
    const inputs = { backup: 'auto', 'backup-path': join(fixture.folder, 'hosted') }
    const main = await job(inputs).main({}, hosted)
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'inputs', result: 'unchanged' })
    expect(main.log).toMatch(/backup-path: .* is on a runner of GitHub, .*hosts.*backup: command:.*backup: none/)
    expect(existsSync(inputs['backup-path'])).toBe(false)
    const elsewhere = await job({ backup: 'command:true' }).main({}, hosted)
    expect(elsewhere.outputs, elsewhere.log).toMatchObject({ result: 'pending' })
  })

  test('applied is a list of JSON, however the step ends', async () => {
    const applied = async (inputs: Record<string, string> = {}) => {
      const { outputs, log } = await job(inputs).main()
      return [outputs.result, JSON.parse(outputs.applied ?? JSON.stringify(log))]
    }
    fixture.write({ ...create, 'migrations/002_wrong.sql': 'create table items (id int);\n' })
    expect(await applied({ 'dry-run': 'true' })).toEqual(['unchanged', []])
    expect(await applied({ command: 'status' })).toEqual(['unchanged', []])
    expect(await applied({ command: 'lint' })).toEqual(['unchanged', []])
    expect(await applied({ 'database-url': fixture.postgres.url('nothing_there') })).toEqual(['unchanged', []])
    // The first stays applied, the second failed.
    expect(await applied()).toEqual(['rolled-back', ['001_items']])
    rmSync(join(fixture.workspace, 'migrations/002_wrong.sql'))
    expect(await applied()).toEqual(['noop', []])
    fixture.write({
      'migrations/003_more.sql': 'create table more (id int);\n',
      'migrations/003_more.down.sql': 'drop table more;\n',
      'migrations/004_wrong.sql': 'create table more (id int);\n',
      'migrations/004_wrong.down.sql': 'drop table more;\n',
    })
    expect(await applied({ down: 'true' })).toEqual(['rolled-back', []])
  })

  test('a backup that fails keeps everything from being applied', async () => {
    fixture.write(create)
    const main = await job({ backup: 'command:false' }).main()
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'backup-failed', result: 'unchanged' })
    expect(await fixture.postgres.query(name, `select to_regclass('items') as items`)).toEqual([{ items: null }])
  })

  /** A migration that takes two seconds is under way in another job. */
  async function migrating() {
    fixture.write({ 'migrations/001_slow.sql': 'create table slow (id int); select pg_sleep(2);\n' })
    const running = job().start()
    await expect
      .poll(() =>
        fixture.postgres.query(
          name,
          `select 1 from pg_stat_activity where datname = $1 and query like '%pg_sleep(2)%' and pid <> pg_backend_pid()`,
          [name],
        ),
      )
      .toHaveLength(1)
    return running
  }

  test('one that waits longer than lock-timeout gives up, and shows who has the lock', async () => {
    const running = await migrating()
    const impatient = await job({ 'lock-timeout': '0s' }).main()
    expect(impatient.outputs, impatient.log).toMatchObject({ 'failure-code': 'lock-held', result: 'unchanged' })
    expect(impatient.log).toMatch(/belay acme\/shop#\d+-[0-9a-f]{8} \(pid \d+\) since \d+ s/)
    expect((await running.ended).outputs.result).toBe('pending')
  })

  test('one waits for the other, and then has nothing to do', async () => {
    const running = await migrating()
    const [one, other] = await Promise.all([running.ended, job().main()])
    expect([one.outputs.result, other.outputs.result], other.log).toEqual(['pending', 'noop'])
  })

  test.each(['wait', 'lock', 'inspect', 'lint', 'backup', 'apply', 'verify', 'unlock'])(
    'killed in %s it leaves no lock, and the next run applies what is missing',
    async (phase) => {
      fixture.write({ ...create, 'migrations/002_more.sql': 'create table more (id int); select pg_sleep(0.4);\n' })
      const killed = job({ backup: 'command:sleep 0.3' })
      const { pid, ended } = killed.start()
      const reached = () => killed.record().some((line) => line.event === 'phase' && line.phase === phase)
      let over = false
      void ended.then(() => {
        over = true
      })
      while (!over && !reached()) await new Promise((resolve) => setTimeout(resolve, 1))
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // through already
      }
      await ended
      const post = await killed.post('failure')
      expect(killed.result(), post.log).toMatch(/^(unchanged|rolled-back)$/)
      const next = await job({ 'lock-timeout': '20s' }).main()
      expect(next.exit, next.log).toBe(0)
      const rows = await fixture.postgres.query<{ name: string }>(
        name,
        'select name from belay_migrations order by name',
      )
      expect(rows.map((row) => row.name)).toEqual(['001_items', '002_more'])
      expect(await fixture.postgres.query(name, `select 1 from pg_locks where locktype = 'advisory'`)).toEqual([])
    },
  )

  test('says what is wrong with the database, and how to fix it', async () => {
    fixture.write(create)
    const code = async (text: string) =>
      (await job({ 'database-url': text, 'wait-timeout': '1s' }).main()).outputs['failure-code']
    expect(await code(fixture.postgres.url(name, { password: 'wrong password' }))).toBe('database-login')
    expect(await code(fixture.postgres.url('nothing_there'))).toBe('database-missing')
    expect(await code(fixture.postgres.url(name, { port: 1 }))).toBe('database-unreachable')
    expect(await code('postgres://h')).toBe('inputs')
  })

  test('waits for a database that comes up late', async () => {
    fixture.write(create)
    const port = await freePort('127.0.0.1')
    const waiting = job({ 'database-url': fixture.postgres.url(name, { port }), 'wait-timeout': '30s' })
    const began = performance.now()
    const { ended } = waiting.start()
    await expect.poll(() => waiting.record().some((line) => line.event === 'phase' && line.phase === 'wait')).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const late = createServer((socket) => {
      const database = connect(fixture.postgres.port, '127.0.0.1')
      for (const [from, to] of [[socket, database] as const, [database, socket] as const])
        from.on('error', () => to.destroy()).pipe(to)
    }).listen(port, '127.0.0.1')
    const main = await ended
    late.close()
    expect(main.outputs, main.log).toMatchObject({ result: 'pending', applied: '["001_items"]' })
    expect(performance.now() - began).toBeGreaterThan(1500)
  })

  test('a cancelled job stops its statements in the server, and reports what stays applied', async () => {
    fixture.write({ ...create, 'migrations/002_slow.sql': 'create table slow (id int); select pg_sleep(30);\n' })
    const cancelled = job()
    const { pid, ended } = cancelled.start()
    await expect
      .poll(() =>
        fixture.postgres.query(
          name,
          `select 1 from pg_stat_activity where datname = $1 and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`,
          [name],
        ),
      )
      .toHaveLength(1)
    process.kill(pid, 'SIGINT')
    const main = await ended
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'interrupted', result: 'rolled-back' })
    expect(main.log).toContain('001_items stays applied')
    expect(await fixture.postgres.query(name, `select to_regclass('slow') as slow`)).toEqual([{ slow: null }])
    expect(readFileSync(join(cancelled.temp, 'belay/journal.jsonl'), 'utf8')).not.toContain('superuser')
  })
})
