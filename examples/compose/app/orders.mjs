import pg from 'pg'

/** The orders, in PostgreSQL; PGHOST, PGUSER, PGPASSWORD and PGDATABASE say where. */
export function openOrders() {
  const pool = new pg.Pool({ max: 10, connectionTimeoutMillis: 3000, query_timeout: 5000 })
  // A connection that breaks while it is idle is replaced by the next query.
  pool.on('error', (error) => console.error(`database: ${error.message}`))
  return {
    /** The names of what was applied, from the table that Belay's migrate-db keeps. */
    async migrations() {
      const { rows } = await pool.query('select * from belay_migrations')
      return rows.map(({ name }) => name.replace(/\.sql$/, ''))
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

export function orderIn({ item, metres }) {
  if (typeof item === 'string' && Number.isInteger(metres)) return { item, metres }
  throw new SyntaxError('an order has an item, and a length in whole metres')
}
