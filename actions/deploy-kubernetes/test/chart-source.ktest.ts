import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Cluster, canRunHelm } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { startRegistry } from '@belay/test-hosts'
import { beforeAll, expect, test, vi } from 'vitest'
import { makeAuthority } from '../../../packages/probe/test/authority.ts'
import { describeIf } from '../../../test/support/need.ts'
import { chartFolder, chartState, helm, releaseChart } from './support/chart-scenarios.ts'
import { expectFree, expectNothingLeft } from './support/clean.ts'
import { type Fixture, type Images, openFixture, pushImages } from './support/fixture.ts'

vi.setConfig({ maxConcurrency: 2, testTimeout: 300_000 })

/** A registry that asks for a login, as others do, with the chart in it; `env`: of a job that has logged in to it. */
async function publishChart({ cluster, folder }: Fixture, onTestFinished: (cleanUp: () => Promise<void>) => void) {
  const { ca, certificates } = makeAuthority('127.0.0.1')
  const login = { scheme: 'basic', username: 'acme', password: 'knot / rope: 100 %' } as const
  const registry = await startRegistry({ tls: certificates['127.0.0.1'], login })
  onTestFinished(registry.stop)
  const env = { SSL_CERT_FILE: join(folder, 'ca.pem'), HELM_CONFIG_HOME: join(folder, 'helm') }
  writeFileSync(env.SSL_CERT_FILE, ca)
  const run = async (...argv: string[]) => {
    const { stdout, stderr } = await promisify(execFile)('helm', argv, {
      env: { PATH: `${cluster.programs}:${process.env.PATH}`, ...env },
    })
    return stdout + stderr
  }
  await run('registry', 'login', registry.address, `--username=${login.username}`, `--password=${login.password}`)
  await run('package', chartFolder, `--destination=${folder}`)
  const pushed = await run('push', join(folder, 'api-1.0.0.tgz'), `oci://${registry.address}/charts`)
  const [digest = ''] = /sha256:[0-9a-f]{64}/.exec(pushed) ?? []
  return { env, chart: `oci://${registry.address}/charts/api`, digest }
}

describeIf(canRunHelm())('where a chart and its Helm release come from', () => {
  let cluster: Cluster
  let images: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
  })

  test.concurrent('a chart of a registry is pulled with the login of the runner', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const { env, chart, digest } = await publishChart(fixture, onTestFinished)

    const first = await releaseChart(fixture, 'v1', {}, { inputs: { chart: `${chart}@${digest}` }, env })
    expect([first.result, await fixture.served()], first.log).toEqual(['committed', 'v1'])
    expect(first.log).not.toContain('is not given by its digest')
    expectNothingLeft(first)

    const before = await chartState(fixture)
    const byTag = { inputs: { chart: `${chart}:1.0.0` }, env, status: 'failure' } as const
    const undone = await releaseChart(fixture, 'v2', { mode: 'loud' }, byTag)
    expect([undone.result, undone.conclusion], undone.log).toEqual(['rolled-back', 'red'])
    expect(undone.log).toContain(`The chart ${chart}:1.0.0 is not given by its digest`)
    expect(await chartState(fixture)).toEqual(before)
    expectNothingLeft(undone)

    for (const [from, login, why] of [
      [`${chart}:2.0.0`, env, /not found/],
      [`${chart}@${digest}`, { SSL_CERT_FILE: env.SSL_CERT_FILE }, /401|unauthorized|basic credential not found/i],
    ] as const) {
      const refused = await releaseChart(fixture, 'v2', {}, { inputs: { chart: from }, env: login })
      expect([refused.result, refused.main.outputs['failure-code']], refused.log).toEqual(['unchanged', 'helm-failed'])
      expect(refused.log).toContain(`Nothing was changed: Helm cannot pull ${from}`)
      expect(refused.log).toMatch(why)
      expect(refused.log).toContain('helm registry login')
      expectNothingLeft(refused)
    }
    expect(await chartState(fixture)).toEqual(before)
    await expectFree(fixture, undone.log)
  })

  test.concurrent('a Helm release that Helm 3 has made goes on as it is', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    // As Helm 3 did: by Helm's own merge of three versions, and not by the server's.
    await helm(fixture, 'install', 'api', chartFolder, '--server-side=false', `--set=image=${images.v1}`)
    await vi.waitFor(async () => expect(await fixture.served()).toBe('v1'), { timeout: 30_000 })
    const installed = await chartState(fixture)

    const undone = await releaseChart(fixture, 'v2', { mode: 'loud' }, { status: 'failure' })
    expect([undone.result, undone.conclusion], undone.log).toEqual(['rolled-back', 'red'])
    expect(await chartState(fixture)).toEqual(installed)
    expectNothingLeft(undone)

    const released = await releaseChart(fixture, 'v2', { mode: 'loud', 'notes.MORE': 'more' })
    expect([released.result, await fixture.served()], released.log).toEqual(['committed', 'v2'])
    expect((await chartState(fixture))['configmaps/api'].data).toEqual({ MODE: 'loud', MORE: 'more' })
    const made = JSON.parse(await helm(fixture, 'get', 'metadata', 'api', '--output=json'))
    expect(made.applyMethod).toBe('csa')

    const before = await chartState(fixture)
    const again = await releaseChart(fixture, 'v3', {}, { status: 'failure' })
    expect([again.result, again.conclusion], again.log).toEqual(['rolled-back', 'red'])
    expect(await chartState(fixture)).toEqual(before)
    await expectFree(fixture, again.log)
  })
})
