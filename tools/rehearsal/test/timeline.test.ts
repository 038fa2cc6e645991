import type { RunEvent, StepResult, StepStage } from '@belay/workflow-runner'
import { expect, test } from 'vitest'
import { renamer } from '../src/names.ts'
import type { Terminal } from '../src/terminal.ts'
import { openTimeline } from '../src/timeline.ts'

const path = 'release/migrate-db'

/** The lines that events lead to. */
function linesOf(events: readonly RunEvent[], { verbose = false, shownWarnings = new Set<string>() } = {}): string[] {
  const lines: string[] = []
  const terminal: Terminal = {
    line: (text = '') => void lines.push(text.trim()),
    status: () => {},
    style: (_, text) => text,
    clock: () => '1.0 s',
    close: () => {},
  }
  const rename = renamer(new Map([['deploy@h', 'host-1']]))
  const onEvent = openTimeline(terminal, { verbose, paths: [path], rename, shownWarnings })
  for (const event of events) onEvent(event)
  return lines
}

const started = (stage: StepStage): RunEvent => ({ type: 'step-start', path, stage, name: 'migrate-db' })
const ended = (stage: StepStage, outcome: StepResult['outcome'] = 'success'): RunEvent => ({
  type: 'step-end',
  result: { path, stage, outcome } as StepResult,
})
const recorded = (line: object): RunEvent => ({ type: 'journal', path, stage: 'post', line })

test('a schema that stays after an undo is reported as such, not as rolled back', () => {
  const outcome = (more: object) =>
    recorded({ event: 'outcome', service: 'api', result: 'rolled-back', detail: '', ...more })
  const events = [
    started('post'),
    outcome({ target: 'schema of api', stays: true }),
    outcome({ target: 'api slot on deploy@h' }),
    ended('post'),
  ]
  expect(linesOf(events).at(-1)).toMatch(/stays: schema of api, rolled-back: api slot on host-1$/)
})

test('a step that was skipped, and a post step with nothing to do, are shown only with --verbose', () => {
  const events = [ended('main', 'skipped'), started('post'), ended('post')]
  expect(linesOf(events)).toEqual([])
  expect(linesOf(events, { verbose: true })).toEqual([
    expect.stringMatching(/migrate-db +– {2}skipped$/),
    expect.stringContaining('end of the job'),
    expect.stringMatching(/migrate-db +✓$/),
  ])
})

test('a warning is shown once, however many hosts and runs have it', () => {
  const shownWarnings = new Set<string>()
  const warned = recorded({ event: 'note', level: 'warning', text: 'the disk of deploy@h is nearly full' })
  const run = () => linesOf([started('main'), warned, warned, ended('main')], { shownWarnings })
  expect(run().filter((line) => line.endsWith('! the disk of host-1 is nearly full'))).toHaveLength(1)
  expect(run().filter((line) => line.includes('!'))).toEqual([])
})

test('the warning about the recovery unit is shown once, however many services have it', () => {
  const shownWarnings = new Set<string>()
  const text = 'after a reboot, the unconfirmed release serves: let root install belay-recover'
  const shown = ['api-qa', 'worker-qa', 'api-production'].flatMap((name) =>
    linesOf(
      [started('main'), recorded({ event: 'note', level: 'warning', text: `${text}-${name}.service` }), ended('main')],
      { shownWarnings },
    ).filter((line) => line.includes('!')),
  )
  expect(shown).toEqual([expect.stringMatching(/! after a reboot, .* belay-recover-api-qa\.service$/)])
})
