import { expect, test } from 'vitest'
import type { Line } from './log.ts'
import { pathsFrom } from './paths.ts'

const known = [
  'build/checkout',
  'build/run-2',
  'build/image',
  'release (api)/checkout',
  'release (api)/belay',
  'release (api)/belay/begin',
  'release (api)/belay/deploy-ssh',
  'release (worker)/belay',
  'qa/release/belay',
  'qa/release/belay/end',
]

test.each<[Partial<Line>, string]>([
  [{ job: 'QA/build', jobID: 'build', stepID: ['0'] }, 'build/checkout'],
  [{ job: 'QA/build', jobID: 'build', stepID: ['1'] }, 'build/run-2'],
  [{ job: 'QA/build', jobID: 'build', stepID: ['image'] }, 'build/image'],
  [
    { job: 'QA/release-1', jobID: 'release', matrix: { service: 'api', port: '1' }, stepID: ['belay', 'deploy-ssh'] },
    'release (api)/belay/deploy-ssh',
  ],
  // A post also names those that came before it.
  [
    { job: 'QA/release-1', jobID: 'release', matrix: { service: 'api' }, stepID: ['belay', 'deploy-ssh', 'begin'] },
    'release (api)/belay/begin',
  ],
  [{ job: 'qa/Belay QA/release', jobID: 'release', stepID: ['belay', 'end'] }, 'qa/release/belay/end'],
  [
    { job: 'QA/release-2', jobID: 'release', matrix: { service: 'worker' }, stepID: ['belay'] },
    'release (worker)/belay',
  ],
])('%j is %s', (line, path) => {
  expect(pathsFrom(known).step({ msg: '', ...line })).toBe(path)
})

test('what act itself does in a job is no step', () => {
  expect(pathsFrom(known).step({ msg: '', job: 'QA/build', jobID: 'build', stepID: ['--setup-job'] })).toBeUndefined()
})
