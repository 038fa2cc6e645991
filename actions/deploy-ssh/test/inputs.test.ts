// biome-ignore-all lint/style/noExcessiveLinesPerFile: one table for each input of one action, with one reader of them all
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs } from '@belay/action-kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isImage, registryOf } from '../src/image.ts'
import { readDeployInputs, unitsOf } from '../src/inputs.ts'

const workspace = mkdtempSync(join(tmpdir(), 'belay-inputs-'))
const keys = { plain: '', encrypted: '', public: '' }
const passphrase = ' four words, one space '

beforeAll(() => {
  vi.stubEnv('GITHUB_WORKSPACE', workspace)
  vi.stubEnv('RUNNER_TEMP', workspace)
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/acme-api')
  vi.stubEnv('GITHUB_SHA', '3f2a9c1b7d04'.padEnd(40, '0'))
  // The commands that mask go to standard output.
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const make = (name: string, phrase: string) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', phrase, '-C', '', '-f', join(workspace, name)])
    return readFileSync(join(workspace, name), 'utf8')
  }
  keys.plain = make('plain', '')
  keys.encrypted = make('encrypted', passphrase)
  keys.public = readFileSync(join(workspace, 'plain.pub'), 'utf8')
  mkdirSync(join(workspace, 'dist'))
  writeFileSync(join(workspace, 'dist/server.mjs'), '')
  mkdirSync(join(workspace, 'empty'))
  writeFileSync(join(workspace, 'app.tar.gz'), 'x')
  writeFileSync(join(workspace, 'empty.tar'), '')
  writeFileSync(join(workspace, 'app.zip'), 'x')
})
afterAll(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(workspace, { recursive: true })
})

const pinned = (host: string) => `${host} ${keys.public.split(' ').slice(0, 2).join(' ')}`

/** What a careful user writes, and what is changed of it. */
function read(changes: Record<string, string> = {}) {
  const inputs: Record<string, string> = {
    hosts: 'web1',
    user: 'deploy',
    'ssh-key': keys.plain,
    'known-hosts': pinned('web1'),
    environment: 'qa',
    source: 'dist',
    ...changes,
  }
  return readInputs(readDeployInputs, (name) => inputs[name] ?? '')
}

/** The mistakes of an error, a text each. */
function mistakes(changes: Record<string, string>): string[] {
  try {
    read(changes)
  } catch (error) {
    return (error as Error).message.split('\n  - ').slice(1)
  }
  return []
}

test('with the least that must be given, the conventions hold', () => {
  expect(read()).toMatchObject({
    command: 'deploy',
    dryRun: false,
    undo: true,
    release: { service: 'acme-api', environment: 'qa', version: '3f2a9c1b7d04'.padEnd(40, '0') },
    hosts: [{ name: 'deploy@web1' }],
    source: join(workspace, 'dist'),
    path: '/srv/acme-api/qa',
    shared: [],
    restart: { kind: 'systemd', unit: 'acme-api-qa' },
    check: { kind: 'none' },
    checkTimeout: 60,
    confirmTimeout: 600,
    lockTimeout: 300,
    deadline: 900,
    keepReleases: 5,
  })
})

test('everything that a new user gets wrong at once is in one error', () => {
  const all = mistakes({
    hosts: 'web 1\nweb1',
    'ssh-key': keys.encrypted,
    'known-hosts': 'web1 is my server',
    source: 'empty',
    path: '/',
    restart: 'pm2:api',
    check: 'localhost:8080/health',
    'keep-releases': 'five',
    'confirm-timeout': 'soon',
    environment: '',
    'dry-run': 'maybe',
  })
  const names = all.map((text) => text.split(':')[0])
  expect(names.sort()).toEqual([
    'check',
    'confirm-timeout',
    'dry-run',
    'environment',
    'hosts',
    'keep-releases',
    'known-hosts',
    'path',
    'restart',
    'source',
    'ssh-key-passphrase',
  ])
  for (const text of all) expect(text).toMatch(/(Give|Run|Write|Name) /)
})

test('no secret is in an error', () => {
  const broken = keys.plain.replace(/A/g, 'B')
  const [text = ''] = mistakes({ 'ssh-key': broken, 'ssh-key-passphrase': 'sesame' })
  expect(text).toMatch(/^ssh-key/)
  for (const line of broken.split('\n').filter((part) => part.length > 8 && !part.includes('-----')))
    expect(text).not.toContain(line)
  expect(text).not.toContain('sesame')
})

