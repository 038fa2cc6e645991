import type { Journal } from '@belay/action-kit'
import { expect, test } from 'vitest'
import { undoStateOf } from '../src/context.ts'
import type { DeployInputs } from '../src/inputs.ts'
import { resultsOf, withResults } from '../src/results.ts'
import type { DeployStep } from '../src/undo.ts'

test('a host that was rolled back is named with both versions, also where it has none', async () => {
  const outputs: Record<string, string> = {}
  const journal = {} as Journal
  const step = {
    journal,
    record() {},
    output: (name: string, value: string) => Object.assign(outputs, { [name]: value }),
  }
  const v1 = { version: 'v1', release: 'id-1' }
  const v2 = { version: 'v2', release: 'id-2' }
  await withResults(step as unknown as DeployStep, ['a', 'b', 'c'], false, async (watched) => {
    const moves = { a: { from: v1, to: v2 }, b: { from: { version: '', release: '' }, to: v2 } }
    resultsOf(watched)?.setRolledBack(['a', 'b', 'c'], moves)
    return { result: 'noop' }
  })
  const [one, two] = [
    { id: 'id-1', version: 'v1' },
    { id: 'id-2', version: 'v2' },
  ]
  const none = { id: '', version: '' }
  expect(JSON.parse(outputs.hosts ?? '')).toMatchObject([
    { host: 'a', state: 'rolled-back', before: two, after: one },
    { host: 'b', state: 'rolled-back', before: two, after: none },
    // A slot without traffic.
    { host: 'c', state: 'rolled-back', before: none, after: none },
  ])
})

test.each([
  [{ kind: 'systemd', unit: 'api' }, 'no earlier release to restore; api is stopped'],
  [{ kind: 'command', words: ['x'] }, /restart command was run with an empty BELAY_RELEASE/],
])('a first release by %o that goes back: what was done is said, and no more', (restart, words) => {
  const inputs = { release: { service: 'api' }, slots: [], restart } as unknown as DeployInputs
  const { nothingDetail } = undoStateOf({ inputs, fleet: [] }, { armed: true, differed: false })
  expect(nothingDetail).toEqual(typeof words === 'string' ? words : expect.stringMatching(words))
  expect(nothingDetail?.includes('is stopped')).toBe(restart.kind !== 'command')
})
