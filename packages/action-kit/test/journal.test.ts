// biome-ignore-all lint/style/noExcessiveLinesPerFile: every event of the journal, and what they add up to
import { execFile } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type ArmedTarget,
  currentRun,
  foldJournal,
  isSuperseded,
  type JournalEntry,
  type JournalStep,
  jobResult,
  openJournal,
  pendingTargets,
  resultOf,
  type TargetOutcome,
} from '../src/index.ts'

const target = (host: string): ArmedTarget => ({
  name: `api on ${host}`,
  service: 'api',
  handle: { kind: 'ssh', host },
})
const settled = (host: string, result: TargetOutcome['result']): TargetOutcome => ({
  target: `api on ${host}`,
  service: 'api',
  result,
  detail: '',
})
const began = (step: string, mutates = true): JournalEntry => ({
  step,
  event: 'step-began',
  action: 'deploy-ssh',
  mutates,
})
const armed = (step: string, hosts: string[], returnsAt = 100): JournalEntry => ({
  step,
  event: 'armed',
  targets: hosts.map(target),
  seconds: 60,
  returnsAt,
})
const ended = (step: string, ok: boolean, result: TargetOutcome['result']): JournalEntry => ({
  step,
  event: 'step-ended',
  seconds: 1,
  ok,
  result,
})
const news = (step: string, ...all: TargetOutcome[]): JournalEntry[] =>
  all.map((outcome) => ({ step, event: 'outcome', ...outcome }))
const only = (...entries: JournalEntry[]): JournalStep => foldJournal(entries).steps[0] as JournalStep

describe('the lines of a journal add up', () => {
  test('to nothing at first', () => {
    expect(foldJournal([])).toEqual({
      steps: [],
      nonce: undefined,
      releases: [],
      unfinishedReleases: [],
      decided: undefined,
      returnsAt: undefined,
      schemas: [],
      admissions: [],
      chosen: [],
      exclusive: undefined,
      connections: [],
      damaged: undefined,
    })
  })

  test('what no step armed belongs to the step that changed it, with that step’s result', () => {
    const schema: TargetOutcome = {
      target: 'schema of api',
      service: 'api',
      result: 'rolled-back',
      detail: '',
      stays: true,
    }
    const step = only(began('a'), ended('a', true, 'pending'), ...news('a', schema), ended('a', false, 'rolled-back'))
    expect(step.outcomes).toEqual([schema])
    expect(resultOf(step)).toBe('rolled-back')
    expect(resultOf(only(began('a'), ended('a', true, 'pending')))).toBe('unknown')
  })

  test('the schema of each service, and which step must be exclusive', () => {
    const job = foldJournal([
      began('a'),
      { step: 'a', event: 'schema', service: 'api', migrations: ['001', '002'], applied: ['002'] },
      { step: 'a', event: 'exclusive', why: 'it drops a column' },
      { step: 'b', event: 'chosen', service: 'api', release: { id: 'r1', version: 'v1', sha: 'abc' } },
    ])
    expect(job.chosen).toEqual([{ service: 'api', release: { id: 'r1', version: 'v1', sha: 'abc' } }])
    expect(job.schemas).toEqual([{ service: 'api', migrations: ['001', '002'], applied: ['002'] }])
    expect(job.exclusive).toEqual({ step: 'a', why: 'it drops a column' })
  })

  test('the last saved undo holds, whatever follows (rule 2)', () => {
    const step = only(
      began('a'),
      { step: 'a', event: 'saved', undo: 1 },
      { step: 'a', event: 'saved', undo: { host: 'web1' } },
      ended('a', false, 'unchanged'),
    )
    expect(step.undo).toEqual({ host: 'web1' })
  })

  test('steps keep their order, and lines of a step that never began are ignored', () => {
    const { steps } = foldJournal([began('b'), began('a'), ended('c', true, 'committed'), ended('b', true, 'noop')])
    expect(steps.map(({ id, ended }) => [id, ended?.result])).toEqual([
      ['b', 'noop'],
      ['a', undefined],
    ])
  })

  test('the last outcome of a target holds, for the step that armed it, whichever step reports it', () => {
    const { steps } = foldJournal([
      began('a'),
      began('b'),
      armed('a', ['web1']),
      armed('b', ['web2']),
      ...news('b', settled('web1', 'undo-started'), settled('web2', 'committed')),
      ...news('b', settled('web1', 'rolled-back')),
    ])
    expect(steps.map((step) => step.outcomes.map(({ target, result }) => [target, result]))).toEqual([
      [['api on web1', 'rolled-back']],
      [['api on web2', 'committed']],
    ])
  })

  test('the first confirm timeout limits the job until every armed target has a final outcome', () => {
    const lines = [began('a'), began('b'), armed('a', ['web1'], 300), armed('b', ['web2'], 200)]
    expect(foldJournal(lines).returnsAt).toBe(200)
    expect(foldJournal([...lines, ...news('a', settled('web2', 'rolled-back'))]).returnsAt).toBe(200)
    expect(
      foldJournal([...lines, ...news('a', settled('web2', 'mixed'), settled('web1', 'committed'))]).returnsAt,
    ).toBe(200)
    const all = [...lines, ...news('a', settled('web1', 'committed'), settled('web2', 'committed'))]
    expect(foldJournal(all).returnsAt).toBeUndefined()
  })

  test('of targets that roll back together the confirm timeout of the last one counts (rule 6)', () => {
    const joined = (step: string, returnsAt: number): JournalEntry => ({
      step,
      event: 'armed',
      targets: [{ ...target(`web1 of ${step}`), transaction: 'web1' }],
      seconds: 60,
      returnsAt,
    })
    const fill = [began('fill'), joined('fill', 200)]
    expect(foldJournal([...fill, began('switch'), joined('switch', 300)]).returnsAt).toBe(300)
    expect(foldJournal([...fill, began('switch'), joined('switch', 100)]).returnsAt).toBe(100)
    expect(foldJournal([...fill, began('b'), armed('b', ['web2'], 250)]).returnsAt).toBe(200)
  })

  test('a release that began must reach its end', () => {
    const joined = (release: string): JournalEntry => ({ step: 'x', event: 'release-joined', release })
    const reached = (release: string): JournalEntry => ({ step: 'x', event: 'release-ended', release })
    expect(foldJournal([joined('r1'), joined('r2'), reached('r1')]).unfinishedReleases).toEqual(['r2'])
    expect(foldJournal([joined('r1'), reached('r1')]).unfinishedReleases).toEqual([])
  })

  test('the decision and the open connections', () => {
    const job = foldJournal([
      { step: 'a', event: 'connected', key: 'k', socket: '/tmp/s' },
      { step: 'b', event: 'decided', decision: 'undo', why: 'it failed', until: 9 },
    ])
    expect(job.decided).toEqual({ decision: 'undo', why: 'it failed', until: 9 })
    expect(job.connections).toEqual([{ step: 'a', key: 'k', socket: '/tmp/s' }])
  })
})