describe('hosts', () => {
  test('none', () => {
    expect(mistakes({ hosts: '' })).toEqual(['hosts: is missing. Give a line for each host, [user@]host[:port].'])
  })

  test('one with a space', () => {
    expect(mistakes({ hosts: 'web1\nweb 2' })).toEqual([
      'hosts: "web 2" is not [user@]host[:port]. Give a line for each host.',
    ])
  })
})

describe('ssh-key', () => {
  test.each<[string, () => string]>([
    ['as OpenSSH wrote it', () => keys.plain],
    ['with CRLF', () => keys.plain.replaceAll('\n', '\r\n')],
    ['without its last line end', () => keys.plain.trimEnd()],
    ['with CRLF and without its last line end', () => keys.plain.replaceAll('\n', '\r\n').trimEnd()],
    ['with empty lines around it', () => `\n\n${keys.plain}\n`],
  ])('works %s', (_, key) => {
    expect(read({ 'ssh-key': key() }).credentials.key).toBe(keys.plain)
  })

  test('with a passphrase works with the passphrase, also one that begins and ends with a space', () => {
    const { credentials } = read({ 'ssh-key': keys.encrypted, 'ssh-key-passphrase': passphrase })
    expect(credentials).toMatchObject({ key: keys.encrypted, passphrase })
  })

  test.each<[string, () => Record<string, string>, string]>([
    ['missing', () => ({ 'ssh-key': '' }), 'ssh-key: is missing'],
    ['the public half', () => ({ 'ssh-key': keys.public }), 'ssh-key: is not a private key that OpenSSH can read'],
    ['a path', () => ({ 'ssh-key': '~/.ssh/id_ed25519' }), 'ssh-key: is not a private key that OpenSSH can read'],
    [
      'its line ends lost',
      () => ({ 'ssh-key': keys.plain.replaceAll('\n', ' ') }),
      'ssh-key: is not a private key that OpenSSH can read',
    ],
    ['cut off', () => ({ 'ssh-key': keys.plain.slice(0, 200) }), 'ssh-key: is not a private key that OpenSSH can read'],
    [
      'encrypted, no passphrase',
      () => ({ 'ssh-key': keys.encrypted }),
      'ssh-key-passphrase: is missing, and ssh-key is encrypted',
    ],
    [
      'encrypted, a wrong one',
      () => ({ 'ssh-key': keys.encrypted, 'ssh-key-passphrase': 'no' }),
      'ssh-key-passphrase: does not open ssh-key',
    ],
  ])('%s', (_, changes, text) => {
    expect(mistakes(changes())).toEqual([expect.stringContaining(text)])
  })
})

describe('known-hosts', () => {
  test.each<[string, string, () => string]>([
    ['a name', 'web1', () => pinned('web1')],
    ['several lines, comments and CRLF', 'web1', () => `# ours\r\n${pinned('other')}\r\n${pinned('web1')}\r\n`],
    ['another port', 'web1:2222', () => pinned('[web1]:2222')],
    ['an IPv6 address', '[2001:db8::7]', () => pinned('2001:db8::7')],
    ['an IPv6 address and another port', '[2001:db8::7]:2222', () => pinned('[2001:db8::7]:2222')],
    ['a pattern', 'web1.example.com', () => pinned('*.example.com')],
    ['a certificate authority', 'web1.example.com', () => `@cert-authority *.example.com ${keys.public}`],
    ['a hashed name', 'web1', () => hashed(pinned('web1'))],
  ])('takes %s', (_, hosts, knownHosts) => {
    expect(mistakes({ hosts, 'known-hosts': knownHosts() })).toEqual([])
  })

  test('missing, it says how to get and how to verify one', () => {
    const [text] = mistakes({ hosts: 'web1:2222', 'known-hosts': '' })
    expect(text).toMatch(
      /^known-hosts: is missing\. Run "ssh-keyscan -p 2222 web1" once .*compare its fingerprint.*console/,
    )
  })

  test.each<[string, string, () => string, string]>([
    ['of another host', 'web1', () => pinned('web2'), 'has no key of web1'],
    ['of another port', 'web1:2222', () => pinned('web1'), 'has no key of [web1]:2222'],
    ['a public key alone', 'web1', () => keys.public, 'has a line that is no host key: line 1'],
    ['a line of words', 'web1', () => `${pinned('web1')}\nweb1 is my server`, 'has a line that is no host key: line 2'],
    [
      'a fingerprint',
      'web1',
      () => 'web1 SHA256:JzZ2yc0SGNyXmYjRUHqDkrEtKxHYnEJJRfJ4nGzYf0o',
      'has a line that is no host key: line 1',
    ],
  ])('%s', (_, hosts, knownHosts, text) => {
    expect(mistakes({ hosts, 'known-hosts': knownHosts() })).toEqual([expect.stringContaining(`known-hosts: ${text}`)])
  })

  test('one mistake a host without a key', () => {
    expect(
      mistakes({ hosts: 'web1\nweb2\nweb3', 'known-hosts': pinned('web2') }).map((text) => text.split('.')[0]),
    ).toEqual(['known-hosts: has no key of web1', 'known-hosts: has no key of web3'])
  })

  function hashed(line: string): string {
    const file = join(workspace, 'hashed')
    writeFileSync(file, `${line}\n`)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
    return readFileSync(file, 'utf8')
  }
})

