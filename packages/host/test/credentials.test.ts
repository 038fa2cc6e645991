import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInputs } from '@belay/action-kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { knownHostsName, readCredentials } from '../src/credentials.ts'
import { isPlainKey, isPlainlyPinned } from '../src/plain-keys.ts'
import { type HostTarget, parseHost } from '../src/target.ts'

const folder = mkdtempSync(join(tmpdir(), 'belay-credentials-'))
const passphrase = 'four words, one space'

beforeAll(() => {
  vi.stubEnv('RUNNER_TEMP', folder)
  // The commands that mask go to standard output.
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
})
afterAll(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

let made = 0
/** A key of ssh-keygen's own making: both halves. */
function keyOf(...args: string[]): { secret: string; shared: string } {
  const file = join(folder, `key-${++made}`)
  const phrase = args.includes('-N') ? [] : ['-N', '']
  execFileSync('ssh-keygen', ['-q', ...phrase, '-a', '1', '-C', '', ...args, '-f', file])
  return { secret: readFileSync(file, 'utf8'), shared: readFileSync(`${file}.pub`, 'utf8').trim() }
}

const plain = keyOf('-t', 'ed25519')

function rfc4716(shared: string): string {
  const file = join(folder, 'rfc4716.pub')
  writeFileSync(file, `${shared}\n`)
  return execFileSync('ssh-keygen', ['-e', '-f', file], { encoding: 'utf8' })
}

/** What ssh-keygen itself says of a key: whether it reads it, and its words. */
function judge(key: string, phrase: string) {
  const file = join(mkdtempSync(join(folder, 'judge-')), 'key')
  writeFileSync(file, key, { mode: 0o600 })
  const askpass = `${file}.askpass`
  writeFileSync(`${file}.phrase`, `${phrase}\n`)
  writeFileSync(askpass, `#!/bin/sh\ncat '${file}.phrase'\n`)
  chmodSync(askpass, 0o700)
  const env = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' }
  const { status, stderr } = spawnSync('ssh-keygen', ['-y', '-f', file], { env, encoding: 'utf8' })
  return { reads: status === 0, errors: stderr }
}

function targetOf(line: string): HostTarget {
  return parseHost(line, 'deploy') as HostTarget
}

/** What the inputs say is wrong, without the remedies. */
function issuesOf(key: string, phrase: string, knownHosts: string, hosts: readonly string[]): string[] {
  const inputs: Record<string, string> = { 'ssh-key': key, 'ssh-key-passphrase': phrase, 'known-hosts': knownHosts }
  const targets = hosts.map(targetOf)
  try {
    readInputs(
      (read) => readCredentials(read, targets),
      (name) => inputs[name] ?? '',
    )
    return []
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1)
    return lines.map((line) =>
      line
        .trim()
        .replace(/^- /, '')
        .replace(/\. (Give|Run) .*/, ''),
    )
  }
}

const lineWidth = (key: string, width: number) => {
  const lines = key.trim().split('\n')
  const body = lines.slice(1, -1).join('')
  return `${lines[0]}\n${body.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n')}\n${lines.at(-1)}\n`
}
const bodyOf = (key: string) => Buffer.from(key.trim().split('\n').slice(1, -1).join(''), 'base64')
const withBody = (body: Buffer) =>
  lineWidth(`-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`, 70)

