import { canStartCluster } from '@belay/test-cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { exampleVariables } from '../../src/example-variables.ts'
import { askSha } from '../../src/inspect.ts'
import { type Lab, openLab } from '../../src/kubernetes/lab.ts'
import { tagOf, v1 } from '../../src/version.ts'

describeIf(canStartCluster())('the called workflow, in a cluster', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab(true)
  }, 120_000)
  afterAll(() => lab?.close(), 60_000)

  test('releases with a kubeconfig, which is a secret of the repository', async () => {
    const { stdout } = await lab.cluster.kubectl(['config', 'view', '--raw', '--flatten', '--output=json'])
    const { jobs, conclusion, leftovers } = await lab.release('production', v1, {
      workflow: 'production-reusable.yml',
      ref: `refs/tags/${tagOf(v1)}`,
      environments: {
        production: {
          vars: {
            BELAY_NAMESPACE: 'shop-production',
            BELAY_MANIFESTS: 'deploy/production',
            BELAY_CANARY: '25%',
            BELAY_METRICS_URL: 'service://shop-production/acme-shop-canary:http/stats',
            BELAY_METRICS: 'samples: $.requests >= 20\nerrors: $.errors < 0.01',
            BELAY_URLS: lab.urlOf('production', '/health'),
          },
          secrets: {},
        },
      },
      vars: { BELAY_IMAGE: lab.image, ...exampleVariables(lab.slack) },
      secrets: { KUBECONFIG: stdout, SLACK_TOKEN: 'xoxb-fake' },
    })
    const log = Object.values(jobs)
      .flatMap(({ steps }) => steps.map((step) => step.log))
      .join('\n')
    expect([conclusion, jobs.release?.outputs.result], log).toEqual(['success', 'committed'])
    // The variables are of a canary; nothing serves yet.
    expect(log).toContain('so there is no canary')
    expect(await askSha(lab.urlOf('production', '/orders'))).toBe(v1.sha)
    expect(leftovers).toEqual([])
  }, 300_000)
})
