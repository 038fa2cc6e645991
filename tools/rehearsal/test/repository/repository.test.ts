import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { belayRoot } from '../../src/paths.ts'
import { openRepository, type RepositoryOptions } from '../../src/repository/repository.ts'
import { readSettings, withSettings } from '../../src/repository/settings.ts'
import { cloneVersions } from '../../src/repository/versions.ts'
import { behindHaproxy } from './behind-haproxy.ts'
import { files, makeMyService } from './my-service.ts'

type Changed = Parameters<typeof makeMyService>[0]

/** Opens the repository; returns what it refuses, or the workflows that it would run. */
async function opened(changed: Changed, options: Partial<RepositoryOptions> = {}): Promise<string> {
  const { root, vars } = makeMyService(changed)
  const all = { repository: root, workflow: undefined, environment: undefined, vars, ...options }
  try {
    const repository = await openRepository(all)
    repository.close()
    return repository.environments.join(' ')
  } catch (error) {
    return (error as Error).message
  }
}

const qa = files['.github/workflows/qa.yml'] ?? ''

describe('a repository', () => {
  test('is rehearsed by the workflows that a push starts and that release something', async () => {
    expect(await opened({})).toBe('qa.yml')
    expect(await opened({}, { workflow: 'qa.yml', environment: 'qa' })).toBe('qa.yml')
  })

  test('is rehearsed by the workflow that calls the one that releases', async () => {
    const calling = `on: { push: { branches: [main] } }
permissions: {}
jobs:
  qa:
    strategy: { matrix: { service: [my-service] } }
    permissions: { contents: read }
    uses: ./.github/workflows/one.yml
    with: { service: '\${{ matrix.service }}' }
    secrets: inherit
`
    const called = qa
      .replace('push: { branches: [main] }', 'workflow_call: { inputs: { service: { type: string, required: true } } }')
      .replace('service: my-service\n', "service: '${{ inputs.service }}'\n")
    const both = { '.github/workflows/qa.yml': calling, '.github/workflows/one.yml': called }
    expect(await opened(both)).toBe('qa.yml')
    expect(await opened(both, { workflow: 'one.yml' })).toMatch(
      /only called by other workflows\.\nHow to fix: .*--workflow qa\.yml\.$/,
    )
  })

  test('with a workflow for tags, which asks for the proof of QA, runs QA first', async () => {
    const production = qa
      .replace('push: { branches: [main] }', "push: { tags: ['v*.*.*'] }")
      .replaceAll('environment: qa', 'environment: production')
      .replace('name: qa,', 'name: production,')
      .replace('settings:', 'proven-by: .github/workflows/qa.yml\n          settings:')
    const unit = { 'deploy/my-service-production.service': files['deploy/my-service-qa.service'] }
    expect(await opened({ '.github/workflows/a.yml': production, ...unit })).toBe('qa.yml a.yml')
  })
})

