import { Failure, Interrupted, monotonicSeconds, sleep } from '@belay/action-kit'
import { applicationName, type Session } from './database.ts'

/** The two numbers of the lock, "bela" and "y". Each database has its own advisory locks, so they need not name it. */
const key = [0x62656c61, 0x79] as const

/** A session that holds the lock, or changes the schema without it, as the server shows it. */
export interface Holder {
  readonly pid: number
  readonly application: string
  /** Seconds since its session began. */
  readonly seconds: number
}

/**
 * Takes the one lock that all tools share. It lasts as long as the session: the server releases it when a killed step's
 * connection closes. Then waits for a tool that outlived its killed run.
 * @throws Failure `lock-held` after `seconds`
 */
export async function acquireLock(
  session: Session,
  seconds: number,
  signal: AbortSignal,
  onWait: (holder: string) => void,
): Promise<void> {
  // The server detects a lost runner within half a minute, and releases its lock.
  await session.query(`select set_config(name, value, false) from (values ('tcp_keepalives_idle', '10'),
    ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'), ('statement_timeout', '0')) settings (name, value)`)
  const end = monotonicSeconds() + seconds
  const waitFor = async (isFree: () => Promise<boolean>, holders: () => Promise<Holder[]>) => {
    for (let reported = ''; !(await isFree()); ) {
      const now = (await holders()).map(describeHolder).join('; ') || 'a session that is hidden from this login'
      if (monotonicSeconds() >= end) throw lockHeldFailure(now, seconds)
      const who = now.replace(/ since .*$/, '')
      if (who !== reported) onWait(now)
      reported = who
      await sleep(150 + Math.random() * 250, signal)
      if (signal.aborted) throw new Interrupted()
    }
  }
  await waitFor(
    async () =>
      (await session.query<{ ok: boolean }>('select pg_try_advisory_lock($1, $2) as ok', key))[0]?.ok === true,
    () => lockHolders(session),
  )
  await waitFor(
    async () => (await orphanedTools(session)).length === 0,
    () => orphanedTools(session),
  )
}

export async function releaseLock(session: Session): Promise<void> {
  await session.query('select pg_advisory_unlock($1, $2)', key)
}

/** The sessions that hold the lock now. */
export async function lockHolders(session: Session): Promise<Holder[]> {
  return session.query<Holder>(
    `select a.pid, a.application_name as application, extract(epoch from now() - a.backend_start)::int as seconds
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2 and l.objsubid = 2
        and l.database = (select oid from pg_database where datname = current_database())`,
    key,
  )
}

/** Sessions of tools in this database. Under the lock, before this step starts one, they belong to a killed run. */
async function orphanedTools(session: Session): Promise<Holder[]> {
  return session.query<Holder>(
    `select pid, application_name as application, extract(epoch from now() - backend_start)::int as seconds
       from pg_stat_activity where datname = current_database() and application_name like 'belay-tool %'`,
  )
}

/**
 * Cancels what this step's own tools do in the server: the server would continue for a tool that is killed on the runner.
 * Only by the whole name: a status or a dry run holds no lock, so a migration of another run may be active at that time.
 */
export async function cancelTools(session: Session): Promise<void> {
  await session.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = $1`,
    [applicationName('belay-tool')],
  )
}

/** Waits until no tool is active any more; false if one still is after `seconds`. */
export async function toolsEnded(session: Session, seconds: number): Promise<boolean> {
  const end = monotonicSeconds() + seconds
  while ((await orphanedTools(session)).length > 0) {
    if (monotonicSeconds() >= end) return false
    await sleep(100)
  }
  return true
}

function describeHolder({ pid, application, seconds }: Holder): string {
  return `${application || 'a session without a name'} (pid ${pid}) since ${seconds} s`
}

function lockHeldFailure(holder: string, seconds: number): Failure {
  return new Failure(
    'lock-held',
    `Another migration of this database is running: ${holder}. This step waited ${seconds} s for it.`,
    'wait for that run, or raise lock-timeout. If its runner is certainly lost, end the session with select pg_terminate_backend(PID).',
  )
}
