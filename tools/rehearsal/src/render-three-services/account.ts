import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { type FakeRender, startFakeRender } from '@belay/fakes/render'
import { v2 } from '../version.ts'
import { exampleRoot, v0 } from './services.ts'

export const apiKey = 'rnd_2026AcmeKeyOfTheRehearsal'
export const adminKey = 'adm-2026-of-the-rehearsal'

/** In milliseconds: slow enough to inject a fault into the middle of a deploy. */
const pace = { build: 4000, update: 500 }

/**
 * Starts a local Render with the example's three services as in its render.yaml, v0 live. It serves the example's own
 * API and page, and a fake of the graph. `folder`: for the build of the page.
 */
export async function openAccount(folder: string, hasWrongKey: () => boolean): Promise<FakeRender> {
  const { createApi } = (await import(join(exampleRoot, 'api/app.mjs'))) as {
    createApi(env: Record<string, string>): RequestListener
  }
  const render = await startFakeRender({ key: apiKey, durations: pace })
  const database = await render.add(
    { name: 'acme-database', type: 'private_service', paths: ['Dockerfile'], disk: true },
    () => graph,
  )
  const envOf = (name: string) => Object.fromEntries(render.simulation.account.named(name).env)
  const api = await render.add(
    {
      name: 'acme-api',
      type: 'web_service',
      rootDir: 'api',
      healthCheckPath: '/api/health',
      needs: ['acme-database'],
      env: { DGRAPH_BASE_URL: render.urlOf('acme-database'), ADMIN_API_KEY: adminKey, ENABLE_MULTI_TENANT: 'true' },
    },
    (RENDER_GIT_COMMIT) => {
      const key = hasWrongKey() && RENDER_GIT_COMMIT === v2.sha ? { ADMIN_API_KEY: 'another' } : {}
      return createApi({ ...envOf('acme-api'), ...key, RENDER_GIT_COMMIT })
    },
  )
  const frontend = await render.add(
    {
      name: 'acme-frontend',
      type: 'static_site',
      rootDir: 'frontend',
      healthCheckPath: '/',
      needs: ['acme-api'],
      env: { VITE_API_BASE_URL: render.urlOf('acme-api') },
    },
    (RENDER_GIT_COMMIT) => page(build(folder, { ...envOf('acme-frontend'), RENDER_GIT_COMMIT })),
  )
  api.env.set('CORS_ORIGIN', render.urlOf('acme-frontend'))
  for (const place of [database, api, frontend]) render.simulation.deploys.seed(place, v0.sha)
  return render
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
function build(folder: string, env: Record<string, string>): (name: string) => Buffer {
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
