import net from 'node:net'
import tls from 'node:tls'
import { proxyFor } from '@belay/http'
import { afterEach, expect, test } from 'vitest'
import { type GateRules, runGate } from '../src/gate.ts'
import { httpTarget, type Network, systemNetwork } from '../src/http-target.ts'
import type { ResponseExpectation } from '../src/response.ts'
import type { ProbeResult } from '../src/sample.ts'
import { makeAuthority } from './authority.ts'
import { closedPort, serve, servePair, serveRaw } from './servers.ts'

const rules: GateRules = { successes: 3, intervalMs: 20, timeoutMs: 2000, deadlineMs: 4000 }
const once: Partial<GateRules> = { successes: 1 }

const anyVersion: ResponseExpectation = {
  statuses: [{ from: 200, to: 299 }],
  version: undefined,
  versionFrom: { text: 'sha', path: ['sha'] },
}
const v2: ResponseExpectation = { ...anyVersion, version: 'v2' }

function gate(
  url: string,
  expected: ResponseExpectation,
  changes: Partial<GateRules> = {},
  network: Partial<Network> = {},
) {
  const target = httpTarget(new URL(url), expected, { ...systemNetwork, ...network })
  return runGate([target], { ...rules, ...changes }, new AbortController().signal)
}

function resolvesTo(...addresses: string[]): Partial<Network> {
  return { resolve: async () => addresses }
}

/** What one probe of the only instance finds, cut off after 300 ms. */
async function probeOnce(url: string, expected = anyVersion): Promise<ProbeResult> {
  const signal = AbortSignal.timeout(300)
  const found = await httpTarget(new URL(url), expected).find(signal)
  const [instance] = 'missing' in found ? [] : found.instances
  if (!instance) throw new Error(`${url} has no instance`)
  return instance.probe(signal)
}

function json(version: string) {
  return JSON.stringify({ status: 'ok', sha: version })
}

test('waits out the old version, and passes on the new one', async () => {
  let asked = 0
  const { port } = await serve((_, response) => response.end(json(++asked <= 4 ? 'v1' : 'v2')))
  const report = await gate(`http://127.0.0.1:${port}/health`, v2)
  expect(report).toMatchObject({ verdict: 'pass', attempts: 7 })
  expect(report.histories[0]?.samples.map(({ kind }) => kind).join()).toBe(
    'wrong-version,wrong-version,wrong-version,wrong-version,pass,pass,pass',
  )
  expect(report.reason).toBe(`http://127.0.0.1:${port}/health passed 3 times in a row with version \`v2\``)
})

test('the old version to the end is a failure that names it', async () => {
  const { port } = await serve((_, response) => response.end(json('v1')))
  const report = await gate(`http://127.0.0.1:${port}/`, v2, { deadlineMs: 500 })
  expect(report.verdict).toBe('fail')
  expect(report.reason).toMatch(/: answered 200 with version `v1`, not `v2` \(all \d+ probes\)$/)
})

test('every probe has a connection of its own, and asks past caches for the name in the URL', async () => {
  const asked: unknown[] = []
  const server = await serve((request, response) => {
    asked.push([request.method, request.url, request.headers.host, request.headers['cache-control']])
    response.setHeader('connection', 'keep-alive').end(json('v2'))
  })
  const report = await gate(`http://app.test:${server.port}/h?x=1`, v2, {}, resolvesTo('127.0.0.1'))
  expect(report.verdict).toBe('pass')
  expect(server.connections()).toBe(3)
  expect(asked).toEqual(Array(3).fill(['GET', '/h?x=1', `app.test:${server.port}`, 'no-cache']))
  expect(report.histories[0]?.name).toBe(`http://app.test:${server.port}/h?… (127.0.0.1)`)
})

test('two addresses of a name are two instances, and a stale one fails the gate by its address', async () => {
  const { port } = await servePair(
    ['127.0.0.11', '127.0.0.12'],
    [(_, response) => response.end(json('v2')), (_, response) => response.end(json('v1'))],
  )
  const two = resolvesTo('127.0.0.11', '127.0.0.12')
  const report = await gate(`http://app.test:${port}/`, v2, { deadlineMs: 500 }, two)
  expect(report.verdict).toBe('fail')
  expect(report.reason).toContain(`http://app.test:${port}/ (127.0.0.12): answered 200 with version \`v1\``)
  expect(report.reason).not.toContain('127.0.0.11')
  expect(report.histories.map(({ address: place }) => place)).toEqual(['127.0.0.11', '127.0.0.12'])
})

test('IPv4 and IPv6 of one name', async () => {
  const listener = (_: unknown, response: { end(text: string): void }) => response.end(json('v2'))
  const { port, second } = await servePair(['127.0.0.1', '::1'], [listener, listener])
  const report = await gate(`http://app.test:${port}/`, v2, {}, resolvesTo('127.0.0.1', '::1'))
  expect(report).toMatchObject({ verdict: 'pass', attempts: 6 })
  expect(second.connections()).toBe(3)
  expect((await gate(`http://[::1]:${port}/`, v2)).verdict).toBe('pass')
})

