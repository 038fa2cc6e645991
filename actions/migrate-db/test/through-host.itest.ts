import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartHosts, freePort, makeKey, serverFolder, startHost, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { canMigrate, type Fixture, openFixture } from './database.ts'

const odd = `p@ss:w/rd 100% 'single' "double" \\back`

/**
 * The arguments of every process that starts on this machine from now on, the hosts' included, as often as they can be read.
 * Those that run already start nothing in their own place.
 */
function watchArguments(wanted: readonly string[]) {
  const processes = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const before = new Set(processes())
  const seen = new Set<string>()
  const inspect = () => {
    for (const pid of processes()) {
      if (before.has(pid)) continue
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        if (wanted.some((one) => line.includes(one))) seen.add(line)
      } catch {
        // ended between the listing and the reading
      }
    }
  }
  const timer = setInterval(inspect, 4)
  return () => {
    clearInterval(timer)
    return [...seen]
  }
}

describeIf(canMigrate('dbmate', 'node-pg-migrate', 'migrate') ?? canStartHosts())('through a host', () => {
  let fixture: Fixture
  let host: TestHost
  let other: TestHost
  let keyFolder: string
  let ssh: Record<string, string>
  let name = ''
  beforeAll(async () => {
    keyFolder = mkdtempSync(join(tmpdir(), 'bk-'))
    const key = await makeKey(keyFolder)
    const folders = ['/srv/acme-api/qa']
    ;[host, other] = (await Promise.all([0, 1].map(() => startHost({ authorizedKey: key.publicKey, folders })))) as [
      TestHost,
      TestHost,
    ]
    fixture = await openFixture({ address: host.address })
    await fixture.postgres.createUser('app user', odd)
    ssh = {
      hosts: [host, other].map(({ target }) => target).join('\n'),
      'known-hosts': [host, other].map(({ knownHosts }) => knownHosts).join('\n'),
      'ssh-key': key.privateKey,
      backup: 'auto',
    }
  })
  afterAll(async () => {
    await fixture?.close()
    await Promise.all([host?.stop(), other?.stop()])
    rmSync(keyFolder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    rmSync(join(fixture.workspace, 'migrations'), { recursive: true, force: true })
    ;({ name } = await fixture.database())
  })
  // `this-host` is a name that only the hosts know: a direct connection would not find it.
  const url = () => fixture.postgres.url(name, { user: 'app user', password: odd, host: 'this-host' })
  const job = (inputs: Record<string, string> = {}) => fixture.job({ 'database-url': url(), ...ssh, ...inputs })

  const writings: Record<string, Record<string, string>> = {
    sql: { 'migrations/001_a.sql': 'create table a (id int);\n' },
    dbmate: { 'migrations/001_a.sql': '-- migrate:up\ncreate table a (id int);\n-- migrate:down\ndrop table a;\n' },
    'golang-migrate': { 'migrations/001_a.up.sql': 'create table a (id int);\n' },
    'node-pg-migrate': { 'migrations/001_a.cjs': "exports.up = (pgm) => pgm.sql('create table a (id int)')\n" },
  }

  test.each(Object.entries(writings))(
    '%s applies and is backed up on the host, and the password appears nowhere',
    async (tool, files) => {
      fixture.write(files)
      const canary = 'canary-of-the-watcher'
      const forms = [odd, encodeURIComponent(odd), 'p%40ss', 'p@ss']
      const watched = watchArguments([...forms, canary])
      const sign = spawn('sleep', ['1'], { argv0: canary })
      const one = job()
      const main = await one.main()
      const post = await one.post('failure')
      await new Promise((resolve) => (sign.exitCode === null ? sign.once('close', resolve) : resolve(undefined)))
      const seen = watched()
      expect(main.outputs, main.log).toMatchObject({ tool, applied: '["001_a"]', result: 'pending' })
      expect(seen.filter((line) => !line.includes(canary))).toEqual([])
      expect(seen).not.toEqual([])
      expect(one.result(), post.log).toBe('rolled-back')

      const [, path = ''] = /:(\/srv\/\S+\.dump)$/.exec(main.outputs.backup ?? '') ?? []
      const dumps = await host.run(['stat', '-c', '%a %U', path], { user: 'root' })
      expect(dumps.stdout.trim()).toBe('600 deploy')
      expect((await host.run([`${serverFolder()}/pg_restore`, '--list', path])).status).toBe(0)
      expect((await host.run(['sha256sum', path])).stdout).toContain(/sha256 ([0-9a-f]{64})/.exec(main.log)?.[1])
      // The folders of a job, the host, and the files of the runner do not contain it.
      const left = await host.run(['grep', '-rlF', '-e', 'p@ss', '/srv', '/home', '/tmp', '/run'], { user: 'root' })
      expect(left.stdout).toBe('')
      const kept = execFileSync('sh', ['-c', 'grep -rlF -e "p@ss" -e "p%40ss" "$1" || :', 'sh', one.folder], {
        encoding: 'utf8',
      })
      expect(kept).toBe('')
      const texts = [main, post]
        .map(({ log, summary, outputs }) => `${withoutMasks(log)}${summary}${JSON.stringify(outputs)}`)
        .join()
      for (const form of forms) expect(texts.includes(form), form).toBe(false)
    },
  )

  test('a contract is recorded on all hosts before, and removed if nothing was applied', async () => {
    fixture.write({ 'migrations/001_a.sql': 'create table a (id int, b int);\n' })
    expect((await job().main()).exit).toBe(0)
    fixture.write({ 'migrations/002_drop_b.sql': 'alter table a drop b; select 1 / 0;\n' })
    const contract = { phase: 'contract', 'oldest-compatible-version': 'v1.4.0' }
    const recorded = () => Promise.all([host, other].map((one) => one.read('/srv/acme-api/qa/.belay/contracts')))
    const failing = job(contract)
    const failed = await failing.main()
    expect(failed.outputs, failed.log).toMatchObject({ 'failure-code': 'migration-failed', result: 'unchanged' })
    for (const text of await recorded()) expect(text ?? '').not.toContain('002_drop_b')
    fixture.write({ 'migrations/002_drop_b.sql': 'alter table a drop b;\n' })
    const main = await job(contract).main()
    expect(main.outputs, main.log).toMatchObject({ applied: '["002_drop_b"]' })
    for (const text of await recorded()) expect(text).toMatch(/^002_drop_b v1\.4\.0$/m)
  })

  test('an empty database is refused if the environment has a release', async () => {
    fixture.write({ 'migrations/001_a.sql': 'create table a (id int);\n' })
    const path = '/srv/acme-other/qa'
    const folders = [`${path}/.belay/states`, `${path}/.belay/changes`, `${path}/.belay`, path]
    await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', ...folders], { user: 'root' })
    const change =
      "r_release='20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081'\nr_sha='3f2a'\nr_manifest='m'\nr_version='v1'\nr_previous=''\nr_whole='yes'\n"
    const name = '000001-20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081'
    await host.write(`${path}/.belay/states/${name}.confirmed`, '')
    await host.write(`${path}/.belay/changes/${name}.release`, change)
    const main = await job({ path, hosts: host.target, backup: 'none' }).main()
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'empty-database', result: 'unchanged' })
  })

  test('a host that is cut off releases its lock, and the undo says that it could not inspect', async () => {
    fixture.write({ 'migrations/001_a.sql': 'create table a (id int); select pg_sleep(1);\n' })
    const one = job({ backup: 'none' })
    const { ended } = one.start()
    const asleep = () =>
      fixture.postgres.query(
        name,
        `select 1 from pg_stat_activity where datname = $1 and query like '%pg_sleep(1)%' and pid <> pg_backend_pid()`,
        [name],
      )
    await expect.poll(asleep, { timeout: 15_000 }).toHaveLength(1)
    await host.link.refuse(true)
    host.link.cut()
    const main = await ended
    expect(main.outputs.result, main.log).toBe('mixed')
    expect(main.log).toContain('could not be inspected: ')
    await host.link.refuse(false)
    const post = await one.post('failure')
    expect(one.result(), post.log).toBe('unchanged')
    const next = await job({ backup: 'none' }).main()
    expect(next.outputs, next.log).toMatchObject({ applied: '["001_a"]' })
  })

  test('a host that does not forward is named', async () => {
    fixture.write({ 'migrations/001_a.sql': 'create table a (id int);\n' })
    const port = fixture.postgres.port
    const wrong = url().replace(`this-host:${port}`, 'this-host:1')
    const main = await job({ 'database-url': wrong, 'wait-timeout': '1s' }).main()
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'database-unreachable', result: 'unchanged' })
    expect(main.log).toContain(`The connection went through ${host.target}`)
  })
})

