// The service that tests release: `node server.mjs ADDRESS PORT`. GET /health answers with what stood in release.json
// beside this file when the process started: Node resolves the real path of its main module, so a process that was
// started through `current` keeps reporting the release it was started from.
// Faults in release.json: {"crash":"start"} exits 1 at start · {"health":500} answers with that status ·
// {"slowStart":1500} listens that many milliseconds later · {"hang":true} accepts and never answers.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const release = JSON.parse(readFileSync(join(import.meta.dirname, 'release.json'), 'utf8'))
const [address = '127.0.0.1', port = '8080'] = process.argv.slice(2)
const say = (text) => console.log(`${release.service} ${release.version}: ${text}`)

if (release.crash === 'start') {
  console.error(`${release.service} ${release.version}: cannot start, as release.json says`)
  process.exit(1)
}

const server = createServer((request, response) => {
  if (release.hang) return
  if (request.url !== '/health') return response.writeHead(404).end()
  const status = release.health ?? 200
  const { service, sha, version } = release
  const body = { status: status < 400 ? 'ok' : 'failing', service, sha, version, pid: process.pid }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

server.on('error', (error) => {
  say(error.message)
  process.exit(1)
})

process.on('SIGTERM', () => {
  say('stops')
  server.close(() => process.exit(0))
  if (release.hang) server.closeAllConnections()
  else server.closeIdleConnections()
})

setTimeout(
  () => server.listen(Number(port), address, () => say(`listens on ${address}:${port}`)),
  release.slowStart ?? 0,
)
