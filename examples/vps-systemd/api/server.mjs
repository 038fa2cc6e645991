// The API: `node server.mjs ADDRESS PORT`. GET /health says which commit this process was started from, GET /orders is
// what it is there for.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

// Read once, at the start: a process keeps telling of the release that it came from, whatever `current` points to since.
const release = JSON.parse(readFileSync(new URL('release.json', import.meta.url), 'utf8'))
const [address = 'localhost', port = '5101'] = process.argv.slice(2)

const pages = {
  '/health': () => ({ status: 'ok', ...release }),
  '/orders': () => ({ orders: [{ id: 1, item: 'rope', metres: 60 }] }),
}

const server = createServer((request, response) => {
  const page = pages[request.url]
  if (!page) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page()))
})

// What is being answered is answered to its end; connections that only wait are closed.
process.on('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})

server.listen(Number(port), address, () => console.log(`${release.service} ${release.version} on ${address}:${port}`))
