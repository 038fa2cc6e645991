import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'

const env = { COMMIT: 'c0ffee', RELEASE: '4711-1', PORT: '18080', PATH: process.env.PATH }
const url = `http://127.0.0.1:${env.PORT}`

test('it reports its commit and release, logs JSON with the id of the request, and ends well', async () => {
  const service = spawn(process.execPath, [new URL('../app/server.mjs', import.meta.url).pathname], { env })
  const lines = createInterface({ input: service.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value)
  try {
    assert.equal((await next()).message, 'listens on 18080')
    assert.deepEqual(await (await fetch(`${url}/health`)).json(), { status: 'ok', sha: 'c0ffee', release: '4711-1' })
    assert.equal((await fetch(`${url}/ready`)).status, 200)

    const answer = await fetch(`${url}/orders`, { headers: { 'x-correlation-id': 'from-the-proxy' } })
    assert.equal(answer.headers.get('x-version'), 'c0ffee')
    // Neither of the two above is logged.
    const { release, sha, correlation, path, status } = await next()
    assert.deepEqual([release, sha, correlation, path, status], ['4711-1', 'c0ffee', 'from-the-proxy', '/orders', 200])

    assert.equal((await fetch(`${url}/orders`, { headers: { 'x-correlation-id': 'a b' } })).status, 200)
    assert.match((await next()).correlation, /^[0-9a-f-]{36}$/)
    assert.deepEqual(await (await fetch(`${url}/stats`)).json(), { requests: 2, failed: 0, errors: 0, sha: 'c0ffee' })

    service.kill('SIGTERM')
    assert.equal((await next()).message, 'ends')
    assert.deepEqual(await once(service, 'exit'), [0, null])
  } finally {
    service.kill('SIGKILL')
  }
})
