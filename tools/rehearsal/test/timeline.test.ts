import type { RunEvent, StepResult } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import type { Terminal } from '../src/terminal.ts'
import { openTimeline } from '../src/timeline.ts'

const path = 'release/migrate-db'

test('a schema that stays after an undo is reported as such, not as rolled back', () => {
  const lines: string[] = []
  const terminal: Terminal = {
    line: (text = '') => void lines.push(text),
    status: () => {},
    style: (_, text) => text,
    clock: () => '1.0 s',
    close: () => {},
  }
  const onEvent = openTimeline(terminal, { verbose: false, paths: [path], names: new Map([['deploy@h', 'host-1']]) })
  const outcome = (more: object): RunEvent => ({
    type: 'journal',
    path,
    stage: 'post',
    line: { event: 'outcome', service: 'api', result: 'rolled-back', detail: '', ...more },
  })
  onEvent({ type: 'step-start', path, stage: 'post', name: 'migrate-db' })
  onEvent(outcome({ target: 'schema of api', stays: true }))
  onEvent(outcome({ target: 'api slot on deploy@h' }))
  onEvent({ type: 'step-end', result: { path, stage: 'post', outcome: 'success' } as StepResult })
  expect(lines.at(-1)).toMatch(/stays: schema of api, rolled-back: api slot on host-1$/)
})