test('armed targets are pending until their outcome is final', () => {
  const lines = [began('a'), armed('a', ['web1', 'web2', 'web3', 'web4', 'web5'])]
  const word = news(
    'a',
    settled('web1', 'committed'),
    settled('web2', 'rolled-back'),
    settled('web3', 'undo-started'),
    settled('web4', 'mixed'),
  )
  expect(pendingTargets(only(...lines, ...word)).map(({ name }) => name)).toEqual([
    'api on web3',
    'api on web4',
    'api on web5',
  ])
})

describe('a step after one that was superseded has nothing to do', () => {
  const release = { id: 'r1', service: 'api', environment: 'qa', version: 'v1', sha: 'a'.repeat(40) }
  const inRelease: JournalEntry[] = [
    { step: 'b', event: 'release-began', release, run: currentRun() },
    { step: 'b', event: 'release-joined', release: 'r1' },
  ]
  const overtaken = (service: string): JournalEntry[] => [
    { step: 'd', event: 'step-began', action: 'deploy-ssh', mutates: true, service },
    { step: 'd', event: 'step-ended', seconds: 1, ok: true, result: 'superseded' },
  ]

  test.each<[string, JournalEntry[], boolean]>([
    ['inside of its release', [...inRelease, ...overtaken('api')], true],
    ['not for another service', [...inRelease, ...overtaken('worker')], false],
    ['not where nothing was superseded', inRelease, false],
    ['not outside of a release', overtaken('api'), false],
    [
      'not after its end',
      [...inRelease, ...overtaken('api'), { step: 'e', event: 'release-ended', release: 'r1' }],
      false,
    ],
  ])('%s', (_, entries, expected) => {
    expect(isSuperseded(foldJournal(entries))).toBe(expected)
  })
})

describe('the result of a step (rule 15)', () => {
  test.each<[string, JournalEntry[], TargetOutcome['result']]>([
    ['began and left no result', [began('a')], 'unknown'],
    ['succeeded and undecided, nothing armed', [began('a'), ended('a', true, 'pending')], 'unknown'],
    ['already live', [began('a'), ended('a', true, 'noop')], 'noop'],
    ['failed before the change', [began('a'), ended('a', false, 'unchanged')], 'unchanged'],
    ['armed and undecided', [began('a'), armed('a', ['web1']), ended('a', true, 'pending')], 'unknown'],
    ['armed and killed', [began('a'), armed('a', ['web1'])], 'unknown'],
    [
      'confirmed',
      [
        began('a'),
        armed('a', ['web1', 'web2']),
        ...news('a', settled('web1', 'committed'), settled('web2', 'committed')),
      ],
      'committed',
    ],
    [
      'one of two without an outcome',
      [began('a'), armed('a', ['web1', 'web2']), ...news('a', settled('web1', 'rolled-back'))],
      'unknown',
    ],
    [
      'old and new together',
      [
        began('a'),
        armed('a', ['web1', 'web2']),
        ...news('a', settled('web1', 'committed'), settled('web2', 'rolled-back')),
      ],
      'mixed',
    ],
    [
      'one undo started, its end not seen',
      [
        began('a'),
        armed('a', ['web1', 'web2']),
        ...news('a', settled('web1', 'undo-started'), settled('web2', 'rolled-back')),
      ],
      'undo-started',
    ],
    [
      'rolled back in its own main',
      [
        began('a'),
        armed('a', ['web1']),
        ...news('a', settled('web1', 'rolled-back')),
        ended('a', false, 'rolled-back'),
      ],
      'rolled-back',
    ],
    [
      'killed between save and arm, undone by post',
      [began('a'), { step: 'a', event: 'saved', undo: {} }, ended('a', false, 'unchanged')],
      'unchanged',
    ],
  ])('%s', (_, lines, result) => {
    expect(resultOf(only(...lines))).toBe(result)
  })
})