describe('what cannot be rehearsed is said with the line that helps:', () => {
  test.each<[string, Changed, Partial<RepositoryOptions>, string[]]>([
    [
      'no variables',
      {},
      { vars: undefined },
      ['no servers are known for the environment qa', 'gh variable list --env qa'],
    ],
    [
      'no unit file',
      { 'deploy/my-service-qa.service': undefined },
      {},
      ['no unit file my-service-qa.service', 'hosts: { files: { /etc/systemd/system/my-service-qa.service: '],
    ],
    [
      'a file of variables that only the real servers have',
      {
        'deploy/my-service-qa.service': files['deploy/my-service-qa.service']?.replace(
          '[Service]',
          '[Service]\nEnvironmentFile=-/etc/other.env\nEnvironmentFile=/etc/my-service/qa.env',
        ),
      },
      {},
      ['no file /etc/my-service/qa.env, without which systemd', '/etc/my-service/qa.env: { text: "PORT=8080\\n" }'],
    ],
    [
      'Kubernetes',
      { '.github/workflows/qa.yml': qa.replace('settings:', 'target: kubernetes\n          settings:') },
      {},
      ['releases to a cluster', '--example kubernetes'],
    ],
    [
      'two slots without a site',
      { '.github/workflows/qa.yml': qa.replace('settings:', 'slots: 5001 5011\n          settings:') },
      {},
      [
        'nginx has no site that includes /etc/nginx/belay/my-service-qa/',
        'hosts: { files: { /etc/nginx/sites-enabled/my-service',
      ],
    ],
    [
      'a proxy on another host without a site',
      {
        '.github/workflows/qa.yml': qa.replace(
          'settings:',
          'slots: 5001 5011\n          proxy-hosts: deploy@proxy.example.com\n          settings:',
        ),
      },
      {},
      ["the proxies' nginx has no site", 'proxy-hosts: { files: { /etc/nginx/sites-enabled/my-service'],
    ],
    [
      'two slots behind nginx in a container',
      {
        '.github/workflows/qa.yml': qa.replace(
          'settings:',
          'slots: 5001 5011\n          proxy: compose:/srv/web\n          settings:',
        ),
      },
      {},
      ['only as a service of its server', '--workflow'],
    ],
    [
      'two slots behind HAProxy, of which two files are named haproxy.cfg',
      { ...behindHaproxy, 'other/haproxy.cfg': 'global\n' },
      {},
      [
        "not known which file is the servers' haproxy.cfg",
        'hosts: { files: { /etc/haproxy/haproxy.cfg: deploy/haproxy.cfg } }',
      ],
    ],
    [
      'a new file that is missing',
      { 'rehearsal.yml': 'new-files: [a.sql]' },
      {},
      ['new-files: the repository has no file a.sql'],
    ],
    [
      'Render',
      { '.github/workflows/qa.yml': qa.replace('settings:', 'target: render\n          settings:') },
      {},
      ['releases to Render', '--example render-three-services'],
    ],
    [
      'a secure URL',
      { '.github/workflows/qa.yml': qa.replace('settings:', 'urls: https://api.example.com\n          settings:') },
      {},
      ['nothing on the servers has a certificate for https://api.example.com', '{certificate}', 'http: URLs'],
    ],
    [
      'host keys in the workflow',
      {
        '.github/workflows/qa.yml': qa.replace('settings:', 'known-hosts: vps1 ssh-ed25519 AAAA\n          settings:'),
      },
      {},
      ['the host keys are written in the workflow', 'vars.BELAY_KNOWN_HOSTS'],
    ],
    [
      'an action that is not here',
      { '.github/workflows/qa.yml': qa.replace('actions/setup-node@v4', 'docker/login-action@v3') },
      {},
      ['uses: docker/login-action@v3 is not supported'],
    ],
    [
      'no release',
      { '.github/workflows/qa.yml': undefined },
      {},
      ['No workflow of .github/workflows releases', 'docs/callers'],
    ],
    ['another environment', {}, { environment: 'staging' }, ['releases something by Belay to staging']],
    ['another workflow', {}, { workflow: 'q.yml' }, ['--workflow must be lint.yml or qa.yml, not q.yml']],
    [
      'an unknown key',
      { 'rehearsal.yml': 'hosts: { file: {} }' },
      {},
      ['no key hosts.file', 'hosts.files, hosts.packages, hosts.run'],
    ],
    [
      'an option as a package',
      { 'rehearsal.yml': 'hosts: { packages: [python3, --no-check-gpg] }' },
      {},
      ['hosts.packages: no package of Debian has the name --no-check-gpg'],
    ],
    [
      'packages that are no list',
      { 'rehearsal.yml': 'hosts: { packages: python3 }' },
      {},
      ['hosts.packages must be a list'],
    ],
    ['a missing file', { 'rehearsal.yml': 'hosts: { files: { /etc/x: nothing } }' }, {}, ['has no file nothing']],
  ])('%s', async (_, changed, options, said) => {
    const message = await opened(changed, options)
    for (const text of said) expect(message).toContain(text)
  })

  test('a file of variables that is none', async () => {
    const { root, vars } = makeMyService()
    writeFileSync(vars, '{"qa": {"A": "1"}, "B": "2"}')
    const options = { repository: root, workflow: undefined, environment: undefined, vars }
    await expect(openRepository(options)).rejects.toThrow(`${vars}: B must stand in an environment`)
  })
})

