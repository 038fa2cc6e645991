import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

// `skip locked`: where two workers do run at once, they never take the same order.
const take = `update orders set packed_at = now()
  where id = (select id from orders where packed_at is null order by id limit 1 for update skip locked)
  returning id, item, metres`

/**
 * Packs the API's orders, and writes a slip for each into the folder `slips`, if there is one. Without a database there
 * is always something to pack, to try the service out.
 */
export function openPacking(url, slips) {
  if (!url) return inMemory()
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 3000, query_timeout: 5000 })
  pool.on('error', (error) => console.error(`database: ${error.message}`))
  return {
    async ready() {
      await pool.query('select packed_at from orders limit 1')
    },
    /** How many were packed: 1, or 0 where none waits. */
    async packOne() {
      const { rows } = await pool.query(take)
      for (const order of rows) writeSlip(slips, order)
      return rows.length
    },
    close: () => pool.end(),
  }
}

function writeSlip(folder, { id, item, metres }) {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${id}.txt`, `${metres} m ${item}\n`)
}

function inMemory() {
  return {
    ready: async () => {},
    packOne: async () => {
      await sleep(20)
      return 1
    },
    close: async () => {},
  }
}
