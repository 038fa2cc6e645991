import type { GitHubDeployment } from '@belay/fakes/github'
import type { SlackMessage } from '@belay/fakes/slack'
import type { JobResult, StepOutcome, StepResult } from '@belay/workflow-runner'
import { describe, expect, test } from 'vitest'
import { reportProblems } from '../../src/checks/reports.ts'

function job(conclusion: StepOutcome, result: string, steps: Record<string, StepOutcome>): JobResult {
  const results = Object.entries(steps).map(([path, outcome]) => ({ path, stage: 'main', outcome }) as StepResult)
  const recorded = { permissions: { deployments: 'write' } }
  return { conclusion, outputs: result ? { result } : {}, steps: results, recorded } as unknown as JobResult
}

const message = (text: string) => ({ text }) as SlackMessage
const deployment = (state?: string) => ({ statuses: state ? [{ state }] : [] }) as unknown as GitHubDeployment
const reporting = { 'release/api/notify-slack': 'success', 'release/api/deployment': 'success' } as const
const aftercare = job('success', '', { 'aftercare/aftercare': 'success' })
const committed = message('✅ qa · acme-api → 4f0c1d7 · committed\nmore')
const running = message('⏳ qa · acme-api → 4f0c1d7 · running')

function problems(
  jobs: Record<string, JobResult>,
  messages: SlackMessage[],
  deployments: GitHubDeployment[] = [],
): string[] {
  return reportProblems({ jobs }, { messages, deployments })
}

describe('a job that ended', () => {
  const release = job('success', 'committed', reporting)

  test('with one message and one deployment of its result has no problem', () => {
    expect(problems({ release }, [committed], [deployment('success')])).toEqual([])
  })

  test.each([
    ['✅ qa · acme-api → 4f0c1d7 · committed, job failed'],
    ['⏪ qa · acme-api → 4f0c1d7 · rollback committed'],
  ])('is reported by %s too', (text) => {
    expect(problems({ release }, [message(text)], [deployment('success')])).toEqual([])
  })

  test('must not be reported as running', () => {
    expect(problems({ release }, [running], [deployment('in_progress')])).toEqual([
      'the message of release in Slack still says that the release runs: ⏳ qa · acme-api → 4f0c1d7 · running',
      'the deployment of release on GitHub has no final state, but in_progress',
    ])
  })

  test('must be reported with its result', () => {
    expect(
      problems({ release }, [message('↩️ qa · acme-api → 4f0c1d7 · rolled back')], [deployment('failure')]),
    ).toEqual([
      'the message of release in Slack must say "committed", but its title is: ↩️ qa · acme-api → 4f0c1d7 · rolled back',
      'the deployment of release on GitHub must end as success, not failure',
    ])
  })

  test('must be reported once', () => {
    expect(problems({ release }, [committed, committed], [])).toEqual([
      'a message in Slack must be there for each job that reports: 1, not 2',
      'a deployment on GitHub must be there for each job that reports: 1, not 0',
    ])
    expect(problems({ release }, [], [deployment('success')])).toHaveLength(1)
  })
})

test('a job without the permission keeps no deployment', () => {
  const release = { ...job('success', 'committed', reporting), recorded: { permissions: {} } }
  expect(problems({ release }, [committed])).toEqual([])
})

test('each job of a matrix has reports of its own', () => {
  const [one, two] = [job('success', 'committed', reporting), job('failure', 'rolled-back', reporting)]
  const back = message('↩️ production · acme-worker → b83e5a2 · rolled back')
  const states = [deployment('success'), deployment('failure')]
  expect(problems({ one, two }, [committed, back], states)).toEqual([])
  expect(problems({ one, two }, [back, committed], states)).toHaveLength(2)
})

describe('a step that was interrupted may have reported', () => {
  const release = job('failure', 'unchanged', { 'release/api/notify-slack': 'failure' })

  test.each([0, 1])('%i messages', (count) => {
    const messages = [message('❌ qa · acme-api → 4f0c1d7 · not released')].slice(0, count)
    expect(problems({ release }, messages)).toEqual([])
  })

  test('and the next message says so where its own cannot be found again', () => {
    const title = '❌ qa · acme-api → 4f0c1d7 · not released'
    const note = 'An earlier message may still say that this job is running. This message is the current one.'
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: note } }]
    const last = { ...message(title), blocks } as unknown as SlackMessage
    expect(problems({ release }, [running, last])).toEqual([])
    const silent = { ...last, blocks: [] } as SlackMessage
    const tooMany = ['a message in Slack must be there for each job that reports: 0 to 1, not 2']
    expect(problems({ release }, [running, silent])).toEqual(tooMany)
    expect(problems({ release }, [message(title), last])).toEqual(tooMany)
  })

  test('but one that was skipped has not', () => {
    const skipped = job('failure', '', { 'release/api/notify-slack': 'skipped' })
    expect(problems({ skipped }, [running])).toEqual([
      'a message in Slack must be there for each job that reports: 0, not 1',
    ])
  })
})

describe('the message of a lost runner', () => {
  const lost = job('lost', '', reporting)

  test('goes on saying that the release runs if no aftercare follows', () => {
    expect(problems({ lost }, [running], [deployment('error')])).toEqual([])
  })

  test('is ended by aftercare', () => {
    expect(problems({ lost, aftercare }, [running], [deployment('error')])).toHaveLength(1)
    expect(problems({ lost, aftercare }, [message('⚠️ qa · acme-api · unknown')], [deployment('error')])).toEqual([])
  })

  test('is not found by aftercare without a deployment', () => {
    const early = job('lost', '', { 'release/api/notify-slack': 'success', 'release/api/deployment': 'lost' })
    expect(problems({ early, aftercare }, [running])).toEqual([])
  })
})
