import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { canStartHosts, makeKey, type ReleaseContent, startHost, type TestHost, writeRelease } from '../src/index.ts'
import { copyTo, waitFor } from './ssh.ts'

describeIf(canStartHosts())('the service of the tests', () => {
  vi.setConfig({ testTimeout: 20_000 })

  const path = '/srv/acme-api/qa'
  let dir: string
  let host: TestHost

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'belay-testbed-'))
    host = await startHost({ authorizedKey: (await makeKey(dir)).publicKey, folders: [path] })
  })

  afterAll(async () => {
    await host.stop()
    await rm(dir, { recursive: true })
  })

  beforeEach(async () => {
    await host.run(['rm', '-f', `${path}/current`])
    await restart()
  })

  const restart = () => host.run(['/usr/local/bin/belay-test-restart', path, 'this-host', '8080'])

  /** Puts a release on the host and `current` on it, as an upload and a swap would. */
  async function swapTo(name: string, faults: Omit<ReleaseContent, 'sha' | 'version'> = {}) {
    const folder = join(dir, name)
    await writeRelease(folder, { sha: name.repeat(40), version: name, ...faults })
    await copyTo(host, folder, `${path}/${name}`)
    await host.run(['ln', '-sfn', name, `${path}/current`])
  }

  const health = async () => {
    try {
      const response = await fetch(`http://${host.address}:8080/health`, { signal: AbortSignal.timeout(300) })
      return { code: response.status, ...((await response.json()) as { sha: string; pid: number; status: string }) }
    } catch {
      return undefined
    }
  }
  const servers = async () => (await host.processes()).filter(({ args }) => args[0]?.endsWith('/node'))
  const log = () => host.read('/run/belay-test/srv_acme-api_qa.log')

  test('a restart serves what current points to, as one detached process', async () => {
    await swapTo('a')
    expect(await restart()).toEqual({ status: 0, stdout: '', stderr: '' })
    const first = await waitFor(health)
    expect(first).toMatchObject({ code: 200, status: 'ok', sha: 'a'.repeat(40) })

    await swapTo('b')
    expect(await health()).toMatchObject({ sha: 'a'.repeat(40), pid: first.pid })
    await restart()
    expect(await waitFor(health)).toMatchObject({ sha: 'b'.repeat(40) })

    const [server, ...others] = await servers()
    expect(others).toEqual([])
    expect(server?.user).toBe('deploy')
    const { stdout } = await host.run(['readlink', `/proc/${server?.pid}/fd/0`, `/proc/${server?.pid}/fd/1`])
    expect(stdout).toBe('/dev/null\n/run/belay-test/srv_acme-api_qa.log\n')
  })

  test('the service holds no descriptor of its caller', async () => {
    await swapTo('a')
    await host.run([
      'sh',
      '-c',
      'exec 9>>/tmp/lock; flock -n 9; exec /usr/local/bin/belay-test-restart "$1" this-host 8080',
      'sh',
      path,
    ])
    await waitFor(health)
    expect((await host.run(['flock', '-n', '/tmp/lock', 'true'])).status).toBe(0)
  })

  test('without current it only stops', async () => {
    await swapTo('a')
    await restart()
    await waitFor(health)
    await host.run(['rm', `${path}/current`])
    expect((await restart()).status).toBe(0)
    expect(await servers()).toEqual([])
  })

  test('faults: crash at start, failing, slow, hanging', async () => {
    await swapTo('a', { crash: 'start' })
    expect((await restart()).status).toBe(0)
    await waitFor(async () => (await log())?.includes('acme-api a: cannot start'))
    await waitFor(async () => (await servers()).length === 0)

    await swapTo('b', { health: 500 })
    await restart()
    expect(await waitFor(health)).toMatchObject({ code: 500, status: 'failing' })

    await swapTo('c', { slowStart: 700 })
    const before = Date.now()
    await restart()
    await waitFor(health)
    expect(Date.now() - before).toBeGreaterThanOrEqual(700)

    await swapTo('d', { hang: true })
    await restart()
    await waitFor(async () => (await log())?.includes('d: listens'))
    expect(await health()).toBeUndefined()
    expect(await servers()).toHaveLength(1)
  })

  test('a service that ignores SIGTERM is killed', async () => {
    await swapTo('e')
    await host.write(`${path}/e/server.mjs`, 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)')
    await restart()
    const stubborn = await waitFor(async () => (await servers())[0])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await host.run(['rm', `${path}/current`])
    await restart()
    expect((await servers()).map(({ pid }) => pid)).not.toContain(stubborn.pid)
  })
})
