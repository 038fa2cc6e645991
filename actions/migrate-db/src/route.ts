import { Failure, type Step } from '@belay/action-kit'
import type { Connection } from '@belay/host'
import { openFleet } from '@belay/host/fleet'
import { assertNoPooler, type DatabaseAccess, type Session, waitForDatabase } from './database.ts'
import { type Forward, forward } from './forward.ts'
import type { MigrateInputs } from './inputs.ts'

/** How the database is reached: directly, or through the first host. */
export interface DatabaseRoute {
  readonly access: DatabaseAccess
  /** To all hosts; empty if it is direct. */
  readonly connections: readonly Connection[]
  close(): Promise<void>
}

/** What a route needs of the inputs; an undo takes it from its saved state. */
export type RouteInputs = Pick<MigrateInputs, 'url' | 'through'>

export async function openRoute<Undo>(
  { url, through }: RouteInputs,
  step: Step<Undo>,
  signal: AbortSignal,
): Promise<DatabaseRoute> {
  if (!through) {
    const endpoint = { host: url.socketFolder ?? url.host, port: url.port }
    return { access: { url, endpoint }, connections: [], close: async () => {} }
  }
  const connections = await openFleet(step.journal, step.id, through.hosts, through.credentials, signal)
  const to = url.socketFolder
    ? { socket: `${url.socketFolder}/.s.PGSQL.${url.port}` }
    : { host: url.host, port: url.port }
  const tunnel: Forward = await forward(connections[0] as Connection, to)
  return {
    access: { url, endpoint: { host: '127.0.0.1', port: tunnel.port } },
    connections,
    close: () => tunnel.close(),
  }
}

/** Opens the session that inspects and later holds the lock. Refuses a pooler, which would lose the lock. */
export async function openControlSession(
  route: DatabaseRoute,
  inputs: MigrateInputs,
  signal: AbortSignal,
): Promise<Session> {
  const session = await waitForDatabase(route.access, inputs.waitTimeout, signal).catch((error: unknown) => {
    const [first] = route.connections
    if (!first || !(error instanceof Failure) || error.code !== 'database-unreachable') throw error
    throw new Failure(
      error.code,
      `${error.message.split('\n')[0]} The connection went through ${first.target.name}.`,
      'give the address that this host uses for the database (often 127.0.0.1), and allow TCP forwarding for this login there (AllowTcpForwarding).',
      { cause: error },
    )
  })
  try {
    await assertNoPooler(session, route.access)
    const path = inputs.url.parameters.get('search_path')
    if (path) await session.query('select set_config($1, $2, false)', ['search_path', path])
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}
