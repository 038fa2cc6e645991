import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type JobEvent, type Journal, openJournal } from '../src/index.ts'

const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

function openTemporaryJournal(): { journal: Journal; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'belay-record-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { journal: openJournal(folder), path: join(folder, 'journal.jsonl') }
}

test('a line says what happened, when, and which step wrote it', () => {
  const { journal, path } = openTemporaryJournal()
  journal.append({ step: 'deploy-ssh-1', event: 'phase', phase: 'upload', host: 'deploy@web1' })
  journal.append({ step: 'health-gate-1', event: 'result', result: 'unchanged' })
  expect(readFileSync(path, 'utf8').split('\n').filter(Boolean)).toHaveLength(2)
  expect(journal.record()).toEqual([
    { at, step: 'deploy-ssh-1', event: 'phase', phase: 'upload', host: 'deploy@web1' },
    { at, step: 'health-gate-1', event: 'result', result: 'unchanged' },
  ])
})

test('several events are written at once, and keep their order', () => {
  const { journal } = openTemporaryJournal()
  journal.append(
    { step: 'x', event: 'phase', phase: 'lock' },
    { step: 'x', event: 'saved', undo: 1 },
    { step: 'x', event: 'phase', phase: 'upload' },
  )
  journal.append()
  expect(journal.record()).toMatchObject([{ phase: 'lock' }, { phase: 'upload' }])
})

test('a text of several lines stays one line', () => {
  const { journal, path } = openTemporaryJournal()
  journal.append({ step: 'x', event: 'note', level: 'warning', text: 'one\ntwo\r\n"three"\u2028' })
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1)
  expect(journal.record()[0]).toMatchObject({ text: 'one\ntwo\r\n"three"\u2028' })
})

test('a last line that a killed process left incomplete is ignored, and what follows it is read', () => {
  const { journal, path } = openTemporaryJournal()
  journal.append({ step: 'x', event: 'phase', phase: 'lock' })
  appendFileSync(path, '{"at":"2026-11-21T10:05:28Z","step":"x","ev')
  expect(journal.record()).toHaveLength(1)
  journal.append({ step: 'y', event: 'phase', phase: 'upload' })
  journal.append({ step: 'y', event: 'phase', phase: 'prepare' })
  expect(journal.record()).toMatchObject([{ phase: 'lock' }, { phase: 'upload' }, { phase: 'prepare' }])
})

test('a line that is no event of Belay is not in the record', () => {
  const { journal, path } = openTemporaryJournal()
  appendFileSync(path, 'not of Belay\n{"step":"x","event":"toString","text":"a"}\n{"step":"x"}\n[]\nnull\n')
  expect(journal.record()).toEqual([])
})

test('no journal has an empty record', () => {
  expect(openTemporaryJournal().journal.record()).toEqual([])
})

const move = { from: { version: 'v1', release: 'r1' }, to: { version: 'v2', release: 'r2' } }
const release = { id: 'r2', service: 'api', environment: 'qa', version: 'v2', sha: 'a'.repeat(40) }
const run = { url: 'https://x/1', id: '1', attempt: 1, job: 'release', actor: 'ada', repository: 'a/b' }
const outcome = { target: 'api on web1', service: 'api', result: 'mixed', detail: 'why', stays: true } as const

/** Each type of event, with all that it may hold, and what people read of it. */
const events: { [E in JobEvent['event']]: [Extract<JobEvent, { event: E }>, object | undefined] } = {
  'release-began': [
    { event: 'release-began', release, run },
    { release, run },
  ],
  'release-joined': [{ event: 'release-joined', release: 'r2' }, undefined],
  'release-ended': [{ event: 'release-ended', release: 'r2' }, { release: 'r2' }],
  'release-lost': [{ event: 'release-lost', service: 'api', result: 'mixed' }, undefined],
  identified: [{ event: 'identified', nonce: 'abcd1234' }, undefined],
  'step-began': [
    { event: 'step-began', action: 'deploy-ssh', mutates: true, service: 'api', closes: true },
    { action: 'deploy-ssh', mutates: true, service: 'api' },
  ],
  phase: [
    { event: 'phase', phase: 'upload', host: 'web1' },
    { phase: 'upload', host: 'web1' },
  ],
  note: [
    { event: 'note', level: 'info', text: 'a', host: 'web1' },
    { level: 'info', text: 'a', host: 'web1' },
  ],
  gate: [
    { event: 'gate', verdict: 'pass', reason: 'a', attempts: 3, version: 'v2' },
    { verdict: 'pass', reason: 'a', attempts: 3, version: 'v2' },
  ],
  'step-ended': [
    { event: 'step-ended', ok: false, result: 'mixed', seconds: 2, reason: 'a', code: 'b', remedy: 'c' },
    { ok: false, result: 'mixed', seconds: 2, reason: 'a', code: 'b', remedy: 'c' },
  ],
  'step-concluded': [{ event: 'step-concluded', ok: false, result: 'mixed' }, undefined],
  saved: [{ event: 'saved', undo: { host: 'web1' } }, undefined],
  armed: [
    {
      event: 'armed',
      targets: [
        { name: 'api on web1', service: 'api', handle: { kind: 'ssh', folder: '/run/x' }, move },
        { name: 'api slot on web2', service: 'api', handle: { kind: 'ssh', folder: '/run/y' } },
      ],
      seconds: 60,
      returnsAt: 9,
    },
    { hosts: ['api on web1', 'api slot on web2'], seconds: 60, previous: { 'api on web1': move.from } },
  ],
  moved: [{ event: 'moved', targets: [{ name: 'api on Render', service: 'api', move }] }, undefined],
  connected: [{ event: 'connected', key: 'k', socket: '/run/x' }, undefined],
  exclusive: [{ event: 'exclusive', why: 'a' }, undefined],
  admitted: [
    { event: 'admitted', service: 'api', environment: 'qa', version: 'v2', sha: 'a', way: 'deploy' },
    undefined,
  ],
  reason: [{ event: 'reason', reason: 'a' }, undefined],
  chosen: [{ event: 'chosen', service: 'api', release: { id: 'r1', version: 'v1', sha: 'a' } }, undefined],
  schema: [
    { event: 'schema', service: 'api', migrations: ['001', '002'], applied: ['002'] },
    { service: 'api', migrations: ['001', '002'] },
  ],
  decided: [
    { event: 'decided', decision: 'undo', why: 'a', until: 9 },
    { decision: 'undo', why: 'a' },
  ],
  outcome: [{ event: 'outcome', ...outcome }, outcome],
  result: [{ event: 'result', result: 'mixed' }, { result: 'mixed' }],
  damaged: [{ event: 'damaged', why: 'a' }, undefined],
}

test.each(Object.values(events))('people read of %o: %o', (event, shown) => {
  const { journal } = openTemporaryJournal()
  journal.append({ step: 'a-1', ...event })
  expect(journal.record()).toEqual(shown ? [{ at, step: 'a-1', event: event.event, ...shown }] : [])
})

test('a field that no type of event has never leaves the journal', () => {
  const { journal } = openTemporaryJournal()
  for (const [event] of Object.values(events)) journal.append({ step: 'a-1', ...event, password: 'hunter2' } as never)
  expect(JSON.stringify(journal.record())).not.toContain('hunter2')
})
