import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { type LoadClient, type LoadClientOptions, type LoadReport, startLoadClient } from '../src/index.ts'
import { type Answer, startServer, type TestServer, well } from './server.ts'

const clients: LoadClient[] = []
const servers: TestServer[] = []

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop().catch(() => {})))
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function serve(answer: Answer, port?: number): Promise<TestServer> {
  const server = await startServer(answer, port)
  servers.push(server)
  return server
}

async function ask(url: string, more: Partial<LoadClientOptions> = {}): Promise<LoadClient> {
  const client = await startLoadClient({ url, rate: 200, connections: 'keep-alive', versionOf: 'sha', ...more })
  clients.push(client)
  return client
}

/** Sends requests to a server for a while. */
async function asked(
  answer: Answer,
  ms: number,
  more: Partial<LoadClientOptions> = {},
): Promise<[LoadReport, TestServer]> {
  const server = await serve(answer)
  const client = await ask(server.url, more)
  await sleep(ms)
  return [await client.stop(), server]
}

describe('successful requests', () => {
  test('are sent by the clock, and every answer is counted once', async () => {
    const [report, server] = await asked(well, 1000)
    expect(report.failed).toEqual([])
    expect(report.sent).toBe(server.requests)
    expect(report.answered).toBe(report.sent)
    expect(report.sent).toBeGreaterThan(150)
    expect(report.versions).toEqual([expect.objectContaining({ version: 'v1', count: report.sent })])
    expect(server.connections).toBeLessThan(report.sent / 2)
  })

  test('fresh connections: one for each request', async () => {
    const [report, server] = await asked(well, 500, { connections: 'fresh' })
    expect(report.failed).toEqual([])
    expect(server.connections).toBe(report.sent)
  })

  test('over TLS trust the certificate that is given, and no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bl-'))
    const [ca, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const names = ['-subj', '/CN=load.test', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-out', ca, '-keyout', key, ...names], {
      stdio: 'pipe',
    })
    const server = createServer({ cert: readFileSync(ca), key: readFileSync(key) }, (_, response) =>
      response.end('{"sha":"v1"}'),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    try {
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
      const [trusting, other] = await Promise.all([ask(url, { ca, connections: 'fresh' }), ask(url, { rate: 10 })])
      await sleep(500)
      const [seen, failed] = [await trusting.stop(), await other.stop()]
      expect(seen.failed).toEqual([])
      expect(seen.versions).toEqual([expect.objectContaining({ version: 'v1', count: seen.sent })])
      expect(failed.failed.length).toBe(failed.sent)
    } finally {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true })
    }
  })

  test('may have the version in a header', async () => {
    const [report] = await asked((response) => response.setHeader('X-Version', 'v7').end(), 200, {
      versionOf: 'header:X-Version',
    })
    expect(report.versions.map(({ version }) => version)).toEqual(['v7'])
    expect(report.failed).toEqual([])
  })

  test('give the versions in their order, with their counts and times', async () => {
    const answers: string[] = []
    // It counts from the first request: the client may start late on a busy machine.
    let change = Number.POSITIVE_INFINITY
    const [report] = await asked((response) => {
      change = Math.min(change, performance.now() + 1000)
      answers.push(performance.now() < change ? 'v1' : 'v2')
      response.end(JSON.stringify({ sha: answers.at(-1) }))
    }, 2000)
    const counted = ['v1', 'v2'].map((version) => [version, answers.filter((one) => one === version).length])
    expect(report.versions.map(({ version, count }) => [version, count])).toEqual(counted)
    const times = report.versions.flatMap(({ from, to }) => [from, to])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThan(0)
  })

  test('are not delayed by a busy process of the test', async () => {
    const client = await ask((await serve(well)).url, { rate: 100, timeoutMs: 5000 })
    const until = performance.now() + 700
    // The server in this process is blocked too: the requests are sent all the same.
    while (performance.now() < until);
    const report = await client.stop()
    expect(report.sent).toBeGreaterThan(50)
    expect(report.latestMs).toBeLessThan(500)
    expect(report.longestSilenceMs).toBeGreaterThan(300)
  })
})

