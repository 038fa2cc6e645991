import {
  type AccessInputs,
  assertRights,
  closeConnection,
  connectMain,
  failureOf,
  mainPatienceMs,
  rights,
} from '@belay/kubernetes'
import type { ServiceAddress } from '@belay/probe'

interface Way {
  readonly service: ServiceAddress
  readonly access: AccessInputs
  /** Of the whole gate. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/**
 * Runs a gate with a way to a Service of a cluster: the socket of `kubectl proxy`, which is open as long as it runs.
 * @throws Failure `tools`, `access`, and `forbidden` with the role that is missing
 */
export async function throughApiServer<T>(
  { service, access, deadlineMs, signal }: Way,
  gate: (socketPath: string) => Promise<T>,
): Promise<T> {
  try {
    const { connection, client } = await connectMain(access, signal, Math.min(deadlineMs, mainPatienceMs))
    const needed = rights('', 'services/proxy', 'get', service.name)
    await assertRights(client, service.namespace, needed, { what: 'the gate', role: 'belay-metrics' })
    return await gate(connection.socket)
  } catch (error) {
    throw failureOf(error, signal, 'let the login read metrics through the API server: get services/proxy.')
  } finally {
    closeConnection()
  }
}
