import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { observeServing } from '../aftercare/src/serving.ts'

const [fresh, before] = ['2'.repeat(40), '1'.repeat(40)]

test.concurrent.each([
  ['stays new once the countdowns have ended', [fresh], 'new', 5],
  ['rolls back at the end of a confirm timeout', [fresh, fresh, fresh, before], 'previous', 30],
  ['answers no more', [undefined], 'nobody', 5],
])('a service that %s', { timeout: 120_000 }, async (_, answers, serves, waitSeconds) => {
  let asked = 0
  const server = createServer((_, response) => {
    const sha = answers[Math.min(asked++, answers.length - 1)]
    if (sha === undefined) response.writeHead(503).end()
    else response.end(JSON.stringify({ sha }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const versionFrom = { text: 'sha', path: ['sha'] }
    const looked = { urls: [url], versionFrom, sha: fresh, previous: before, waitSeconds }
    const began = performance.now()
    expect((await observeServing(looked, new AbortController().signal)).serves).toBe(serves)
    if (serves === 'new') expect(performance.now() - began).toBeGreaterThan(waitSeconds * 1000)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