describe('every failure is reported once and never retried', () => {
  test('statuses', async () => {
    let bad = 0
    const [report] = await asked((response, number) => {
      if (number % 10 !== 0) return response.end('{"sha":"v1"}')
      bad += 1
      return response.writeHead(502).end('{"sha":"v1"}')
    }, 600)
    expect(bad).toBeGreaterThan(3)
    expect(report.failed.map(({ status }) => status)).toEqual(Array.from({ length: bad }, () => 502))
    expect(report.answered).toBe(report.sent - bad)
  })

  test('reset connections, reused ones too', async () => {
    let bad = 0
    const [report, server] = await asked((response, number) => {
      if (number % 10 !== 0) return response.end('{"sha":"v1"}')
      bad += 1
      return response.socket?.resetAndDestroy()
    }, 600)
    expect(bad).toBeGreaterThan(3)
    expect(report.failed.map(({ code }) => code)).toEqual(Array.from({ length: bad }, () => 'ECONNRESET'))
    expect(report.failed.some(({ reused }) => reused)).toBe(true)
    expect(server.requests).toBe(report.sent)
  })

  test('incomplete answers', async () => {
    const [report] = await asked((response, number) => {
      if (number !== 20) return response.end('{"sha":"v1"}')
      response.writeHead(200, { 'content-length': '100' })
      return response.write('{"sha":', () => response.socket?.destroy())
    }, 400)
    expect(report.failed).toEqual([expect.objectContaining({ code: 'ECONNRESET' })])
  })

  test('missing answers, without delaying the others', async () => {
    const [report] = await asked((response, number) => number === 20 || response.end('{"sha":"v1"}'), 600, {
      timeoutMs: 200,
    })
    expect(report.failed).toEqual([expect.objectContaining({ code: 'TIMEOUT' })])
    expect(report.answered).toBe(report.sent - 1)
    expect(report.answered).toBeGreaterThan(80)
  })

  test('good answers of another server', async () => {
    const [report] = await asked(
      (response, number) => response.end(number === 20 ? '<h1>Welcome to nginx!</h1>' : '{"sha":"v1"}'),
      400,
    )
    expect(report.failed).toEqual([expect.objectContaining({ code: 'NO_VERSION' })])
  })

  test('a server that is down for a while', async () => {
    const server = await serve(well)
    const client = await ask(server.url)
    await sleep(300)
    await server.stop()
    await sleep(500)
    await serve(well, server.port)
    await sleep(300)
    const report = await client.stop()
    expect(report.failed.length).toBeGreaterThan(50)
    expect(report.failed.every(({ code }) => code === 'ECONNREFUSED' || code === 'ECONNRESET')).toBe(true)
    expect(report.answered + report.failed.length).toBe(report.sent)
    expect(report.longestSilenceMs).toBeGreaterThan(400)
  })
})

describe('its process', () => {
  test('measures an answer from when the request was due', async () => {
    const [report] = await asked((response) => setTimeout(() => response.end('{"sha":"v1"}'), 100), 600)
    expect(report.p50Ms).toBeGreaterThan(95)
    expect(report.failed).toEqual([])
  })

  test('ends with its parent process', async () => {
    const server = await serve(well)
    const starter = fork(join(import.meta.dirname, 'start-only.ts'), [server.url], { execArgv: [] })
    await once(starter, 'message')
    await sleep(200)
    expect(server.requests).toBeGreaterThan(0)
    starter.kill('SIGKILL')
    await sleep(300)
    const then = server.requests
    await sleep(300)
    expect(server.requests).toBe(then)
  })

  test.each([
    [{ url: 'ftp://127.0.0.1/' }, 'url must be an http: or https: URL'],
    [{ url: 'nonsense' }, 'url must be an http: or https: URL'],
    [{ rate: 0 }, 'rate must be more than 0'],
    [{ versionOf: '*' }, 'versionOf must be a JSON path'],
  ])('is not started by what cannot be meant: %j', async (wrong, said) => {
    await expect(ask('http://127.0.0.1:1/', wrong)).rejects.toThrow(said)
  })
})
