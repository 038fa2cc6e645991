import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openClient } from '../src/client.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A client of a server that gives these answers, one after the other, the last one for ever. */
async function serve(answers: readonly Answer[], patienceMs = 5000) {
  const folder = mkdtempSync(join(tmpdir(), 'belay-api-'))
  const seen: { method: string; url: string; type: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    seen.push({
      method: request.method ?? '',
      url: request.url ?? '',
      type: request.headers['content-type'] ?? '',
      body,
    })
    const answer = answers[Math.min(seen.length, answers.length) - 1]
    answer?.(request, response)
  })
  const socket = join(folder, 's')
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { client: openClient({ socket, patienceMs }), seen }
}

const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const refusal = (code: number, reason: string, details = {}) =>
  json({ kind: 'Status', code, reason, message: 'no', details }, code)
const unreachable: Answer = (_, response) =>
  void response.writeHead(500).end('dial tcp 127.0.0.1:6443: connection refused')
const signal = new AbortController().signal

test('waits for a server that is away, or busy', async () => {
  const { client, seen } = await serve([
    unreachable,
    refusal(429, 'TooManyRequests', { retryAfterSeconds: 0 }),
    refusal(503, 'ServiceUnavailable'),
    json({ metadata: { name: 'api' } }),
  ])
  expect(await client.get('/api/v1/x')).toEqual({ metadata: { name: 'api' } })
  expect(seen).toHaveLength(4)
})

test('gives up when its patience ends, and says that there was no answer', async () => {
  const { client } = await serve([unreachable], 300)
  await expect(client.get('/api/v1/x')).rejects.toMatchObject({
    status: 0,
    message: expect.stringContaining('connection refused'),
  })
})

test.each([
  [403, 'Forbidden'],
  [409, 'Conflict'],
  [422, 'Invalid'],
  [500, ''],
])('does not repeat what the server refuses: %s %s', async (status, reason) => {
  const { client, seen } = await serve([refusal(status, reason, { causes: [{ field: '.a' }] })])
  await expect(client.get('/api/v1/x')).rejects.toMatchObject({ status, reason, causes: [{ field: '.a' }] })
  expect(seen).toHaveLength(1)
})

test('applies under its name, and patches and removes as it is asked', async () => {
  const { client, seen } = await serve([json({})])
  await client.apply('/o', { metadata: { name: 'o' } }, { dryRun: true, force: true })
  await client.patch('/o', [{ op: 'remove', path: '/a' }], { manager: 'belay-undo' })
  await client.remove('/o', { uid: 'u' })
  expect(seen.map(({ method, url, type }) => [method, url, type])).toEqual([
    ['PATCH', '/o?fieldManager=belay&fieldValidation=Strict&dryRun=All&force=true', 'application/apply-patch+yaml'],
    ['PATCH', '/o?fieldManager=belay-undo&fieldValidation=Strict', 'application/json-patch+json'],
    ['DELETE', '/o', 'application/json'],
  ])
  expect(JSON.parse(seen[2]?.body ?? '')).toEqual({ propagationPolicy: 'Background', preconditions: { uid: 'u' } })
})

test('takes the time from the server', async () => {
  const { client } = await serve([json({}, 200, { date: 'Sun, 29 Nov 2026 12:00:00 GMT' })])
  await client.get('/api')
  expect(Math.abs(client.now() - Date.UTC(2026, 10, 29, 12))).toBeLessThan(2000)
})

test('reads a watch line by line, also in pieces, and ends with the stream', async () => {
  const lines = `${JSON.stringify({ type: 'ADDED', object: { metadata: { name: 'ä' } } })}\n{"type":"BOOKMARK","object":{"metadata":{"name":"b"}}}\n`
  const { client, seen } = await serve([
    (_, response) => {
      const bytes = Buffer.from(lines)
      const middle = bytes.indexOf('ä') + 1
      response.writeHead(200).write(bytes.subarray(0, middle))
      setTimeout(() => response.end(bytes.subarray(middle)), 20)
    },
  ])
  const events = []
  for await (const event of client.watch('/api/v1/pods', { resourceVersion: '7' }, signal)) events.push(event)
  expect(events.map(({ type, object }) => [type, object.metadata.name])).toEqual([
    ['ADDED', 'ä'],
    ['BOOKMARK', 'b'],
  ])
  expect(seen[0]?.url).toBe('/api/v1/pods?resourceVersion=7&watch=true&allowWatchBookmarks=true')
})

test('ends a watch with its signal, and gives a version that is gone as an event', async () => {
  const { client } = await serve([(_, response) => void response.writeHead(200).write('\n'), refusal(410, 'Expired')])
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 50)
  for await (const _ of client.watch('/w', { resourceVersion: '1' }, stop.signal)) throw new Error('no event was sent')
  const events = []
  for await (const event of client.watch('/w', { resourceVersion: '1' }, signal)) events.push(event)
  expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410 } }])
})

test('cuts a text at its limit', async () => {
  const { client } = await serve([(_, response) => void response.writeHead(200).end('x'.repeat(1000))])
  expect(await client.text('/log', {}, 10)).toBe('x'.repeat(10))
})
