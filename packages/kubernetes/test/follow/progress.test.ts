import { expect, test } from 'vitest'
import type { WorkloadState } from '../../src/follow/index.ts'
import { Progress, progressText } from '../../src/follow/progress.ts'

function state(change: Partial<WorkloadState>): WorkloadState {
  const counts = { wanted: 3, updated: 1, ready: 0, old: 2, complete: false, seconds: 1 }
  return { kind: 'Deployment', name: 'api', revision: 'abc', ...counts, ...change }
}

test.each([
  [{}, '0 of 3 new pods are ready, 2 old pods are left'],
  [{ ready: 3, old: 1 }, '3 of 3 new pods are ready, 1 old pod is left'],
  [{ wanted: 1, ready: 1, old: 0, complete: true }, '1 of 1 new pod is ready, complete'],
  [{ kind: 'Job', wanted: 1, old: 0, updated: 0 }, 'not started'],
  [{ kind: 'Job', wanted: 1, old: 0 }, 'running, 0 of 1 complete'],
  [{ kind: 'Job', wanted: 1, old: 0, complete: true }, 'complete'],
] as const)('%j: %s', (change, text) => {
  expect(progressText(state(change))).toBe(text)
})

test('one line when a count changes, for what changed, and at most every two seconds', () => {
  const lines: string[] = []
  const progress = new Progress((line) => lines.push(line))
  const db = state({ kind: 'StatefulSet', name: 'db' })
  progress.report([state({}), db], 0)
  progress.report([state({ seconds: 5 }), db], 3)
  expect(lines).toHaveLength(1)
  progress.report([state({ ready: 1 }), db], 4)
  progress.report([state({ ready: 2 }), db], 5.9)
  expect(lines).toHaveLength(2)
  progress.report([state({ ready: 2 }), db], 6)
  expect(lines.slice(1)).toEqual([
    'deployment/api: 1 of 3 new pods are ready, 2 old pods are left',
    'deployment/api: 2 of 3 new pods are ready, 2 old pods are left',
  ])
})

test('the last line does not wait', () => {
  const lines: string[] = []
  const progress = new Progress((line) => lines.push(line))
  progress.report([state({})], 0)
  progress.report([state({ ready: 3, old: 0, complete: true })], 0.1, true)
  expect(lines.at(-1)).toBe('deployment/api: 3 of 3 new pods are ready, complete')
})
