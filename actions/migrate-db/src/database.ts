import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { currentRun, Failure, monotonicSeconds, sleep } from '@belay/action-kit'
import type { DatabaseUrl, Endpoint, Tls } from './url.ts'

/** A database, and how it is reached from here. */
export interface DatabaseAccess {
  readonly url: DatabaseUrl
  readonly endpoint: Endpoint
}

/** One session of Belay's own. */
export interface Session {
  readonly tls: Tls
  /** Process id that the server reported at the start; a pooler in between reports one of its own. */
  readonly reportedPid: number
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** Aborted when the connection is lost. */
  readonly lost: AbortSignal
  close(): Promise<void>
}

/** `belay` holds locks and inspects; `belay-tool` changes the schema: a session that outlives its run is found by it. */
export type Role = 'belay' | 'belay-tool'

/** Distinguishes this step's sessions from all others: two jobs of one run may migrate at the same time. */
const nonce = randomBytes(4).toString('hex')

/** As pg_stat_activity shows it, at most 63 bytes: `belay-tool acme/shop#1001-3f2a9c1b`. Unique to this step. */
export function applicationName(role: Role): string {
  const { repository, id } = currentRun()
  const own = `#${id}-${nonce}`
  return `${`${role} ${repository}`.slice(0, 63 - own.length)}${own}`
}

/**
 * Opens a session. TLS is used as libpq uses it: without `sslmode` it is tried first, then no TLS.
 * @throws the error of the driver
 */
export async function openSession({ url, endpoint }: DatabaseAccess, role: Role, timeoutMs: number): Promise<Session> {
  const sslmode = url.parameters.get('sslmode') ?? 'prefer'
  const optional = sslmode === 'prefer' || sslmode === 'allow'
  const modes: Tls[] = optional ? ['require', 'disable'] : [sslmode as Tls]
  let last: unknown
  for (const tls of modes) {
    try {
      return await openWith({ url, endpoint }, role, tls, timeoutMs)
    } catch (error) {
      last = error
      if (!/does not support SSL/i.test(String(error))) throw error
    }
  }
  throw last
}

async function openWith({ url, endpoint }: DatabaseAccess, role: Role, tls: Tls, timeoutMs: number): Promise<Session> {
  // Loaded only when a database is used; eager: in this bundle, not in a file of its own.
  const { default: pg } = await import(/* webpackMode: "eager" */ 'pg')
  const client = new pg.Client({
    host: endpoint.host,
    port: endpoint.port,
    user: url.user,
    password: url.password,
    database: url.database,
    ssl: tlsOptions(url, tls),
    application_name: applicationName(role),
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    connectionTimeoutMillis: timeoutMs,
  })
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  await client.connect()
  return {
    tls,
    // Not in its types: the id of the BackendKeyData message.
    reportedPid: (client as unknown as { processID: number }).processID,
    lost: lost.signal,
    query: async (sql, values = []) =>
      (values.length > 0 ? await client.query(sql, [...values]) : await client.query(sql)).rows,
    close: () => client.end().catch(() => {}),
  }
}

function tlsOptions(url: DatabaseUrl, tls: Tls) {
  if (tls === 'disable') return false
  const root = url.parameters.get('sslrootcert')
  const ca = root && root !== 'system' ? { ca: readFileSync(root, 'utf8') } : {}
  if (tls === 'require') return { rejectUnauthorized: false }
  return tls === 'verify-ca' ? { ...ca, checkServerIdentity: () => undefined } : ca
}

/** SQLSTATEs of a server that runs and will accept connections soon. */
const startupStates = ['57P03', '53300']
const networkErrors =
  /ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EPIPE|timeout|terminated unexpectedly/i

/**
 * Waits until the database accepts a connection. A wrong password or a missing database is final.
 * @throws Failure `database-unreachable`, `database-login`, `database-missing`, `database-refused`
 */
export async function waitForDatabase(access: DatabaseAccess, seconds: number, signal: AbortSignal): Promise<Session> {
  const end = monotonicSeconds() + seconds
  for (;;) {
    try {
      return await openSession(access, 'belay', 10_000)
    } catch (error) {
      const waits = startupStates.includes(codeOfError(error)) || networkErrors.test(String(error))
      if (!waits || monotonicSeconds() >= end || signal.aborted) throw connectFailure(access, error)
      await sleep(500, signal)
    }
  }
}

/** The SQLSTATE of a server error, else an empty text. */
export function codeOfError(error: unknown): string {
  return String((error as { code?: unknown })?.code ?? '')
}

function connectFailure({ url }: DatabaseAccess, error: unknown): Failure {
  const where = `${url.host || url.socketFolder}:${url.port}`
  const code = codeOfError(error)
  if (code === '28P01' || code === '28000')
    return new Failure(
      'database-login',
      `The database at ${where} refuses the login of ${url.user} (${code}).`,
      'check user and password of database-url, and pg_hba.conf.',
    )
  if (code === '3D000')
    return new Failure(
      'database-missing',
      `The server at ${where} has no database ${url.database}.`,
      'create it first, or check database-url: Belay does not create databases.',
    )
  if (networkErrors.test(String(error)) || startupStates.includes(code))
    return new Failure(
      'database-unreachable',
      `The database at ${where} did not answer in time (${code || 'no answer'}).`,
      'check that it runs and that the runner can reach it. If it listens only on its host, give hosts.',
    )
  return new Failure(
    'database-refused',
    `The database at ${where} refused the connection: ${errorText(error)}`,
    'check database-url.',
  )
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Refuses a pooler that gives every transaction another session: it loses the lock and the settings. It is detected by
 * its behaviour: one session serves two clients that are connected at the same time.
 * @throws Failure `pooler`
 */
export async function assertNoPooler(session: Session, access: DatabaseAccess): Promise<void> {
  const pidOf = async (one: Session) => (await one.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid
  const first = await pidOf(session)
  if (first === session.reportedPid) return
  const other = await openSession(access, 'belay', 3000).catch(() => undefined)
  if (!other) return
  try {
    for (let round = 0; round < 3; round++) {
      await other.query('begin')
      const shared = (await pidOf(other)) === first
      const moved = (await pidOf(session)) !== first
      await other.query('commit')
      if (!shared && !moved) continue
      throw new Failure(
        'pooler',
        'database-url leads to a pooler that pools transactions: it loses the locks and settings of a session.',
        "give the direct URL of the database (PgBouncer's own port is often 6432, PostgreSQL's 5432), or a session pool.",
      )
    }
  } finally {
    await other.close()
  }
}
