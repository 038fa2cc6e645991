import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { NoAnswer, postJson } from '../src/request.ts'

let proxy: Server | undefined
afterEach(() => {
  delete process.env.HTTPS_PROXY
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
  const error = await postJson(url, 'xoxb-1', {}, 2000, new AbortController().signal).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(NoAnswer)
  expect((error as NoAnswer).sent).toBe(false)
  expect(asked).toEqual(['slack.example:443'])
})

test('a server that does not speak TLS was sent nothing', async () => {
  proxy = createServer((_request, response) => response.end('plain'))
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve))
  const url = new URL(`https://127.0.0.1:${(proxy.address() as AddressInfo).port}/api/auth.test`)
  const error = await postJson(url, 'xoxb-1', {}, 2000, new AbortController().signal).catch((error: unknown) => error)
  expect((error as NoAnswer).sent).toBe(false)
})
