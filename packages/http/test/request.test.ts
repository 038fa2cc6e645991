import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type HttpRequest, NoResponseError, sendRequest } from '../src/request.ts'

let proxy: Server | undefined
const { signal } = new AbortController()
const ask = (url: URL): HttpRequest => ({ method: 'POST', url, headers: {}, body: '{}', timeoutMs: 2000, signal })

afterEach(() => {
  delete process.env.HTTPS_PROXY
  delete process.env.HTTP_PROXY
  proxy?.closeAllConnections()
  proxy?.close()
})

test('a proxy of the runner is asked, and one that refuses means that nothing was sent', async () => {
  const asked: string[] = []
  proxy = createServer().on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve))
  process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const url = new URL('https://slack.example/api/auth.test')
  const error = await sendRequest(ask(url), 1000).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(NoResponseError)
  expect((error as NoResponseError).sent).toBe(false)
  expect(asked).toEqual(['slack.example:443'])
})

test('requests to this machine do not use the proxy, which would reach another one', async () => {
  const asked: string[] = []
  proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  process.env.HTTP_PROXY = `http://127.0.0.1:${port}`
  await sendRequest(ask(new URL(`http://127.0.0.1:${port}/straight`)), 1000)
  // A proxy would be asked for the whole URL.
  expect(asked).toEqual(['/straight'])
})

test('a server that does not speak TLS was sent nothing', async () => {
  proxy = createServer((_request, response) => response.end('plain'))
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve))
  const url = new URL(`https://127.0.0.1:${(proxy.address() as AddressInfo).port}/api/auth.test`)
  const error = await sendRequest(ask(url), 1000).catch((error: unknown) => error)
  expect((error as NoResponseError).sent).toBe(false)
})

test('an answer longer than is taken, and one that breaks off, are none: the request was sent', async () => {
  proxy = createServer((request, response) => {
    response.write('x'.repeat(1001))
    if (request.url === '/short') response.destroy()
    else response.end()
  })
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  for (const [path, bytes] of [
    ['long', 1000],
    ['short', 2000],
  ] as const) {
    const error = await sendRequest(ask(new URL(`http://127.0.0.1:${port}/${path}`)), bytes).catch(
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(NoResponseError)
    expect((error as NoResponseError).sent).toBe(true)
  }
})
