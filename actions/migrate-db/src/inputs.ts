import { resolve } from 'node:path'
import {
  type InputReader,
  mask,
  type ReleaseInputs,
  readCommandLine,
  readReleaseInputs,
  type VariableNames,
} from '@belay/action-kit'
import { type GitHubInputs, readGitHubInputs } from '@belay/github'
import {
  type Credentials,
  type HostTarget,
  readCredentials,
  readHostFolder,
  readHosts,
  servicePath,
} from '@belay/host/inputs'
import { accessVariables } from '@belay/kubernetes/inputs'
import { type JobRoute, readJobRoute } from './job/inputs.ts'
import { parseToolVersion, type ToolVersion, toolReleases } from './pinned-tools.ts'
import { type DatabaseUrl, parseDatabaseUrl, secretForms } from './url.ts'

/** Inputs whose variable has the name of an input of `release`; which images, `release` always says. */
export const variables: VariableNames = { ...accessVariables, images: undefined }

export const commands = ['apply', 'status', 'lint'] as const
export const tools = ['auto', 'sql', 'dbmate', 'golang-migrate', 'node-pg-migrate', 'command'] as const
export const phases = ['expand', 'contract'] as const

/** How the database is copied before a change. */
export type BackupMethod = { kind: 'auto' } | { kind: 'none' } | { kind: 'command'; words: string[] }

/** The way to a database that listens on its host only. */
export interface ThroughHost {
  /** The connection goes through the first one; a contract is recorded on all. */
  readonly hosts: readonly HostTarget[]
  readonly credentials: Credentials
}

export interface MigrateInputs {
  readonly command: (typeof commands)[number]
  readonly dryRun: boolean
  readonly tool: (typeof tools)[number]
  /** The version to download if the tool is missing; undefined: nothing is downloaded. */
  readonly toolVersion: ToolVersion | undefined
  readonly url: DatabaseUrl
  /** Absolute; empty: the tool's own default. */
  readonly migrations: string
  /** `table` or `schema.table`; empty: the tool's own default. */
  readonly historyTable: string
  readonly migrateCommand: readonly string[]
  readonly statusCommand: readonly string[]
  readonly release: ReleaseInputs
  /** Reads which commit a tag stands for. */
  readonly github: GitHubInputs
  readonly phase: (typeof phases)[number]
  /** The oldest version that is compatible with the schema after a contract migration. */
  readonly oldestCompatibleVersion: string
  readonly through: ThroughHost | undefined
  /** A Job in a cluster migrates; `url` is then not known here. */
  readonly job: JobRoute | undefined
  /** Folder of the service on the hosts. */
  readonly path: string
  /** All in seconds. */
  readonly waitTimeout: number
  readonly lockTimeout: number
  /** 0: no limit. */
  readonly sessionLockTimeout: number
  readonly statementTimeout: number
  readonly deadline: number
  readonly backup: BackupMethod
  readonly backupPath: string
  readonly keepBackups: number
  /** Undo by down migrations, if each migration has one. */
  readonly down: boolean
  /** Why findings of the lint are accepted; empty: they are not. */
  readonly acceptRisk: string
}

export function readMigrateInputs(read: InputReader): MigrateInputs {
  const command = read.choice('command', { default: 'apply', of: commands })
  const tool = read.choice('tool', { default: 'auto', of: tools })
  const release = readReleaseInputs(read)
  const phase = read.choice('phase', { default: 'expand', of: phases })
  const through = readThrough(read)
  const job = readJobRoute(read)
  const backup = readBackup(read, job !== undefined)
  if (job && through) read.issue('via', 'is given together with hosts', 'Give only one of the two.')
  return {
    command,
    dryRun: read.boolean('dry-run', { default: false }),
    tool,
    toolVersion: readToolVersion(read, tool),
    url: readUrl(read, through !== undefined, job !== undefined),
    migrations: readFolder(read),
    historyTable: readTable(read),
    ...readOwnCommands(read, tool, job !== undefined),
    release,
    github: readGitHubInputs(read),
    phase,
    oldestCompatibleVersion: readOldestCompatibleVersion(read, phase),
    through,
    job,
    path: readHostFolder(read, 'path', {
      default: servicePath(release),
      remedy: 'Give the same absolute folder as to deploy-ssh: /srv/acme-api/qa.',
    }),
    waitTimeout: read.seconds('wait-timeout', { default: '30s', min: 0, max: 3600 }),
    lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
    sessionLockTimeout: read.seconds('session-lock-timeout', { default: '5s', min: 0, max: 3600 }),
    statementTimeout: read.seconds('statement-timeout', { default: '15m', min: 0, max: 21_600 }),
    deadline: read.seconds('deadline', { default: '30m', min: 10, max: 21_600 }),
    backup,
    backupPath: readBackupPath(read, command === 'apply' && backup.kind === 'auto' && !through && !job),
    keepBackups: read.integer('keep-backups', { default: 5, min: 1, max: 1000 }),
    down: readDown(read, job !== undefined),
    acceptRisk: read.text('accept-risk'),
  }
}

