import { existsSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type InputReader, type ReleaseInputs, readCommandLine, readReleaseInputs } from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import {
  atServer,
  type Credentials,
  type HostTarget,
  isHostFolder,
  isUnitName,
  readCredentials,
  readHostFolder,
  readHosts,
  readServers,
  readSlots,
  type Servers,
  servicePath,
} from '@belay/host/inputs'
import { type RegistryLogin, readImage, readRegistry } from './image.ts'
import { isTar } from './tar.ts'

export const commands = ['deploy', 'preflight', 'rollback', 'status'] as const

const firstReleases = ['refuse', 'replace'] as const

const untilOptions = ['switch', 'gate'] as const

/** The placeholder for the port in `restart`, `check`, `stop`, `activate` and `deactivate`. */
const slotMark = '{slot}'

/** The placeholder in `check` for the address of a server whose proxies are on other hosts. */
const hostMark = '{host}'

/** The prefix of a program with its arguments in these inputs. */
const commandPrefix = 'command:'

/** What restarts the service once `current` has moved; with `compose`, from the team's own file in a folder. */
export type Restart =
  | { kind: 'systemd'; unit: string }
  | { kind: 'command'; words: string[] }
  | { kind: 'compose'; folder: string }
  | { kind: 'none' }
/** The host's own check of the service. */
export type Check = { kind: 'url'; url: string } | { kind: 'command'; words: string[] } | { kind: 'none' }

export interface DeployInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  /** False: final at the end of its own main; no later step of the job undoes it. */
  readonly undo: boolean
  readonly release: ReleaseInputs
  /** Reads which commit a tag stands for. */
  readonly github: GitHubInputs
  readonly hosts: readonly HostTarget[]
  readonly credentials: Credentials
  /** Absolute; a folder, or a tar. Empty where the command needs none, or an image is released. Preflight may have one. */
  readonly source: string
  /** With Compose, what is released: `name@sha256:<64 hex>`. Empty where the command needs none. */
  readonly image: string
  readonly registry: RegistryLogin
  readonly path: string
  readonly shared: readonly string[]
  /** Both ports of a service with slots; empty without. */
  readonly slots: readonly string[]
  /** Where the proxies before the slots are on other hosts. */
  readonly servers: Servers | undefined
  /** What a first release does where the service runs already: `replace` goes on, with no release to restore. */
  readonly firstRelease: (typeof firstReleases)[number]
  /** `gate`: a shadow release, which is gone again at the end of the job, whatever that decides. */
  readonly until: (typeof untilOptions)[number]
  /** With slots the texts hold `{slot}` for the port. */
  readonly restart: Restart
  readonly check: Check
  /** Commands for slots, as words; empty where none is given. */
  readonly stop: readonly string[]
  readonly activate: readonly string[]
  readonly deactivate: readonly string[]
  /** All in seconds. */
  readonly checkTimeout: number
  readonly confirmTimeout: number
  readonly lockTimeout: number
  readonly deadline: number
  readonly keepReleases: number
}

/** Whether the command changes what serves. */
export function isRelease({ command }: DeployInputs): boolean {
  return command === 'deploy' || command === 'rollback'
}

