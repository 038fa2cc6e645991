import { expect, test } from 'vitest'
import type { Decision, JournalEntry } from '../src/events.ts'
import { foldJournal } from '../src/journal-fold.ts'
import { type PostAction, postAction } from '../src/lifecycle/post-action.ts'

type Result = Extract<JournalEntry, { event: 'step-ended' }>['result']

const began = (service = 'shop', step = 'own'): JournalEntry => ({
  step,
  event: 'step-began',
  action: 'deploy',
  mutates: true,
  service,
})
const ended = (result: Result, step = 'own'): JournalEntry => ({
  step,
  event: 'step-ended',
  seconds: 1,
  ok: true,
  result,
})
const saved: JournalEntry = { step: 'own', event: 'saved', undo: { was: 'v1' } }
const nothingLeft: JournalEntry = { step: 'own', event: 'saved' }
const armed: JournalEntry = {
  step: 'own',
  event: 'armed',
  targets: [{ name: 'web1', service: 'shop', handle: { kind: 'ssh' } }],
  seconds: 60,
  returnsAt: 9,
}
const settled = (result: Result): JournalEntry => ({
  step: 'own',
  event: 'outcome',
  target: 'web1',
  service: 'shop',
  result,
  detail: '',
})
/** Another step of the job found that a newer release of a service came first. */
const overtaken = (service = 'shop') => [began(service, 'other'), ended('superseded', 'other')]

const well = [began(), saved, ended('pending')]
const switched = [began(), saved, armed, ended('pending')]

test.each<[state: string, entries: JournalEntry[], onCommit: PostAction, onUndo: PostAction]>([
  ['never began', [], 'nothing', 'mark-unchanged'],
  ['was stopped before it saved an undo', [began()], 'nothing', 'mark-unchanged'],
  ['was stopped in its change', [began(), saved], 'nothing', 'undo'],
  ['was stopped once it had armed', [began(), saved, armed], 'nothing', 'undo'],
  ['succeeded and armed nothing', well, 'mark-committed', 'undo'],
  ['succeeded and saved no undo', [began(), ended('pending')], 'mark-committed', 'nothing'],
  ['succeeded and nothing is left to undo', [...well, nothingLeft], 'mark-committed', 'nothing'],
  ['succeeded and is armed', switched, 'nothing', 'undo'],
  ['is confirmed', [...switched, settled('committed')], 'nothing', 'nothing'],
  ['rolled back on its own', [...switched, settled('rolled-back')], 'nothing', 'nothing'],
  ['could not be confirmed', [...switched, settled('mixed')], 'nothing', 'undo'],
  ['was final at the end of its main', [began(), saved, ended('committed')], 'nothing', 'nothing'],
  ['had nothing to do', [began(), saved, ended('noop')], 'nothing', 'nothing'],
  ['failed and undid itself', [began(), saved, ended('rolled-back')], 'nothing', 'nothing'],
  ['failed and is mixed', [began(), saved, ended('mixed')], 'nothing', 'undo'],
  ['failed before it saved an undo', [began(), ended('unchanged')], 'nothing', 'nothing'],
  ['was superseded itself', [began(), ended('superseded')], 'nothing', 'nothing'],
  ['succeeded, and its service was superseded', [...well, ...overtaken()], 'mark-superseded', 'mark-superseded'],
  ['succeeded, and another service was superseded', [...well, ...overtaken('api')], 'mark-committed', 'undo'],
  ['is armed, and its service was superseded', [...switched, ...overtaken()], 'nothing', 'undo'],
  ['was stopped, and its service was superseded', [began(), saved, ...overtaken()], 'nothing', 'undo'],
])('a step that %s', (_state, entries, onCommit, onUndo) => {
  const job = foldJournal(entries)
  const step = job.steps.find(({ id }) => id === 'own')
  const actions = (['commit', 'undo'] satisfies Decision[]).map((decision) => postAction(job, step, decision))
  expect(actions).toEqual([onCommit, onUndo])
})