const example = 'postgres://USER:PASSWORD@HOST:5432/DATABASE, with @ : / % of the password percent-encoded'
const nowhere: DatabaseUrl = {
  host: 'nowhere.invalid',
  port: 5432,
  socketFolder: undefined,
  user: '',
  password: '',
  database: '',
  parameters: new Map(),
}

function readUrl(read: InputReader, through: boolean, byJob: boolean): DatabaseUrl {
  const text = read.secret('database-url').trim()
  if (text === '' && !byJob) read.issue('database-url', 'and via are both missing', `Give ${example}, or via.`)
  if (text !== '' && byJob)
    read.issue('database-url', 'is given together with via', 'Leave it out: the manifest says how the Job gets it.')
  if (text === '' || byJob) return nowhere
  const url = parseDatabaseUrl(text)
  if (typeof url === 'string') {
    read.issue('database-url', url, `Give ${example}.`)
    return nowhere
  }
  for (const form of secretForms(url)) mask(form)
  if (through && url.parameters.get('sslmode') === 'verify-full')
    read.issue(
      'database-url',
      'asks for sslmode=verify-full, but through a host the connection ends at 127.0.0.1',
      'Give sslmode=require or verify-ca: the host key identifies the host already.',
    )
  return url
}

function readThrough(read: InputReader): ThroughHost | undefined {
  if (read.lines('hosts').length > 0) {
    const hosts = readHosts(read)
    return { hosts, credentials: readCredentials(read, hosts) }
  }
  // Without hosts these may be set all the same: a caller passes on what it has.
  for (const name of ['user', 'known-hosts']) read.text(name)
  read.secret('ssh-key', { multiline: true })
  read.secret('ssh-key-passphrase')
  return undefined
}

function readToolVersion(read: InputReader, tool: MigrateInputs['tool']): ToolVersion | undefined {
  const text = read.text('tool-version')
  if (text === '') return undefined
  if (tool !== 'auto' && !(tool in toolReleases)) {
    read.unneeded('tool-version', `is not for tool ${tool}`, `It is for ${Object.keys(toolReleases).join(' and ')}.`)
    return undefined
  }
  const version = parseToolVersion(text)
  if (!version)
    read.issue('tool-version', `is "${text}"`, 'Give a version as 2.26.0, or one with its checksum: 2.26.0@sha256:HEX.')
  return version
}

function readFolder(read: InputReader): string {
  const given = read.text('migrations')
  return given === '' ? '' : resolve(process.env.GITHUB_WORKSPACE ?? '.', given)
}

