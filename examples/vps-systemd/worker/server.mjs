// The worker: `node server.mjs ADDRESS PORT`. It packs an order every now and then; GET /health says which commit this
// process was started from, GET /health/ready whether it can do its work, GET /jobs how many orders it has packed and
// whether it is its turn.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPacking } from './packing.mjs'

// Read once, at the start: a process keeps reporting the release that it started from, whatever the link that it was
// started through leads to since.
const release = JSON.parse(readFileSync(`${import.meta.dirname}/release.json`, 'utf8'))
const [address = 'localhost', port = '5102'] = process.argv.slice(2)
const packing = openPacking(process.env.DATABASE_URL, process.env.SLIPS)

let done = 0
const stopped = new AbortController()

const pages = {
  '/health': () => ({ status: 'ok', ...release }),
  '/health/ready': async () => {
    await packing.ready()
    return { status: 'ready', ...release }
  },
  '/jobs': () => ({ done, active: isActive() }),
}

// Only the slot that Belay has marked as active takes orders. The other one runs beside it, still warm or being checked.
// Without SLOT_STATE there is one worker, and it is always its turn.
function isActive() {
  const file = process.env.SLOT_STATE
  if (!file) return true
  try {
    return readFileSync(file, 'utf8').trim() === 'active'
  } catch {
    return false
  }
}

const server = createServer(async (request, response) => {
  const page = pages[request.url]
  if (!page) return answer(response, 404, { status: 'not found' })
  try {
    answer(response, 200, await page())
  } catch (error) {
    console.error(`${request.url}: ${error.message}`)
    answer(response, 503, { status: 'failing', ...release })
  }
})

function answer(response, status, body) {
  // Every answer says who gives it. When it ends, a connection is used no more once it has its answer.
  const headers = { 'content-type': 'application/json', 'x-version': release.sha }
  const last = stopped.signal.aborted ? { connection: 'close' } : {}
  response.writeHead(status, { ...headers, ...last }).end(JSON.stringify(body))
}

async function work() {
  while (!stopped.signal.aborted) {
    // Between two orders it may be stopped at once, within one it may not.
    if (isActive()) done += await packing.packOne().catch(failed)
    await sleep(500, undefined, { signal: stopped.signal }).catch(() => {})
  }
}

function failed(error) {
  console.error(`packing: ${error.message}`)
  return 0
}

const working = work()

process.once('SIGTERM', async () => {
  stopped.abort()
  await working
  await packing.close()
  server.close(() => process.exit(0))
})

// Longer than nginx keeps a connection that waits: else this side may close one just as a request comes on it.
server.keepAliveTimeout = 75_000
server.listen(Number(port), address, () => console.log(`${release.service} ${release.version} on ${address}:${port}`))
