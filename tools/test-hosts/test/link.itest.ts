import { spawn } from 'node:child_process'
import { createServer, type Server, type Socket, connect as tcp } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLink } from '../src/link.ts'
import { waitFor } from './ssh.ts'

const address = '127.0.0.1'
let echo: Server
const behind = new Set<Socket>()
let opened: Awaited<ReturnType<typeof openLink>>

beforeEach(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    behind.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => behind.delete(socket))
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => echo.listen(0, address, resolve))
  opened = await openLink(address, () => (echo.address() as { port: number }).port)
})

afterEach(async () => {
  await opened.close()
  echo.close()
})

async function client() {
  const socket = tcp({ host: address, port: opened.port, allowHalfOpen: true })
  const seen = { text: '', ended: false, error: '' }
  socket.on('data', (chunk) => {
    seen.text += chunk
  })
  socket.on('end', () => {
    seen.ended = true
  })
  socket.on('error', (error) => {
    seen.error = (error as NodeJS.ErrnoException).code ?? ''
  })
  return { socket, seen }
}

test('carries bytes and both half ends, and counts', async () => {
  const { socket, seen } = await client()
  const megabyte = 'x'.repeat(1_000_000)
  socket.write(megabyte)
  await waitFor(() => seen.text.length === megabyte.length)
  expect([opened.link.connections, opened.link.open]).toEqual([1, 1])
  socket.end('last')
  await waitFor(() => seen.ended)
  expect(seen.text.endsWith('last')).toBe(true)
  await waitFor(() => opened.link.open === 0)
  expect(opened.link.connections).toBe(1)
})

test('cut resets what is open, and new connections work', async () => {
  const first = await client()
  first.socket.write('a')
  await waitFor(() => first.seen.text === 'a')
  opened.link.cut()
  await waitFor(() => first.seen.error === 'ECONNRESET')
  await waitFor(() => behind.size === 0)
  expect(opened.link.open).toBe(0)
  const second = await client()
  second.socket.write('b')
  await waitFor(() => second.seen.text === 'b')
})

test('a connection that is cut while it ends leaves nothing that would keep the process', async () => {
  const program = spawn(process.execPath, [join(import.meta.dirname, 'cut-while-closing.ts')], { stdio: 'inherit' })
  const timer = setTimeout(() => program.kill('SIGKILL'), 4_000)
  const ended = await new Promise((resolve) => program.once('close', (status, signal) => resolve(status ?? signal)))
  clearTimeout(timer)
  expect(ended).toBe(0)
})

test('refuse refuses new connections only, on the same port afterwards', async () => {
  const before = await client()
  before.socket.write('a')
  await waitFor(() => before.seen.text === 'a')
  await opened.link.refuse(true)
  const refused = await client()
  await waitFor(() => refused.seen.error === 'ECONNREFUSED')
  before.socket.write('b')
  await waitFor(() => before.seen.text === 'ab')
  await opened.link.refuse(false)
  const after = await client()
  after.socket.write('c')
  await waitFor(() => after.seen.text === 'c')
  expect(opened.link.connections).toBe(2)
})

test('a black hole accepts and is silent, and afterwards resets only what lost something', async () => {
  const loses = await client()
  const idle = await client()
  await waitFor(() => opened.link.connections === 2)
  opened.link.blackhole(true)
  const fresh = await client()
  fresh.socket.write('a')
  loses.socket.end('b')
  await waitFor(() => opened.link.connections === 3)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect([fresh.seen, loses.seen].map(({ text, ended, error }) => text + ended + error)).toEqual(['false', 'false'])
  expect(behind.size).toBe(3)
  opened.link.blackhole(false)
  await waitFor(() => fresh.seen.error === 'ECONNRESET' && loses.seen.error === 'ECONNRESET')
  idle.socket.write('c')
  await waitFor(() => idle.seen.text === 'c')
})

test('latency is added each way and keeps the order, also when it is taken off again', async () => {
  const { socket, seen } = await client()
  socket.setNoDelay(true)
  opened.link.delayMs = 100
  socket.write('1')
  await new Promise((resolve) => setTimeout(resolve, 20))
  opened.link.delayMs = 0
  socket.write('2')
  await waitFor(() => seen.text.length === 2)
  expect(seen.text).toBe('12')
  opened.link.delayMs = 100
  const again = Date.now()
  socket.write('3')
  await waitFor(() => seen.text === '123')
  expect(Date.now() - again).toBeGreaterThanOrEqual(195)
})
