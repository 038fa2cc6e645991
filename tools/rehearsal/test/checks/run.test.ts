import type { JobResult, StepResult } from '@belay/workflow-runner'
import { describe, expect, test } from 'vitest'
import { failureText } from '../../src/checks/failure-text.ts'
import { goalProblems, promisedResults, resultProblems } from '../../src/checks/run.ts'
import type { ExpectedUnit } from '../../src/expect/expectation.ts'
import type { Fault } from '../../src/fault.ts'
import type { Run } from '../../src/scenario.ts'
import { observed } from '../expect/observed.ts'

const rows = (...results: string[]) => ({ rows: results.map((result) => ({ result })) }) as unknown as ExpectedUnit
const unit = (job: string, results: string[] = [], needs?: string) =>
  ({
    ...rows(...results),
    unit: { job, service: job, needs, steps: { deploy: `${job}/deploy` } },
  }) as unknown as ExpectedUnit
const run = (more: Partial<Run> = {}) => ({ scenario: {}, ...more }) as Run
const job = (conclusion: string, result = '', steps: Partial<StepResult>[] = [{}]) =>
  ({ conclusion, steps, outputs: {}, env: result ? { BELAY_RESULT: result } : {} }) as unknown as JobResult

describe('the goal of a run', () => {
  test('without a fault it must end well and release', () => {
    const jobs = { api: job('success') }
    expect(goalProblems(run(), { units: [unit('api', ['committed'])] }, { conclusion: 'success', jobs })).toEqual([])
    expect(goalProblems(run(), { units: [unit('api')] }, { conclusion: 'success', jobs })).toEqual([
      'your workflow ended well, but did not release api: api/deploy did not run',
    ])
  })

  test('an external failure says how it must end', () => {
    const ended = { conclusion: 'failure', jobs: {} } as const
    expect(goalProblems(run({ externalFailure: 'build-fails' }), { units: [unit('api')] }, ended)).toEqual([])
    const scenario = { conclusionOf: () => 'success' } as unknown as Run['scenario']
    expect(goalProblems(run({ externalFailure: 'limits', scenario }), { units: [] }, ended)).toHaveLength(1)
  })

  describe('with a fault in one of two jobs', () => {
    const fault: Fault = { kind: 'kill', step: 'api/deploy' }
    const steps = ['api/deploy', 'worker/deploy']
    const units = [unit('api', ['rolled-back']), unit('worker', ['committed'], '002_packed.sql')]
    const ended = (fails: string[] = []) =>
      ({ conclusion: 'failure', jobs: observed(steps, { fault, fails }) }) as const

    test('the other one must end well', () => {
      expect(goalProblems(run({ fault }), { units }, ended(), ['002_packed'])).toEqual([])
      expect(goalProblems(run({ fault }), { units }, ended(['worker/deploy']), ['002_packed'])).toEqual([
        'worker must end as success, not failure: no fault was injected into it',
      ])
    })

    test('unless it lacks the migration that the first one brings', () => {
      expect(goalProblems(run({ fault }), { units }, ended(['worker/deploy']), ['001_orders'])).toEqual([])
    })

    test('and where the step is tolerated, the run may end well', () => {
      const { jobs } = ended()
      const tolerated = jobs.api?.steps.map((step) => ({ ...step, conclusion: 'success' })) as StepResult[]
      const well = { ...jobs, api: { ...jobs.api, conclusion: 'success', steps: tolerated } as JobResult }
      expect(goalProblems(run({ fault }), { units }, { conclusion: 'success', jobs: well })).toEqual([])
    })

    test('and the run must end as the fault says', () => {
      const wrong = { ...ended(), conclusion: 'cancelled' } as const
      expect(goalProblems(run({ fault }), { units }, wrong)).toEqual(['the run must end as failure, not cancelled'])
    })
  })
})

describe('the result of a job', () => {
  test('is the worst of its services', () => {
    expect(promisedResults([rows('rolled-back'), rows('unchanged')])).toEqual(['rolled-back'])
    expect(promisedResults([rows(), rows()])).toEqual(['unchanged'])
  })

  test('may be several where only Belay knows how far a step came', () => {
    expect(promisedResults([rows('rolled-back', 'unchanged')])).toEqual(['rolled-back', 'unchanged'])
    expect(promisedResults([rows('rolled-back'), rows('rolled-back', 'unchanged')])).toEqual(['rolled-back'])
  })

  const problems = (found: JobResult) =>
    resultProblems({ units: [unit('api', ['rolled-back'])] }, { jobs: { api: found } })

  test('that is not promised is a problem, and none means unchanged', () => {
    expect(problems(job('failure', 'rolled-back'))).toEqual([])
    expect(problems(job('failure', 'committed'))).toEqual(['the result of api must be rolled-back, not committed'])
    expect(problems(job('failure'))).toEqual(['the result of api must be rolled-back, not unchanged'])
  })

  test('is what the job declares, and a lost runner says nothing', () => {
    expect(problems({ ...job('failure', 'committed'), outputs: { ref: 'x', result: 'rolled-back' } })).toEqual([])
    expect(problems(job('lost', 'committed'))).toEqual([])
  })
})

describe('a workflow that fails by itself', () => {
  const failed = (...log: string[]) => {
    const end = { code: 22, signal: null } as const
    const step = { path: 'release/deploy', stage: 'main', outcome: 'failure', end, log: log.join('\n') } as StepResult
    return failureText({ conclusion: 'failure', jobs: { release: job('failure', '', [step]) } })
  }
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`)

  test('is shown with the end of its log', () => {
    expect(failed('one', 'two')).toBe(
      'your workflow ended as failure at release/deploy (exit status 22), without any fault; --verbose has its whole log\n    | one\n    | two',
    )
    const text = failed(...numbered('line', 20))
    expect(text.split('\n').slice(1)).toEqual(
      numbered('line', 20)
        .slice(12)
        .map((line) => `    | ${line}`),
    )
  })

  test('and with the first lines of the service that did not start, which the error refers to', () => {
    const service = ['The last lines of the service on deploy@a:', ...numbered('  a', 20)]
    const other = ['The last lines of the service on deploy@b:', ...numbered('  b', 20)]
    const text = failed('before', ...service, ...other, 'the error')
    expect(text).toContain('| The last lines of the service on deploy@a:\n    |   a 1\n')
    expect(text).toContain('|   a 8\n    | …\n    |   b 14\n')
    expect(text).toContain('| the error')
  })

  test('and nothing is shown twice where the log is short', () => {
    const text = failed('The last lines of the service on deploy@a:', '  a 1', 'the error')
    expect(text.match(/a 1/g)).toHaveLength(1)
  })
})