test('an address without a route is named and not probed', async () => {
  const { port } = await serve((_, response) => response.end(json('v2')))
  // Link-local without an interface: no kernel has a route to it.
  const report = await gate(`http://app.test:${port}/`, v2, {}, resolvesTo('127.0.0.1', 'fe80::1'))
  expect(report.verdict).toBe('pass')
  expect(report.histories).toHaveLength(1)
  expect(report.skipped).toEqual([`http://app.test:${port}/ (fe80::1): not probed, this machine has no route to it`])
})

test('a name without any routed address does not pass', async () => {
  const report = await gate('http://app.test/', anyVersion, { deadlineMs: 500 }, resolvesTo('fe80::1'))
  expect(report).toMatchObject({ verdict: 'inconclusive', cause: 'no-route' })
  expect(report.reason).toContain('has no address that this machine has a route to (fe80::1)')
})

test('a name that does not resolve is asked again until it does', async () => {
  const { port } = await serve((_, response) => response.end(json('v2')))
  let asked = 0
  const resolve = async () => {
    if (++asked < 3) throw Object.assign(new Error(), { code: asked === 1 ? 'ENOTFOUND' : 'EAI_AGAIN' })
    return ['127.0.0.1']
  }
  expect((await gate(`http://app.test:${port}/`, v2, {}, { resolve })).verdict).toBe('pass')
  const never = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }))
  const report = await gate('http://app.test/', v2, { deadlineMs: 500 }, { resolve: never })
  expect(report).toMatchObject({ verdict: 'inconclusive', cause: 'unresolved' })
})

test('a resolver that hangs is not waited for', async () => {
  const resolve = () => new Promise<string[]>(() => {})
  const report = await gate('http://app.test/', anyVersion, { timeoutMs: 100, deadlineMs: 500 }, { resolve })
  expect(report.reason).toContain('has a name that did not resolve in time')
})

test('a refused connection could not be measured', async () => {
  const report = await gate(`http://127.0.0.1:${await closedPort()}/`, anyVersion, { deadlineMs: 500 })
  expect(report).toMatchObject({ verdict: 'inconclusive', cause: 'refused' })
  expect(report.reason).toContain('refused the connection')
})

test('a service that starts late passes', async () => {
  const port = await closedPort()
  const gateEnds = gate(`http://127.0.0.1:${port}/`, v2)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await serve((_, response) => response.end(json('v2')), { port })
  const report = await gateEnds
  expect(report.verdict).toBe('pass')
  expect(report.histories[0]?.samples[0]?.cause).toBe('refused')
})

test('an answer that hangs ends at the timeout, and says where it hung', async () => {
  const silent = await serve(() => {})
  const endless = await serve((_, response) => response.writeHead(200).write('{'))
  const deaf = await serveRaw(() => {})
  const began = performance.now()
  const readings = await Promise.all([
    probeOnce(`http://127.0.0.1:${silent.port}/`),
    probeOnce(`http://127.0.0.1:${endless.port}/`),
    probeOnce(`https://127.0.0.1:${deaf.port}/`),
  ])
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(readings.map(({ cause, message }) => [cause, message])).toEqual([
    ['timeout', 'gave no answer within the timeout'],
    ['timeout', 'did not finish its answer within the timeout'],
    ['timeout', 'did not accept a connection within the timeout'],
  ])
})

test('a redirect is not followed', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/login') response.end(json('v2'))
    else response.writeHead(302, { location: '/login?token=s3cret' }).end()
  })
  const reading = await probeOnce(`http://127.0.0.1:${server.port}/`)
  expect(reading).toMatchObject({ kind: 'fail', cause: 'redirect', message: 'answered 302, a redirect to /login' })
})

test('200 without the version is no data', async () => {
  const { port } = await serve((_, response) => response.end('{"status":"down"}'))
  const report = await gate(`http://127.0.0.1:${port}/`, v2, { deadlineMs: 500 })
  expect(report).toMatchObject({ verdict: 'inconclusive', cause: 'no-version' })
})

test('a body without end is read up to the limit only', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'x-version': 'v2' })
    const chunk = Buffer.alloc(16 * 1024, 'x')
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  })
  const url = `http://127.0.0.1:${server.port}/`
  expect((await probeOnce(url, v2)).message).toContain('larger than 64 KiB')
  const byHeader: ResponseExpectation = { ...v2, versionFrom: { text: 'header:x-version', header: 'x-version' } }
  expect((await gate(url, byHeader)).verdict).toBe('pass')
  await expect.poll(() => server.open()).toBe(0)
})

