// The shop's service: `node server.mjs`. GET /health says which commit this process was built from, /health/ready
// whether it can do its work, /health/detailed how its parts are; GET and POST /orders are what it is there for.
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { openCache } from './cache.mjs'
import { detailed, ready } from './health.mjs'
import { openOrders, orderIn } from './orders.mjs'

const { COMMIT: sha = 'unknown', PORT = '3000', REDIS_HOST = 'cache' } = process.env
const orders = openOrders()
const cache = openCache(REDIS_HOST)
/** The migrations that this image was built with, as the database names them. */
const migrations = readdirSync('migrations')
  .filter((name) => name.endsWith('.sql'))
  .sort()
let ending = false

const pages = {
  'GET /health': async () => ({ status: 'ok', sha }),
  'GET /health/ready': async () => ({ ...(await ready(orders, migrations)), sha }),
  'GET /health/detailed': async () => ({ ...(await detailed(orders, cache, migrations)), sha }),
  'GET /orders': async () => ({ orders: await orders.newest(), seen: await cache.count('orders-seen') }),
  'POST /orders': async (request) => orders.add(orderIn(await json(request))),
}

const server = createServer(async (request, response) => {
  const page = pages[`${request.method} ${request.url}`]
  if (!page) return answer(response, 404, { status: 'not found' })
  try {
    const body = await page(request)
    answer(response, body.status === 'failing' ? 503 : 200, body)
  } catch (error) {
    console.error(`${request.method} ${request.url}: ${error.message}`)
    if (error instanceof SyntaxError) answer(response, 400, { error: error.message })
    else answer(response, 503, { status: 'failing', sha })
  }
})

function answer(response, status, body) {
  // Every answer says who gives it. When it ends, a connection is used no more once it has its answer.
  const headers = { 'content-type': 'application/json', 'x-version': sha }
  response.writeHead(status, ending ? { ...headers, connection: 'close' } : headers).end(JSON.stringify(body))
}

// What is being answered is answered to its end; connections that only wait are closed. In a container this process is
// the first one, for which nothing ends a signal by default.
process.once('SIGTERM', () => {
  ending = true
  server.close(async () => {
    cache.close()
    await orders.close()
    process.exit(0)
  })
})

// Longer than nginx keeps a connection that waits: else this side may close one just as a request comes on it.
server.keepAliveTimeout = 75_000
server.listen(Number(PORT), () => console.log(`acme-shop ${sha} on ${PORT}`))
