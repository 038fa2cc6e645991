import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { freePort } from './namespace-host.ts'

/** A PostgreSQL server of its own, with passwords (scram) and without fsync. */
export interface Postgres {
  readonly address: string
  readonly port: number
  /** The folder with its socket. */
  readonly socketFolder: string
  readonly password: string
  /** `postgres://…` of a database, default: as superuser `postgres`; `host`: the server's name for the client. */
  url(database: string, as?: { user?: string; password?: string; host?: string; port?: number }): string
  createDatabase(name: string): Promise<void>
  /** A login that may do everything in every database. */
  createUser(name: string, password: string): Promise<void>
  /** Rows of one query on one new connection. */
  query<Row = Record<string, unknown>>(database: string, sql: string, values?: unknown[]): Promise<Row[]>
  /** Ends the server and removes its files. May be called twice. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** A loopback address; default 127.0.0.1. */
  address?: string
  /** Offers TLS with a self-signed certificate. */
  tls?: boolean
  /** Asks for no password. */
  trust?: boolean
}

const password = 'the superuser of a test'

/** Why no PostgreSQL can be started here; undefined where one can. */
export function canStartPostgres(): string | undefined {
  if (serverFolder() === undefined)
    return whyMissing('postgres') ?? 'PostgreSQL’s server is not below /usr/lib/postgresql'
  if (process.getuid?.() !== 0) return 'the test PostgreSQL is started by root, as user postgres'
  return whyMissing('setpriv')
}

/** The programs of the newest server of this machine: Debian keeps them off PATH. */
export function serverFolder(): string | undefined {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return undefined
  const versions = readdirSync(base).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(base, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/** Starts a server; it ends with `stop` or with this process, however that ends. About two seconds. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const { address = '127.0.0.1', tls = false, trust = false } = options
  const bin = serverFolder()
  if (bin === undefined) throw new Error('no PostgreSQL server is installed')
  const folder = mkdtempSync(join(tmpdir(), 'bp-'))
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
  chownSync(folder, uid ?? 0, gid ?? 0)
  const clear = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clear)
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o644 })
  const asPostgres = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--']
  const login = trust ? 'trust' : 'scram-sha-256'
  const initdb = [join(bin, 'initdb'), '-D', data, '-U', 'postgres', '-A', login, `--pwfile=${passwordFile}`]
  execFileSync('setpriv', [...asPostgres, ...initdb, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })

  if (tls) makeCertificate(data, uid ?? 0)
  const port = await freePort(address)
  const settings = {
    ssl: tls ? 'on' : 'off',
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '100',
  }
  const server = spawn(
    'setpriv',
    // A fast shutdown as soon as this process is gone.
    [
      '--pdeathsig=INT',
      ...asPostgres,
      ...[join(bin, 'postgres'), '-D', data, '-p', String(port), '-h', address, '-k', folder],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let log = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-4000)
  })
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))

  async function query<Row>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ host: address, port, user: 'postgres', password, database })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(sql, values)).rows as Row[]
    } finally {
      await client.end()
    }
  }

  const stop = async () => {
    process.off('exit', clear)
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT')
    await ended
    clear()
  }

  const end = Date.now() + 20_000
  for (;;) {
    const ready = await query('postgres', 'select 1').then(
      () => true,
      () => false,
    )
    if (ready) break
    if (server.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`PostgreSQL did not start: ${log}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }

  return {
    address,
    port,
    socketFolder: folder,
    password,
    url: (database, as = {}) => {
      const [user, secret] = [as.user ?? 'postgres', as.password ?? password].map(encodeURIComponent)
      return `postgres://${user}:${secret}@${as.host ?? address}:${as.port ?? port}/${database}`
    },
    createDatabase: async (name) => void (await query('postgres', `create database ${pg.escapeIdentifier(name)}`)),
    createUser: async (name, secret) =>
      void (await query(
        'postgres',
        `create role ${pg.escapeIdentifier(name)} superuser login password ${pg.escapeLiteral(secret)}`,
      )),
    query,
    stop,
  }
}

/** `server.crt` and `server.key` where the server looks for them. */
function makeCertificate(data: string, uid: number): void {
  const files = ['-out', join(data, 'server.crt'), '-keyout', join(data, 'server.key')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=db.test', ...files],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  for (const name of ['server.crt', 'server.key']) chownSync(join(data, name), uid, uid)
}
