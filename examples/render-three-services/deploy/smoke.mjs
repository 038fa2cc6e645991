// What a user and an operator would try first: the page knows its API, the API lets that page in, and with the admin key
// every tenant is there.
const { API_URL, FRONTEND_URL, ADMIN_API_KEY } = process.env
const ask = (url, headers = {}) => fetch(url, { headers, signal: AbortSignal.timeout(10_000) })
const wrong = []

const page = await (await ask(FRONTEND_URL)).text()
if (!page.includes(`${API_URL}/api/health`)) wrong.push(`the page at ${FRONTEND_URL} does not ask ${API_URL}`)

const answer = await ask(`${API_URL}/api/tenants`, { 'x-api-key': ADMIN_API_KEY, origin: FRONTEND_URL })
const origin = answer.headers.get('access-control-allow-origin')
if (origin !== FRONTEND_URL) wrong.push(`the API lets ${origin || 'no origin'} in, not ${FRONTEND_URL}`)
if (!answer.ok) wrong.push(`the admin's call is answered with ${answer.status}`)
else {
  const { multiTenant, tenants } = await answer.json()
  if (!multiTenant) wrong.push('the API does not serve several tenants')
  if (!tenants?.length) wrong.push('no tenant is there')
}

if (wrong.length > 0) throw new Error(wrong.join('\n'))
console.log('The smoke test passed.')
