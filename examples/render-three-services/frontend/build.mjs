// Makes dist/: the page with the API's address in it, and version.json, by which a release sees which commit is served.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const { VITE_API_BASE_URL, RENDER_GIT_COMMIT: sha } = process.env
if (!VITE_API_BASE_URL) throw new Error('VITE_API_BASE_URL is missing: the page would not know its API')
const dist = join(process.cwd(), 'dist')
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
const page = readFileSync(join(import.meta.dirname, 'index.html'), 'utf8')
writeFileSync(join(dist, 'index.html'), page.replaceAll('%VITE_API_BASE_URL%', VITE_API_BASE_URL))
writeFileSync(join(dist, 'version.json'), JSON.stringify({ sha }))
