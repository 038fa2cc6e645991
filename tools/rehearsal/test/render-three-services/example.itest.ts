import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import { workflowPath } from '../../src/paths.ts'
import { adminKey, apiKey } from '../../src/render-three-services/account.ts'
import { type Lab, openLab } from '../../src/render-three-services/lab.ts'
import { exampleRoot, services, workflow } from '../../src/render-three-services/services.ts'
import { v1 } from '../../src/version.ts'

vi.setConfig({ testTimeout: 300_000 })

const file = (path: string) => readFileSync(join(exampleRoot, path), 'utf8')
const namesIn = (path: string) => [...file(path).matchAll(/^([A-Z]\w*)=/gm)].map(([, name]) => name)

interface Blueprint {
  services: {
    name: string
    rootDir?: string
    buildFilter?: object
    autoDeployTrigger: string
    envVars?: { key: string }[]
  }[]
}

describe('its files fit each other', () => {
  const blueprint = parse(file('render.yaml')) as Blueprint
  const at = (name: string) => blueprint.services.find((service) => service.name === name)

  test('the blueprint has the services of the workflow and no auto-deploy', () => {
    const { jobs } = parse(readFileSync(workflowPath(exampleRoot, workflow), 'utf8'))
    const named = jobs.release.steps.find(({ id }: { id: string }) => id === 'belay').with.services
    expect(named.trim().split('\n')).toEqual([...services])
    expect(blueprint.services.map(({ name }) => name)).toEqual([...services])
    for (const service of blueprint.services) {
      expect(service.autoDeployTrigger).toBe('off')
      expect(service.rootDir ?? service.buildFilter, service.name).toBeDefined()
    }
  })

  test('.env.example and the blueprint have the variables that the code reads', () => {
    const keys = (name: string) => at(name)?.envVars?.map(({ key }) => key)
    expect(namesIn('api/.env.example')).toEqual(keys('acme-api'))
    expect(namesIn('frontend/.env.example')).toEqual(keys('acme-frontend'))
    for (const name of namesIn('api/.env.example')) expect(file('api/app.mjs')).toContain(name)
    expect(file('frontend/build.mjs')).toContain('VITE_API_BASE_URL')
  })

  test('the README shows every variable and secret that the workflow reads', () => {
    const read = [...file(`.github/workflows/${workflow}`).matchAll(/(?:vars|secrets)\.([A-Z_]+)/g)].map(
      ([, key]) => key,
    )
    expect(read.length).toBeGreaterThan(6)
    for (const key of read) expect(file('README.md')).toContain(`\`${key}\``)
  })
})

test('npm run start starts the API, which reports its commit and ends on a signal', async () => {
  const graph = await serve((_, response) => response.end('[]'))
  const port = await freePort()
  const { npm_config_prefix: _, ...env } = process.env
  const child = spawn('npm', ['run', 'start', '--silent'], {
    cwd: join(exampleRoot, 'api'),
    env: { ...env, PORT: String(port), DGRAPH_BASE_URL: graph, RENDER_GIT_COMMIT: v1.sha },
    stdio: 'ignore',
    detached: true,
  })
  onTestFinished(() => end(child))
  const url = `http://127.0.0.1:${port}/api`
  let answer: Response | undefined
  for (let tries = 0; !answer && tries < 300; tries++) {
    answer = await fetch(`${url}/health`).catch(() => undefined)
    if (!answer) await sleep(100)
  }
  expect(await answer?.json()).toMatchObject({ apiStatus: 'OK', dgraphStatus: 'OK', sha: v1.sha })
  expect((await fetch(`${url}/tenants`)).status).toBe(401)
  end(child)
  await Promise.race([once(child, 'exit'), sleep(20_000)])
  expect(child.exitCode ?? child.signalCode).not.toBeNull()
})

describe('on a local Render', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
  })
  afterAll(() => lab?.close())

  const run = (script: string, args: string[], env: Record<string, string>) =>
    new Promise<{ status: unknown; output: string }>((resolve) => {
      const options = { cwd: exampleRoot, env: { PATH: process.env.PATH ?? '', ...env }, timeout: 60_000 }
      execFile(process.execPath, [join('deploy', script), ...args], options, (error, stdout, stderr) =>
        resolve({ status: error ? 1 : 0, output: stdout + stderr }),
      )
    })

  test('a variable that is missing at Render is named, and no value is printed', async () => {
    const asked = ['acme-api=api/.env.example', 'acme-frontend=frontend/.env.example']
    const env = { RENDER_API_KEY: apiKey, RENDER_API_URL: lab.render.url }
    expect(await run('check-env.mjs', asked, env)).toMatchObject({ status: 0 })
    const { env: variables } = lab.render.simulation.account.named('acme-api')
    const origin = variables.get('CORS_ORIGIN') ?? ''
    variables.delete('CORS_ORIGIN')
    const { status, output } = await run('check-env.mjs', asked, env)
    variables.set('CORS_ORIGIN', origin)
    expect(output).toContain('acme-api has no CORS_ORIGIN, which api/.env.example has')
    expect([status, output.includes(adminKey)]).toEqual([1, false])
  })

  test('the smoke test detects a wrong key', async () => {
    const env = { API_URL: lab.render.urlOf('acme-api'), FRONTEND_URL: lab.render.urlOf('acme-frontend') }
    expect(await run('smoke.mjs', [], { ...env, ADMIN_API_KEY: adminKey })).toMatchObject({ status: 0 })
    const { status, output } = await run('smoke.mjs', [], { ...env, ADMIN_API_KEY: 'wrong' })
    expect(output).toContain("the admin's call is answered with 401")
    expect(status).toBe(1)
  })
})

/** Ends the whole process group, because npm starts a process of its own. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGTERM')
  } catch {
    // The process has already ended.
  }
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
