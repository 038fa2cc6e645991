import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Certificate } from './authority.ts'

/** A server of one test, gone with it, its open connections too. */
export interface Served {
  readonly port: number
  /** Connections accepted so far. */
  readonly connections: () => number
  /** Connections that are open now. */
  readonly open: () => number
}

export async function serve(
  listener: http.RequestListener,
  options: { address?: string; port?: number; tls?: Certificate } = {},
): Promise<Served> {
  const { address = '127.0.0.1', port = 0, tls } = options
  return listen(tls ? https.createServer(tls, listener) : http.createServer(listener), address, port)
}

/** A server that gets the bare connection. */
export async function serveRaw(listener: (socket: net.Socket) => void): Promise<Served> {
  return listen(net.createServer(listener), '127.0.0.1', 0)
}

/** Two servers on the same port of two addresses, as two instances of one service. */
export async function servePair(addresses: [string, string], listeners: [http.RequestListener, http.RequestListener]) {
  for (let attempt = 0; attempt < 20; attempt++) {
    const first = await serve(listeners[0], { address: addresses[0] })
    const second = await serve(listeners[1], { address: addresses[1], port: first.port }).catch(() => undefined)
    if (second) return { port: first.port, first, second }
  }
  throw new Error('no port is free on both addresses')
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function listen(server: net.Server, address: string, port: number): Promise<Served> {
  const sockets = new Set<net.Socket>()
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    // A probe that gives up resets its connection; that is what some of these tests are about.
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, connections: () => connections, open: () => sockets.size }
}
