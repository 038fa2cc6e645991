import type { StepOutcome, StepStage, WorkflowRunResult } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { differencesOf } from './compare.ts'
import { explain } from './known.ts'

type Stage = [string, StepStage, StepOutcome]

/** A run of one job with these stages. */
function run(conclusion: 'success' | 'failure' | 'cancelled', result: string, ...stages: Stage[]) {
  const steps = stages.map(([step, stage, outcome]) => ({ path: `release/${step}`, stage, outcome }))
  const release = { conclusion, env: { BELAY_RESULT: result }, steps }
  return { conclusion, jobs: { release } } as unknown as WorkflowRunResult
}

const main: Stage = ['api/deploy-ssh', 'main', 'success']
const post: Stage = ['api/deploy-ssh', 'post', 'success']
const smoke: Stage = ['smoke', 'main', 'failure']

test('runs that are alike have no difference, and skipped steps do not count', () => {
  const own = run('failure', 'rolled-back', main, ['proven', 'main', 'skipped'], smoke, post)
  expect(differencesOf(own, run('failure', 'rolled-back', main, smoke, post))).toEqual([])
})

test.each<[string, WorkflowRunResult, string]>([
  ['another conclusion', run('success', 'rolled-back', main, smoke, post), 'run, job release'],
  ['another result', run('failure', 'mixed', main, smoke, post), 'result of release'],
  ['another outcome', run('failure', 'rolled-back', main, ['smoke', 'main', 'success'], post), 'release/smoke main'],
  ['no post', run('failure', 'rolled-back', main, smoke), 'release/api/deploy-ssh post'],
  ['a step more', run('failure', 'rolled-back', main, smoke, ['x', 'main', 'success'], post), 'release/x main'],
  ['another order', run('failure', 'rolled-back', smoke, main, post), 'order of mains in release'],
])('%s is a difference that no known fact explains', (_, act, of) => {
  const differences = differencesOf(run('failure', 'rolled-back', main, smoke, post), act)
  expect(differences.map((one) => one.of).join(', ')).toBe(of)
  expect(explain(differences)).toEqual({ known: [], unexplained: differences })
})

test('a known fact explains only what it is about', () => {
  const failed: Stage = ['api/deploy-ssh', 'post', 'failure']
  const own = run('failure', 'rolled-back', main, smoke, post)
  expect(explain(differencesOf(own, run('failure', 'rolled-back', main, smoke, failed)))).toEqual({
    known: ['nested-status'],
    unexplained: [],
  })
  // The other way round Belay would end green under GitHub's runner what act has as a failure.
  const reversed = differencesOf(run('failure', 'rolled-back', main, smoke, failed), own)
  expect(explain(reversed).unexplained).toEqual(reversed)
  // Servers differ only where act decided otherwise.
  const servers = { of: 'servers', own: 'v1', act: 'v2' }
  expect(explain([servers])).toEqual({ known: [], unexplained: [servers] })
})
