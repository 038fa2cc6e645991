// Compares what Render has with what the code reads: `node check-env.mjs SERVICE=FILE…`, each file in the form of
// .env.example. Only names are looked at; no value is printed.
import { readFileSync } from 'node:fs'

const { RENDER_API_KEY, RENDER_API_URL } = process.env
const base = RENDER_API_URL || 'https://api.render.com/v1'

async function get(path) {
  const headers = { authorization: `Bearer ${RENDER_API_KEY}` }
  const response = await fetch(`${base}${path}`, { headers, signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`Render answers GET ${path} with ${response.status}`)
  return response.json()
}

async function namesAt(service) {
  const found = (await get(`/services?name=${encodeURIComponent(service)}&limit=20`)).map((one) => one.service)
  const named = found.filter(({ name }) => name === service)
  if (named.length !== 1) throw new Error(`Render has ${named.length} services that are called ${service}`)
  const variables = await get(`/services/${named[0].id}/env-vars?limit=100`)
  return new Set(variables.map(({ envVar }) => envVar.key))
}

const missing = []
for (const argument of process.argv.slice(2)) {
  const [service, file] = argument.split('=')
  const wanted = [...readFileSync(file, 'utf8').matchAll(/^([A-Za-z_]\w*)=/gm)].map(([, name]) => name)
  const there = await namesAt(service)
  missing.push(
    ...wanted.filter((name) => !there.has(name)).map((name) => `${service} has no ${name}, which ${file} has`),
  )
}
if (missing.length > 0) throw new Error(missing.join('\n'))
console.log('Every variable that the code reads is set.')
