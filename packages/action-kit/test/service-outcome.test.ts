import type { Move, Result } from '@belay/release-model'
import { describe, expect, test } from 'vitest'
import { foldJournal, type JournalEntry, type RecordLine, serviceOutcomes } from '../src/index.ts'

const move: Move = { from: { version: 'v1.2.0', release: 'r1' }, to: { version: 'v1.3.0', release: 'r2' } }

const details: Partial<Record<Result, string>> = {
  mixed: 'could not be confirmed:\n  it is gone',
  'undo-started': 'the rollback started, and its end was not seen',
}

/** A step of the same job that rolls back to an older version than the one before. */
function wentBack(result: Result): JournalEntry[] {
  const to = { version: 'v1.1.0', release: 'r0' }
  const targets = [
    {
      name: 'api on web1',
      service: 'api',
      handle: { kind: 'ssh' },
      move: { from: move.from, to, back: true } as const,
    },
  ]
  return [
    { step: 'b', event: 'step-began', action: 'deploy-ssh', mutates: true, service: 'api' },
    { step: 'b', event: 'armed', targets, seconds: 60, returnsAt: 1 },
    { step: 'b', event: 'step-ended', seconds: 1, ok: true, result },
    { step: 'b', event: 'outcome', target: 'api on web1', service: 'api', result, detail: '' },
  ]
}

function job(results: (Result | undefined)[], moved = move, more: JournalEntry[] = []) {
  const targets = results.map((_, index) => ({
    name: `api on web${index + 1}`,
    service: 'api',
    handle: { kind: 'ssh' },
    move: moved,
  }))
  const settled = results.flatMap((result, index): JournalEntry[] => {
    if (!result) return []
    const outcome = { target: `api on web${index + 1}`, service: 'api', result, detail: details[result] ?? '' }
    return [{ step: 'a', event: 'outcome', ...outcome }]
  })
  return foldJournal([
    { step: 'a', event: 'step-began', action: 'deploy-ssh', mutates: true, service: 'api' },
    { step: 'a', event: 'armed', targets, seconds: 60, returnsAt: 1 },
    { step: 'a', event: 'step-ended', seconds: 1, ok: true, result: 'pending' },
    ...settled,
    ...more,
  ])
}

/** A switch on proxies before other servers. */
function switched(results: readonly Result[]) {
  const targets = results.map((_, index) => ({
    name: `api on lb${index + 1}`,
    service: 'api',
    handle: { kind: 'ssh' },
    role: 'proxy' as const,
    move,
  }))
  return foldJournal([
    { step: 'a', event: 'step-began', action: 'blue-green-switch', mutates: true, service: 'api' },
    { step: 'a', event: 'armed', targets, seconds: 60, returnsAt: 1 },
    { step: 'a', event: 'step-ended', seconds: 1, ok: true, result: 'pending' },
    ...results.map(
      (result, index): JournalEntry => ({
        step: 'a',
        event: 'outcome',
        target: `api on lb${index + 1}`,
        service: 'api',
        result,
        detail: '',
      }),
    ),
  ])
}

test('proxies before other servers are not the hosts that serve', () => {
  expect(text(switched(['committed']), 'success')).toEqual(['api: v1.3.0 serves through 1 proxy (before: v1.2.0)'])
  expect(text(switched(['rolled-back', 'rolled-back']), 'failure', [gate])).toEqual([
    'api: v1.2.0 serves again through 2 proxies (v1.3.0 was rolled back: health-gate-1 failed)',
  ])
  expect(text(switched(['committed', 'rolled-back']), 'failure')).toEqual([
    'api serves different versions: v1.3.0 serves through lb1; v1.2.0 serves through lb2',
  ])
})

const text = (state: ReturnType<typeof job>, status: string, record: RecordLine[] = []) =>
  serviceOutcomes({ job: state, record, status, actor: 'ada' }).map((one) => one.text)

const gate: RecordLine = {
  at: '',
  step: 'health-gate-1',
  event: 'step-ended',
  ok: false,
  result: 'unchanged',
  seconds: 1,
  code: 'gate-failed',
}

