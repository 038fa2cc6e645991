import { canStartCluster, type StartedCluster, startCluster } from '@belay/test-cluster'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { startJob } from './support/confirm-cluster.ts'

vi.setConfig({ testTimeout: 300_000 })

describeIf(canStartCluster())('an API server that restarts while a confirm Job waits', () => {
  let cluster: StartedCluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.stop())

  test('does not keep the traffic where it is', async ({ onTestFinished }) => {
    const job = await startJob(cluster, await cluster.pushKubectl(), { seconds: 20 }, onTestFinished)
    expect(job.state).toEqual({ is: 'armed', why: '' })
    await job.move()
    await cluster.apiServer.end()
    await new Promise((resolve) => setTimeout(resolve, 5000))
    await cluster.apiServer.start()
    await expect.poll(() => job.now(), { timeout: 120_000 }).toEqual({ slot: 'blue', state: 'expired R' })
  })
})