describe('source', () => {
  test.each(['dist', './dist/', 'app.tar.gz'])('takes %s', (source) => {
    expect(mistakes({ source })).toEqual([])
  })

  test.each([
    ['', 'is missing'],
    ['empty', '"empty" is an empty folder'],
    ['nowhere', '"nowhere" is not there'],
    ['empty.tar', '"empty.tar" is an empty file'],
    ['app.zip', '"app.zip" is neither a folder nor a tar'],
  ])('%s', (source, text) => {
    expect(mistakes({ source })).toEqual([expect.stringContaining(`source: ${text}`)])
  })

  test.each(['rollback', 'preflight', 'status'])('is not asked for by %s', (command) => {
    expect(read({ command, source: '' }).source).toBe('')
  })
})

describe('path', () => {
  test.each([
    ['/srv/acme/qa/', '/srv/acme/qa'],
    ['/home/deploy/acme_api@2.0+x', '/home/deploy/acme_api@2.0+x'],
  ])('%s', (path, taken) => {
    expect(read({ path }).path).toBe(taken)
  })

  test.each([
    '/',
    '//',
    '/srv',
    'srv/acme',
    '~/acme',
    '/srv/../etc',
    '/srv/./..',
    '/srv/a b',
    "/srv/a'b",
    '/srv//acme',
    '/srv/$HOME',
  ])('not %j', (path) => {
    expect(mistakes({ path })).toEqual([expect.stringMatching(/^path: is /)])
  })

  test('not two lines', () => {
    expect(mistakes({ path: '/srv/a\n/srv/b' })[0]).toMatch(/^path: has a line break/)
  })
})

describe('shared', () => {
  test('paths below the release, a line each', () => {
    expect(read({ shared: 'uploads/\nvar/data' }).shared).toEqual(['uploads', 'var/data'])
  })

  test.each(['..', '../other', '/var/data', 'a//b', './uploads', 'a/../b', 'uploads of users'])('not %s', (shared) => {
    expect(mistakes({ shared })).toEqual([expect.stringMatching(/^shared: /)])
  })
})

describe('restart', () => {
  test.each([
    ['none', { kind: 'none' }],
    ['systemd:acme-api.service', { kind: 'systemd', unit: 'acme-api.service' }],
    ['systemd:acme@1.service', { kind: 'systemd', unit: 'acme@1.service' }],
    ['command:sv restart api', { kind: 'command', words: ['sv', 'restart', 'api'] }],
    ["command:sh -c 'a && b' \"it's\"", { kind: 'command', words: ['sh', '-c', 'a && b', "it's"] }],
    ['command:echo $HOME', { kind: 'command', words: ['echo', '$HOME'] }],
    // A word that a shell would still see as one.
    ["command:printf '%s' ''", { kind: 'command', words: ['printf', '%s', ''] }],
  ])('%s', (restart, taken) => {
    expect(read({ restart }).restart).toEqual(taken)
  })

  test.each([
    ['pm2:api', 'is "pm2:api"'],
    ['systemd:', 'names the unit ""'],
    ['systemd:a b', 'names the unit "a b"'],
    ['systemd:a;b', 'names the unit "a;b"'],
    ['systemd:-x', 'names the unit "-x"'],
    ['command:', 'names no program'],
    ['command:a && b', 'uses shell syntax (|, ;, &&, >, *)'],
    ['command:a | b', 'uses shell syntax (|, ;, &&, >, *)'],
    ['command:a > b', 'uses shell syntax (|, ;, &&, >, *)'],
    ['command:rm *', 'uses shell syntax (|, ;, &&, >, *)'],
    ['SYSTEMD:api', 'is "SYSTEMD:api"'],
  ])('not %s', (restart, text) => {
    expect(mistakes({ restart })).toEqual([expect.stringContaining(`restart: ${text}`)])
  })
})