test('rehearsal.yml as docs/rehearse.md shows it', () => {
  const page = readFileSync(join(belayRoot, 'docs/rehearse.md'), 'utf8')
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? []
  const migration = { 'migrations/002_packed.sql': 'select 1;\n' }
  const { root } = makeMyService({
    'rehearsal.yml': block,
    'deploy/my-service.service': '[Service]\n',
    'deploy/nginx.conf': '',
    ...migration,
  })
  const settings = readSettings(root)
  expect(settings.hosts.files).toEqual({
    '/etc/systemd/system/my-service-qa.service': 'deploy/my-service.service',
    '/etc/my-service/qa.env': { text: 'PORT=8080\n' },
  })
  expect(settings.hosts.packages).toEqual(['redis-server'])
  expect(settings.hosts.run).toEqual(['systemctl enable --now redis-server'])
  expect(settings.proxyHosts.files).toEqual({ '/etc/nginx/sites-enabled/my-service': 'deploy/nginx.conf' })
  expect(settings.workflows).toEqual(['qa.yml', 'production.yml'])
  expect(settings.newFiles).toEqual(['migrations/002_packed.sql'])
  expect(settings.users).toEqual({
    rate: 50,
    pages: { 'my-service': '/orders' },
    versionFrom: 'header:x-version',
  })
  expect(settings.needs).toEqual({ 'my-worker': '002_packed.sql' })
  const given = { qa: { BELAY_HOSTS: 'deploy@vps1.example.com' } }
  expect(withSettings(settings, given)).toEqual({
    qa: { BELAY_URLS: 'http://vps1.example.com:8080/health', ...given.qa },
  })
})

test('files that only the second version has', () => {
  const { root } = makeMyService({ 'migrations/1.sql': 'a', 'migrations/2.sql': 'b' })
  const folder = mkdtempSync(join(tmpdir(), 'bv-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { first, second, checkOut } = cloneVersions(root, folder, ['migrations/2.sql'])
  const filesOf = (version: typeof first) => {
    checkOut(version, join(folder, version.name))
    return readdirSync(join(folder, version.name, 'migrations'))
  }
  expect([filesOf(first), filesOf(second)]).toEqual([['1.sql'], ['1.sql', '2.sql']])
})

test('the throwaway clone has the working tree as one commit and the same code as a second', () => {
  const { root, git } = makeMyService({ '.gitignore': 'ignored\n' })
  writeFileSync(join(root, 'server.mjs'), 'changed')
  writeFileSync(join(root, 'new'), 'new')
  writeFileSync(join(root, 'ignored'), 'ignored')
  rmSync(join(root, 'deploy/smoke.sh'))
  const folder = mkdtempSync(join(tmpdir(), 'bv-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const before = git('status', '--porcelain')
  const versions = cloneVersions(root, folder)
  expect([versions.branch, versions.base, versions.changed]).toEqual(['main', git('rev-parse', 'HEAD'), 3])
  versions.checkOut(versions.first, join(folder, 'one'))
  versions.checkOut(versions.second, join(folder, 'two'))
  for (const name of ['one', 'two']) {
    expect(readFileSync(join(folder, name, 'server.mjs'), 'utf8')).toBe('changed')
    expect(readFileSync(join(folder, name, 'new'), 'utf8')).toBe('new')
    for (const gone of ['ignored', 'deploy/smoke.sh'])
      expect(() => readFileSync(join(folder, name, gone)), gone).toThrow('ENOENT')
  }
  expect(versions.first.sha).not.toBe(versions.second.sha)
  expect(git('status', '--porcelain')).toBe(before)
})
