import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { type ClusterHandle, canStartCluster, startCluster } from '../src/index.ts'
import { leftOf, processesOf } from './left.ts'

describeIf(canStartCluster())('a cluster of its own', () => {
  test('stands beside another one, and leaves nothing when it is stopped', async () => {
    const cluster = await startCluster()
    onTestFinished(() => cluster.stop())
    const namespace = await cluster.namespace()
    const image = await cluster.pushImage('shop/api', { VERSION: 'v1' })
    await cluster.mustAsk('POST', `/api/v1/namespaces/${namespace}/pods`, {
      body: { metadata: { name: 'api' }, spec: { containers: [{ name: 'app', image }] } },
    })
    const ready = await cluster.kubectl([
      'wait',
      '--for=condition=Ready',
      'pod/api',
      `-n=${namespace}`,
      '--timeout=60s',
    ])
    expect(ready).toMatchObject({ status: 0 })
    const had = processesOf(cluster.handle)
    // Seven programs of the cluster, its first process, and a pod's: shim, sandbox, container.
    expect(had.length).toBeGreaterThan(10)
    expect(leftOf(cluster.handle, had).length).toBeGreaterThan(had.length)
    await cluster.stop()
    expect(leftOf(cluster.handle, had)).toEqual([])
  })

  test('leaves nothing when the process that started it is killed', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'start-only.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))))
    const handle: ClusterHandle = JSON.parse(line)
    const had = processesOf(handle)
    expect(had.length).toBeGreaterThan(10)
    child.kill('SIGKILL')
    await expect.poll(() => leftOf(handle, had), { timeout: 20_000 }).toEqual([])
  })

  test('says why it did not start, and leaves nothing', async () => {
    const before = globSync('belay-cluster-*', { cwd: tmpdir() })
    const groups = globSync('/sys/fs/cgroup/*/belay-cluster-*')
    await expect(startCluster({ apiServer: ['--no-such-flag'] })).rejects.toThrow(
      /did not start: kube-apiserver ended \(status 1\)[\s\S]*unknown flag: --no-such-flag/,
    )
    expect(globSync('belay-cluster-*', { cwd: tmpdir() })).toEqual(before)
    expect(globSync('/sys/fs/cgroup/*/belay-cluster-*')).toEqual(groups)
  })
})