describe('restart: compose', () => {
  const image = `ghcr.io/acme/api@sha256:${'0a'.repeat(32)}`
  const compose = { restart: 'compose:/srv/acme/compose/', source: '', image }

  test('takes an image by its digest, and a login', () => {
    const login = { 'registry-user': 'acme-bot', 'registry-token': 'sesame' }
    expect(read({ ...compose, ...login })).toMatchObject({
      restart: { kind: 'compose', folder: '/srv/acme/compose' },
      source: '',
      image,
      registry: { user: 'acme-bot', token: 'sesame' },
      check: { kind: 'none' },
    })
    // As it is copied, with its line end.
    expect(read({ ...compose, ...login, 'registry-token': 'sesame\n' }).registry.token).toBe('sesame')
    expect(read({ ...compose, slots: '5006 5016' }).check).toEqual({
      kind: 'url',
      url: 'http://localhost:{slot}/health/ready',
    })
    expect(read({ ...compose, image: '', command: 'rollback' }).image).toBe('')
  })

  test.each<[string, Record<string, string>, string]>([
    ['no image', { ...compose, image: '' }, 'image: is missing'],
    ['a tag', { ...compose, image: 'ghcr.io/acme/api:v1' }, 'image: is "ghcr.io/acme/api:v1"'],
    ['a short digest', { ...compose, image: 'acme@sha256:0a' }, 'image: is "acme@sha256:0a"'],
    ['an option', { ...compose, image: `-x@sha256:${'0a'.repeat(32)}` }, 'image: is "-x@'],
    ['a folder to release', { ...compose, source: 'dist' }, 'source: is given'],
    ['shared folders', { ...compose, shared: 'uploads' }, 'shared: is given'],
    ['a user alone', { ...compose, 'registry-user': 'a' }, 'registry-token: is missing'],
    ['a token alone', { ...compose, 'registry-token': 'sesame' }, 'registry-user: is missing'],
    [
      'a token of two lines',
      { ...compose, 'registry-user': 'a', 'registry-token': 'ses\nsesame' },
      'registry-token: has a line break',
    ],
    ['a folder at the root', { ...compose, restart: 'compose:/srv' }, 'restart: names the folder "/srv"'],
    ['a relative folder', { ...compose, restart: 'compose:shop' }, 'restart: names the folder "shop"'],
    ['a command to stop', { ...compose, slots: '1 2', stop: 'command:x {slot}' }, 'stop: is given'],
    ['an image without Compose', { image }, 'image: is given'],
    ['a login without Compose', { 'registry-user': 'a', 'registry-token': 'sesame' }, 'registry-token: is given'],
  ])('refuses %s', (_, given, text) => {
    expect(mistakes(given)).toEqual([expect.stringContaining(text)])
    expect(mistakes(given).join()).not.toContain('sesame')
  })

  test.each([
    ['ghcr.io/acme/api', 'ghcr.io'],
    ['127.0.0.1:5000/api', '127.0.0.1:5000'],
    ['localhost/api', 'localhost'],
    ['acme/api', ''],
    ['postgres', ''],
  ])('the registry of %s is "%s"', (name, registry) => {
    const ref = `${name}@sha256:${'0a'.repeat(32)}`
    expect(isImage(ref)).toBe(true)
    expect(registryOf(ref)).toBe(registry)
  })
})

describe('check', () => {
  test.each([
    ['http://localhost:8080/health?deep=1', { kind: 'url', url: 'http://localhost:8080/health?deep=1' }],
    ['https://127.0.0.1/', { kind: 'url', url: 'https://127.0.0.1/' }],
    ['command:test -e /run/ok', { kind: 'command', words: ['test', '-e', '/run/ok'] }],
  ])('%s', (check, taken) => {
    expect(read({ check }).check).toEqual(taken)
  })

  test.each(['localhost:8080', '/health', 'http://a b/', "http://a/'", 'http://', 'ftp://a/', 'command:a; b'])(
    'not %s',
    (check) => {
      expect(mistakes({ check })).toEqual([expect.stringMatching(/^check: /)])
    },
  )
})

describe('numbers', () => {
  test.each([
    ['keep-releases', 'five'],
    ['keep-releases', '1'],
    ['keep-releases', '2.5'],
    ['check-timeout', '0'],
    ['confirm-timeout', '7h'],
    ['confirm-timeout', '-1'],
    ['lock-timeout', 'a while'],
    ['deadline', '5s'],
  ])('%s: %s', (name, value) => {
    expect(mistakes({ [name]: value })).toEqual([expect.stringContaining(`${name}: is`)])
  })
})

