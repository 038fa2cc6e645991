import type { RecordEvent, RecordLine } from '@belay/action-kit'
import type { Result } from '@belay/release-model'
import { expect, test } from 'vitest'
import { ganttOf } from '../src/gantt.ts'
import { phaseTimes } from '../src/phase-times.ts'
import { buildReport } from '../src/release-report.ts'
import { Job, release } from './support/report-fixtures.ts'

/** A record whose lines are dated in seconds since 10:00. */
class Dated {
  readonly lines: RecordLine[] = []

  at(seconds: number, step: string, event: RecordEvent): this {
    this.lines.push({ at: new Date(Date.UTC(2026, 10, 29, 10, 0, 0) + seconds * 1000).toISOString(), step, ...event })
    return this
  }
  began(seconds: number, step: string, mutates = true): this {
    return this.at(seconds, step, { event: 'step-began', action: step.replace(/-\d+$/, ''), mutates })
  }
  phase(seconds: number, step: string, phase: string, host?: string): this {
    return this.at(seconds, step, { event: 'phase', phase, ...(host && { host }) })
  }
  ended(seconds: number, step: string, ok = true): this {
    return this.at(seconds, step, { event: 'step-ended', ok, result: 'pending', seconds })
  }
  decided(seconds: number, decision: 'commit' | 'undo'): this {
    return this.at(seconds, 'deploy-ssh-1', { event: 'decided', decision, why: 'it is so' })
  }
  outcome(seconds: number, result: Result): this {
    return this.at(seconds, 'deploy-ssh-1', {
      event: 'outcome',
      target: 'app on a',
      service: 'app',
      result,
      detail: '',
    })
  }
}

/** A deploy of two hosts, one of which is slower, and a gate. */
const deployed = () =>
  new Dated()
    .began(0, 'deploy-ssh-1')
    .phase(1, 'deploy-ssh-1', 'lock')
    .phase(3, 'deploy-ssh-1', 'upload', 'a')
    .phase(3.5, 'deploy-ssh-1', 'upload', 'b')
    .phase(8, 'deploy-ssh-1', 'switch', 'a')
    .phase(13, 'deploy-ssh-1', 'switch', 'b')
    .phase(15, 'deploy-ssh-1', 'check')
    .ended(20, 'deploy-ssh-1')
    .began(21, 'health-gate-1', false)

const timesOf = ({ lines }: Dated) => {
  const steps = lines.flatMap((line) =>
    line.event === 'step-began' ? { step: line.step, name: line.action, service: line.service } : [],
  )
  return phaseTimes(lines, steps)
}

const draw = (dated: Dated) => ganttOf(timesOf(dated))

const spans = (dated: Dated) =>
  timesOf(dated).map(({ part, phase, from, to, failed }) => {
    const seconds = (time: number) => (time - Date.UTC(2026, 10, 29, 10, 0, 0)) / 1000
    return [part, phase, seconds(from), to === undefined ? 'stopped' : seconds(to), ...(failed ? ['failed'] : [])]
  })

const mains = [
  ['deploy-ssh', 'lock', 1, 3],
  ['deploy-ssh', 'upload', 3, 13],
  ['deploy-ssh', 'switch', 8, 15],
  ['deploy-ssh', 'check', 15, 20],
]

test('phases of several hosts are one bar, from the first host to the last', () => {
  const dated = deployed().ended(30, 'health-gate-1').decided(31, 'commit').outcome(33, 'committed')
  expect(spans(dated)).toEqual([
    ...mains,
    ['health-gate', 'health-gate', 21, 30],
    ['end of the job', 'confirm', 31, 33],
  ])
})

test('a step that failed, and its undo', () => {
  const dated = deployed()
    .ended(30, 'health-gate-1', false)
    .decided(31, 'undo')
    .phase(31, 'deploy-ssh-1', 'undo', 'a')
    .phase(31, 'deploy-ssh-1', 'undo', 'b')
    .outcome(35, 'mixed')
  expect(spans(dated)).toEqual([
    ...mains,
    ['deploy-ssh', 'undo', 31, 35],
    ['health-gate', 'health-gate', 21, 30, 'failed'],
    ['end of the job', 'undo', 31, 35, 'failed'],
  ])
})

test('a step that was stopped has no end, and none is invented', () => {
  expect(spans(deployed())).toEqual([...mains, ['health-gate', 'health-gate', 21, 'stopped', 'failed']])
  const dated = new Dated()
    .began(0, 'deploy-ssh-1')
    .phase(1, 'deploy-ssh-1', 'upload')
    .decided(9, 'undo')
    .phase(9, 'deploy-ssh-1', 'undo')
    .outcome(12, 'rolled-back')
  expect(spans(dated)).toEqual([
    ['deploy-ssh', 'upload', 1, 'stopped', 'failed'],
    ['deploy-ssh', 'undo', 9, 12],
    ['end of the job', 'undo', 9, 12],
  ])
})

test('services that are released one after another: only the last phase failed', () => {
  const dated = new Dated()
    .began(0, 'deploy-render-1')
    .phase(0, 'deploy-render-1', 'follow', 'database')
    .phase(4, 'deploy-render-1', 'follow', 'api')
    .phase(9, 'deploy-render-1', 'check', 'api')
    .phase(12, 'deploy-render-1', 'follow', 'frontend')
    .phase(15, 'deploy-render-1', 'check', 'frontend')
    .ended(20, 'deploy-render-1', false)
  expect(spans(dated).map(([, ...span]) => span)).toEqual([
    ['follow', 0, 9],
    ['check', 9, 12],
    ['follow', 12, 15],
    ['check', 15, 20, 'failed'],
  ])
})