/** Private keys as people give them. `plain`: they are read without ssh-keygen. */
const keys: readonly (readonly [name: string, key: () => string, plain: boolean])[] = [
  ['ed25519', () => plain.secret, true],
  ['ed25519 with a comment', () => keyOf('-t', 'ed25519', '-C', 'deploy@ci, "prod" käse').secret, true],
  ['ed25519 with a comment of 7', () => keyOf('-t', 'ed25519', '-C', '1234567').secret, true],
  ['ed25519, CRLF', () => plain.secret.replaceAll('\n', '\r\n'), true],
  ['ed25519, without its last line end', () => plain.secret.trimEnd(), true],
  ['ed25519 in one line of Base64', () => lineWidth(plain.secret, 1000), true],
  ['ed25519, its lines at another width', () => lineWidth(plain.secret, 13), true],
  ['ed25519, encrypted', () => keyOf('-t', 'ed25519', '-N', passphrase).secret, false],
  [
    'ed25519, encrypted by aes128-ctr',
    () => keyOf('-t', 'ed25519', '-Z', 'aes128-ctr', '-N', passphrase).secret,
    false,
  ],
  ['rsa', () => keyOf('-t', 'rsa', '-b', '2048').secret, false],
  ['rsa, encrypted', () => keyOf('-t', 'rsa', '-b', '2048', '-N', passphrase).secret, false],
  ['rsa, PEM', () => keyOf('-t', 'rsa', '-b', '2048', '-m', 'PEM').secret, false],
  ['rsa, PEM, encrypted', () => keyOf('-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', passphrase).secret, false],
  ['rsa, PKCS8', () => keyOf('-t', 'rsa', '-b', '2048', '-m', 'PKCS8').secret, false],
  ['rsa, PKCS8, encrypted', () => keyOf('-t', 'rsa', '-b', '2048', '-m', 'PKCS8', '-N', passphrase).secret, false],
  ['ecdsa', () => keyOf('-t', 'ecdsa').secret, false],
  ['ecdsa, PEM', () => keyOf('-t', 'ecdsa', '-m', 'PEM').secret, false],
  ['the public half', () => plain.shared, false],
  ['the public half in a file of RFC 4716', () => rfc4716(plain.shared), false],
  ['a path', () => '~/.ssh/id_ed25519', false],
  ['a word', () => 'changeme', false],
  ['without its first line', () => plain.secret.split('\n').slice(1).join('\n'), false],
  ['without its last line', () => plain.secret.trimEnd().split('\n').slice(0, -1).join('\n'), false],
  ['without its last line of Base64', () => plain.secret.trimEnd().split('\n').toSpliced(-2, 1).join('\n'), false],
  ['cut off in the middle', () => plain.secret.slice(0, 200), false],
  ['its line ends lost', () => plain.secret.replaceAll('\n', ' '), false],
  ['its line ends written as \\n', () => plain.secret.replaceAll('\n', '\\n'), false],
  ['indented', () => plain.secret.replaceAll('\n', '\n  '), false],
  ['with an empty line in it', () => plain.secret.replace('KEY-----\n', 'KEY-----\n\n'), true],
  ['with words before it', () => `the key:\n${plain.secret}`, false],
  ['with words after it', () => `${plain.secret}the end\n`, false],
  ['twice', () => `${plain.secret}${plain.secret}`, false],
  ['with another letter', () => plain.secret.replace(/\n.{9}/, '\n!!!!!!!!!'), false],
  ['with padding in the middle', () => plain.secret.replace(/(\n.{9})./, '$1='), false],
  ['bytes after its end', () => withBody(Buffer.concat([bodyOf(plain.secret), Buffer.alloc(8)])), false],
  ['two keys announced', () => withBody(Buffer.from(bodyOf(plain.secret).fill(2, 37, 38))), false],
  ['of zeros', () => withBody(Buffer.alloc(200)), false],
]

describe('ssh-key', () => {
  test.each(keys)('%s: the inputs say of it what ssh-keygen does', (name, make, isPlain) => {
    const key = make()
    const phrases = /encrypted|^ed25519$/.test(name) ? ['', passphrase, 'a wrong one'] : ['']
    for (const phrase of phrases) {
      const { reads, errors } = judge(`${key.replaceAll('\r\n', '\n').trim()}\n`, phrase)
      const isLocked = /incorrect passphrase|bad passphrase|bad decrypt/i.test(errors)
      const said = !isLocked
        ? 'ssh-key: is not a private key that OpenSSH can read'
        : phrase === ''
          ? 'ssh-key-passphrase: is missing, and ssh-key is encrypted'
          : 'ssh-key-passphrase: does not open ssh-key'
      expect(issuesOf(key, phrase, `web1 ${plain.shared}`, ['web1'])).toEqual(reads ? [] : [said])
    }
    expect(isPlainKey(`${key.replaceAll('\r\n', '\n').trim()}\n`)).toBe(isPlain)
  })

  test('whatever byte of it is changed: it is never read here where ssh-keygen refuses it', () => {
    const body = bodyOf(plain.secret)
    let here = 0
    for (let at = 0; at < body.length; at++) {
      const changed = Buffer.from(body)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      const key = withBody(changed)
      if (!isPlainKey(key)) continue
      here++
      expect(judge(key, ''), `byte ${at}`).toMatchObject({ reads: true })
    }
    // Only those of the secret number itself mean nothing to either.
    expect(here).toBe(64)
  })

  test('wherever it ends: it is never read here where ssh-keygen refuses it', () => {
    for (let length = 0; length < plain.secret.length - 1; length += 7)
      expect(isPlainKey(plain.secret.slice(0, length))).toBe(false)
    for (let length = 0; length < bodyOf(plain.secret).length; length++)
      expect(isPlainKey(withBody(bodyOf(plain.secret).subarray(0, length)))).toBe(false)
  })
})

const pin = (names: string) => `${names} ${plain.shared}`
const rsa = keyOf('-t', 'rsa', '-b', '2048')
const ecdsa = keyOf('-t', 'ecdsa')
const hashed = (lines: string) => {
  const file = join(folder, 'hashed')
  writeFileSync(file, `${lines}\n`)
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
  return readFileSync(file, 'utf8').trim()
}

