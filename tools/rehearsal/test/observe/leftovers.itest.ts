import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canStartHosts, makeKey, startHost, type TestHost } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { leftoversOnHosts, loginsOnHosts } from '../../src/observe/leftovers.ts'

describeIf(canStartHosts())('what is left on a host', () => {
  let host: TestHost
  const folder = mkdtempSync(join(tmpdir(), 'bl-'))
  const secrets = ['postgres://acme:rope%20and%20knot@127.0.0.1:5432/acme', 'xoxb-left-behind']
  const placesOf = async (known: readonly string[] = []) =>
    (await leftoversOnHosts([host], secrets, known)).map(({ place }) => place).sort()

  beforeAll(async () => {
    const { publicKey } = await makeKey(folder)
    host = await startHost({ name: 'host-1', authorizedKey: publicKey, folders: ['/srv/acme'] })
  })
  afterAll(async () => {
    await host?.stop()
    rmSync(folder, { recursive: true })
  })

  test('nothing, at first', async () => {
    expect(await placesOf()).toEqual([])
  })

  test('a secret in a file, whole or its password, except where operators put it', async () => {
    await host.write('/srv/acme/.env', "PASSWORD='rope and knot'\n", 0o600)
    await host.write('/tmp/deep/er/config.json', '{"token":"xoxb-left-behind"}')
    expect(await placesOf()).toEqual(['host-1:/srv/acme/.env', 'host-1:/tmp/deep/er/config.json'])
    expect(await placesOf(['/srv/acme/.env', '/tmp/deep/'])).toEqual([])
  })

  test('a secret among the arguments of a process', async () => {
    await host.run(['sh', '-c', `setsid sh -c 'sleep 60; : xoxb-left-behind' >/dev/null 2>&1 &`])
    const { pid } = (await host.processes()).find(({ args }) => args.join(' ').includes('xoxb-left-behind')) ?? {}
    expect(await placesOf(['/srv/acme/', '/tmp/deep/'])).toEqual([`host-1:/proc/${pid}/cmdline`])
  })

  test('a login to a registry, but not a file without one', async () => {
    await host.write('/home/deploy/.docker/config.json', '{"auths":{}}')
    expect(await loginsOnHosts([host])).toEqual([])
    await host.write('/tmp/belay-1/config.json', '{"auths":{"127.0.0.1:5000":{"auth":"YWNtZTprbm90"}}}')
    expect(await loginsOnHosts([host])).toEqual([{ place: 'host-1:/tmp/belay-1/config.json, a registry login' }])
  })
})