test('a main that fails undoes its changes: the phase before the undo failed', () => {
  const dated = new Dated()
    .began(0, 'deploy-ssh-1')
    .phase(0, 'deploy-ssh-1', 'swap', 'a')
    .phase(1, 'deploy-ssh-1', 'check', 'a')
    .phase(6, 'deploy-ssh-1', 'undo', 'a')
    .ended(8, 'deploy-ssh-1', false)
  expect(spans(dated).map(([, ...span]) => span)).toEqual([
    ['swap', 0, 1],
    ['check', 1, 6, 'failed'],
    ['undo', 6, 8],
  ])
})

test('the same phase later on is a bar of its own', () => {
  const dated = new Dated()
    .began(0, 'deploy-ssh-1')
    .phase(0, 'deploy-ssh-1', 'upload', 'a')
    .phase(2, 'deploy-ssh-1', 'check', 'a')
    .phase(4, 'deploy-ssh-1', 'upload', 'a')
    .ended(6, 'deploy-ssh-1')
  expect(spans(dated).map(([, phase, from, to]) => [phase, from, to])).toEqual([
    ['upload', 0, 2],
    ['check', 2, 4],
    ['upload', 4, 6],
  ])
})

test('a release is drawn, without the bars that cannot be seen', () => {
  const dated = deployed()
    .ended(30, 'health-gate-1', false)
    .began(30, 'release-deployment-1', false)
    .ended(30.1, 'release-deployment-1')
    .decided(31, 'undo')
    .outcome(35, 'rolled-back')
  expect(draw(dated)).toBe(
    [
      '**When each phase ran** (UTC; each until the next one began)',
      '',
      '```mermaid',
      'gantt',
      'dateFormat YYYY-MM-DD HH:mm:ss.SSS',
      'axisFormat %H:%M:%S',
      'section deploy-ssh',
      '✓ lock 2.0 s :done, 2026-11-29 10:00:01.000, 2026-11-29 10:00:03.000',
      '✓ upload 10.0 s :done, 2026-11-29 10:00:03.000, 2026-11-29 10:00:13.000',
      '✓ switch 7.0 s :done, 2026-11-29 10:00:08.000, 2026-11-29 10:00:15.000',
      '✓ check 5.0 s :done, 2026-11-29 10:00:15.000, 2026-11-29 10:00:20.000',
      'section health-gate',
      '✗ health-gate 9.0 s :crit, 2026-11-29 10:00:21.000, 2026-11-29 10:00:30.000',
      'section end of the job',
      '✓ undo 4.0 s :done, 2026-11-29 10:00:31.000, 2026-11-29 10:00:35.000',
      '```',
    ].join('\n'),
  )
  expect(draw(deployed())).toContain('✗ health-gate stopped :crit, milestone, 2026-11-29 10:00:21.000, 0s')
})

test('the same action for two services has two parts', () => {
  const dated = new Dated()
  for (const [index, service] of ['api', 'worker'].entries())
    dated
      .at(index * 5, `deploy-ssh-${index}`, { event: 'step-began', action: 'deploy-ssh', mutates: true, service })
      .ended(index * 5 + 5, `deploy-ssh-${index}`)
  expect(spans(dated)).toEqual([
    ['deploy-ssh api', 'deploy-ssh', 0, 5],
    ['deploy-ssh worker', 'deploy-ssh', 5, 10],
  ])
})

test('a report has times of what changed something, and of its gates', () => {
  const api = release('acme-api')
  const read = new Job().begin(api).gate('health-gate-1', 'pass', 'well')
  expect(buildReport(read.reportInput('success')).times).toEqual([])
  const changed = new Job().begin(api).superseded().deploy('deploy-ssh-1', 'acme-api', { ok: true, result: 'pending' })
  const { times } = buildReport(changed.gate('health-gate-1', 'pass', 'well').reportInput('success'))
  expect(times.map(({ part }) => part)).toEqual(['deploy-ssh', 'health-gate'])
})

test('a single phase is not drawn', () => {
  expect(draw(new Dated().began(0, 'a-1').ended(9, 'a-1'))).toBeUndefined()
  expect(draw(new Dated())).toBeUndefined()
})

test.each([
  'x\n```\n# Owned',
  '%%{init: {"theme": "dark"}}%% x',
  'a:crit, 2026-01-01, 9d',
  'a; click a href "https://evil.example"',
  'section b',
  '<img src=x onerror=alert(1)>#quot;',
  '\u202egnp.exe\u0000\r\nclick a call b()',
  '`'.repeat(9),
  '',
])('a phase or action called %j is only a name', (name) => {
  const dated = new Dated()
    .at(0, 'a-1', { event: 'step-began', action: name, mutates: true })
    .phase(0, 'a-1', name)
    .phase(5, 'a-1', 'other')
    .ended(9, 'a-1')
  const [, , fence, ...lines] = (draw(dated) ?? '').split('\n')
  expect(fence).toBe('```mermaid')
  expect(lines).toHaveLength(7)
  expect(lines[3]).toMatch(/^section [\p{L}\p{N} .@/_-]*$/u)
  expect(lines[4]).toMatch(/^✓ [\p{L}\p{N} .@/_-]* 5\.0 s :done, [\d-]+ [\d:.]+, [\d-]+ [\d:.]+$/u)
  expect(lines.at(-1)).toBe('```')
})
