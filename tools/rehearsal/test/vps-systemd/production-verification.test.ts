import type { JobResult, WorkflowRunResult } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { belayRoot } from '../../src/paths.ts'
import { readPromises, readTraffic } from '../../src/promises.ts'
import { expectedFor } from '../../src/schema.ts'
import { v1, v2 } from '../../src/version.ts'
import { productionExpectationOf } from '../../src/vps-systemd/production-expectation.ts'
import { runProblems } from '../../src/vps-systemd/production-verification.ts'
import { allServe, migrationsOf } from '../../src/vps-systemd/services.ts'

const [api, worker] = ['release (acme-api)', 'release (acme-worker)'] as const
const paths = [api, worker].flatMap((job) =>
  [...(job === api ? ['migrate-db'] : []), 'deploy-ssh', 'blue-green-switch', 'end'].map((name) => `${job}/${name}`),
)
const promises = { hosts: readPromises(belayRoot), traffic: readTraffic(belayRoot) }
const stays = 'schema of acme-api: stays. 003_to_pack stays applied; the previous version works with it'

/** The problems of a run in which the step is killed. `said`: what the run reports. */
function problems(step: string, count: number, said: { conclusion: string; result?: string; log?: string }) {
  const schema = migrationsOf(v1)
  const fault = { kind: 'kill' as const, step: `${api}/${step}` }
  const run = { version: v2, back: false, serving: allServe(v1), schema, fault }
  const expectation = productionExpectationOf(promises, paths, run)
  const job = (conclusion: string, outputs: object, log = '') =>
    ({ conclusion, outputs, steps: [{ log }] }) as unknown as JobResult
  const jobs = {
    [api]: job(said.conclusion, said.result ? { 'acme-api': said.result } : {}, said.log),
    [worker]: job('success', { 'acme-worker': 'committed' }),
  }
  const { expectedJobs } = expectedFor(expectation.outcomes, migrationsOf(v2).slice(0, count))
  return runProblems(expectation, expectedJobs, { conclusion: 'failure', jobs } as unknown as WorkflowRunResult, [])
}

const back = { conclusion: 'failure', result: 'rolled-back', log: stays }

test('what is promised is no problem', () => {
  expect(problems('deploy-ssh', 3, back)).toEqual([])
  expect(problems('migrate-db', 3, back)).toEqual([])
  const log = 'schema of acme-api: mixed. 003_to_pack may have begun and is not a transaction'
  expect(problems('migrate-db', 2, { conclusion: 'failure', result: 'mixed', log })).toEqual([])
})

test('a schema that stays must be named', () => {
  expect(problems('deploy-ssh', 3, { ...back, log: 'schema of acme-api: stays. Nothing else.' })).toEqual([
    `${api} must name 003_to_pack, which is not undone, but says "schema of acme-api: stays. Nothing else."`,
  ])
})

test('the result must fit the schema that was found', () => {
  expect(problems('migrate-db', 2, back)).toEqual([`the result of ${api} must be mixed, not rolled-back`])
  expect(problems('migrate-db', 3, { ...back, result: 'unchanged' })).toHaveLength(1)
})

test('a job must end as promised and report its result', () => {
  expect(problems('deploy-ssh', 3, { conclusion: 'success', log: stays })).toEqual([
    `${api} must end as failure, not success`,
    `the result of ${api} must be rolled-back, not empty`,
  ])
})
