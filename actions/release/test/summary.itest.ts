import { expect, onTestFinished, test } from 'vitest'
import { openReleaseJob } from './support/job.ts'

const sha = 'a'.repeat(40)
const place = { service: 'acme-sales', environment: 'production', version: sha }

test('a job that is cancelled before its first change has a summary: what its steps had said', async () => {
  const job = openReleaseJob({ GITHUB_SHA: sha })
  onTestFinished(job.close)
  const begun = await job.main('release/begin', place)
  const planned = await job.main('release/plan', { ...place, rebuild: 'no' })
  const post = await job.post('release/begin', { ...place, 'job-status': 'cancelled' })
  expect([begun.exit, planned.exit, post.exit], `${begun.log}${planned.log}${post.log}`).toEqual([0, 1, 0])
  expect([begun.summary, planned.summary]).toEqual(['', ''])
  expect(post.summary).toContain('**release-plan failed** (`inputs`)')
})
