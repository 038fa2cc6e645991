import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { type Fixture, type FixtureOptions, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

const base = '/srv/api/qa'

async function open(context: TestContext, options: FixtureOptions = {}): Promise<[Fixture, TestHost]> {
  const fixture = await openFixture({ hosts: 1, ...options })
  context.onTestFinished(() => fixture.close())
  return [fixture, fixture.hosts[0] as TestHost]
}

/** Releases a folder that `build` completes. */
async function release(
  fixture: Fixture,
  version: string,
  inputs = {},
  build: (source: string) => void = () => {},
  steps: object[] = [],
) {
  const source = await fixture.release('api', version)
  build(source)
  const completed = await fixture.job(version, [
    fixture.deploy('api', source, { version, ...inputs }),
    ...(steps as []),
  ])
  return { ...completed, outputs: completed.job.steps[0]?.outputs ?? {} }
}

const list = async (host: TestHost, pattern: string) =>
  (await host.run(['sh', '-c', `ls -d ${pattern} 2>/dev/null`])).stdout.trim().split('\n').filter(Boolean)

const blob = (source: string, mebibytes: number, text: string) =>
  writeFileSync(join(source, 'blob'), Buffer.alloc(mebibytes * 1024 * 1024, text))

/** What `cat` of a file of the live release says to a user who is neither root nor deploy. */
function readAsService(host: TestHost, file: string) {
  const asService = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'cat']
  return host.run([...asService, `${base}/current/${file}`], { user: 'root' })
}

