import { Failure, type Step } from '@belay/action-kit'
import { type Connection, type Forward, forward, openFleet } from '@belay/host'
import { type Reach, refusePooler, type Session, waitForDatabase } from './database.ts'
import type { MigrateInputs } from './inputs.ts'

/** The way to the database: straight, or through the first host. */
export interface Route {
  readonly reach: Reach
  /** To all hosts; none where it is straight. */
  readonly connections: readonly Connection[]
  close(): Promise<void>
}

/** What a route needs of the inputs; an undo has it from what was saved. */
export type RouteInputs = Pick<MigrateInputs, 'url' | 'through'>

export async function openRoute<Undo>(
  { url, through }: RouteInputs,
  step: Step<Undo>,
  signal: AbortSignal,
): Promise<Route> {
  if (!through) {
    const place = { host: url.socketFolder ?? url.host, port: url.port }
    return { reach: { url, place }, connections: [], close: async () => {} }
  }
  const connections = await openFleet(step.journal, step.id, through.hosts, through.credentials, signal)
  const to = url.socketFolder
    ? { socket: `${url.socketFolder}/.s.PGSQL.${url.port}` }
    : { host: url.host, port: url.port }
  const way: Forward = await forward(connections[0] as Connection, to)
  return { reach: { url, place: { host: '127.0.0.1', port: way.port } }, connections, close: () => way.close() }
}

/** Opens the session that looks, and later holds the lock; a pooler that would lose it is refused. */
export async function openControl(route: Route, inputs: MigrateInputs, signal: AbortSignal): Promise<Session> {
  const session = await waitForDatabase(route.reach, inputs.waitTimeout, signal).catch((error: unknown) => {
    const [first] = route.connections
    if (!first || !(error instanceof Failure) || error.code !== 'database-unreachable') throw error
    throw new Failure(
      error.code,
      `${error.message.split('\n')[0]} It was asked for through ${first.target.name}.`,
      'give the address as that host sees it (often 127.0.0.1), and allow TCP forwarding for this login there (AllowTcpForwarding).',
      { cause: error },
    )
  })
  try {
    await refusePooler(session, route.reach)
    const path = inputs.url.parameters.get('search_path')
    if (path) await session.query('select set_config($1, $2, false)', ['search_path', path])
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}
