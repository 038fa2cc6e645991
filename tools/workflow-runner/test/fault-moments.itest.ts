import { expect, test } from 'vitest'
import { createLab, outcomesOf } from './rehearsed.ts'

test('a fault may be injected at any line of the journal, also in a post', async () => {
  const lab = createLab()
  const post = `record({ event: 'asked' }); record({ event: 'confirming' }); setInterval(() => {}, 99)`
  lab.action('one', { post })
  const journal = (line: unknown) => (line as { event: string }).event === 'confirming'
  const job = await lab.job([{ id: 'one', uses: '$/actions/one' }], {
    faults: { kill: 'j/one', at: { stage: 'post', journal } },
  })
  expect(outcomesOf(job)).toEqual(['one main success', 'one post failure'])
  expect(job.events.filter(({ type }) => type === 'journal' || type === 'fault')).toMatchObject([
    { type: 'journal', path: 'j/one', stage: 'post', line: { event: 'asked' } },
    { type: 'journal', line: { event: 'confirming' } },
    { type: 'fault', fault: 'kill', moment: 'journal' },
  ])
})

test('a fault at a line that an action never writes is not injected, and one at a step without a journal is, at its end', async () => {
  const lab = createLab()
  lab.action('one', { main: `record({ event: 'phase', phase: 'upload' })` })
  const steps = [
    { id: 'one', uses: '$/actions/one' },
    { id: 'two', run: 'true' },
  ]
  const journal = (line: unknown) => (line as { phase?: string }).phase === 'restart'
  const faults = { kill: 'j/one', cancel: 'j/two', at: { stage: 'main' as const, journal } }
  const { result } = lab.start({ workflow: { jobs: { j: { steps } } }, faults })
  const { conclusion, injected } = await result
  expect({ conclusion, injected }).toEqual({ conclusion: 'cancelled', injected: ['cancel'] })
})
