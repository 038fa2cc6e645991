import type { JobResult, RunEvent, StepResult, StepStage } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { openRecorder } from '../../src/report/recorder.ts'

const path = 'release/api/deploy-ssh'
const started = (path: string, stage: StepStage = 'main'): RunEvent => ({ type: 'step-start', path, stage, name: path })
const ended = (path: string, outcome: StepResult['outcome'] = 'success', stage: StepStage = 'main'): RunEvent => ({
  type: 'step-end',
  result: { path, stage, outcome, log: `log of ${path}` } as StepResult,
})
const journal = (line: object, stage: StepStage = 'main'): RunEvent => ({ type: 'journal', path, stage, line })

/** What events lead to, one a second. */
function recordedOf(events: readonly RunEvent[]) {
  let seconds = 0
  const recorder = openRecorder(() => seconds)
  for (const event of events) {
    seconds += 1
    recorder.onEvent(event)
  }
  return recorder.recorded()
}

test('steps in the order in which they began, with their phases and what they came to', () => {
  const { steps } = recordedOf([
    started('release/api'),
    started(path),
    journal({ event: 'phase', phase: 'restart', host: 'host-1' }),
    journal({ event: 'gate', verdict: 'pass', attempts: 3, reason: '' }),
    journal({ event: 'note', level: 'warning', text: 'the disk is nearly full' }),
    journal({ event: 'note', level: 'warning', text: 'the disk is nearly full' }),
    journal({ event: 'note', level: 'info', text: 'of no interest' }),
    ended(path),
    ended('release/skipped', 'skipped'),
    ended('release/api'),
    started(path, 'post'),
    ended(path, 'lost', 'post'),
  ])
  expect(steps).toMatchObject([
    { path: 'release/api', from: 1, to: 10, phases: [], notes: [] },
    {
      path,
      stage: 'main',
      from: 2,
      to: 8,
      outcome: 'success',
      phases: [{ at: 3, name: 'restart', host: 'host-1' }],
      notes: ['pass after 3 probes', 'warning: the disk is nearly full'],
      log: `log of ${path}`,
    },
    { path, stage: 'post', from: 11, to: 12, outcome: 'lost' },
  ])
})

test('faults, decisions, armed hosts and jobs are moments; what only the job needs of its journal is not kept', () => {
  const recorded = recordedOf([
    started(path),
    journal({ event: 'armed', targets: [{ name: 'host-1' }], seconds: 30, returnsAt: 1 }),
    journal({ event: 'saved', undo: { token: 'a secret' } }),
    { type: 'fault', fault: 'kill', path, stage: 'main', moment: 'journal' },
    ended(path, 'failure'),
    started(path, 'post'),
    journal({ event: 'decided', decision: 'undo', why: 'it failed', until: 1 }, 'post'),
    journal(
      { event: 'outcome', target: 'schema', service: 'api', result: 'committed', stays: true, detail: '' },
      'post',
    ),
    ended(path, 'success', 'post'),
    { type: 'job-end', job: 'release', result: { conclusion: 'failure' } as JobResult },
  ])
  expect(recorded.moments.map(({ at, text }) => `${at} ${text}`)).toEqual([
    '2 host-1: armed, rolls back in 30 s',
    `4 ${path}: kill -9 of the action`,
    `5 ${path} failed`,
    '7 decision: undo, because it failed',
    '10 release ends: failure',
  ])
  expect(recorded.steps.at(-1)?.notes).toEqual(['stays: schema'])
  expect(JSON.stringify(recorded)).not.toContain('a secret')
})