function readTable(read: InputReader): string {
  const table = read.text('history-table')
  // It becomes part of statements and of arguments of other tools.
  if (!/^([A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?)?$/.test(table))
    read.issue('history-table', `is "${table}"`, 'Give TABLE or SCHEMA.TABLE, of letters, digits and "_".')
  return table
}

function readOwnCommands(read: InputReader, tool: MigrateInputs['tool'], byJob: boolean) {
  const migrate = read.text('migrate-command', { multiline: true })
  const status = read.text('status-command', { multiline: true })
  if (byJob) {
    if (migrate !== '')
      read.unneeded('migrate-command', 'is not for via', 'Leave it out: the manifest has the command.')
    return { migrateCommand: [], statusCommand: status === '' ? [] : readCommandLine(read, 'status-command', status) }
  }
  if (tool === 'command' && migrate === '')
    read.issue('migrate-command', 'is missing', 'Give the program and its arguments. The program gets DATABASE_URL.')
  if (tool !== 'command') {
    for (const [name, text] of Object.entries({ 'migrate-command': migrate, 'status-command': status }))
      if (text !== '') reportUnusedCommand(read, name, tool)
    return { migrateCommand: [], statusCommand: [] }
  }
  return {
    migrateCommand: migrate === '' ? [] : readCommandLine(read, 'migrate-command', migrate),
    statusCommand: status === '' ? [] : readCommandLine(read, 'status-command', status),
  }
}

/** With `auto` a variable could belong to this service: another tool must not apply its files. */
function reportUnusedCommand(read: InputReader, name: string, tool: MigrateInputs['tool']): void {
  const wrong = `is not for tool ${tool}`
  if (tool === 'auto')
    read.issue(
      name,
      wrong,
      'Give tool: command as well. If the command belongs to another service, give the tool of this one.',
    )
  else read.unneeded(name, wrong, 'Leave it out, or give tool: command.')
}

function readOldestCompatibleVersion(read: InputReader, phase: MigrateInputs['phase']): string {
  const oldest = read.text('oldest-compatible-version')
  if (phase === 'contract' && oldest === '')
    read.issue(
      'oldest-compatible-version',
      'is missing',
      'Give the oldest version that works with the schema after this contract.',
    )
  if (phase === 'expand' && oldest !== '')
    read.issue(
      'oldest-compatible-version',
      'is not for phase expand',
      'Remove it: an expand migration must be compatible with the live version.',
    )
  if (/\s/.test(oldest))
    read.issue('oldest-compatible-version', `is "${oldest}"`, 'Give one version, sha or release id.')
  return oldest
}

function readDown(read: InputReader, byJob: boolean): boolean {
  const down = read.boolean('down', { default: false })
  if (down && byJob) read.issue('down', 'is not for via', 'Leave it out: the schema stays as the Job left it.')
  return down
}

function readBackup(read: InputReader, byJob: boolean): BackupMethod {
  const text = read.text('backup', { default: 'auto' })
  if (byJob) {
    const remedy = 'Leave it out, and let the command of the manifest make a copy, or a step before this one.'
    if (text !== 'auto' && text !== 'none') read.unneeded('backup', `is "${text}", which is not for via`, remedy)
    return { kind: 'none' }
  }
  if (text === 'auto' || text === 'none') return { kind: text }
  if (text.startsWith('command:'))
    return { kind: 'command', words: readCommandLine(read, 'backup', text.slice(8), 'command:') }
  read.issue('backup', `is "${text}"`, 'Give auto, none, or command:PROGRAM ARGUMENT….')
  return { kind: 'none' }
}

/** The folders that GitHub's runners and jobs remove, and when. */
const emptied = { RUNNER_TEMP: 'is deleted with the job', GITHUB_WORKSPACE: 'the next checkout cleans' }

/** @param here the copy is on this runner */
function readBackupPath(read: InputReader, here: boolean): string {
  const given = read.text('backup-path')
  const remedy = 'Give an absolute folder that outlives the job, such as a mounted disk, or backup: none.'
  if (given === '') {
    if (here) read.issue('backup-path', 'is missing: RUNNER_TEMP is deleted with the job', remedy)
    return ''
  }
  if (!given.startsWith('/') || given.split('/').includes('..')) {
    read.issue('backup-path', `is "${given}"`, remedy)
    return ''
  }
  const path = resolve(given)
  if (!here) return path
  for (const [name, why] of Object.entries(emptied)) {
    const folder = process.env[name]
    if (folder && `${path}/`.startsWith(`${folder}/`))
      read.issue('backup-path', `is below ${name}, which ${why}`, remedy)
  }
  if (process.env.RUNNER_ENVIRONMENT === 'github-hosted')
    read.issue('backup-path', `${path} is on a runner of GitHub, which is deleted after the job`, elsewhere)
  return path
}

const elsewhere =
  'Give hosts, so that the copy stays on the first one; or backup: command:PROGRAM, which stores it elsewhere; or backup: none.'