describeIf(canStartHosts())('the folder of a release', () => {
  test.concurrent("is readable for the service's user, even if the build's folder was not", async (context) => {
    const [fixture, host] = await open(context)
    const completed = await release(fixture, 'v1', {}, (source) => {
      mkdirSync(join(source, 'views/deep'), { recursive: true })
      writeFileSync(join(source, 'views/deep/page'), 'hello')
      for (const folder of ['.', 'views', 'views/deep']) chmodSync(join(source, folder), 0o700)
    })
    expect(completed.belay, completed.log).toBe('committed')
    expect(await readAsService(host, 'views/deep/page')).toMatchObject({ status: 0, stdout: 'hello' })
  })

  test.concurrent("keeps a secret file closed for the service's user", async (context) => {
    const [fixture, host] = await open(context)
    const completed = await release(fixture, 'v1', {}, (source) => {
      writeFileSync(join(source, 'secret'), 'hush', { mode: 0o600 })
      chmodSync(source, 0o700)
    })
    expect(completed.belay, completed.log).toBe('committed')
    expect(await readAsService(host, 'secret')).toMatchObject({ status: 1, stdout: '' })
  })

  test.concurrent('is removed after keep-releases newer ones, and never while it is needed (rule 12)', async (context) => {
    const [fixture, host] = await open(context)
    const inputs = { 'keep-releases': '2' }
    const ids: string[] = []
    const folders = async () => (await list(host, `${base}/releases/*`)).map((path) => path.split('/').at(-1) ?? '')
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      const completed = await release(fixture, version, inputs)
      expect(completed.belay, completed.log).toBe('committed')
      ids.push(completed.outputs['release-id'] ?? '')
      expect(await folders()).toEqual(ids.slice(-2))
    }
    // A failed release does not count, and the rest of an upload is removed.
    await host.run(['mkdir', `${base}/releases/.incoming-left`])
    const failed = await release(fixture, 'v5', inputs, () => {}, [{ run: 'exit 1' }])
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(await folders()).toEqual([ids[3], failed.outputs['release-id']])
    expect(await host.exists(`${base}/releases/.incoming-left`)).toBe(false)
    const next = await release(fixture, 'v6', inputs)
    expect(next.belay, next.log).toBe('committed')
    expect(await folders()).toEqual([ids[3], next.outputs['release-id']])
    expect(await fixture.serves(host, 'api')).toBe('v6')
  })

  test.concurrent('is kept if current was set back to it, although newer ones were committed', async (context) => {
    const [fixture, host] = await open(context)
    const inputs = { 'keep-releases': '2' }
    const first = (await release(fixture, 'v1', inputs)).outputs['release-id'] ?? ''
    for (const version of ['v2', 'v3']) {
      // An operator has set it back by hand, as the documentation shows.
      await release(fixture, version, { ...inputs })
      await host.run(['sh', '-c', `[ -d ${base}/releases/${first} ] && ln -sfn releases/${first} ${base}/current`])
      expect(await host.exists(`${base}/releases/${first}`), version).toBe(true)
    }
  })

  test.concurrent('has links to shared folders: readable, also nested, and longer than a release lives', async (context) => {
    const [fixture, host] = await open(context)
    const inputs = { shared: 'uploads\nvar/data/deep', 'keep-releases': '2' }
    const shipped = (source: string) => {
      mkdirSync(join(source, 'uploads'), { recursive: true })
      writeFileSync(join(source, 'uploads/from-the-build'), 'build')
    }
    expect((await release(fixture, 'v1', inputs, shipped)).belay).toBe('committed')
    await host.write(`${base}/current/uploads/picture`, 'of a user')
    await host.write(`${base}/current/var/data/deep/row`, 'of a user')
    for (const version of ['v2', 'v3', 'v4']) {
      const completed = await release(fixture, version, inputs, shipped)
      expect(completed.belay, completed.log).toBe('committed')
      for (const file of ['uploads/picture', 'var/data/deep/row']) {
        expect(await host.read(`${base}/current/${file}`)).toBe('of a user')
        expect(await host.read(`${base}/shared/${file}`)).toBe('of a user')
      }
      expect(await host.exists(`${base}/current/uploads/from-the-build`)).toBe(false)
    }
  })

  test.concurrent('needs only disk space for what differs from the previous release', async (context) => {
    const [fixture, host] = await open(context, { disk: '60m' })
    const first = await release(fixture, 'v1', {}, (source) => blob(source, 14, 'same'))
    expect(first.belay, first.log).toBe('committed')
    // The free space is less than the whole source needs besides the reserve.
    const second = await release(fixture, 'v2', {}, (source) => blob(source, 14, 'same'))
    expect(second.belay, second.log).toBe('committed')
    const different = await release(fixture, 'v3', {}, (source) => blob(source, 14, 'other'))
    expect(different.outputs['failure-code'], different.log).toBe('disk-full')
    expect(different.log).toContain('the files that differ from the previous release')
    expect(await fixture.serves(host, 'api')).toBe('v2')
  })

  test.concurrent('is checked for disk space by preflight with a source', async (context) => {
    const [fixture] = await open(context, { disk: '60m' })
    const first = await release(fixture, 'v1', {}, (source) => blob(source, 14, 'same'))
    expect(first.belay, first.log).toBe('committed')
    const different = await release(fixture, 'v2', { command: 'preflight' }, (source) => blob(source, 14, 'other'))
    expect([different.belay, different.outputs['failure-code']], different.log).toEqual(['unchanged', 'disk-full'])
  })

  test.concurrent('is checked by a preflight in release without the script for root', async (context) => {
    const [fixture] = await open(context)
    const source = await fixture.release('api', 'v3')
    const begin = { uses: '$/actions/release/begin', with: { service: 'api', environment: 'qa', version: 'v3' } }
    const preflight = fixture.deploy('api', source, { version: 'v3', command: 'preflight' })
    const within = await fixture.job('v3', [begin, preflight])
    expect(within.log).toContain('Nothing stops the release on 1 host(s).')
    expect(within.log).not.toContain('#!/bin/sh')
    expect(within.belay).toBe('unchanged')
  })

  test.concurrent('may use the space of the releases that its start removes', async (context) => {
    const [fixture, host] = await open(context, { disk: '60m' })
    const inputs = { 'keep-releases': '2' }
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      const completed = await release(fixture, version, inputs, (source) => blob(source, 9, version))
      expect(completed.belay, completed.log).toBe('committed')
      expect(await fixture.serves(host, 'api')).toBe(version)
    }
  })
})
