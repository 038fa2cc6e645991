// The API: `node server.mjs ADDRESS PORT`. GET /health says which commit this process was started from, GET
// /health/ready whether it can do its work, GET and POST /orders are what it is there for.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { openOrders } from './orders.mjs'

// Read once, at the start: a process keeps reporting the release that it started from, whatever the link that it was
// started through leads to since.
const release = JSON.parse(readFileSync(`${import.meta.dirname}/release.json`, 'utf8'))
const [address = 'localhost', port = '5101'] = process.argv.slice(2)
const orders = openOrders(process.env.DATABASE_URL)
let ending = false

const pages = {
  'GET /health': () => ({ status: 'ok', ...release }),
  'GET /health/ready': async () => {
    await orders.ready()
    return { status: 'ready', ...release }
  },
  'GET /orders': async () => ({ orders: await orders.newest() }),
  'POST /orders': async (request) => orders.add(orderIn(await json(request))),
}

function orderIn({ item, metres }) {
  if (typeof item === 'string' && Number.isInteger(metres)) return { item, metres }
  throw new SyntaxError('an order has an item, and a length in whole metres')
}

const server = createServer(async (request, response) => {
  const page = pages[`${request.method} ${request.url}`]
  if (!page) return answer(response, 404, { status: 'not found' })
  try {
    answer(response, 200, await page(request))
  } catch (error) {
    console.error(`${request.method} ${request.url}: ${error.message}`)
    if (error instanceof SyntaxError) answer(response, 400, { error: error.message })
    else answer(response, 503, { status: 'failing', ...release })
  }
})

function answer(response, status, body) {
  // Every answer says who gives it. When it ends, a connection is used no more once it has its answer.
  const headers = { 'content-type': 'application/json', 'x-version': release.sha }
  response.writeHead(status, ending ? { ...headers, connection: 'close' } : headers).end(JSON.stringify(body))
}

// What is being answered is answered to its end; connections that only wait are closed.
process.once('SIGTERM', () => {
  ending = true
  server.close(async () => {
    await orders.close()
    process.exit(0)
  })
})

// Longer than nginx keeps a connection that waits: else this side may close one just as a request comes on it.
server.keepAliveTimeout = 75_000
server.listen(Number(port), address, () => console.log(`${release.service} ${release.version} on ${address}:${port}`))
