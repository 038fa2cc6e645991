// What is released under load: `node server.mjs ADDRESS PORT`, beside its release.json. Of its answers 95 % take 15 ms,
// 4.5 % 200 ms and 0.5 % 1.5 s, so that there is always something under way that a careless switch would cut off.
// Faults in release.json: {"crash":true} ends at the start · {"health":500} says so at /health.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const release = JSON.parse(readFileSync(`${import.meta.dirname}/release.json`, 'utf8'))
const [address, port] = process.argv.slice(2)
let asked = 0
let ending = false

if (release.crash) process.exit(1)

const server = createServer((request, response) => {
  const headers = { 'content-type': 'application/json', ...(ending && { connection: 'close' }) }
  const say = (status) => response.writeHead(status, headers).end(JSON.stringify(release))
  if (request.url?.startsWith('/health')) return say(release.health ?? 200)
  asked += 1
  setTimeout(say, asked % 200 === 0 ? 1500 : asked % 22 === 0 ? 200 : 15, 200)
})

process.once('SIGTERM', () => {
  ending = true
  server.close(() => process.exit(0))
})

// Longer than a proxy keeps a connection that waits.
server.keepAliveTimeout = 75_000
server.listen(Number(port), address)
