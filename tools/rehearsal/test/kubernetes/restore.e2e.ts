import { startLoadClient } from '@belay/load'
import { canStartCluster } from '@belay/test-cluster'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { askSha } from '../../src/inspect.ts'
import { type Lab, openLab } from '../../src/kubernetes/lab.ts'
import { v1, v2 } from '../../src/version.ts'

describeIf(canStartCluster())(
  'the production workflow of examples/kubernetes, with an environment for rollbacks',
  () => {
    let lab: Lab
    beforeAll(async () => {
      lab = await openLab(true, 'production-rollback')
    }, 120_000)
    afterAll(() => lab?.close(), 60_000)

    test('the runner is lost after the rollout: the job after it restores the cluster, and Slack says so', async () => {
      const first = await lab.release('production', v1)
      expect(first.conclusion).toBe('success')
      // Without users nothing could be said of the canary.
      const url = lab.urlOf('production', '/orders')
      const users = await startLoadClient({ url, rate: 50, connections: 'fresh', versionOf: 'header:x-version' })
      onTestFinished(() => users.stop().then(() => {}))
      const run = { id: 900, path: '.github/workflows/production.yml', sha: v2.sha, conclusion: null }
      // GitHub has noticed the loss: no job of the run is at work but the one that asks.
      lab.github.addRun({ ...run, jobs: [{ name: 'release', status: 'completed', runner: 'runner-1' }] }, [])
      const lost = await lab.release('production', v2, { runId: '900', faults: { loseRunner: 'release/smoke' } })
      const log = Object.values(lost.jobs)
        .flatMap(({ steps }) => steps.map((step) => `--- ${step.path} ${step.outcome}\n${step.log}`))
        .join('\n')
      expect(
        [lost.jobs.release?.conclusion, lost.jobs.restore?.conclusion, lost.jobs.aftercare?.conclusion],
        log,
      ).toEqual(['lost', 'success', 'success'])
      expect(lost.jobs.restore?.outputs.result, log).toBe('rolled-back')
      expect(await askSha(lab.urlOf('production', '/orders')), log).toBe(v1.sha)
      expect(lab.slack.messages().at(-1)?.text, log).toMatch(/rolled back/i)
      expect(lost.leftovers).toEqual([])

      const next = await lab.release('production', v2)
      expect([next.conclusion, next.jobs.restore?.conclusion]).toEqual(['success', 'skipped'])
    }, 300_000)
  },
)
