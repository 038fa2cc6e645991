import { Failure, readInputs } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type MigrateInputs, readMigrateInputs } from '../src/inputs.ts'

const good = {
  environment: 'qa',
  'database-url': 'postgres://acme:secret@127.0.0.1/acme',
  'backup-path': '/mnt/backups',
}

function read(given: Record<string, string>): MigrateInputs {
  const all: Record<string, string> = { ...good, ...given }
  return readInputs(readMigrateInputs, (name) => all[name] ?? '')
}

function issues(given: Record<string, string>): string[] {
  try {
    read(given)
    return []
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.message.split('\n').slice(1)
  }
}

describe('the inputs of migrate-db', () => {
  beforeEach(() => {
    vi.stubEnv('GITHUB_REPOSITORY', 'acme/acme-api')
    vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
    vi.stubEnv('GITHUB_WORKSPACE', '/workspace')
    vi.stubEnv('RUNNER_TEMP', '/temp')
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  test('have defaults, except for a few', () => {
    expect(read({})).toMatchObject({
      command: 'apply',
      tool: 'auto',
      phase: 'expand',
      backup: { kind: 'auto' },
      path: '/srv/acme-api/qa',
      sessionLockTimeout: 5,
      through: undefined,
    })
    expect(read({ migrations: 'db/changes' }).migrations).toBe('/workspace/db/changes')
    const own = {
      tool: 'command',
      'migrate-command': `dotnet ef "database update" --no-build`,
      backup: 'command:copy it',
    }
    expect(read(own)).toMatchObject({
      migrateCommand: ['dotnet', 'ef', 'database update', '--no-build'],
      backup: { kind: 'command', words: ['copy', 'it'] },
    })
  })

  test.each([
    [{ 'database-url': '' }, 'database-url: and via are both missing'],
    [{ 'database-url': 'mysql://u:p@h/d' }, 'database-url: is not a PostgreSQL URL'],
    [{ 'backup-path': '' }, 'backup-path: is missing: RUNNER_TEMP is deleted with the job'],
    [{ 'backup-path': '/temp/x' }, 'backup-path: is below RUNNER_TEMP'],
    [{ 'backup-path': 'x' }, 'backup-path: is "x"'],
    [{ backup: 'yes' }, 'backup: is "yes"'],
    [{ backup: 'command:a | b' }, "Write command:sh -c '…' to run it in a shell"],
    [{ phase: 'contract' }, 'oldest-compatible-version: is missing'],
    [{ 'oldest-compatible-version': 'v1' }, 'oldest-compatible-version: is not for phase expand'],
    [{ phase: 'contract', 'oldest-compatible-version': 'v1 v2' }, 'oldest-compatible-version: is "v1 v2"'],
    [{ tool: 'command' }, 'migrate-command: is missing'],
    [{ 'migrate-command': 'x' }, 'migrate-command: is not for tool auto'],
    [{ 'status-command': 'x' }, 'status-command: is not for tool auto'],
    [{ tool: 'sql', 'migrate-command': 'x' }, 'migrate-command: is not for tool sql'],
    [{ tool: 'command', 'migrate-command': 'a | b' }, 'migrate-command: uses shell syntax (|, ;, &&, >, *)'],
    [{ 'history-table': 'a;b' }, 'history-table: is "a;b"'],
    [{ path: '/srv' }, 'path: is "/srv"'],
    [{ hosts: 'deploy@h', 'database-url': 'postgres://u:p@h/d?sslmode=verify-full' }, 'asks for sslmode=verify-full'],
    [{ hosts: 'deploy@h' }, 'ssh-key: is missing'],
  ])('%j', (given, wrong) => {
    expect(issues(given).join('\n')).toContain(wrong)
  })

  test.each<[string, object]>([
    ['BELAY_MIGRATE_COMMAND', { migrateCommand: [] }],
    ['BELAY_STATUS_COMMAND', { statusCommand: [] }],
    ['BELAY_TOOL_VERSION', { toolVersion: undefined }],
  ])('%s, which another service of the environment needs, is ignored', (name, taken) => {
    expect(read({ tool: 'sql', settings: JSON.stringify({ [name]: '2.26.0' }) })).toMatchObject(taken)
  })

  test('a command from a variable is refused if the files would decide about the tool', () => {
    const settings = JSON.stringify({ BELAY_MIGRATE_COMMAND: 'npm run migrate' })
    expect(issues({ settings }).join()).toContain(
      'BELAY_MIGRATE_COMMAND: is not for tool auto. Give tool: command as well. If the command belongs to another service, give',
    )
  })

  describe('a folder for copies', () => {
    test.each([
      ['GITHUB_WORKSPACE', '/checkout/shop/backups'],
      ['RUNNER_TEMP', '/temp/./x'],
    ])('is refused below %s, which does not outlive the job', (variable, path) => {
      vi.stubEnv('GITHUB_WORKSPACE', '/checkout/shop')
      expect(issues({ 'backup-path': path }).join()).toContain(`backup-path: is below ${variable}`)
    })

    test('is refused on a runner of GitHub', () => {
      vi.stubEnv('RUNNER_ENVIRONMENT', 'github-hosted')
      expect(issues({}).join()).toContain('backup-path: /mnt/backups is on a runner of GitHub, which')
    })

    test('is required on a runner of GitHub too', () => {
      vi.stubEnv('RUNNER_ENVIRONMENT', 'github-hosted')
      expect(issues({ 'backup-path': '' }).join()).toContain('backup-path: is missing')
    })

    test.each([{ backup: 'none' }, { backup: 'command:copy it' }, { command: 'status' }])(
      'is not refused on a runner of GitHub where none is used: %o',
      (given) => {
        vi.stubEnv('RUNNER_ENVIRONMENT', 'github-hosted')
        expect(issues(given)).toEqual([])
      },
    )

    test('is accepted on the host, where it outlives the runner', () => {
      vi.stubEnv('RUNNER_ENVIRONMENT', 'github-hosted')
      expect(issues({ hosts: 'deploy@h' }).join()).not.toContain('backup-path')
    })

    test('is accepted on a runner of your own', () => {
      vi.stubEnv('RUNNER_ENVIRONMENT', 'self-hosted')
      expect(issues({})).toEqual([])
    })
  })

  test('a status, no backup, or a host needs no folder for copies', () => {
    for (const given of [{ command: 'status' }, { backup: 'none' }])
      expect(issues({ 'backup-path': '', ...given })).toEqual([])
    expect(issues({ 'backup-path': '', hosts: 'deploy@h' }).join()).not.toContain('backup-path')
  })
})
