import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import type { Certificate } from '../../../../packages/probe/test/authority.ts'

/** A runner's way to the world: names that only the proxy knows, and certificates of the company's own authority. */
export interface CompanyNetwork {
  /** What to give as `HTTPS_PROXY`. @param password as a person writes it */
  proxyUrl(password?: string): string
  /** The targets of each CONNECT, and the status that it was answered with. */
  connects(): { target: string; status: number }[]
  stop(): Promise<void>
}

const user = 'runner@acme'
const rightPassword = 'p@ss:w/rd'

/**
 * Starts a CONNECT proxy with a password, and behind it a server with TLS for each certificate. All of them hand on to
 * one plain server.
 */
export async function startCompanyNetwork(
  certificates: Readonly<Record<string, Certificate>>,
  behind: URL,
): Promise<CompanyNetwork> {
  const handOn = (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = incoming
    const outgoing = request(new URL(url, behind), { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    // What is cut behind is cut before.
    outgoing.on('error', () => incoming.socket.destroy())
    incoming.pipe(outgoing)
  }
  const sockets = new Set<Socket>()
  const listen = async <S extends Server>(server: S): Promise<S> => {
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return server
  }
  const servers = new Map<string, Server>()
  for (const [name, pem] of Object.entries(certificates)) servers.set(name, await listen(createTlsServer(pem, handOn)))

  const connects: { target: string; status: number }[] = []
  const expected = `Basic ${Buffer.from(`${user}:${rightPassword}`).toString('base64')}`
  const proxy = createServer((_request, response) => response.writeHead(405).end())
  proxy.on('connect', (asked, socket) => {
    const target = asked.url ?? ''
    const server = servers.get(target.replace(/:443$/, ''))
    const status = asked.headers['proxy-authorization'] !== expected ? 407 : server ? 200 : 502
    connects.push({ target, status })
    socket.on('error', () => {})
    if (status !== 200 || !server) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const through = connect(portOf(server), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.pipe(socket).pipe(through)
    })
    through.on('error', () => socket.destroy())
  })
  await listen(proxy)

  return {
    proxyUrl: (password = rightPassword) =>
      `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${portOf(proxy)}`,
    connects: () => [...connects],
    async stop() {
      const all = [proxy, ...servers.values()]
      const closed = all.map((server) => new Promise((resolve) => server.close(resolve)))
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
