import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type ArmedTarget,
  type Confirmer,
  confirmAll,
  decide,
  decideOnce,
  foldJournal,
  type Journal,
  type JournalEntry,
  openJournal,
  postBudgetSeconds,
  reasonToUndo,
} from '../src/index.ts'

type Ended = Extract<JournalEntry, { event: 'step-ended' }>

const began = (step: string, mutates = true): JournalEntry => ({
  step,
  event: 'step-began',
  action: 'deploy-ssh',
  mutates,
})
const ended = (step: string, ok: boolean, result: Ended['result']): JournalEntry => ({
  step,
  event: 'step-ended',
  seconds: 1,
  ok,
  result,
})
const joined: JournalEntry = { step: 'begin', event: 'release-joined', release: 'r1' }
const reached: JournalEntry = { step: 'end', event: 'release-ended', release: 'r1' }
const well = [began('a'), ended('a', true, 'pending')]

describe('why a job must be undone, by its journal (rule 7)', () => {
  test.each<[string, JournalEntry[], string, string | undefined]>([
    ['every step succeeded', well, 'success', undefined],
    ['nothing changed anything', [began('gate', false), ended('gate', false, 'unchanged')], 'success', undefined],
    ['a later step failed', well, 'failure', 'the job ended as failure'],
    ['cancelled', well, 'cancelled', 'the job ended as cancelled'],
    ['an unknown status', well, '', 'the job ended as '],
    ['a main was killed', [began('a')], 'success', 'a began and never ended'],
    ['a reading main was killed', [...well, began('gate', false)], 'success', undefined],
    ['a main failed and is mixed', [began('a'), ended('a', false, 'mixed')], 'success', 'a failed and is mixed'],
    [
      'a main failed and the end of its undo was not seen',
      [began('a'), ended('a', false, 'undo-started')],
      'success',
      'a failed and is undo-started',
    ],
    ['a main undid itself and was tolerated', [began('a'), ended('a', false, 'rolled-back')], 'success', undefined],
    [
      'a main failed before any change and was tolerated',
      [began('a'), ended('a', false, 'unchanged')],
      'success',
      undefined,
    ],
    [
      'a release began and did not reach its end',
      [joined, ...well],
      'success',
      'release r1 began and did not reach its end',
    ],
    ['a release reached its end', [joined, ...well, reached], 'success', undefined],
    ['the status goes first', [joined, began('a')], 'failure', 'the job ended as failure'],
  ])('%s', (_, lines, status, why) => {
    expect(reasonToUndo(foldJournal(lines), status)).toBe(why)
  })
})

const target = (name: string): ArmedTarget => ({ name, service: 'api', handle: { kind: 'ssh' } })

/** Reports these targets as missing, and records what it was asked. */
function confirmerWithout(missing: Record<string, string> = {}): Confirmer & { asked: string[]; confirmed: string[] } {
  const asked: string[] = []
  const confirmed: string[] = []
  return {
    asked,
    confirmed,
    async missing(targets) {
      asked.push(...targets.map(({ name }) => name))
      return targets.flatMap(({ name }) => (missing[name] ? [{ target: name, why: missing[name] }] : []))
    },
    async confirm(targets) {
      confirmed.push(...targets.map(({ name }) => name))
      return targets.map(({ name, service }) => ({ target: name, service, result: 'committed' as const, detail: '' }))
    },
  }
}

const armed: JournalEntry[] = [
  began('a'),
  { step: 'a', event: 'armed', targets: [target('web1'), target('web2')], seconds: 60, returnsAt: 9 },
  ended('a', true, 'pending'),
]

describe('the decision (rule 7)', () => {
  test('commit, where every target is still armed', async () => {
    const confirmer = confirmerWithout()
    expect(await decide(foldJournal(armed), 'success', confirmer)).toMatchObject({ decision: 'commit' })
    expect(confirmer.asked).toEqual(['web1', 'web2'])
  })

  test('undo, where one is not, and it says which and why', async () => {
    const confirmer = confirmerWithout({ web2: 'it is undone already' })
    expect(await decide(foldJournal(armed), 'success', confirmer)).toEqual({
      decision: 'undo',
      why: 'web2: it is undone already',
    })
  })

  // Being asked would extend the timeout.
  test('is undo without asking a target, where the journal requires it', async () => {
    const confirmer = confirmerWithout()
    expect(await decide(foldJournal(armed), 'failure', confirmer)).toMatchObject({ decision: 'undo' })
    expect(confirmer.asked).toEqual([])
  })

  test('is made once for each job, whatever the status becomes later', async () => {
    const journal = openTemporaryJournal()
    for (const line of armed) journal.append(line)
    const first = await decideOnce(journal, 'a', 'success', confirmerWithout(), 100)
    expect(first).toMatchObject({ decision: 'commit', until: 100 + postBudgetSeconds })
    const confirmer = confirmerWithout({ web1: 'gone' })
    expect(await decideOnce(journal, 'b', 'failure', confirmer, 200)).toEqual(first)
    expect(confirmer.asked).toEqual([])
    const { decision, why } = first
    expect(journal.record().filter(({ event }) => event === 'decided')).toEqual([
      { at: expect.any(String), step: 'a', event: 'decided', decision, why },
    ])
  })
})

test('all posts of a job share less than five minutes, from the decision on (rule 13)', async () => {
  const journal = openTemporaryJournal()
  for (const line of armed) journal.append(line)
  const first = await decideOnce(journal, 'a', 'cancelled', confirmerWithout(), 100)
  const second = await decideOnce(journal, 'b', 'cancelled', confirmerWithout(), 339)
  expect([first.until, second.until]).toEqual([340, 340])
  expect(340 - 100).toBeLessThan(5 * 60)
})

test('a commit that was interrupted is finished by the next post, and done once (rule 8)', async () => {
  const journal = openTemporaryJournal()
  for (const line of armed) journal.append(line)
  const cut: Confirmer = { ...confirmerWithout(), confirm: () => Promise.reject(new Error('cut off')) }
  await expect(confirmAll(journal, 'a', cut)).rejects.toThrow('cut off')
  const confirmer = confirmerWithout()
  expect(await confirmAll(journal, 'b', confirmer)).toHaveLength(2)
  expect(await confirmAll(journal, 'c', confirmer)).toEqual([])
  expect(confirmer.confirmed).toEqual(['web1', 'web2'])
})

function openTemporaryJournal(): Journal {
  const folder = mkdtempSync(join(tmpdir(), 'belay-decision-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return openJournal(folder)
}
