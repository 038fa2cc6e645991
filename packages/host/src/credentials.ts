import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childEnvironment, fromEnvironment, type InputReader, jobFolder, makeSecretFolder } from '@belay/action-kit'
import { isPlainKey, isPlainlyPinned } from './plain-keys.ts'
import { askSshKeygen, type KeyAnswers } from './ssh-keygen.ts'
import type { HostTarget } from './target.ts'

/** What opens a connection. The key and passphrase are secrets; known-hosts is not. */
export interface Credentials {
  readonly key: string
  readonly passphrase: string
  readonly knownHosts: string
}

/** What opens a connection where known-hosts is known already. */
export type LoginKey = Pick<Credentials, 'key' | 'passphrase'>

/** Reads `ssh-key`, `ssh-key-passphrase` and `known-hosts`, and checks them before any connection is made. */
export function readCredentials(read: InputReader, hosts: readonly HostTarget[]): Credentials {
  const required = 'the private key of the deploy user, whole'
  const key = normaliseKey(read.secret('ssh-key', { required, multiline: true }))
  const passphrase = read.secret('ssh-key-passphrase')
  const knownHosts = read.text('known-hosts', { multiline: true }).replaceAll('\r', '')
  const broken = brokenLines(knownHosts)
  const isReadable = knownHosts !== '' && broken.length === 0
  const names = isReadable ? hosts.map(knownHostsName) : []
  // ssh-keygen knows all formats, hashed names, patterns and certificate authorities; a parser of our own would not.
  const unknown = {
    key: isPlainKey(key) ? '' : key,
    names: names.filter((name) => !isPlainlyPinned(knownHosts, name)),
  }
  const answers = askOpenSsh(unknown.key, passphrase, knownHosts, unknown.names)
  if (knownHosts === '') read.issue('known-hosts', 'is missing', howToPin(hosts))
  else if (!isReadable)
    read.issue('known-hosts', `has a line that is no host key: line ${broken.join(', ')}`, howToPin(hosts))
  for (const name of unknown.names)
    if (!answers.found.has(name)) read.issue('known-hosts', `has no key of ${name}`, howToPin(hosts))
  const badKey = unknown.key === '' || answers.readsKey ? undefined : keyIssue(answers.errors, passphrase)
  if (badKey) read.issue(badKey.input, badKey.wrong, badKey.remedy)
  return { key, passphrase, knownHosts: `${knownHosts}\n` }
}

/** Only the key, for post: other inputs may have changed since main. */
export function keyFromInputs(): LoginKey {
  return { key: normaliseKey(fromEnvironment('ssh-key')), passphrase: fromEnvironment('ssh-key-passphrase') }
}

/** OpenSSH says "error in libcrypto" to CRLF line ends and to a missing last newline; both come from copying. */
function normaliseKey(text: string): string {
  const key = text.replaceAll('\r\n', '\n').trim()
  return key === '' ? '' : `${key}\n`
}

/** Asks ssh-keygen what it makes of a key (none where empty), and which names known-hosts has a key of. */
function askOpenSsh(key: string, passphrase: string, knownHosts: string, names: readonly string[]): KeyAnswers {
  const ask = (keyFile: string | undefined, env: NodeJS.ProcessEnv) => {
    if (names.length === 0) return askSshKeygen({ keyFile, names }, env)
    mkdirSync(jobFolder(), { recursive: true, mode: 0o700 })
    const folder = mkdtempSync(join(jobFolder(), 'known-hosts-'))
    try {
      const knownHostsFile = join(folder, 'known_hosts')
      writeFileSync(knownHostsFile, `${knownHosts}\n`)
      return askSshKeygen({ keyFile, knownHostsFile, names }, env)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return key === '' ? ask(undefined, childEnvironment()) : withSecretFiles(key, passphrase, ask)
}

/** What is wrong with a key that ssh-keygen did not read. */
function keyIssue(said: string, passphrase: string) {
  if (/incorrect passphrase|bad passphrase|bad decrypt/i.test(said)) {
    return passphrase
      ? { input: 'ssh-key-passphrase', wrong: 'does not open ssh-key', remedy: 'Give the passphrase of this key.' }
      : { input: 'ssh-key-passphrase', wrong: 'is missing, and ssh-key is encrypted', remedy: 'Give its passphrase.' }
  }
  const remedy = 'Give the whole file, from -----BEGIN to END-----, with its line breaks; not the .pub file.'
  return { input: 'ssh-key', wrong: 'is not a private key that OpenSSH can read', remedy }
}

/**
 * Writes the key to a file for OpenSSH's tools, as long as `use` takes. It is below RUNNER_TEMP, where the next Belay
 * step or the post removes what a killed process leaves. The passphrase is in no argument and in no environment.
 */
export function withSecretFiles<T>(
  key: string,
  passphrase: string,
  use: (keyFile: string, env: NodeJS.ProcessEnv) => T,
): T {
  const folder = makeSecretFolder()
  const remove = () => rmSync(folder, { recursive: true, force: true })
  let result: T
  try {
    writeFileSync(join(folder, 'key'), key, { mode: 0o600 })
    writeFileSync(join(folder, 'passphrase'), `${passphrase}\n`, { mode: 0o600 })
    const askpass = join(folder, 'askpass')
    writeFileSync(askpass, '#!/bin/sh\ncat "${0%/*}/passphrase"\n', { mode: 0o700 })
    result = use(join(folder, 'key'), { ...childEnvironment(), SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' })
  } catch (error) {
    remove()
    throw error
  }
  if (!(result instanceof Promise)) remove()
  else void result.then(remove, remove)
  return result
}

/** How OpenSSH names a host in known_hosts. */
export function knownHostsName({ address, port }: HostTarget): string {
  return port === 22 ? address : `[${address}]:${port}`
}

/** The numbers of the lines that are no host keys. */
function brokenLines(knownHosts: string): number[] {
  return knownHosts.split('\n').flatMap((line, index) => (isKnownHostsLine(line) ? [] : [index + 1]))
}

function isKnownHostsLine(line: string): boolean {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return true
  return /^(@(cert-authority|revoked)\s+)?\S+\s+(ssh-|ecdsa-|sk-)\S+\s+[A-Za-z0-9+/]{40,}={0,3}(\s.*)?$/.test(text)
}

function howToPin(hosts: readonly HostTarget[]): string {
  const [host] = hosts
  const scan = host ? `ssh-keyscan -p ${host.port} ${host.address}` : 'ssh-keyscan HOST'
  return (
    `Run "${scan}" once from a place you trust, compare its fingerprint (ssh-keygen -lf -) with the one the server shows ` +
    'at its console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), and keep the lines as a variable.'
  )
}
