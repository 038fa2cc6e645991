import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type InputReader, type ReleaseInputs, readReleaseInputs } from '@belay/action-kit'
import { type Credentials, type HostTarget, readCredentials, readHosts } from '@belay/remote'
import { type ParseEntry, parse } from 'shell-quote'
import { isTar } from './source.ts'

export const commands = ['deploy', 'preflight', 'rollback', 'status'] as const

/** What restarts the service once `current` has moved. */
export type Restart = { kind: 'systemd'; unit: string } | { kind: 'command'; words: string[] } | { kind: 'none' }
/** The host's own look at the service. */
export type Check = { kind: 'url'; url: string } | { kind: 'command'; words: string[] } | { kind: 'none' }

export interface DeployInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  /** False: final at the end of its own main; no later step of the job takes it back. */
  readonly undo: boolean
  readonly release: ReleaseInputs
  readonly hosts: readonly HostTarget[]
  readonly credentials: Credentials
  /** Absolute; a folder, or a tar. Empty where the command needs none. */
  readonly source: string
  readonly path: string
  readonly shared: readonly string[]
  readonly restart: Restart
  readonly check: Check
  /** All in seconds. */
  readonly checkTimeout: number
  readonly confirmTimeout: number
  readonly lockTimeout: number
  readonly deadline: number
  readonly keepReleases: number
}

export function readDeployInputs(read: InputReader): DeployInputs {
  const command = read.choice('command', { default: 'deploy', of: commands })
  const release = readReleaseInputs(read)
  const hosts = readHosts(read)
  return {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    undo: read.boolean('undo', { default: true }),
    // Without a version a rollback goes to the release before the live one, not to the commit that the job runs for.
    release: command === 'rollback' ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
    hosts,
    credentials: readCredentials(read, hosts),
    source: readSource(read, command),
    path: readPath(read, release),
    shared: readShared(read),
    restart: readRestart(read, release),
    check: readCheck(read),
    checkTimeout: read.seconds('check-timeout', { default: '60s', min: 1, max: 1800 }),
    confirmTimeout: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
    deadline: read.seconds('deadline', { default: '15m', min: 10, max: 21_600 }),
    keepReleases: read.integer('keep-releases', { default: 5, min: 2, max: 100 }),
  }
}

function readSource(read: InputReader, command: DeployInputs['command']): string {
  const needed = command === 'deploy' ? { required: 'the folder or the tar to release' } : {}
  const given = read.text('source', needed)
  if (given === '' || command !== 'deploy') return ''
  const source = resolve(process.env.GITHUB_WORKSPACE ?? '.', given)
  const wrong = sourceMistake(source)
  if (wrong)
    read.mistake('source', `"${given}" ${wrong}`, 'Give a folder with files in it, or a tar, as the build left it.')
  return source
}

function sourceMistake(source: string): string | undefined {
  if (!existsSync(source)) return 'is not there'
  const stat = statSync(source)
  if (stat.isDirectory()) return readdirSync(source).length === 0 ? 'is an empty folder' : undefined
  if (!isTar(source)) return 'is neither a folder nor a tar'
  return stat.size === 0 ? 'is an empty file' : undefined
}

function readPath(read: InputReader, release: ReleaseInputs): string {
  const path = read.text('path', { default: `/srv/${release.service}/${release.environment}` }).replace(/\/+$/, '')
  // It becomes a folder that releases are removed from: nothing that others share.
  if (!/^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path) || path.split('/').includes('..'))
    read.mistake(
      'path',
      `is "${path || '/'}"`,
      'Give an absolute folder of its own, two levels deep or more: /srv/acme-api/qa.',
    )
  return path
}

function readShared(read: InputReader): string[] {
  const shared = read.lines('shared').map((path) => path.replace(/\/+$/, ''))
  for (const path of shared) {
    const parts = path.split('/')
    if (parts.includes('..') || parts.includes('.') || !/^[A-Za-z0-9_@.+-]+(\/[A-Za-z0-9_@.+-]+)*$/.test(path))
      read.mistake(
        'shared',
        `"${path}" is no path below the release`,
        'Give relative paths such as uploads or var/data.',
      )
  }
  return shared
}

function readRestart(read: InputReader, release: ReleaseInputs): Restart {
  const text = read.text('restart', { default: `systemd:${release.service}-${release.environment}` })
  if (text === 'none') return { kind: 'none' }
  const [, kind, rest = ''] = /^(systemd|command):(.*)$/s.exec(text) ?? []
  if (kind === 'systemd') {
    if (!/^[A-Za-z0-9_@.:\\][A-Za-z0-9_@.:\\-]*$/.test(rest))
      read.mistake('restart', `names the unit "${rest}"`, 'Give systemd:UNIT.')
    return { kind, unit: rest }
  }
  if (kind === 'command') return { kind, words: readWords(read, 'restart', rest) }
  read.mistake('restart', `is "${text}"`, 'Give systemd:UNIT, command:PROGRAM ARGUMENT…, or none.')
  return { kind: 'none' }
}

function readCheck(read: InputReader): Check {
  const text = read.text('check')
  if (text === '') return { kind: 'none' }
  if (/^https?:\/\//.test(text)) {
    if (!URL.canParse(text) || /[\s'"\\]/.test(text))
      read.mistake('check', `"${text}" is no URL`, 'Give http://localhost:PORT/path.')
    return { kind: 'url', url: text }
  }
  if (text.startsWith('command:')) return { kind: 'command', words: readWords(read, 'check', text.slice(8)) }
  read.mistake('check', `is "${text}"`, 'Give a URL as the host sees it, or command:PROGRAM ARGUMENT….')
  return { kind: 'none' }
}

/** Splits as a shell would, and refuses what only a shell could run. */
function readWords(read: InputReader, name: string, text: string): string[] {
  // A variable stays as it is written: nothing on this side would be the right value for it.
  const entries: ParseEntry[] = parse(text, (variable) => `$${variable}`)
  const words = entries.filter((entry): entry is string => typeof entry === 'string')
  if (words.length !== entries.length)
    read.mistake(
      name,
      'uses what only a shell understands (|, ;, &&, >, *)',
      "Write command:sh -c '…' if you want a shell.",
    )
  if (words.length === 0) read.mistake(name, 'names no program', 'Give command:PROGRAM ARGUMENT….')
  return words
}
