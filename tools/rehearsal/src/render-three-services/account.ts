import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { openAccount, type RenderAccount } from '../render-account.ts'
import { code, exampleRoot, specs } from './services.ts'

export const apiKey = 'rnd_2026AcmeKeyOfTheRehearsal'
export const adminKey = 'adm-2026-of-the-rehearsal'

type Env = Readonly<Record<string, string>>

/**
 * Starts a local Render that serves the example's own API and page, and a fake of the graph. `folder`: for the build of the
 * page.
 */
export async function openExampleAccount(folder: string): Promise<RenderAccount> {
  const { createApi } = (await import(join(exampleRoot, 'api/app.mjs'))) as { createApi(env: Env): RequestListener }
  const answers: Readonly<Record<string, (env: Env) => RequestListener>> = {
    'acme-database': () => graph,
    'acme-api': createApi,
    'acme-frontend': (env) => page(build(folder, env)),
  }
  return openAccount(specs, code.settings, {
    key: apiKey,
    filled: { 'admin-key': adminKey },
    answers: (service, env) => answers[service]?.(env) ?? graph,
  })
}

/** The graph of the example's Dockerfile, as far as its API uses it. */
const graph: RequestListener = (request, response) => {
  request.resume()
  const tenants = [
    { tenant: 'north', orders: 2 },
    { tenant: 'south', orders: 1 },
  ]
  const body = request.url === '/query' ? { data: { tenants } } : [{ instance: 'alpha', status: 'healthy' }]
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Builds the page as Render would. Returns a reader of its files. */
function build(folder: string, env: Env): (name: string) => Buffer {
  const cwd = mkdtempSync(join(folder, 'page-'))
  execFileSync(process.execPath, [join(exampleRoot, 'frontend/build.mjs')], { cwd, env, timeout: 60_000 })
  return (name) => readFileSync(join(cwd, 'dist', name))
}

function page(read: (name: string) => Buffer): RequestListener {
  const files = new Map([
    ['/', read('index.html')],
    ['/version.json', read('version.json')],
  ])
  return (request, response) => {
    const file = files.get(request.url ?? '')
    response.writeHead(file ? 200 : 404).end(file)
  }
}