export function readDeployInputs(read: InputReader): DeployInputs {
  const command = read.choice('command', { default: 'deploy', of: commands })
  const release = readReleaseInputs(read)
  const hosts = readHosts(read)
  const servers = readServers(read, hosts)
  const slots = servers?.ports ?? readSlots(read)
  const restart = readRestart(read, release, slots)
  const compose = restart.kind === 'compose'
  const until = readUntil(read, slots)
  const undo = read.boolean('undo', { default: true })
  if (until === 'gate' && !undo)
    read.issue('undo', 'is false, and a shadow release (until: gate) is always undone', 'Leave one of them out.')
  return {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    undo,
    // Without a version a rollback goes to the release before the live one, not to the commit that the job runs for.
    release: command === 'rollback' ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
    github: readGitHubInputs(read),
    hosts,
    credentials: readCredentials(read, [...hosts, ...(servers?.proxies ?? [])]),
    source: readSource(read, command, compose),
    image: readImage(read, compose && command === 'deploy', compose),
    registry: readRegistry(read, compose),
    path: readHostFolder(read, 'path', {
      default: servicePath(release),
      remedy: 'Give an absolute folder of its own, two levels deep or more: /srv/acme-api/qa.',
    }),
    shared: readShared(read, compose),
    slots,
    servers,
    firstRelease: read.choice('first-release', { default: 'refuse', of: firstReleases }),
    until,
    restart,
    check: readCheck(read, slots, servers),
    stop: readStop(read, slots, restart),
    activate: readHook(read, 'activate', slots),
    deactivate: readHook(read, 'deactivate', slots),
    checkTimeout: read.seconds('check-timeout', { default: '60s', min: 1, max: 1800 }),
    confirmTimeout: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
    deadline: read.seconds('deadline', { default: '15m', min: 10, max: 21_600 }),
    keepReleases: read.integer('keep-releases', { default: 5, min: 2, max: 100 }),
  }
}

function readSource(read: InputReader, command: DeployInputs['command'], compose: boolean): string {
  const needed = command === 'deploy' && !compose ? { required: 'the folder or the tar to release' } : {}
  const given = read.text('source', needed)
  if (given !== '' && compose) {
    read.issue('source', 'is given, and with Compose an image is released', 'Leave it out; give image.')
    return ''
  }
  if (given === '' || !(command === 'deploy' || command === 'preflight')) return ''
  const source = resolve(process.env.GITHUB_WORKSPACE ?? '.', given)
  const problem = sourceIssue(source)
  if (problem)
    read.issue('source', `"${given}" ${problem}`, 'Give a folder with files in it, or a tar, as the build left it.')
  return source
}

function sourceIssue(source: string): string | undefined {
  if (!existsSync(source)) return 'is not there'
  const stat = statSync(source)
  if (stat.isDirectory()) return readdirSync(source).length === 0 ? 'is an empty folder' : undefined
  if (!isTar(source)) return 'is neither a folder nor a tar'
  return stat.size === 0 ? 'is an empty file' : undefined
}

function readShared(read: InputReader, compose: boolean): string[] {
  const shared = read.lines('shared').map((path) => path.replace(/\/+$/, ''))
  if (shared.length > 0 && compose) {
    read.unneeded('shared', 'is given, and with Compose no folder is released', 'Leave it out: use volumes.')
    return []
  }
  for (const path of shared) {
    const parts = path.split('/')
    if (parts.includes('..') || parts.includes('.') || !/^[A-Za-z0-9_@.+-]+(\/[A-Za-z0-9_@.+-]+)*$/.test(path))
      read.issue('shared', `"${path}" is no path below the release`, 'Give relative paths such as uploads or var/data.')
  }
  return shared
}

function readUntil(read: InputReader, slots: readonly string[]): DeployInputs['until'] {
  const until = read.choice('until', { default: 'switch', of: untilOptions })
  if (until === 'gate' && slots.length === 0)
    read.issue('until', 'is gate, and there are no slots', 'Give slots; without them every release has the traffic.')
  return until
}

/** A text about a slot must hold the port. */
function checkSlotMark(read: InputReader, name: string, text: string, slots: readonly string[]): void {
  if (slots.length > 0 && !text.includes(slotMark))
    read.issue(name, `is "${text}", the same for both slots`, `Write ${slotMark} where the port belongs.`)
  if (slots.length === 0 && text.includes(slotMark))
    read.issue(name, `is "${text}", and there are no slots`, 'Give slots: 5006 5016.')
}

function readStop(read: InputReader, slots: readonly string[], restart: Restart): string[] {
  const needed = slots.length > 0 && restart.kind === 'command'
  if (!needed) {
    if (read.text('stop') !== '')
      read.unneeded('stop', 'is given and not needed', 'Leave it out: it is for slots that a command restarts.')
    return []
  }
  const words = readHook(read, 'stop', slots)
  if (words.length === 0)
    read.issue('stop', 'is missing', `Give command:PROGRAM … ${slotMark}: it stops what restart starts.`)
  return words
}

