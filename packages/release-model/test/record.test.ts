import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { appendRecord, readRecord } from '../src/record.ts'

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), 'belay-record-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'record.jsonl')
}

const at = new Date('2026-11-21T10:05:27.981Z')

test('a line says what happened, when, and which step wrote it', () => {
  const file = path()
  appendRecord(file, 'deploy-ssh-1', { event: 'phase', phase: 'upload', host: 'deploy@web1' }, at)
  appendRecord(file, 'health-gate-1', { event: 'result', result: 'unchanged' }, at)
  expect(readFileSync(file, 'utf8').split('\n').filter(Boolean)).toHaveLength(2)
  expect(readRecord(file)).toEqual([
    { at: at.toISOString(), step: 'deploy-ssh-1', event: 'phase', phase: 'upload', host: 'deploy@web1' },
    { at: at.toISOString(), step: 'health-gate-1', event: 'result', result: 'unchanged' },
  ])
})

test('a text of several lines stays one line', () => {
  const file = path()
  appendRecord(file, 'x', { event: 'note', level: 'warning', text: 'one\ntwo\r\n"three"\u2028' }, at)
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1)
  expect(readRecord(file)[0]).toMatchObject({ text: 'one\ntwo\r\n"three"\u2028' })
})

describe('a last line that a killed process left incomplete', () => {
  const incomplete = () => {
    const file = path()
    appendRecord(file, 'x', { event: 'phase', phase: 'lock' }, at)
    appendFileSync(file, '{"at":"2026-11-21T10:05:28Z","step":"x","ev')
    return file
  }

  test('is ignored', () => {
    expect(readRecord(incomplete())).toHaveLength(1)
  })

  test('does not hide what is written after it', () => {
    const file = incomplete()
    appendRecord(file, 'y', { event: 'phase', phase: 'upload' }, at)
    appendRecord(file, 'y', { event: 'phase', phase: 'prepare' }, at)
    expect(readRecord(file)).toMatchObject([{ phase: 'lock' }, { phase: 'upload' }, { phase: 'prepare' }])
  })
})

test('no record is an empty one', () => {
  expect(readRecord('/nowhere/record.jsonl')).toEqual([])
})
