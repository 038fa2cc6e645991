import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detailed, ready } from '../app/health.mjs'

const knows = (...names) => ({ migrations: async () => names })
const cache = { ping: async () => 'PONG' }

test('ready only where the database has all migrations of this image', async () => {
  assert.equal((await ready(knows('001_orders'), ['001_orders.sql'])).status, 'ready')
  assert.deepEqual(await ready(knows('001_orders'), ['001_orders.sql', '002_packed.sql']), {
    status: 'failing',
    database: 'ok',
    missing: ['002_packed'],
  })
})

test('an older image is ready on a newer schema', async () => {
  assert.equal((await ready(knows('001_orders', '002_packed'), ['001_orders.sql'])).status, 'ready')
})

test('without a cache it is degraded, without a database it fails', async () => {
  const down = { ping: async () => Promise.reject(new Error('no answer')) }
  assert.equal((await detailed(knows('001_orders'), down, ['001_orders.sql'])).status, 'degraded')
  const lost = { migrations: async () => Promise.reject(new Error('lost')) }
  assert.equal((await detailed(lost, cache, ['001_orders.sql'])).status, 'failing')
})
