/** Whether it can do its work: the database answers, and knows all migrations that this image was built with. */
export async function ready(orders, migrations) {
  const missing = await missingMigrations(orders, migrations)
  return { status: missing.length > 0 ? 'failing' : 'ready', database: 'ok', missing }
}

/** How the parts are. Without the cache orders are taken all the same. */
export async function detailed(orders, cache, migrations) {
  const [missing, redis] = await Promise.all([
    missingMigrations(orders, migrations).catch(() => undefined),
    cache.ping().then(
      () => 'ok',
      (error) => error.message,
    ),
  ])
  const database = missing === undefined ? 'no answer' : missing.length > 0 ? `without ${missing.join(', ')}` : 'ok'
  const server = { uptime: Math.round(process.uptime()), memory: process.memoryUsage.rss() }
  return { status: database !== 'ok' ? 'failing' : redis === 'ok' ? 'ok' : 'degraded', server, database, cache: redis }
}

async function missingMigrations(orders, migrations) {
  const applied = await orders.migrations()
  return migrations.map((name) => name.replace(/\.sql$/, '')).filter((name) => !applied.includes(name))
}
