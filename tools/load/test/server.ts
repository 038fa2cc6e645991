import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TestServer {
  readonly url: string
  readonly port: number
  /** The numbers of requests and of their connections. */
  readonly requests: number
  readonly connections: number
  stop(): Promise<void>
}

export type Answer = (response: ServerResponse, number: number, request: IncomingMessage) => void

export const well: Answer = (response) => response.end('{"sha":"v1"}')

/** A server that answers its nth request as given; `port` 0 is any. */
export async function startServer(answer: Answer, port = 0): Promise<TestServer> {
  let requests = 0
  let connections = 0
  const server: Server = createServer((request, response) => answer(response, ++requests, request))
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}/health`,
    port: taken,
    get requests() {
      return requests
    },
    get connections() {
      return connections
    },
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
