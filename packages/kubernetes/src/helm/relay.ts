import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { mask } from '@belay/action-kit'

/** A way to the socket of `kubectl proxy` for a program that can only open TCP connections. */
export interface Relay {
  /** `http://127.0.0.1:PORT/WORD`: a server without the word answers 404. */
  readonly server: string
  close(): void
}

/**
 * Every user of this machine can reach a port of loopback, so its paths begin with a word that only the reader of the
 * kubeconfig knows. It ends with this process: a program that outlives it can change nothing more in the cluster.
 */
export async function openRelay(socket: string): Promise<Relay> {
  // Only a chart needs it, and it takes longer to load than the rest.
  const { createServer, request } = process.getBuiltinModule('node:http')
  const word = randomBytes(24).toString('hex')
  mask(word)
  const beginning = `/${word}/`
  const relay = createServer((incoming, outgoing) => {
    const { url = '', method, headers } = incoming
    if (!url.startsWith(beginning)) return void outgoing.writeHead(404).end()
    const path = url.slice(beginning.length - 1)
    const asked = request(
      { socketPath: socket, method, path, headers: { ...headers, host: 'localhost' } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('error', () => outgoing.destroy())
        answer.pipe(outgoing)
      },
    )
    asked.on('error', () => outgoing.destroy())
    outgoing.on('close', () => asked.destroy())
    incoming.pipe(asked)
  })
  await new Promise<void>((resolve, reject) => {
    relay.once('error', reject)
    relay.listen(0, '127.0.0.1', resolve)
  })
  // A process that has no other work must be able to end.
  relay.unref()
  const { port } = relay.address() as AddressInfo
  return {
    server: `http://127.0.0.1:${port}/${word}`,
    close() {
      relay.close()
      relay.closeAllConnections()
    },
  }
}
