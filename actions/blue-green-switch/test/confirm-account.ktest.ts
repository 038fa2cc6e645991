import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { startJob } from './support/confirm-cluster.ts'

vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 })

describeIf(canStartCluster())('the account of a confirm Job', () => {
  let cluster: Cluster
  let image: string
  beforeAll(async () => {
    cluster = sharedCluster()
    image = await cluster.pushKubectl()
  })

  test('is enough', async ({ onTestFinished }) => {
    const job = await startJob(cluster, image, { seconds: 10 }, onTestFinished)
    expect(job.state).toEqual({ is: 'armed', why: '' })
    await job.move()
    await expect.poll(() => job.now(), { timeout: 60_000 }).toEqual({ slot: 'blue', state: 'expired R' })
  })

  test.concurrent.for([
    ['leases', 'get', 'try-lease'],
    ['leases', 'watch', 'try-time'],
    ['leases', 'patch', 'try-lease'],
    ['services', 'get', 'try-service-0'],
    ['services', 'patch', 'try-service-0'],
    ['deployments', 'get', 'try-old-slot'],
    ['deployments', 'list', 'try-old-slot'],
  ] as const)(
    'is the least: without %s: %s its pod says so before the switch',
    async ([resource, verb, container], { onTestFinished }) => {
      const without = (line: string) =>
        line.includes(`resources: [${resource}]`) ? line.replace(new RegExp(`(?<=[[ ])${verb}(, )?`), '') : line
      const account = (yaml: string) => yaml.split('\n').map(without).join('\n')
      const { state } = await startJob(cluster, image, { account }, onTestFinished)
      expect(state).toEqual({ is: 'failed', why: expect.stringContaining(`container ${container}: `) })
      expect(state?.why).toContain('forbidden')
    },
  )
})
