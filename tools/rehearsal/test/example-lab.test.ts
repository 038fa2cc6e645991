import { expect, test } from 'vitest'
import { type Base, releasesOn } from '../src/example-lab.ts'
import type { EndedRun, RunOptions } from '../src/runs.ts'
import { v1 } from '../src/version.ts'

const own = { vars: { BELAY_HOSTS: 'vps1' }, secrets: { SSH_KEY: 'key' } }
const none = { vars: {}, secrets: {} }

/** The lab of an example whose build needs a registry, and what its runs were started with. */
function labOf(conclusion: EndedRun['conclusion'] = 'success') {
  const started: RunOptions[] = []
  const run = async (_: unknown, options: RunOptions) => {
    started.push(options)
    return { conclusion, runId: '7', jobs: {} } as EndedRun
  }
  const base = { slack: { url: 'http://slack' }, github: { url: 'http://github' }, runs: { run } } as unknown as Base
  const given = (environment?: 'qa' | 'production') => ({ secrets: { PUSH: 'push' }, own: environment ? own : none })
  return { lab: releasesOn(base, given), started }
}

test('an environment has its secrets for itself, and production starts by a tag', async () => {
  const { lab, started } = labOf()
  await lab.release('qa', v1)
  await lab.release('production', v1)
  await lab.release('production', 'previous')
  const secrets = { SLACK_TOKEN: 'xoxb-fake', PUSH: 'push' }
  expect(started).toMatchObject([
    { workflow: 'qa.yml', secrets, environments: { qa: own } },
    { workflow: 'production.yml', ref: 'refs/tags/v1.0.0', secrets, environments: { production: own } },
    { workflow: 'production.yml', inputs: { version: 'previous' }, environments: { production: own } },
  ])
  expect(started.map((options) => [options.ref !== undefined, options.secrets])).toEqual([
    [false, secrets],
    [true, secrets],
    [false, secrets],
  ])
})

test('a called workflow gets the secrets of its environment from the repository', async () => {
  const { lab, started } = labOf()
  await lab.release('qa', v1, { workflow: 'qa-reusable.yml' })
  expect(started).toMatchObject([{ workflow: 'qa-reusable.yml', secrets: { PUSH: 'push', SSH_KEY: 'key' } }])
})

test('variables of one run win, whether the workflow asks for those of the repository or of the environment', async () => {
  const { lab, started } = labOf()
  await lab.release('qa', v1, { vars: { BELAY_HOSTS: 'vps2' } })
  const vars = { BELAY_HOSTS: 'vps2' }
  expect(started).toMatchObject([{ vars, environments: { qa: { vars } } }])
})

test('a build has no secret of an environment; a failed one is an error', async () => {
  const { lab, started } = labOf()
  expect(await lab.build(v1)).toBe(7)
  expect(started).toMatchObject([{ workflow: 'qa.yml', jobs: ['build'], environments: { qa: none } }])
  expect(started[0]?.secrets).toEqual({ SLACK_TOKEN: 'xoxb-fake', PUSH: 'push' })
  await expect(labOf('failure').lab.build(v1)).rejects.toThrow('v1 could not be built')
})
