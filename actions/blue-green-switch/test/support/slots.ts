import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A slot: a service in the process of the test, which reports its version and can be slow. */
export interface TestSlot {
  readonly port: number
  /** What it answers with; requests to `/slow` are answered when `release` is called. */
  version: string
  /** Status of every answer; 200. */
  status: number
  release(): void
  stop(): Promise<void>
}

export async function startSlot(address: string, version: string, port = 0): Promise<TestSlot> {
  const waiting: ServerResponse[] = []
  const slot = { version, status: 200 }
  const server: Server = createServer((request, response) => {
    if (request.url?.startsWith('/slow')) return void waiting.push(response)
    response.writeHead(slot.status, { 'content-type': 'text/plain', 'x-version': slot.version }).end(slot.version)
  })
  await new Promise<void>((resolve) => server.listen(port, address, resolve))
  return Object.assign(slot, {
    port: (server.address() as AddressInfo).port,
    release() {
      for (const response of waiting.splice(0)) response.end(slot.version)
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** Asks through the proxy with a connection of its own. */
export async function ask(url: string): Promise<string> {
  const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(5000) })
  return response.ok ? response.text() : `status ${response.status}`
}

/** A client that asks again and again until it is stopped: what it was answered with, and how often. */
export function startClient(url: string): { stop(): Promise<Map<string, number>> } {
  const answers = new Map<string, number>()
  let stopped = false
  const loop = async () => {
    while (!stopped) {
      const answer = await ask(url).catch((error: Error) => `error ${error.message}`)
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  const loops = Promise.all([loop(), loop()])
  return {
    async stop() {
      stopped = true
      await loops
      return answers
    },
  }
}
