import { expect, test } from 'vitest'
import type { KubeObject } from '../../src/api.ts'
import { evaluate } from '../../src/follow/evaluate.ts'
import { observe } from '../../src/follow/observe.ts'
import { workloadStates } from '../../src/follow/outcome.ts'
import { newestRevision } from '../../src/follow/revision.ts'
import { followState, type Observation } from '../../src/follow/state.ts'
import { observed, observedOne } from './observed.ts'

/** The states of one pod of a good rollout, as the cluster printed them. */
const [first] = observed('good', 'pod')
const states = observed('good', 'pod').filter(({ metadata }) => metadata.uid === first?.metadata.uid)

function podNumber(number: number, state: KubeObject): KubeObject {
  return { ...state, metadata: { ...state.metadata, uid: `${number}`, name: `good-${number}` } }
}

test('8 events of each of 1,000 pods, in batches of 20, take less than two seconds of a processor', () => {
  const object = observedOne('good', 'Deployment', 2)
  const revision = newestRevision('Deployment', object, observed('good', 'ReplicaSet').slice(0, 1))
  if (!revision) throw new Error('no revision')
  let state = followState([{ kind: 'Deployment', name: 'good' }], 0)
  state = observe(
    state,
    [
      { of: 'workload', kind: 'Deployment', object },
      { of: 'revision', workload: 'deployment/good', revision },
    ],
    0,
  )
  const living = states.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  const ready = living.at(-1)
  if (!ready) throw new Error('no state of the pod')
  const eight = [...living, ...Array<KubeObject>(8).fill(ready)].slice(0, 8)
  const events = eight.flatMap((one) =>
    Array.from({ length: 1000 }, (_, number): Observation => ({ of: 'pod', object: podNumber(number, one) })),
  )
  const began = process.cpuUsage()
  for (let at = 0; at < events.length; at += 20) {
    state = observe(state, events.slice(at, at + 20), at / 100)
    evaluate(state, 300, at / 100)
    workloadStates(state, at / 100)
  }
  const { user, system } = process.cpuUsage(began)
  expect(workloadStates(state, 100)).toMatchObject([{ ready: 1000 }])
  expect((user + system) / 1e6).toBeLessThan(2)
})
