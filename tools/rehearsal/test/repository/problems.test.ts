import type { WorkflowRunResult } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { goalProblems } from '../../src/repository/problems.ts'

function failed(...log: string[]): string {
  const step = { path: 'release/deploy', stage: 'main', outcome: 'failure', log: log.join('\n') }
  const runResult = { conclusion: 'failure', jobs: { release: { steps: [step] } } } as unknown as WorkflowRunResult
  return goalProblems(runResult, [], false).join('\n')
}

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`)

test('a failure shows the end of the log', () => {
  const text = failed(...numbered('line', 20))
  expect(text).toContain('at release/deploy')
  expect(text.split('\n').slice(1)).toEqual(
    numbered('line', 20)
      .slice(12)
      .map((line) => `    | ${line}`),
  )
})

test('and the first lines of the service that did not start, which the error refers to', () => {
  const service = ['The last lines of the service on deploy@a:', ...numbered('  a', 20)]
  const other = ['The last lines of the service on deploy@b:', ...numbered('  b', 20)]
  const text = failed('before', ...service, ...other, 'the error')
  expect(text).toContain('| The last lines of the service on deploy@a:\n    |   a 1\n')
  expect(text).toContain('|   a 8\n    | …\n    |   b 14\n')
  expect(text).toContain('| the error')
})

test('nothing is shown twice where the log is short', () => {
  const text = failed('The last lines of the service on deploy@a:', '  a 1', 'the error')
  expect(text.match(/a 1/g)).toHaveLength(1)
})
