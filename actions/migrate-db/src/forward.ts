import { createServer } from 'node:net'
import { join } from 'node:path'
import { childEnvironment, Failure, messageOf, runBounded } from '@belay/action-kit'
import type { Connection } from '@belay/host'

/** A port of this machine that leads to an address as the host sees it. */
export interface Forward {
  readonly port: number
  /** Ends the forward; connections through it stay open until their own end. Never throws. */
  close(): Promise<void>
}

/** The destination of a forward, as the host sees it: an address and a port, or the path of a socket. */
export type ForwardTarget = { readonly host: string; readonly port: number } | { readonly socket: string }

/**
 * Forwards a port through an open connection: `127.0.0.1:<free port>` here leads to `to` as the host sees it. OpenSSH
 * uses the connection that is open already, so no key is needed and none is on the disk.
 * @throws Failure `forward-refused`
 */
export async function forward(connection: Connection, to: ForwardTarget): Promise<Forward> {
  let said = ''
  // A port found free may be taken before ssh has it.
  for (let attempt = 1; attempt <= 5; attempt++) {
    const port = await freePort()
    const forwarding = `127.0.0.1:${port}:${shown(to)}`
    const answer = await control(connection, ['-O', 'forward', '-L', forwarding])
    if (answer.status === 0) {
      const close = async () => void (await control(connection, ['-O', 'cancel', '-L', forwarding]))
      return { port, close }
    }
    said = answer.said
  }
  throw new Failure(
    'forward-refused',
    `${connection.target.name} does not forward connections to ${shown(to)}: ${said.trim().split('\n').at(-1) || 'no reason given'}`,
    'allow TCP forwarding for this login in sshd_config (AllowTcpForwarding local, or PermitOpen with this address).',
  )
}

function shown(to: ForwardTarget): string {
  if ('socket' in to) return to.socket
  return `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`
}

/** Never throws: an ssh that cannot be started has no status either. */
async function control(
  { folder }: Connection,
  words: readonly string[],
): Promise<{ status: number | null; said: string }> {
  try {
    const { status, errors } = await runBounded('ssh', ['-F', join(folder, 'config'), ...words, 'belay'], {
      env: childEnvironment(),
      timeoutMs: 10_000,
      killSignal: 'SIGKILL',
      keptCharacters: 1000,
    })
    return { status, said: errors }
  } catch (error) {
    return { status: null, said: messageOf(error) }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
