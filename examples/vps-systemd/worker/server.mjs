// The worker: `node server.mjs ADDRESS PORT`. It takes a job every now and then; GET /health says which commit this
// process was started from, GET /jobs how many jobs it has done.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

// Read once, at the start: a process keeps telling of the release that it came from, whatever `current` points to since.
const release = JSON.parse(readFileSync(new URL('release.json', import.meta.url), 'utf8'))
const [address = 'localhost', port = '5102'] = process.argv.slice(2)

let done = 0
const stopped = new AbortController()

const pages = {
  '/health': () => ({ status: 'ok', ...release }),
  '/jobs': () => ({ done }),
}

const server = createServer((request, response) => {
  const page = pages[request.url]
  if (!page) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page()))
})

async function work() {
  while (!stopped.signal.aborted) {
    await doJob()
    // Between two jobs it may be stopped at once, within one it may not.
    await sleep(500, undefined, { signal: stopped.signal }).catch(() => {})
  }
}

async function doJob() {
  await sleep(20)
  done += 1
}

const working = work()

process.on('SIGTERM', async () => {
  stopped.abort()
  await working
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})

server.listen(Number(port), address, () => console.log(`${release.service} ${release.version} on ${address}:${port}`))