test('what is no HTTP, no TLS or no whole answer', async () => {
  const garbage = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  const plain = await serve((_, response) => response.end(json('v2')))
  const half = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"sha":')
    setTimeout(() => response.destroy(), 20)
  })
  const closing = await serveRaw((socket) => socket.end())
  const upgrading = await serveRaw((socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  )
  const cause = async (url: string) => (await probeOnce(url)).cause
  expect(await cause(`http://127.0.0.1:${garbage.port}/`)).toBe('protocol')
  expect(await cause(`https://127.0.0.1:${plain.port}/`)).toBe('protocol')
  expect(await cause(`http://127.0.0.1:${half.port}/`)).toBe('broken-off')
  expect(await cause(`http://127.0.0.1:${closing.port}/`)).toBe('broken-off')
  expect(await cause(`http://127.0.0.1:${upgrading.port}/`)).toBe('broken-off')
})

test('an abort ends the probe in flight, and its connection', async () => {
  const server = await serve(() => {})
  const cancel = new AbortController()
  const target = httpTarget(new URL(`http://127.0.0.1:${server.port}/`), anyVersion)
  const report = runGate([target], { ...rules, timeoutMs: 30_000, deadlineMs: 60_000 }, cancel.signal)
  await expect.poll(() => server.connections()).toBe(1)
  cancel.abort(new Error('cancelled'))
  await expect(report).rejects.toThrow('cancelled')
  await expect.poll(() => server.open()).toBe(0)
})

const known = tls.getCACertificates('default')
const { ca, certificates } = makeAuthority('app.test', 'other.test')
afterEach(() => tls.setDefaultCACertificates(known))

test('a certificate is verified for the name in the URL, at whatever address', async () => {
  tls.setDefaultCACertificates([...known, ca])
  const names: unknown[] = []
  const { port } = await serve(
    (request, response) => {
      names.push((request.socket as tls.TLSSocket).servername)
      response.end(json('v2'))
    },
    { tls: certificates['app.test'], address: '127.0.0.3' },
  )
  const report = await gate(`https://app.test:${port}/`, v2, {}, resolvesTo('127.0.0.3'))
  expect(report.verdict).toBe('pass')
  expect(names).toEqual(['app.test', 'app.test', 'app.test'])
})

test('a certificate for another name ends the gate at once', async () => {
  tls.setDefaultCACertificates([...known, ca])
  const { port } = await serve((_, response) => response.end(json('v2')), { tls: certificates['other.test'] })
  const report = await gate(`https://app.test:${port}/`, v2, {}, resolvesTo('127.0.0.1'))
  expect(report).toMatchObject({ verdict: 'fail', cause: 'certificate', attempts: 1 })
  expect(report.reason).toContain('showed a certificate for another name')
})

test('a certificate of an unknown authority ends the gate at once', async () => {
  const { port } = await serve((_, response) => response.end(json('v2')), { tls: certificates['app.test'] })
  const report = await gate(`https://app.test:${port}/`, v2, {}, resolvesTo('127.0.0.1'))
  expect(report).toMatchObject({ verdict: 'fail', cause: 'certificate', attempts: 1 })
})

test('a proxy of the environment looks the name up itself, and is one instance', async () => {
  tls.setDefaultCACertificates([...known, ca])
  const plain = await serve((_, response) => response.end(json('v2')))
  const secure = await serve((_, response) => response.end(json('v2')), { tls: certificates['app.test'] })
  const asked: string[] = []
  const proxy = await serveRaw((socket) => {
    socket.once('data', (head) => {
      const line = head.toString('latin1').split('\r\n')[0] ?? ''
      asked.push(line)
      const onward = net.connect(line.startsWith('CONNECT') ? secure.port : plain.port, '127.0.0.1')
      onward.on('error', () => socket.destroy())
      if (line.startsWith('CONNECT')) socket.write('HTTP/1.1 200 OK\r\n\r\n')
      else onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
  })
  const at = `http://127.0.0.1:${proxy.port}`
  const network = { proxyFor: (url: URL) => proxyFor(url, { https_proxy: at, http_proxy: at }), ...resolvesTo() }
  const report = await gate('https://app.test/', v2, once, network)
  expect(report.verdict).toBe('pass')
  expect(report.histories[0]?.name).toBe(`https://app.test/ (proxy 127.0.0.1:${proxy.port})`)
  expect((await gate('http://app.test/x', v2, once, network)).verdict).toBe('pass')
  expect(asked).toEqual(['CONNECT app.test:443 HTTP/1.1', 'GET http://app.test/x HTTP/1.1'])
})

test('a proxy whose address cannot be read is never bypassed: the gate does not pass', async () => {
  const network = { proxyFor: (url: URL) => proxyFor(url, { https_proxy: 'http://a b' }), ...resolvesTo('127.0.0.1') }
  const report = await gate('https://app.test/', v2, once, network)
  expect(report.verdict).not.toBe('pass')
  expect(JSON.stringify(report)).toContain('https_proxy is not the address of a proxy')
})
