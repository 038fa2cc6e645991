// The API. GET /api/health says which commit serves and whether the database answers; GET /api/tenants, with the admin
// key, what each tenant has.

/** A request listener for these variables of the environment; all are read once, at the start. */
export function createApi({ DGRAPH_BASE_URL, ADMIN_API_KEY, CORS_ORIGIN, ENABLE_MULTI_TENANT, RENDER_GIT_COMMIT }) {
  const pages = {
    'GET /api/health': health,
    'GET /api/tenants': tenants,
  }

  async function health() {
    const answers = await askGraph('/health').then(
      () => true,
      () => false,
    )
    const dgraphStatus = answers ? 'OK' : 'DOWN'
    const body = { apiStatus: 'OK', dgraphStatus, timestamp: new Date().toISOString(), sha: RENDER_GIT_COMMIT }
    return { status: answers ? 200 : 503, body }
  }

  async function tenants(request) {
    if (!ADMIN_API_KEY || request.headers['x-api-key'] !== ADMIN_API_KEY)
      return { status: 401, body: { error: 'x-api-key is missing or wrong' } }
    const { data } = await askGraph('/query', '{ tenants(func: has(tenant)) { tenant orders: count(order) } }')
    return { status: 200, body: { multiTenant: ENABLE_MULTI_TENANT === 'true', tenants: data.tenants } }
  }

  async function askGraph(path, query) {
    const post = { method: 'POST', body: query, headers: { 'content-type': 'application/dql' } }
    const response = await fetch(`${DGRAPH_BASE_URL}${path}`, {
      ...(query && post),
      signal: AbortSignal.timeout(3000),
    })
    if (!response.ok) throw new Error(`the graph answers ${path} with ${response.status}`)
    return response.json()
  }

  return async (request, response) => {
    const page = pages[`${request.method} ${request.url}`]
    const { status, body } = page
      ? await page(request).catch((error) => ({ status: 503, body: { error: error.message } }))
      : { status: 404, body: { error: 'not found' } }
    const headers = { 'content-type': 'application/json', 'access-control-allow-origin': CORS_ORIGIN ?? '' }
    response.writeHead(status, headers).end(JSON.stringify(body))
  }
}