/** Files of known-hosts. `plain`: which of the hosts are found without ssh-keygen. */
const hosts = ['web1', 'web1:2222', 'web1.example.com', '203.0.113.7', '[2001:db8::7]', '[2001:db8::7]:2222', 'WEB1']
const files: readonly (readonly [name: string, lines: () => string, plain: readonly string[]])[] = [
  ['one name', () => pin('web1'), ['web1']],
  ['a port', () => pin('[web1]:2222'), ['[web1]:2222']],
  ['addresses', () => `${pin('203.0.113.7')}\n${pin('2001:db8::7')}`, ['203.0.113.7', '2001:db8::7']],
  ['an address and a port', () => pin('[2001:db8::7]:2222'), ['[2001:db8::7]:2222']],
  ['several names', () => pin('other,web1,203.0.113.7'), ['web1', '203.0.113.7']],
  [
    'several keys',
    () => `web1 ${rsa.shared}\nweb1 ${ecdsa.shared}\n${pin('web1.example.com')}`,
    ['web1', 'web1.example.com'],
  ],
  ['comments and empty lines', () => `# ours\n\n${pin('web1')} of 2026\n  # end\n`, ['web1']],
  ['CRLF', () => `${pin('web1')}\r\n${pin('web1.example.com')}\r\n`, ['web1', 'web1.example.com']],
  ['tabs and indents', () => `\t${pin('web1').replaceAll(' ', '\t ')}`, ['web1']],
  ['another host', () => pin('web2'), []],
  ['a longer name', () => pin('web1.example.com'), ['web1.example.com']],
  ['a name in capitals', () => pin('WEB1'), []],
  ['hashed names', () => hashed(`${pin('web1')}\n${pin('[web1]:2222')}`), []],
  ['a plain and a hashed name', () => `${hashed(pin('web1'))}\n${pin('web1.example.com')}`, []],
  ['a pattern', () => pin('*.example.com'), []],
  ['a pattern of one letter', () => pin('web?'), []],
  ['a name that is excluded', () => pin('*,!web1'), []],
  ['a name, then excluded', () => pin('web1,!web1'), []],
  ['a name that another line excludes', () => `${pin('web1')}\n${pin('!web1,*')}`, []],
  ['a certificate authority', () => `@cert-authority web1 ${plain.shared}`, []],
  ['a revoked key', () => `@revoked web1 ${plain.shared}`, []],
  ['a revoked key beside a good one', () => `@revoked web1 ${rsa.shared}\n${pin('web1')}`, []],
  ['a mark of another name', () => `@other web1 ${plain.shared}`, []],
  ['a key of another type than it says', () => `web1 ssh-rsa ${plain.shared.split(' ')[1]}`, []],
  ['an unknown type', () => `web1 ssh-odd ${plain.shared.split(' ')[1]}`, []],
  ['a key of a security token', () => `web1 sk-ssh-ed25519@openssh.com ${plain.shared.split(' ')[1]}`, []],
  ['a key that is cut off', () => `web1 ssh-ed25519 ${plain.shared.split(' ')[1]?.slice(0, 45)}`, []],
  ['a broken line beside a good one', () => `${pin('web1')}\nweb1 is my server`, []],
]

describe('known-hosts', () => {
  test.each(files)('with %s: the inputs say of it what ssh-keygen does', (_, make, plainNames) => {
    const text = make().replaceAll('\r', '')
    const file = join(mkdtempSync(join(folder, 'known-')), 'known_hosts')
    writeFileSync(file, `${text}\n`)
    const found = (name: string) => spawnSync('ssh-keygen', ['-F', name, '-f', file]).status === 0
    const isOdd = text.split('\n').some((line) => / is my server| ssh-ed25519 .{45}$|^@other/.test(line))
    const missing = hosts.map((host) => knownHostsName(targetOf(host))).filter((name) => !found(name))
    const issues = issuesOf(plain.secret, '', make(), hosts)
    if (isOdd && issues[0]?.includes('no host key')) expect(issues).toHaveLength(1)
    else expect(issues).toEqual(missing.map((name) => `known-hosts: has no key of ${name}`))
    const here = hosts.map((host) => knownHostsName(targetOf(host))).filter((name) => isPlainlyPinned(text, name))
    expect(here).toEqual(plainNames)
    for (const name of here) expect(found(name)).toBe(true)
  })

  test('of many hosts, some of them without a key, names those', () => {
    const names = Array.from({ length: 40 }, (_, index) => `web${index}`)
    const lines = hashed(
      names
        .filter((_, index) => index % 4 !== 1)
        .map(pin)
        .join('\n'),
    )
    const missing = names.filter((_, index) => index % 4 === 1)
    expect(issuesOf(plain.secret, '', lines, names)).toEqual(
      missing.map((name) => `known-hosts: has no key of ${name}`),
    )
    expect(issuesOf('no key', '', lines, names)).toEqual([
      ...missing.map((name) => `known-hosts: has no key of ${name}`),
      'ssh-key: is not a private key that OpenSSH can read',
    ])
  })

  test('and a key that are plain need no ssh-keygen', () => {
    const path = process.env.PATH
    try {
      process.env.PATH = '/nowhere'
      expect(issuesOf(plain.secret, '', pin('web1'), ['web1'])).toEqual([])
      expect(issuesOf(rsa.secret, '', pin('web1'), ['web1'])).toHaveLength(1)
    } finally {
      process.env.PATH = path
    }
  })
})