/** The commands that mask values on a runner are not in the log that people read. */
function withoutMasks(log: string): string {
  return log.replace(/^::add-mask::.*$/gm, '')
}

describeIf(
  canMigrate('dbmate') ?? (existsSync('/usr/sbin/pgbouncer') ? undefined : 'missing: apt-get install pgbouncer'),
)('a pooler', () => {
  test.each([
    ['transaction', 'pooler'],
    ['session', ''],
  ])('that pools by %s', async (mode, code) => {
    const fixture = await openFixture()
    const folder = mkdtempSync(join(tmpdir(), 'bb-'))
    execFileSync('chmod', ['755', folder])
    const { name } = await fixture.database()
    const { postgres } = fixture
    const port = await freePort('127.0.0.1')
    const login = { user: 'postgres', password: postgres.password }
    writeFileSync(join(folder, 'users.txt'), `"${login.user}" "${login.password}"\n`)
    const settings = [
      '[databases]',
      `* = host=127.0.0.1 port=${postgres.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      `auth_type = plain`,
      `auth_file = ${folder}/users.txt`,
      `pool_mode = ${mode}`,
      'unix_socket_dir =',
    ]
    writeFileSync(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`)
    const pooler = spawn(
      'setpriv',
      [
        '--pdeathsig=KILL',
        '--reuid=postgres',
        '--regid=postgres',
        '--clear-groups',
        '--',
        '/usr/sbin/pgbouncer',
        '-q',
        join(folder, 'pgbouncer.ini'),
      ],
      { stdio: 'ignore' },
    )
    try {
      fixture.write({ 'migrations/001_a.sql': 'create table a (id int);\n' })
      const main = await fixture.job({ 'database-url': postgres.url(name, { port }), tool: 'sql' }).main()
      expect(main.outputs['failure-code'], main.log).toBe(code)
      if (code) expect(main.log).toContain('give the direct URL of the database')
    } finally {
      pooler.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
      await fixture.close()
    }
  })
})
