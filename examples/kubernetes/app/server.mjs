// The shop's service: `node server.mjs`. GET /health says which commit this process was built from, /ready whether it takes
// requests, /stats how it does, GET /orders is what it is there for. Every line of its log is JSON, with the release that the pod belongs to.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const { COMMIT: sha = 'unknown', RELEASE: release = 'unknown', PORT = '8080', GREETING = 'Ahoy' } = process.env
const orders = [{ id: 1, item: 'rope' }]
const counts = { requests: 0, failed: 0 }
let ending = false

const pages = {
  '/health': () => [200, { status: 'ok', sha, release }],
  '/ready': () => (ending ? [503, { status: 'ending', sha }] : [200, { status: 'ready', sha }]),
  // Without a request the share of errors is no number, which JSON writes as null.
  '/stats': () => [200, { ...counts, errors: counts.failed / counts.requests, sha }],
  '/orders': () => [200, { greeting: GREETING, orders, sha }],
}
/** What kubelet asks each second, and a release of its canary. */
const unlogged = ['/health', '/ready', '/stats']

const server = createServer((request, response) => {
  const [status, body] = pages[request.url]?.() ?? [404, { status: 'not found' }]
  // A request keeps the id that it came with, so that it is found in the logs of every service on its way.
  const correlation = /^[\w-]{1,64}$/.exec(request.headers['x-correlation-id'])?.[0] ?? randomUUID()
  const headers = { 'content-type': 'application/json', 'x-version': sha, 'x-correlation-id': correlation }
  // When it ends, a connection is used no more once it has its answer.
  response.writeHead(status, ending ? { ...headers, connection: 'close' } : headers).end(JSON.stringify(body))
  if (unlogged.includes(request.url)) return
  counts.requests += 1
  if (status >= 500) counts.failed += 1
  log({ correlation, method: request.method, path: request.url, status })
})

/** Never a header or a body of a request: they may hold tokens and personal data. */
function log(fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), service: 'acme-shop', release, sha, ...fields }))
}

// What is being answered is answered to its end. New requests go to other pods already: `preStop` waited for that.
process.once('SIGTERM', () => {
  ending = true
  log({ message: 'ends' })
  server.close(() => process.exit(0))
})

// Longer than a load balancer keeps a connection that waits: else this side may close one just as a request comes on it.
server.keepAliveTimeout = 75_000
server.listen(Number(PORT), () => log({ message: `listens on ${PORT}` }))
