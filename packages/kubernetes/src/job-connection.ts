import { Failure, fromEnvironment, readInputs } from '@belay/action-kit'
import { type Connection, openCluster } from './access.ts'
import { type AccessInputs, accessVariables, readAccessInputs } from './access-inputs.ts'
import type { Client } from './client.ts'
import { assertSkew, findKubectl, kubectlVersion, type ServerVersion } from './kubectl.ts'

/** One for each process: main's undo takes the one that main has opened. */
let open: Connection | undefined

/** The way to the cluster, new where none is open. @throws Failure `tools`, `access` */
async function connect(access: AccessInputs, signal: AbortSignal): Promise<Connection> {
  if (open?.isOpen()) return open
  closeConnection()
  open = await openCluster(access, signal)
  return open
}

/** How long a main waits for a server that does not answer, in milliseconds. */
export const mainPatienceMs = 60_000

/**
 * The same for a main, which also sees that kubectl fits the server: all that kubectl is started for runs side by side.
 * @throws Failure `tools`, `access`
 */
export async function connectMain(
  access: AccessInputs,
  signal: AbortSignal,
  patienceMs = mainPatienceMs,
): Promise<{ connection: Connection; client: Client }> {
  const version = kubectlVersion(findKubectl(), signal)
  // A way that cannot be opened is the first error.
  version.catch(() => {})
  const connection = await connect(access, signal)
  try {
    const client = connection.clientFor({ signal, patienceMs })
    assertSkew(await version, await client.get<ServerVersion>('/version'))
    return { connection, client }
  } catch (error) {
    closeConnection()
    throw error
  }
}

/** How long an undo waits for a server that does not answer, in milliseconds. */
const undoPatienceMs = 45_000

/**
 * Talks to the cluster that main changed, with the secrets of this step's own inputs.
 * @throws Failure also `access` where the inputs lead to another cluster by now
 */
export async function reconnectTo(server: string, signal: AbortSignal): Promise<Client> {
  const access = readInputs(readAccessInputs, fromEnvironment, { variables: accessVariables })
  const connection = await connect(access, signal)
  if (connection.server === server) return connection.clientFor({ signal, patienceMs: undoPatienceMs })
  closeConnection()
  throw new Failure(
    'access',
    `The kubeconfig leads to ${connection.server} by now, and the release changed ${server}. Nothing was changed there.`,
    'leave the kubeconfig as it is until the end of the job.',
  )
}

/** The one that is open. */
export function currentConnection(): Connection {
  if (!open) throw new Error('no connection is open')
  return open
}

export function closeConnection(): void {
  open?.close()
  open = undefined
}
