import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartHosts, makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { type Version, v1, v2 } from '../../src/version.ts'
import type { Expectation } from '../../src/vps-systemd/expectation.ts'
import { type Service, services } from '../../src/vps-systemd/services.ts'
import { verify } from '../../src/vps-systemd/verification.ts'

const [api] = services as [Service]

function serving(version: Version | undefined, later = false): Expectation {
  return {
    conclusion: 'success',
    result: 'committed',
    later,
    services: [{ service: api, promised: undefined, version }],
  }
}

describeIf(canStartHosts())('the verification reads processes, links and locks itself', () => {
  let host: TestHost
  const folder = mkdtempSync(join(tmpdir(), 'bp-'))
  const { path } = api

  beforeAll(async () => {
    const { publicKey } = await makeKey(folder)
    host = await startHost({ name: 'host-1', authorizedKey: publicKey, folders: [path] })
  })
  afterAll(async () => {
    await host?.stop()
    rmSync(folder, { recursive: true })
  })

  const problemsOf = async (expectation: Expectation, seconds = 1) =>
    (await verify([host], expectation, { laterSeconds: seconds })).problems

  /** Makes `current` lead to a version; a service that runs goes on as it is. */
  async function put(version: Version): Promise<void> {
    await host.write(`${path}/releases/${version.name}/release.json`, JSON.stringify({ service: api.name, ...version }))
    await host.run(['ln', '-sfn', `releases/${version.name}`, `${path}/current`])
  }

  test('without a release nothing may be there', async () => {
    expect(await problemsOf(serving(undefined))).toEqual([])
    expect(await problemsOf(serving(v1))).toEqual([
      `acme-api on host-1 must report ${v1.sha}, but nothing answers`,
      `the release behind current of acme-api on host-1 (none) must be ${v1.sha}, but is missing`,
    ])
  })

  test('both the link and the process must be of the version', async () => {
    const program = `require('http').createServer((_, r) => r.end(require('fs').readFileSync('${path}/releases/v1/release.json'))).listen(${api.port}, '${host.address}')`
    await put(v1)
    expect(await problemsOf(serving(v1))).toEqual([`acme-api on host-1 must report ${v1.sha}, but nothing answers`])
    await host.run(['sh', '-c', `setsid /usr/local/bin/node -e "$0" >/dev/null 2>&1 &`, program])
    expect(await problemsOf(serving(v1, true), 5)).toEqual([])
    await put(v2)
    expect(await problemsOf(serving(v1))).toEqual([
      `the release behind current of acme-api on host-1 (releases/v2) must be ${v1.sha}, but is ${v2.sha}`,
    ])
    expect(await problemsOf(serving(undefined))).toEqual([
      `acme-api on host-1 must not answer, but answers ${v1.sha}`,
      'acme-api on host-1 must have no current link, but it points to releases/v2',
    ])
    await put(v1)
  })

  test('a held lock and an unconfirmed change are problems', async () => {
    await host.write(`${path}/.belay/lock`, '')
    const holder = host.run(['flock', `${path}/.belay/lock`, 'sleep', '3'])
    expect(await problemsOf(serving(v1, true), 1)).toEqual(['the lock of acme-api on host-1 is still held'])
    await holder
    expect(await problemsOf(serving(v1))).toEqual([])
    await host.write(`${path}/.belay/states/000001-x.armed`, '')
    expect(await problemsOf(serving(v1, true), 1)).toEqual([
      'acme-api on host-1 still has a change that is neither confirmed nor undone: 000001-x.armed',
    ])
  })
})
