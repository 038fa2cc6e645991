import type { Move, RecordLine, Result } from '@belay/release'
import { describe, expect, test } from 'vitest'
import { conclude, foldJournal, type JournalEntry } from '../src/index.ts'

const move: Move = { from: { version: 'v1.2.0', release: 'r1' }, to: { version: 'v1.3.0', release: 'r2' } }

function job(results: (Result | undefined)[], moved = move, more: JournalEntry[] = []) {
  const targets = results.map((_, index) => ({
    name: `api on web${index + 1}`,
    service: 'api',
    handle: null,
    move: moved,
  }))
  const settled = results.flatMap((result, index) =>
    result ? [{ target: `api on web${index + 1}`, service: 'api', result, detail: '' }] : [],
  )
  return foldJournal([
    { step: 'a', event: 'began', action: 'deploy-ssh', mutates: true, service: 'api' },
    { step: 'a', event: 'armed', targets, returnsAt: 1 },
    { step: 'a', event: 'ended', ok: true, result: 'pending' },
    { step: 'a', event: 'settled', settled },
    ...more,
  ])
}

const text = (state: ReturnType<typeof job>, status: string, record: RecordLine[] = []) =>
  conclude({ job: state, record, status, actor: 'ada' }).map((one) => one.text)

const gate: RecordLine = {
  at: '',
  step: 'health-gate-1',
  event: 'step-ended',
  ok: false,
  result: 'unchanged',
  seconds: 1,
  code: 'gate-failed',
}

describe('which version serves at the end of a job', () => {
  const slot = foldJournal([
    { step: 'a', event: 'began', action: 'deploy-ssh', mutates: true, service: 'api' },
    { step: 'a', event: 'armed', targets: [{ name: 'api slot on web1', service: 'api', handle: null }], returnsAt: 1 },
  ])
  test.each<[string, string[], string[]]>([
    [
      'everything went back, by a gate',
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
      'gone back to an older one',
      text(
        job(['committed'], { from: move.to, to: move.from, back: true }, [
          { step: 'plan', event: 'reason', reason: 'the basket is empty' },
        ]),
        'success',
      ),
      ['api: v1.2.0 serves again on 1 host (ada went back from v1.3.0: the basket is empty)'],
    ],
    [
      'one went back, one did not, one is not known',
      text(job(['rolled-back', 'committed', undefined]), 'failure'),
      ['api is not the same everywhere: v1.2.0 serves on web1; v1.3.0 serves on web2; not known of web3'],
    ],
    ['a slot without traffic moves nobody', text(slot, 'failure'), []],
  ])('%s', (_, said, expected) => {
    expect(said).toEqual(expected)
  })
})
