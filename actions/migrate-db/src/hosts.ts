import { Failure, monotonicSeconds, type Step } from '@belay/action-kit'
import { type Connection, inspectHost } from '@belay/host'
import { onAllHosts } from '@belay/host/fleet'
import { recordCompatibilityLimit, removeCompatibilityLimit } from '@belay/host/limits'
import type { Session } from './database.ts'
import type { History } from './drivers/driver.ts'

/**
 * Records on every host, before anything is applied, which versions are compatible. From then on deploy and rollback
 * refuse the others there.
 */
export async function recordLimitsOnHosts(
  connections: readonly Connection[],
  path: string,
  migrations: readonly string[],
  oldest: string,
): Promise<void> {
  await onAllHosts(connections, async (connection) => {
    for (const migration of migrations)
      await recordCompatibilityLimit(connection, path, { migration, oldestCompatible: oldest })
  })
}

/**
 * Removes the limits of migrations that were not applied after all. If another job holds a host's lock, waits for it until
 * `until` (monotonic seconds).
 */
export async function removeLimitsOnHosts(
  connections: readonly Connection[],
  path: string,
  migrations: readonly string[],
  until: number,
): Promise<void> {
  await onAllHosts(connections, async (connection) => {
    for (const migration of migrations)
      await removeCompatibilityLimit(connection, path, migration, until - monotonicSeconds())
  })
}

/**
 * Refuses a database without history and tables if the hosts have a committed release: the server was rebuilt, or it is
 * the wrong database. The data is elsewhere.
 * @throws Failure `empty-database`
 */
export async function assertNotEmptied(
  session: Session,
  history: History,
  connections: readonly Connection[],
  path: string,
  signal: AbortSignal,
): Promise<void> {
  if (history.exists || connections.length === 0 || (await tableCount(session)) > 0) return
  const fleetFacts = await onAllHosts(
    connections,
    (connection) => inspectHost(connection, { base: path, unit: '', recovery: '' }, signal),
    signal,
  )
  const released = fleetFacts.find(({ releases }) => releases.some(({ state }) => state === 'confirmed'))
  if (!released) return
  throw new Failure(
    'empty-database',
    `The database is empty, but ${released.host} serves ${released.version || 'a release'} from ${path}: this is another database, or its data is lost.`,
    'restore the last backup, or correct database-url. If the database is meant to be empty, remove the old releases on the hosts first.',
  )
}

async function tableCount(session: Session): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`,
  )
  return row?.count ?? 0
}

/** A contract removes what the previous version may use: nothing else may change, or be undone, in the same job. */
export function assertExclusive<Undo>(step: Step<Undo>): void {
  const idle = ['unchanged', 'noop']
  const other = step.journal
    .read()
    .steps.find(({ id, mutates, ended }) => mutates && id !== step.id && !idle.includes(ended?.result ?? ''))
  const why = 'a contract migration must be a release of its own, so that no other change has to be undone with it'
  if (other)
    throw new Failure(
      'not-exclusive',
      `The step ${other.id} changes something in this job too: ${why}.`,
      'put phase: contract into a job of its own.',
    )
  step.record({ event: 'exclusive', why: `${why}.` })
}
