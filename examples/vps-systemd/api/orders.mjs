import pg from 'pg'

/** The orders, in PostgreSQL; without a database a few in memory, to try the service out. */
export function openOrders(url) {
  if (!url) return inMemory()
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 3000, query_timeout: 5000 })
  // A connection that breaks while it is idle is replaced by the next query.
  pool.on('error', (error) => console.error(`database: ${error.message}`))
  return {
    async ready() {
      await pool.query('select 1 from orders limit 1')
    },
    async newest() {
      const { rows } = await pool.query('select id, item, metres from orders order by id desc limit 10')
      return rows
    },
    async add({ item, metres }) {
      const sql = 'insert into orders (item, metres) values ($1, $2) returning id, item, metres'
      const { rows } = await pool.query(sql, [item, metres])
      return rows[0]
    },
    close: () => pool.end(),
  }
}

function inMemory() {
  const orders = [{ id: 1, item: 'rope', metres: 60 }]
  return {
    ready: async () => {},
    newest: async () => orders.slice(-10),
    async add({ item, metres }) {
      const order = { id: orders.length + 1, item, metres }
      orders.push(order)
      return order
    },
    close: async () => {},
  }
}
