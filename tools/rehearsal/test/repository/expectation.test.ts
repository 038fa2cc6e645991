import type { JobResult, StepOutcome, StepResult, WorkflowRunResult } from '@belay/workflow-runner'
import { describe, expect, test } from 'vitest'
import { belayRoot } from '../../src/paths.ts'
import { readPromises } from '../../src/promises.ts'
import { expectedUnit } from '../../src/repository/expectation.ts'
import type { Unit } from '../../src/repository/facts.ts'
import { commitIn, type SeenUnit, versionIn } from '../../src/repository/inspect.ts'
import { goalProblems, jobProblems, unitProblems } from '../../src/repository/problems.ts'
import { madeUpSecrets } from '../../src/repository/secrets.ts'
import { v1, v2 } from '../../src/version.ts'

const promises = readPromises(belayRoot)
const unit = { job: 'release', deploy: 'release/release/deploy-ssh', service: 'my-service' } as Unit

function job(conclusion: StepOutcome, deploy: Partial<StepResult>, result = ''): JobResult {
  const step = { path: unit.deploy, stage: 'main', outcome: 'success', ...deploy } as StepResult
  return { conclusion, steps: [step], env: result ? { BELAY_RESULT: result } : {} } as unknown as JobResult
}

const killed = { outcome: 'failure', end: { code: null, signal: 'SIGKILL' } } as const

describe('the promise follows from what the runner saw', () => {
  test.each<[string, JobResult | undefined, string, string]>([
    ['the job ended well', job('success', {}), 'ended well | commit → committed', v2.name],
    ['a later step failed', job('failure', {}), 'ended well | undo: a later step failed → rolled-back', v1.name],
    [
      'the deploy failed',
      job('failure', { outcome: 'failure' }),
      'failed in the change | undo: the job failed → rolled-back, failed before the change | undo: the job failed → unchanged',
      v1.name,
    ],
    [
      'the deploy was killed',
      job('failure', killed),
      'killed in the change | undo: the job failed → rolled-back, killed before the change | undo: the job failed → unchanged',
      v1.name,
    ],
    [
      'the job was cancelled after the deploy',
      job('cancelled', {}),
      'ended well | undo: the job was cancelled → rolled-back',
      v1.name,
    ],
    ['the runner was lost', job('lost', { outcome: 'lost' }), 'ended well | none → unknown', v1.name],
    ['the deploy was skipped', job('failure', { outcome: 'skipped' }), '', v1.name],
    ['the job did not run', undefined, '', v1.name],
  ])('%s', (_, found, rows, serves) => {
    const expected = expectedUnit(promises, unit, { jobs: found ? { release: found } : {} }, v2, v1)
    const texts = expected.rows.map(({ main, decision, result }) => `${main} | ${decision} → ${result}`)
    expect([texts.join(', '), expected.version?.name]).toEqual([rows, serves])
  })

  test('only a lost runner needs patience', () => {
    const later = (found: JobResult) => expectedUnit(promises, unit, { jobs: { release: found } }, v2, v1).later
    expect([later(job('lost', {})), later(job('cancelled', {}))]).toEqual([true, false])
  })
})