describe('which version serves on Render, where nothing is confirmed', () => {
  const back = {
    from: { version: 'c'.repeat(40), release: '' },
    to: { version: 'v1.2.0', release: 'r1' },
    back: true,
  } as const
  const went = (result: Result, ok = true, more: JournalEntry[] = []) =>
    foldJournal([
      { step: 'a', event: 'step-began', action: 'deploy-render', mutates: true, service: 'shop' },
      ...['api', 'web'].map(
        (name): JournalEntry => ({
          step: 'a',
          event: 'moved',
          targets: [{ name: `${name} on Render`, service: 'shop', move: back }],
        }),
      ),
      { step: 'a', event: 'step-ended', seconds: 1, ok, result },
      ...more,
    ])

  test('is the one that the job rolled back to', () => {
    expect(text(went('committed'), 'success')).toEqual([
      'shop: v1.2.0 serves again on Render (ada rolled back from ccccccc)',
    ])
  })
  test('is the one before, where no step went on with what another one had begun', () => {
    const end: JournalEntry[] = [
      { step: 'a', event: 'decided', decision: 'commit', why: 'every step succeeded', until: 0 },
      ...['api', 'web'].map((name): JournalEntry => {
        const target = `${name} on Render`
        return {
          step: 'a',
          event: 'outcome',
          target,
          service: 'shop',
          result: 'unchanged',
          detail: 'the canary is removed',
        }
      }),
    ]
    expect(text(went('pending', true, end), 'success')).toEqual([
      'shop: ccccccc still serves on Render (v1.2.0 was not released: the canary is removed)',
    ])
  })
  test('is the one before, where the rollback was undone', () => {
    const settled = ['api', 'web'].map((name) => ({
      step: 'a',
      event: 'outcome' as const,
      target: `${name} on Render`,
      service: 'shop',
      result: 'rolled-back' as const,
      detail: '',
    }))
    const undone = went('rolled-back', false, settled)
    expect(text(undone, 'failure')[0]).toMatch(/^shop: ccccccc still serves on Render \(v1\.2\.0 was rolled back: /)
  })
  test('is not known where the rollback was superseded', () => {
    expect(text(went('superseded'), 'success')[0]).toContain('api on Render: version not known')
  })
})

describe('which version serves at the end of a job', () => {
  const slot = foldJournal([
    { step: 'a', event: 'step-began', action: 'deploy-ssh', mutates: true, service: 'api' },
    {
      step: 'a',
      event: 'armed',
      targets: [{ name: 'api slot on web1', service: 'api', handle: { kind: 'ssh' } }],
      seconds: 60,
      returnsAt: 1,
    },
  ])
  test.each<[string, string[], string[]]>([
    [
      'everything was rolled back, by a gate',
      text(job(['rolled-back', 'rolled-back']), 'failure', [gate]),
      ['api: v1.2.0 serves again on 2 hosts (v1.3.0 was rolled back: health-gate-1 failed)'],
    ],
    [
      'cancelled',
      text(job(['rolled-back']), 'cancelled'),
      ['api: v1.2.0 serves again on 1 host (v1.3.0 was rolled back: the job was cancelled)'],
    ],
    ['committed', text(job(['committed', 'committed']), 'success'), ['api: v1.3.0 serves on 2 hosts (before: v1.2.0)']],
    [
      'rolled back to an older one',
      text(
        job(['committed'], { from: move.to, to: move.from, back: true }, [
          { step: 'plan', event: 'reason', reason: 'the basket is empty' },
        ]),
        'success',
      ),
      ['api: v1.2.0 serves again on 1 host (ada rolled back from v1.3.0: the basket is empty)'],
    ],
    [
      'one was rolled back, one was not, one is not known',
      text(job(['rolled-back', 'committed', undefined]), 'failure'),
      ['api serves different versions: v1.2.0 serves on web1; v1.3.0 serves on web2; web3: version not known'],
    ],
    [
      'no host was armed',
      text(job(['unchanged', 'unchanged']), 'failure', [gate]),
      ['api: v1.2.0 still serves on 2 hosts (v1.3.0 was not released: health-gate-1 failed)'],
    ],
    [
      'no host was armed, nor released to before',
      text(job(['unchanged'], { ...move, from: { version: '', release: '' } }), 'cancelled'),
      ['api: nothing was changed on 1 host, and no release of Belay served before (the job was cancelled)'],
    ],
    [
      'one host was rolled back, another was never armed',
      text(job(['rolled-back', 'unchanged']), 'failure', [gate]),
      ['api: v1.2.0 serves again on 2 hosts (v1.3.0 was rolled back: health-gate-1 failed)'],
    ],
    [
      'one host committed, another was never armed',
      text(job(['committed', 'unchanged']), 'success'),
      ['api serves different versions: v1.3.0 serves on web1; v1.2.0 serves on web2'],
    ],
    ['one host, mixed', text(job(['mixed']), 'failure'), ['api: web1: could not be confirmed: it is gone']],
    ['one host without an outcome', text(job([undefined]), 'failure'), ['api: web1: version not known']],
    [
      'several hosts, one without a known outcome',
      text(job(['undo-started', 'rolled-back']), 'cancelled'),
      ['api may serve different versions: web1: the rollback started, and its end was not seen; v1.2.0 serves on web2'],
    ],
    [
      'a job that deploys and then rolls back to an older version',
      text(job(['rolled-back'], move, wentBack('committed')), 'success'),
      ['api: v1.1.0 serves again on 1 host (ada rolled back from v1.2.0)'],
    ],
    [
      'and whose rollback was undone, too',
      text(job(['rolled-back'], move, wentBack('rolled-back')), 'cancelled'),
      ['api: v1.2.0 still serves on 1 host (v1.1.0 was rolled back: the job was cancelled)'],
    ],
    ['a slot without traffic has no outcome', text(slot, 'failure'), []],
  ])('%s', (_, said, expected) => {
    expect(said).toEqual(expected)
  })
})
