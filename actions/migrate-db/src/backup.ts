import { createHash } from 'node:crypto'
import { createReadStream, readdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { childEnvironment, Failure, runBounded, runProgram } from '@belay/action-kit'
import { type Connection, quote, runCommand } from '@belay/host'
import { isReleaseId, type Release } from '@belay/release-model'
import { applicationName } from './database.ts'
import type { MigrationContext } from './drivers/driver.ts'
import { toolEnvironment } from './environment.ts'
import { script } from './script.ts'
import { isProgram, runTool } from './tool.ts'
import type { DatabaseUrl } from './url.ts'

/** A copy of the database, and the command that restores it by hand. */
export interface MadeBackup {
  /** Path of the dump, after the host's name if it is on a host; or the user's own command. */
  readonly where: string
  readonly bytes: number
  readonly sha256: string
  /** Its path, if it is a file of this machine. */
  readonly file?: string
  /** A command for people; it changes the database that it names. */
  readonly restore: string
}

interface BackupPlan {
  readonly folder: string
  readonly prefix: string
  readonly file: string
  readonly databaseKib: number
  /** Version of the server. */
  readonly major: number
}

/** Space that must stay free beside a copy, in KiB: the database may share the disk. */
const reservedKib = 64 * 1024

/**
 * Copies the database before a change to a place that outlives the job: on the host if the database is reached through
 * one, else in the folder of the inputs. Checks size and free space first, and reads the copy afterwards.
 * @throws Failure `disk-full`, `pg-dump-missing`, `backup-failed`
 */
export async function backUp(
  context: MigrationContext,
  release: Release,
  connection: Connection | undefined,
): Promise<MadeBackup | undefined> {
  const { backup } = context.inputs
  if (backup.kind === 'none') return undefined
  if (backup.kind === 'command') return backUpByCommand(context, backup.words)
  const plan = await planBackup(context, release, connection !== undefined)
  return connection ? backUpOnHost(context, connection, plan) : backUpHere(context, plan)
}

async function planBackup(
  { inputs, session }: MigrationContext,
  release: Release,
  remote: boolean,
): Promise<BackupPlan> {
  const [row] = await session.query<{ bytes: string; version: string }>(
    `select pg_database_size(current_database())::text as bytes, current_setting('server_version_num') as version`,
  )
  const database = inputs.url.database.replace(/[^A-Za-z0-9_.-]/g, '_')
  const prefix = `${release.service}-${release.environment}-${database}-`
  return {
    folder: inputs.backupPath || (remote ? `${inputs.path}/.belay/backups` : ''),
    prefix,
    file: `${prefix}${release.id}.dump`,
    databaseKib: Math.ceil(Number(row?.bytes ?? 0) / 1024),
    major: Math.floor(Number(row?.version ?? 0) / 10_000),
  }
}

/** A dump is compressed and holds no indexes: it is never larger than its database. */
function assertRoom(plan: BackupPlan, freeKib: number, where: string): void {
  const needed = plan.databaseKib + reservedKib
  if (freeKib >= needed) return
  const mib = (kib: number) => `${Math.ceil(kib / 1024)} MiB`
  throw new Failure(
    'disk-full',
    `${where} has ${mib(freeKib)} free; a dump of this database may need ${mib(plan.databaseKib)}, and ${mib(reservedKib)} must stay free.`,
    'free some space, lower keep-backups, or give another backup-path.',
  )
}

async function backUpOnHost(
  { inputs, access, session, signal }: MigrationContext,
  connection: Connection,
  plan: BackupPlan,
): Promise<MadeBackup> {
  const { url } = access
  const where = `${connection.target.name}:${plan.folder}`
  const values = {
    base: inputs.path,
    folder: plan.folder,
    file: plan.file,
    prefix: plan.prefix,
    major: plan.major,
    keepBackups: inputs.keepBackups,
  }
  const room = await runCommand(connection, script, 'backupRoom', values, { timeoutMs: 30_000, signal })
  assertRoom(plan, room.facts.freeKib || 0, where)
  const login = {
    // The address that the host uses, not the forwarded port of this machine.
    host: url.socketFolder ?? url.host,
    port: url.port,
    user: url.user,
    database: url.database,
    sslmode: session.tls,
    application: applicationName('belay'),
    pgpass: `*:*:*:*:${url.password.replace(/[\\:]/g, '\\$&')}`,
  }
  const answer = await runCommand(
    connection,
    script,
    'backup',
    { ...values, ...login },
    { timeoutMs: inputs.deadline * 1000, signal },
  )
  const path = `${plan.folder}/${plan.file}`
  return {
    where: `${connection.target.name}:${path}`,
    bytes: answer.last('size') ?? 0,
    sha256: answer.last('sha256') ?? '',
    restore: restoreCommand(url, path, `on ${connection.target.name}: `),
  }
}

function restoreCommand(url: DatabaseUrl, path: string, before = ''): string {
  const to = ['-h', url.socketFolder ?? url.host, '-p', String(url.port), '-U', url.user, '-d', url.database, path]
  const typed = to.map((word) => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : quote(word))).join(' ')
  return `${before}pg_restore --clean --if-exists --single-transaction ${typed}`
}