describe('problems', () => {
  const release = job('failure', {}, 'rolled-back')
  const expected = expectedUnit(promises, unit, { jobs: { release } }, v2, v1)
  const server = { server: 'vps1', release: v1.sha.slice(0, 12), locked: false, open: [] }
  const answer = { url: 'http://vps1/health', text: 'answered 200', version: v1.sha }
  const seen = (more: object = {}, answers = [answer]) =>
    unitProblems(expected, { unit, servers: [{ ...server, ...more }], answers } as SeenUnit)

  test('what is promised is none', () => {
    expect(seen()).toEqual([])
    expect(jobProblems([expected], { jobs: { release } } as unknown as WorkflowRunResult)).toEqual([])
  })

  test('another release, a lock, an open change and another answer are', () => {
    const more = { release: v2.sha.slice(0, 12), locked: true, open: ['000002-x.armed'] }
    expect(seen(more, [{ ...answer, version: v2.sha }])).toEqual([
      expect.stringContaining('my-service on vps1 must be the release of v1 (4f0c1d7e92b3), but is b83e5a20c7d9'),
      'the lock of my-service on vps1 is still held',
      'my-service on vps1 has a change that is neither confirmed nor undone: 000002-x.armed',
      expect.stringContaining('http://vps1/health must report v1 (4f0c1d7e92b3), but reports b83e5a2'),
    ])
  })

  test('a result that is not promised is', () => {
    const jobs = { release: job('failure', {}, 'committed') }
    expect(jobProblems([expected], { jobs } as unknown as WorkflowRunResult)).toEqual([
      'the result of release must be rolled-back, not committed',
    ])
  })

  test('a workflow that fails by itself is', () => {
    const smoke = {
      path: 'release/smoke',
      stage: 'main',
      outcome: 'failure',
      end: { code: 22, signal: null },
      log: 'one\ntwo',
    }
    const run = { conclusion: 'failure', jobs: { release: { steps: [smoke] } } } as unknown as WorkflowRunResult
    expect(goalProblems(run, [expected], true)).toEqual([])
    expect(goalProblems(run, [expected], false)).toEqual([
      'your workflow ended as failure at release/smoke (exit status 22), without any fault; --verbose has its whole log\n    | one\n    | two',
    ])
  })
})

test('a workflow that ends well without a release is a problem, and one that releases is none', () => {
  const ended = (jobs: Record<string, JobResult>) => {
    const expected = expectedUnit(promises, unit, { jobs }, v2, v1)
    return goalProblems({ conclusion: 'success', jobs } as unknown as WorkflowRunResult, [expected], false)
  }
  expect(ended({ release: job('success', {}) })).toEqual([])
  expect(ended({ release: job('success', { outcome: 'skipped' }) })).toEqual([
    'your workflow ended well, but did not release my-service: release/release/deploy-ssh did not run',
  ])
})

test('every secret is made up, by the input that gets it', () => {
  const steps = [
    { path: 'release/release', inputs: { 'ssh-key': '<secret:DEPLOY_KEY>', 'slack-token': '<secret:SLACK>' } },
    { path: 'release/smoke', inputs: {}, written: {}, run: 'curl $' + '{{ secrets.ADMIN_KEY }}' },
    { path: 'release/other', inputs: {}, env: { B: '$' + '{{ secrets.OTHER }}' } },
  ].map((step) => ({ job: 'release', environment: 'qa', written: {}, env: {}, ...step }))
  const from = { sshKey: 'a key', slackToken: 'a token', databaseUrl: undefined }
  expect(madeUpSecrets(steps, from)).toEqual({
    DEPLOY_KEY: 'a key',
    SLACK: 'a token',
    ADMIN_KEY: expect.stringMatching(/^made-up-[0-9a-f]{18}$/),
    OTHER: expect.stringMatching(/^made-up-/),
  })
})

test.each([
  ['HTTP/1.1 200 OK\r\nX: y\r\n\r\n{"sha":"abc"}', 'sha', 'abc'],
  ['HTTP/1.1 200 OK\r\nX-Version: abc\r\n\r\n', 'header:x-version', 'abc'],
  ['HTTP/1.1 200 OK\r\n\r\nno json', 'sha', undefined],
  ['HTTP/1.1 503 Service Unavailable\r\n\r\n{"sha":"abc"}', 'sha', 'abc'],
])('the version in an answer: %j at %s', (answer, from, version) => {
  expect(versionIn(answer, from).version).toBe(version)
})

test('the commit in the name of a release', () => {
  expect(commitIn('releases/20261129T105215Z-4f0c1d7e92b3-1-1-0ace10e7')).toBe('4f0c1d7e92b3')
})
