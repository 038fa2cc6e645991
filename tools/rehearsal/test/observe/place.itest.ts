import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartHosts, makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { askSha } from '../../src/inspect.ts'
import { inspectPlain } from '../../src/observe/place.ts'
import { type Version, v1, v2 } from '../../src/version.ts'

const path = '/srv/acme-api/qa'
const port = 5101

describeIf(canStartHosts())('a host is inspected without Belay', () => {
  let host: TestHost
  const folder = mkdtempSync(join(tmpdir(), 'bp-'))

  beforeAll(async () => {
    const { publicKey } = await makeKey(folder)
    host = await startHost({ name: 'host-1', authorizedKey: publicKey, folders: [path] })
  })
  afterAll(async () => {
    await host?.stop()
    rmSync(folder, { recursive: true })
  })

  const inspect = () =>
    inspectPlain(host, { service: 'acme-api', place: 'host-1', path }, async () => [
      { url: '', sha: await askSha(`http://${host.address}:${port}/health`) },
    ])

  /** Makes `current` lead to a version; a service that runs goes on as it is. */
  async function put(version: Version): Promise<void> {
    await host.write(`${path}/releases/${version.name}/release.json`, JSON.stringify({ ...version }))
    await host.run(['ln', '-sfn', `releases/${version.name}`, `${path}/current`])
  }

  test('without a release nothing is there', async () => {
    expect(await inspect()).toMatchObject({
      answers: [{ sha: undefined }],
      current: { link: undefined, sha: undefined },
      locked: [],
      open: [],
    })
  })

  test('the link and the process are seen each for itself', async () => {
    const program = `require('http').createServer((_, r) => r.end(require('fs').readFileSync('${path}/releases/v1/release.json'))).listen(${port}, '${host.address}')`
    await put(v1)
    await host.run(['sh', '-c', `setsid /usr/local/bin/node -e "$0" >/dev/null 2>&1 &`, program])
    await expect.poll(async () => (await inspect()).answers, { timeout: 20_000 }).toEqual([{ url: '', sha: v1.sha }])
    await put(v2)
    expect(await inspect()).toMatchObject({
      answers: [{ sha: v1.sha }],
      current: { link: 'releases/v2', sha: v2.sha },
    })
  })

  test('a held lock and an unconfirmed change', async () => {
    await host.write(`${path}/.belay/lock`, '')
    await host.write(`${path}/.belay/states/000001-x.armed`, '')
    const holder = host.run(['flock', `${path}/.belay/lock`, 'sleep', '3'])
    await expect.poll(async () => (await inspect()).locked, { timeout: 20_000 }).toEqual([path])
    await holder
    expect(await inspect()).toMatchObject({ locked: [], open: ['000001-x.armed'] })
  })
})
