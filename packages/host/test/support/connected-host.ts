import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '@belay/host'
import type { HostTarget } from '@belay/host/inputs'
import { makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { connect, connectionFolder, disconnect } from '../../src/connection.ts'
import { parseHost } from '../../src/target.ts'

/** A real host with the folder `base`, and a connection to it by a key of its own. `shell`: what its logins run. */
export async function connectHost(
  shell: string,
  base: string,
): Promise<{ host: TestHost; connection: Connection; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'belay-connected-'))
  const key = await makeKey(folder)
  const host = await startHost({ authorizedKey: key.publicKey, folders: [base], shell: shell as 'sh' | 'busybox' })
  const credentials = { key: key.privateKey, passphrase: '', knownHosts: `${host.knownHosts}\n` }
  const close = async () => {
    await host.stop()
    rmSync(folder, { recursive: true })
  }
  try {
    const connection = await connect(parseHost(host.target, '') as HostTarget, credentials, connectionFolder())
    return { host, connection, close: () => disconnect(connection).finally(close) }
  } catch (error) {
    await close()
    throw error
  }
}