describe('command', () => {
  test('one that there is not', () => {
    expect(mistakes({ command: 'destroy' })).toEqual([
      'command: is "destroy". Give one of: deploy, preflight, rollback, status.',
    ])
  })

  test('rollback goes to the release before, unless a version is named', () => {
    expect(read({ command: 'rollback' }).release.version).toBe('previous')
    expect(read({ command: 'rollback', version: 'v7' }).release.version).toBe('v7')
  })
})

describe('slots', () => {
  const slots = { slots: '5006 5016' }
  const command = { ...slots, restart: 'command:run {slot}', stop: 'command:run {slot} stop' }

  test('have conventions of their own', () => {
    expect(read(slots)).toMatchObject({
      slots: ['5006', '5016'],
      until: 'switch',
      restart: { kind: 'systemd', unit: 'acme-api-qa@{slot}' },
      check: { kind: 'url', url: 'http://localhost:{slot}/health/ready' },
      stop: [],
      activate: [],
      deactivate: [],
    })
    expect(unitsOf(read(slots))).toEqual(['acme-api-qa@5006', 'acme-api-qa@5016'])
    expect(unitsOf(read())).toEqual(['acme-api-qa'])
    expect(unitsOf(read(command))).toEqual([])
  })

  test('are two ports, on one line or two', () => {
    expect(read({ slots: '5006\n5016\n' }).slots).toEqual(['5006', '5016'])
    expect(read({ ...command, activate: "command:sh -c 'x {slot}'", until: 'gate' })).toMatchObject({
      stop: ['run', '{slot}', 'stop'],
      activate: ['sh', '-c', 'x {slot}'],
      until: 'gate',
    })
  })

  test.each<[Record<string, string>, RegExp]>([
    [{ slots: '5006' }, /^slots: is "5006"/],
    [{ slots: '5006 5006' }, /^slots: .*two different ports/],
    [{ slots: '5006 70000' }, /^slots: /],
    [{ slots: 'blue green' }, /^slots: /],
    [{ ...slots, restart: 'systemd:acme-api-qa' }, /^restart: .*the same for both slots/],
    [{ ...slots, restart: 'none' }, /^restart: is none/],
    [{ ...slots, check: 'http://localhost:5006/' }, /^check: .*the same for both slots/],
    [{ ...command, stop: '' }, /^stop: is missing/],
    [{ ...command, stop: 'command:run stop' }, /^stop: .*the same for both slots/],
    [{ ...slots, stop: 'command:run {slot}' }, /^stop: is given and not needed/],
    [{ ...slots, activate: 'run {slot}' }, /^activate: is "run {slot}". Give command:/],
    [{ activate: 'command:run' }, /^activate: is given, and there are no slots/],
    [{ check: 'http://localhost:{slot}/' }, /^check: .*there are no slots/],
    [{ until: 'gate' }, /^until: is gate, and there are no slots/],
    [{ ...slots, until: 'gate', undo: 'false' }, /^undo: is false/],
  ])('%o', (changes, mistake) => {
    expect(mistakes(changes)).toEqual([expect.stringMatching(mistake)])
  })
})

describe('a variable that another service of the environment needs is ignored', () => {
  const image = `ghcr.io/acme/api@sha256:${'0a'.repeat(32)}`
  const compose = { restart: 'compose:/srv/acme/compose', source: '', image }
  const slots = { slots: '5006 5016' }

  test.each<[string, Record<string, string>, Record<string, string>, object]>([
    ['registry-user', {}, { BELAY_REGISTRY_USER: 'acme-bot' }, { registry: { user: '', token: '' } }],
    ['shared', compose, { BELAY_SHARED: 'uploads' }, { shared: [] }],
    ['stop', slots, { BELAY_STOP: 'command:run {slot}' }, { stop: [] }],
    ['stop', {}, { BELAY_STOP: 'command:run {slot}' }, { stop: [] }],
    ['activate', {}, { BELAY_ACTIVATE: 'command:run {slot}' }, { activate: [] }],
    ['deactivate', {}, { BELAY_DEACTIVATE: 'command:run {slot}' }, { deactivate: [] }],
  ])('%s', (input, changes, variables, taken) => {
    expect(read({ ...changes, settings: JSON.stringify(variables) })).toMatchObject(taken)
    const byHand = { [input]: Object.values(variables).join() }
    expect(mistakes({ ...changes, ...byHand })).toEqual([expect.stringContaining(`${input}: is given`)])
  })
})