describe('the result of a job', () => {
  const whole = (step: string, host: string, result: TargetOutcome['result']) => [
    began(step),
    armed(step, [host]),
    ...news(step, settled(host, result)),
  ]

  test.each<[string, JournalEntry[], TargetOutcome['result']]>([
    ['nothing that changes', [began('gate', false), ended('gate', true, 'unchanged')], 'unchanged'],
    ['of nothing at all', [], 'unchanged'],
    ['superseded before any change', [began('plan', false), ended('plan', true, 'superseded')], 'superseded'],
    ['committed beside noop', [...whole('a', 'web1', 'committed'), began('b'), ended('b', true, 'noop')], 'committed'],
    ['committed beside one that never ended', [...whole('a', 'web1', 'committed'), began('b')], 'unknown'],
    [
      'one service committed, the other rolled back',
      [...whole('a', 'web1', 'committed'), ...whole('b', 'web2', 'rolled-back')],
      'mixed',
    ],
    [
      'a reading step that failed does not count',
      [...whole('a', 'web1', 'committed'), began('gate', false), ended('gate', false, 'unchanged')],
      'committed',
    ],
    [
      'all were rolled back',
      [...whole('a', 'web1', 'rolled-back'), ...whole('b', 'web2', 'rolled-back')],
      'rolled-back',
    ],
    [
      'failed before any change, beside one that was rolled back',
      [...whole('a', 'web1', 'rolled-back'), began('b'), ended('b', false, 'unchanged')],
      'rolled-back',
    ],
  ])('%s', (_, lines, result) => {
    expect(jobResult(foldJournal(lines))).toBe(result)
  })
})

describe('the journal on disk', () => {
  function folder(): string {
    const parent = mkdtempSync(join(tmpdir(), 'belay-journal-'))
    onTestFinished(() => rmSync(parent, { recursive: true }))
    return join(parent, 'belay')
  }

  test('can be read by its owner only', () => {
    const journal = openJournal(folder())
    journal.append(began('a'))
    expect(statSync(journal.folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(journal.folder, 'journal.jsonl')).mode & 0o777).toBe(0o600)
  })

  test('is the same for another process', () => {
    const path = folder()
    openJournal(path).append(began('a'))
    openJournal(path).append(ended('a', true, 'noop'))
    expect(openJournal(path).read().steps).toMatchObject([{ id: 'a', ended: { ok: true, result: 'noop' } }])
  })

  test('after a line that a kill cut off, every later line holds', () => {
    const journal = openJournal(folder())
    journal.append(began('a'))
    appendFileSync(join(journal.folder, 'journal.jsonl'), '{"step":"a","event":"saved","undo":{"held":[{"ho')
    journal.append({ step: 'a', event: 'decided', decision: 'undo', why: 'it failed', until: 9 })
    expect(journal.read().decided).toMatchObject({ decision: 'undo' })
  })

  test('holds every line of several processes that write at once', async () => {
    const path = folder()
    const source = import.meta.resolve('../src/journal.ts')
    const code = `const { openJournal } = await import(${JSON.stringify(source)})
      const journal = openJournal(${JSON.stringify(path)})
      const [step] = process.argv.slice(1)
      for (let count = 0; count < 100; count++)
        journal.append(
          { step, event: 'note', level: 'info', text: count + ' ' + 'x'.repeat(10_000) },
          { step, event: 'phase', phase: String(count) },
        )`
    const run = promisify(execFile)
    await Promise.all(['a', 'b', 'c'].map((step) => run(process.execPath, ['--input-type=module', '-e', code, step])))
    const record = openJournal(path).record()
    expect(openJournal(path).read().damaged).toBeUndefined()
    for (const step of ['a', 'b', 'c']) {
      const own = record.filter((line) => line.step === step)
      const said = own.map((line) =>
        line.event === 'phase' ? line.phase : line.event === 'note' && parseInt(line.text, 10),
      )
      expect(said).toEqual(Array.from({ length: 100 }, (_, count) => [count, String(count)]).flat())
    }
  })
})