async function backUpHere(context: MigrationContext, plan: BackupPlan): Promise<MadeBackup> {
  const { inputs, access, session } = context
  const program = await dumpProgram(plan.major)
  await mkdir(plan.folder, { recursive: true, mode: 0o700 }).catch(() => {
    throw new Failure(
      'path-not-writable',
      `The folder ${plan.folder} cannot be created.`,
      'give a backup-path that this user may write to.',
    )
  })
  const { bavail, bsize } = await statfs(plan.folder)
  assertRoom(plan, Math.floor((bavail * bsize) / 1024), plan.folder)
  const path = join(plan.folder, plan.file)
  const part = `${path}.partial`
  // Its sessions only read: the limits for schema changes do not apply to them.
  const env = { ...toolEnvironment(inputs, access, session.tls), PGOPTIONS: '', PGAPPNAME: applicationName('belay') }
  try {
    await (await open(part, 'w', 0o600)).close()
    const dumped = await runTool(context, [program, '--format=custom', '--no-password', `--file=${part}`], env)
    if (dumped.status !== 0) throw backupFailure(`pg_dump ended with status ${dumped.status}; its output is in the log`)
    const listed = await runProgram(join(dirname(program), 'pg_restore'), ['--list', part]).catch(() => undefined)
    if (listed?.status !== 0) throw backupFailure('pg_restore cannot read the dump that was just made')
    await rename(part, path)
  } finally {
    await rm(part, { force: true })
  }
  await prune(plan, inputs.keepBackups)
  return {
    where: path,
    file: path,
    bytes: (await stat(path)).size,
    sha256: await sha256Of(path),
    restore: restoreCommand(access.url, path),
  }
}

function backupFailure(text: string): Failure {
  return new Failure(
    'backup-failed',
    `The backup failed: ${text}. Nothing was applied.`,
    'check that this login may read all tables; or give backup: none or command:….',
  )
}

/** Debian's pg_dump on PATH is a wrapper that chooses a version itself, so the real programs are tried first. */
async function dumpProgram(major: number): Promise<string> {
  const base = '/usr/lib/postgresql'
  const installed = (() => {
    try {
      return readdirSync(base)
        .filter((name) => Number(name) >= major)
        .sort((a, b) => Number(a) - Number(b))
    } catch {
      return []
    }
  })().map((name) => join(base, name, 'bin/pg_dump'))
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'pg_dump'))
  for (const path of installed) if (isProgram(path)) return path
  for (const path of onPath) if (isProgram(path) && (await majorOf(path)) >= major) return path
  throw new Failure(
    'pg-dump-missing',
    `This server needs pg_dump of version ${major} or newer, and the runner has none.`,
    `install postgresql-client-${major} in an earlier step, or give backup: command:….`,
  )
}

async function majorOf(program: string): Promise<number> {
  const options = { env: childEnvironment(), timeoutMs: 10_000, keptCharacters: 1000 }
  const ended = await runBounded(program, ['--version'], options).catch(() => undefined)
  return Number(/(\d+)/.exec(ended?.output ?? '')?.[1] ?? 0)
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Keeps the newest dumps of this database; names sort by time. A release id follows the prefix. */
async function prune({ folder, prefix }: BackupPlan, keep: number): Promise<void> {
  const dumps = (await readdir(folder))
    .filter((name) => name.startsWith(prefix) && name.endsWith('.dump') && isReleaseId(name.slice(prefix.length, -5)))
    .sort()
  for (const name of dumps.slice(0, -keep)) await rm(join(folder, name), { force: true })
}

async function backUpByCommand(context: MigrationContext, words: readonly string[]): Promise<MadeBackup> {
  const env = {
    ...toolEnvironment(context.inputs, context.access, context.session.tls),
    PGOPTIONS: '',
    PGAPPNAME: applicationName('belay'),
  }
  const result = await runTool(context, words, env)
  if (result.status !== 0) throw backupFailure(`${words[0]} ended with status ${result.status}`)
  return { where: `by ${words[0]}`, bytes: 0, sha256: '', restore: `see the documentation of ${words[0]}` }
}
