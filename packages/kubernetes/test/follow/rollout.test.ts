import { expect, test } from 'vitest'
import { isReady, type Pod } from '../../src/follow/objects.ts'
import { newestRevision, selectorText } from '../../src/follow/revision.ts'
import { rolloutOf, workloadSigns } from '../../src/follow/rollout.ts'
import { observed, observedOne, Played } from './observed.ts'

/** The states of a workload in which its rollout is complete, as the cluster printed them. */
function completeStates(name: string, kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job') {
  return observed(name, kind).map((object) => {
    const { generation } = object.metadata
    return `${generation}:${rolloutOf(kind, object).complete ? 'complete' : 'going'}`
  })
}

/** The same state only once in a row. */
function turns(states: string[]): string[] {
  return states.filter((state, index) => state !== states[index - 1])
}

test('a Deployment is complete once a generation, after it was going: created, updated, undone', () => {
  expect(turns(completeStates('good', 'Deployment'))).toEqual([
    '1:going',
    '1:complete',
    '2:going',
    '2:complete',
    '3:going',
    '3:complete',
  ])
})

test('a StatefulSet: created, updated, stuck, and still stuck after its template is undone', () => {
  expect(turns(completeStates('db', 'StatefulSet'))).toEqual([
    '1:going',
    '1:complete',
    '2:going',
    '2:complete',
    '3:going',
    '4:going',
  ])
})

test('a DaemonSet: created, updated', () => {
  expect(turns(completeStates('agent', 'DaemonSet'))).toEqual(['1:going', '1:complete', '2:going', '2:complete'])
})

test('a partition keeps old pods on purpose', () => {
  const object = observedOne('db', 'StatefulSet', -1)
  const spec = { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } }
  const status = { observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2, currentRevision: 'a' }
  const half = {
    ...object,
    metadata: { ...object.metadata, generation: 2 },
    spec,
    status: { ...status, updateRevision: 'b' },
  }
  expect(rolloutOf('StatefulSet', half)).toMatchObject({ complete: true, wanted: 1 })
  expect(rolloutOf('StatefulSet', { ...half, spec: { replicas: 2 } })).toMatchObject({ complete: false })
  const down = { ...half, status: { ...half.status, availableReplicas: 1 } }
  expect(rolloutOf('StatefulSet', down)).toMatchObject({ complete: false })
})

test.each([
  ['Deployment', { paused: true }, 'paused'],
  ['StatefulSet', { updateStrategy: { type: 'OnDelete' } }, 'on-delete'],
  ['DaemonSet', { updateStrategy: { type: 'OnDelete' } }, 'on-delete'],
  ['Job', { suspend: true }, 'suspended'],
] as const)('a %s that is held says so', (kind, spec, word) => {
  expect(workloadSigns(kind, { metadata: { name: 'x' }, spec })).toEqual([{ word, message: '' }])
})

test('the newest revision is found, also after an undo to a former template', () => {
  const first = observedOne('good', 'Deployment')
  const sets = observed('good', 'ReplicaSet')
  expect(sets.map(({ metadata }) => metadata.annotations)).toHaveLength(3)
  const hashes = [1, 2, 3].map((count) => newestRevision('Deployment', first, sets.slice(0, count))?.hash)
  // The third is the ReplicaSet of the first, with a new number.
  expect(hashes[2]).toBe(hashes[0])
  expect(hashes[1]).not.toBe(hashes[0])
})

test('a selector becomes the text of a query', () => {
  const matchExpressions = [
    { key: 'tier', operator: 'In', values: ['a', 'b'] },
    { key: 'old', operator: 'DoesNotExist' },
  ]
  expect(selectorText({ matchLabels: { app: 'api' }, matchExpressions })).toBe('app=api,tier in (a,b),!old')
})

test('done only when the pods were looked at', () => {
  const played = new Played('good')
  played.take({ of: 'workload', kind: 'Deployment', object: observedOne('good', 'Deployment', -1) })
  expect(played.evaluation.verdict).toBe('going')
  expect(played.workload().evaluation).toEqual({ verdict: 'done' })
})

test('a container that ended a moment ago may end again', () => {
  // It is ready each time it starts, and the Deployment is complete, until it ends again.
  const played = new Played('crash').workload(2)
  const pods = observed('crash', 'pod') as Pod[]
  const again = pods.findIndex(({ status }) => status?.containerStatuses?.[0]?.restartCount === 1)
  played.take(...pods.slice(0, again + 1).map((object) => ({ of: 'pod', object }) as const))
  const complete = observed('crash', 'Deployment').filter((one) => rolloutOf('Deployment', one).complete)
  played.take(...complete.slice(0, 1).map((object) => ({ of: 'workload', kind: 'Deployment', object }) as const))
  expect(played.wait(9).evaluation.verdict).toBe('going')
  expect(played.wait(1).evaluation.verdict).toBe('done')
})

test('a container without a readiness probe must run for five seconds: it counts as ready the moment it starts', () => {
  const pods = observed('oom2', 'pod').map((object) => ({ of: 'pod', object }) as const)
  const ready = pods.findIndex(({ object }) => isReady(object))
  const states = observed('oom2', 'Deployment')
  const complete = states.findIndex((one) => rolloutOf('Deployment', one).complete)
  const started = () => {
    const played = new Played('oom2').workload(2)
    played.take(...pods.slice(0, ready + 1))
    return played.workload(complete)
  }
  expect(started().wait(4).evaluation.verdict).toBe('going')
  expect(started().wait(5).evaluation.verdict).toBe('done')
  // It is killed before. It was never complete then, so that it has not fallen, either: it may start well next time.
  const killed = started().wait(2)
  killed.take(...pods.slice(ready + 1, ready + 2))
  expect(killed.workload(complete + 1).evaluation.verdict).toBe('going')
})

test('a container with a readiness probe need not', () => {
  const played = new Played('good').workload(0)
  played.take(...observed('good', 'pod').map((object) => ({ of: 'pod', object }) as const))
  played.take({ of: 'workload', kind: 'Deployment', object: observedOne('good', 'Deployment', -1) })
  expect(played.evaluation.verdict).toBe('done')
})

test('a workload that was complete and then is not has failed', () => {
  const states = observed('crash', 'Deployment')
  const complete = states.findIndex((one) => rolloutOf('Deployment', one).complete)
  const played = new Played('crash').workload(complete)
  expect(played.evaluation.verdict).toBe('done')
  played.workload(complete + 1)
  expect(played.failed).toBe('fell')
})

test('a workload that somebody changes or deletes during the release has failed', () => {
  const played = new Played('db').workload(3)
  expect(played.failed).toBeUndefined()
  const played2 = new Played('db').workload(3).workload()
  expect(played2.failed).toBe('changed')
  played.take({ of: 'workloads', kind: 'StatefulSet', objects: [] })
  expect(played.failed).toBe('missing')
})

test('pods of former templates do not count', () => {
  const played = new Played('good').workload()
  played.podsListed(observed('crash', 'pod'))
  expect([...played.state.workloads.values()].flatMap(({ pods }) => [...pods])).toEqual([])
  played.podsListed(observed('good', 'pod').slice(0, 1))
  expect([...played.state.workloads.values()].flatMap(({ pods }) => [...pods])).toHaveLength(1)
})