function readHook(read: InputReader, name: string, slots: readonly string[]): string[] {
  const text = read.text(name)
  if (text === '') return []
  if (slots.length === 0) {
    read.unneeded(name, 'is given, and there are no slots', 'Give slots, or leave it out.')
    return []
  }
  checkSlotMark(read, name, text, slots)
  if (text.startsWith(commandPrefix))
    return readCommandLine(read, name, text.slice(commandPrefix.length), commandPrefix)
  read.issue(name, `is "${text}"`, 'Give command:PROGRAM ARGUMENT….')
  return []
}

/** The units that a release may start or stop: one, or one for each slot. */
export function unitsOf({ restart, slots }: Pick<DeployInputs, 'restart' | 'slots'>): string[] {
  if (restart.kind !== 'systemd') return []
  return slots.length === 0 ? [restart.unit] : slots.map((slot) => restart.unit.replaceAll(slotMark, slot))
}

function readRestart(read: InputReader, release: ReleaseInputs, slots: readonly string[]): Restart {
  const unit = `${release.service}-${release.environment}${slots.length > 0 ? `@${slotMark}` : ''}`
  const text = read.text('restart', { default: `systemd:${unit}` })
  if (text === 'none' && slots.length > 0)
    read.issue('restart', 'is none, and a slot has to be started', 'Give systemd:UNIT@{slot}, or command:….')
  if (text === 'none') return { kind: 'none' }
  if (text.startsWith('compose:')) return { kind: 'compose', folder: readComposeFolder(read, text) }
  checkSlotMark(read, 'restart', text, slots)
  const [, kind, rest = ''] = /^(systemd|command):(.*)$/s.exec(text) ?? []
  if (kind === 'systemd') {
    if (!isUnitName(rest.replaceAll(slotMark, '0')))
      read.issue('restart', `names the unit "${rest}"`, 'Give systemd:UNIT.')
    return { kind, unit: rest }
  }
  if (kind === 'command') return { kind, words: readCommandLine(read, 'restart', rest, commandPrefix) }
  read.issue('restart', `is "${text}"`, 'Give systemd:UNIT, command:PROGRAM ARGUMENT…, compose:FOLDER, or none.')
  return { kind: 'none' }
}

function readComposeFolder(read: InputReader, text: string): string {
  const folder = text.slice('compose:'.length).replace(/\/+$/, '')
  if (!isHostFolder(folder))
    read.issue(
      'restart',
      `names the folder "${folder}"`,
      'Give compose:FOLDER, absolute and two levels deep or more, where the Compose file and its .env are.',
    )
  return folder
}

function readCheck(read: InputReader, slots: readonly string[], servers: Servers | undefined): Check {
  // An idle slot that was never checked must not get traffic: with slots there is always a check.
  const own = `http://${servers ? hostMark : 'localhost'}:${slotMark}/health/ready`
  const text = read.text('check', { default: slots.length > 0 ? own : '' })
  if (text === '') return { kind: 'none' }
  checkSlotMark(read, 'check', text, slots)
  if (/^https?:\/\//.test(text)) {
    if (
      !URL.canParse((servers ? atServer(text, 'localhost') : text).replaceAll(slotMark, '1')) ||
      /[\s'"\\]/.test(text)
    )
      read.issue('check', `"${text}" is no URL`, 'Give http://localhost:PORT/path.')
    return { kind: 'url', url: text }
  }
  if (text.startsWith(commandPrefix))
    return { kind: 'command', words: readCommandLine(read, 'check', text.slice(commandPrefix.length), commandPrefix) }
  read.issue('check', `is "${text}"`, 'Give a URL as the host sees it, or command:PROGRAM ARGUMENT….')
  return { kind: 'none' }
}
