import { expect, test } from 'vitest'
import type { ApiReader } from '../../src/api.ts'
import { evaluate, type Failing } from '../../src/follow/evaluate.ts'
import { evidenceText, gatherEvidence } from '../../src/follow/evidence.ts'
import { containersOf, type Pod } from '../../src/follow/objects.ts'
import { observe } from '../../src/follow/observe.ts'
import { newestRevision } from '../../src/follow/revision.ts'
import { type FollowState, followState } from '../../src/follow/state.ts'
import { lastLines, oneLine } from '../../src/follow/text.ts'
import { observed, observedOne } from './observed.ts'

/** Several failing Deployments in one release, as one cluster printed them. */
function failing(...names: string[]): { state: FollowState; failing: Failing } {
  const refs = names.map((name) => ({ kind: 'Deployment', name }) as const)
  let state = followState(refs, 0)
  for (const name of names) {
    const object = observedOne(name, 'Deployment', 2)
    const revision = newestRevision('Deployment', object, observed(name, 'ReplicaSet'))
    if (!revision) throw new Error(`no revision of ${name}`)
    const all = observed(name, 'pod')
    const second = all.findIndex(hasEndedTwice)
    // Until the second end of its container, where it has one: it then has two logs.
    const shown = second < 0 ? all : all.slice(0, second + 1)
    const pods = shown.map((pod) => ({ of: 'pod', object: pod }) as const)
    state = observe(
      state,
      [
        { of: 'workload', kind: 'Deployment', object },
        { of: 'revision', workload: `deployment/${name}`, revision },
      ],
      0,
    )
    state = observe(state, pods, 1)
  }
  const evaluation = evaluate(state, 300, 2)
  if (evaluation.verdict !== 'failed') throw new Error('nothing failed')
  return { state, failing: evaluation.failing }
}

function hasEndedTwice(pod: Pod): boolean {
  const [container] = containersOf(pod)
  return container?.state?.terminated !== undefined && container.restartCount > 0
}

/** Answers each log with a text, each list of events with one event. */
function reader(log: string, message = 'Back-off'): ApiReader {
  return {
    get: async <T>() => ({ items: [{ metadata: { name: 'e' }, reason: 'BackOff', message, count: 3 }] }) as T,
    text: async () => log,
    watch: () => {
      throw new Error('evidence watches nothing')
    },
  }
}

test('three pods at most, each for another reason, that of the failure first', async () => {
  const found = failing('crash', 'no-config', 'no-key', 'no-image', 'oom2')
  const evidence = await gatherEvidence(reader('the last words'), 'shop', found.failing, found.state)
  expect(evidence.map(({ workload }) => workload)).toEqual([
    'deployment/no-image',
    'deployment/no-config',
    'deployment/oom2',
  ])
  expect(found.failing.workload).toBe('deployment/no-image')
})

test('containers, events and both logs, as text', async () => {
  const found = failing('crash')
  const [evidence, ...more] = await gatherEvidence(reader('one\ntwo\n'), 'shop', found.failing, found.state)
  expect(more).toEqual([])
  expect(evidenceText(evidence ? [evidence] : [])).toMatch(
    /^deployment\/crash, pod crash-\S+ on node1:\n {2}app: .*before that ended with exit code 3\n {2}event BackOff \(3 times\): Back-off\n {2}log of app, last lines:\n {4}\| one\n {4}\| two\n {2}log of app before its restart, last lines:\n {4}\| one\n {4}\| two$/,
  )
})

test('no text of a pod is a workflow command or moves the cursor', async () => {
  const found = failing('crash')
  const log = '::error::hello\n  ::set-output name=a::b\n##[error]x\r::warning::y\x1b[2J\x1b]0;title\x07\x00z'
  const text = evidenceText(
    await gatherEvidence(reader(log, '::error::x\n::warning::y'), 'shop', found.failing, found.state),
  )
  expect(text).not.toMatch(/^\s*::/m)
  expect(text).not.toContain('##[')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left.
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/)
  expect(text).toContain('\\x00z')
})

test('below 64 KB, whatever pods print, and the end of a log is kept', async () => {
  const found = failing('crash', 'oom2', 'bad-mount')
  const log = [...Array(60).fill('ü'.repeat(3000)), 'the last line'].join('\n')
  const evidence = await gatherEvidence(reader(log, 'é'.repeat(5000)), 'shop', found.failing, found.state)
  const text = evidenceText(evidence)
  expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024)
  expect(evidence.flatMap(({ logs }) => logs)).toHaveLength(5)
  for (const { text: kept } of evidence.flatMap(({ logs }) => logs)) expect(kept).toMatch(/the last line$/)
})

test('within 8 s, whatever the server does; what it did not give is left out', async () => {
  const found = failing('crash')
  const never = <T>() => new Promise<T>(() => {})
  const api: ApiReader = { ...reader(''), get: never, text: never }
  const began = performance.now()
  const [evidence] = await gatherEvidence(api, 'shop', found.failing, found.state)
  expect(performance.now() - began).toBeLessThan(8500)
  expect(evidence?.containers).toHaveLength(1)
  expect(evidence?.logs).toEqual([])
})

test('without a server: what is known already', async () => {
  const found = failing('crash')
  const [evidence] = await gatherEvidence(undefined, 'shop', found.failing, found.state)
  expect(evidence).toMatchObject({ workload: 'deployment/crash', logs: [], events: [] })
})

test('a text is cut at whole characters', () => {
  expect(oneLine('añb', 2)).toBe('a…')
  expect(oneLine('a\n b\t c', 100)).toBe('a b c')
  expect(oneLine('at postgres://u:p:w@h:5/d, http://h:80/a@b', 100)).toBe('at postgres://u:***@h:5/d, http://h:80/a@b')
})

test('the last whole lines that fit', () => {
  expect(lastLines('first\nsecond\nthird\n', 13, 100)).toBe('second\nthird')
  expect(lastLines('short\nmuch longer\n', 100, 6)).toBe('short\nmuch l…')
})
