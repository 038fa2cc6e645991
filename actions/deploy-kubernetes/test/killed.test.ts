import { beforeName, entryFor, type KubeObject, type ObjectRef, undoName } from '@belay/kubernetes'
import { describe, expect, test } from 'vitest'
import { commitInTime, commitOn } from '../src/commit.ts'
import { placeKept, planKeeping } from '../src/keeping.ts'
import type { SavedRelease } from '../src/saved.ts'
import { undoOn } from '../src/undo.ts'
import { type FakeApi, fakeApi } from './support/fake-api.ts'

const record = { release: 'R', version: 'v2', sha: 'b'.repeat(40), at: '2026-11-29T00:00:00.000Z' }
const state = 'belay-actions.github.io/state'
const lease = { namespace: 'shop', name: 'belay-api-qa', service: 'api', environment: 'qa', holder: 'us' }
const leasePath = '/apis/coordination.k8s.io/v1/namespaces/shop/leases/belay-api-qa'
const core = '/api/v1/namespaces/shop'

const object = (kind: string, data: object): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'api', uid: `uid-of-${kind}`, managedFields: [] },
  data,
})
const refOf = (kind: string): ObjectRef => ({
  apiVersion: 'v1',
  kind,
  name: 'api',
  path: `${core}/${kind.toLowerCase()}s/api`,
})
const former = [object('ConfigMap', { MODE: 'calm' }), object('Secret', { KEY: 'b2xk' })]
const left = [object('ConfigMap', { MODE: 'loud' }), object('Secret', { KEY: 'bmV3' })]
const created = { ...object('Service', {}), metadata: { name: 'api', uid: 'uid-of-service' } }

/** The cluster after main, and what main has saved. */
function opened(holder = 'us'): { objects: Map<string, KubeObject>; saved: SavedRelease } {
  const entries = former.map((before, index) =>
    entryFor(refOf(before.kind ?? ''), before, left[index] as KubeObject, beforeName(lease.name, index)),
  )
  const removal = { do: 'delete', ref: refOf('Service'), release: 'R', uid: 'uid-of-service' } as const
  const saved: SavedRelease = {
    release: 'R',
    server: 'https://cluster',
    lease,
    stateBefore: 'committed Q',
    committed: undefined,
    stage: 'changing',
    keeping: planKeeping({ ...record, objects: [], dropped: [] }, placeKept([], 'R', 2), [], 2),
    entries: [...entries, removal],
  }
  const objects = new Map<string, KubeObject>([
    ...left.map((one) => [refOf(one.kind ?? '').path, one] as const),
    [refOf('Service').path, created],
    [`${core}/configmaps/${undoName(lease.name)}`, object('ConfigMap', {})],
    [`${core}/secrets/${beforeName(lease.name, 1)}`, { ...object('Secret', { KEY: 'b2xk' }) }],
    [
      leasePath,
      {
        metadata: { name: lease.name, annotations: { [state]: 'open R' } },
        spec: { holderIdentity: holder, renewTime: '2026-11-28T23:00:00Z', leaseDurationSeconds: 7200 },
      },
    ],
  ])
  return { objects, saved }
}

/** A post. What it saves is what the next one knows. */
function postOf(saved: SavedRelease) {
  let journal = structuredClone(saved)
  const step = {
    stage: 'post' as const,
    info: () => {},
    warn: () => {},
    save: () => {
      journal = structuredClone(own)
    },
  }
  const own = structuredClone(saved)
  return { own, step, journal: () => journal }
}

type Run = (api: FakeApi, post: ReturnType<typeof postOf>) => Promise<{ result: string; detail: string }[]>

const undo: Run = ({ client }, { own, step }) => undoOn(client, own, step, 20_000)
const commit: Run = ({ client }, { own, step }) => commitOn(client, own, step)

/** Kills the first post before its request of this number, and runs a second one. Undefined where there is no such request. */
async function killedBefore(request: number, run: Run) {
  const { objects, saved } = opened()
  const first = postOf(saved)
  let kill = () => {}
  const killed = new Promise<'killed'>((resolve) => {
    kill = () => resolve('killed')
  })
  const api = fakeApi(objects, (number) => {
    if (number < request) return Promise.resolve()
    kill()
    return new Promise(() => {})
  })
  if ((await Promise.race([run(api, first), killed])) !== 'killed') return undefined
  const [outcome] = await run(
    fakeApi(objects, async () => {}),
    postOf(first.journal()),
  )
  return { outcome, objects }
}

const leaseIn = (objects: Map<string, KubeObject>) =>
  objects.get(leasePath) as KubeObject & { spec: { holderIdentity: string } }
const stored = (objects: Map<string, KubeObject>) =>
  [...objects.keys()].filter((path) => /\/belay-.*(undo|before)/.test(path))

describe('a post that is killed before any of its requests, and runs again,', () => {
  test('has undone all', async () => {
    let request = 1
    for (let ended = await killedBefore(request, undo); ended; ended = await killedBefore(++request, undo)) {
      const title = `killed before request ${request}`
      expect([title, ended.outcome?.result], ended.outcome?.detail).toEqual([title, 'rolled-back'])
      for (const one of former) expect(ended.objects.get(refOf(one.kind ?? '').path), title).toEqual(one)
      expect(ended.objects.has(refOf('Service').path), title).toBe(false)
      expect(leaseIn(ended.objects).metadata.annotations?.[state], title).toBe('committed Q')
      expect(leaseIn(ended.objects).spec.holderIdentity, title).toBe('')
      expect(stored(ended.objects), title).toEqual([])
    }
    expect(request).toBeGreaterThan(12)
  })

  test('has committed', async () => {
    let request = 1
    for (let ended = await killedBefore(request, commit); ended; ended = await killedBefore(++request, commit)) {
      const title = `killed before request ${request}`
      expect([title, ended.outcome?.result], ended.outcome?.detail).toEqual([title, 'committed'])
      for (const one of left) expect(ended.objects.get(refOf(one.kind ?? '').path), title).toEqual(one)
      expect(leaseIn(ended.objects).metadata.annotations?.[state], title).toBe('committed R')
      expect(leaseIn(ended.objects).spec.holderIdentity, title).toBe('')
      expect(stored(ended.objects), title).toEqual([])
      expect(ended.objects.has(`${core}/configmaps/belay-api-qa-kept-0`), title).toBe(true)
    }
    expect(request).toBeGreaterThan(5)
  })
})

const jobPath = '/apis/batch/v1/namespaces/shop/jobs/belay-api-qa-confirm'

/** The same with slots, and with the Job of the cluster that the switch has started. */
function watched(): ReturnType<typeof opened> {
  const { objects, saved } = opened()
  const confirmJob = { apiVersion: 'batch/v1', kind: 'Job', name: 'belay-api-qa-confirm', path: jobPath }
  const traffic = { from: 'blue', to: 'green', entries: [], fromNothing: false, confirmJob }
  const stored = JSON.stringify({ release: 'R', stateBefore: 'committed Q', entries: saved.entries, traffic })
  objects.set(`${core}/configmaps/${undoName(lease.name)}`, object('ConfigMap', { 'undo.json': stored }))
  objects.set(jobPath, { metadata: { name: 'belay-api-qa-confirm' } })
  return { objects, saved: { ...saved, fill: { active: 'blue', idle: 'green', services: [], scaled: false } } }
}

/** A post before whose request of this number the cluster finds that the time is over. Undefined where there is no such request. */
async function expiredBefore(request: number, run: Run) {
  const { objects, saved } = watched()
  let [isLate, hasExpired] = [false, false]
  const api = fakeApi(objects, async (number) => {
    if (number !== request) return
    isLate = true
    const annotations = leaseIn(objects).metadata.annotations as Record<string, string>
    if (annotations[state] !== 'open R') return
    annotations[state] = 'expired R'
    hasExpired = true
  })
  const [outcome] = await run(api, postOf(saved))
  return isLate ? { outcome, objects, hasExpired } : undefined
}

describe('a post during which the cluster moves the traffic back', () => {
  const inTime: Run = ({ client }, { own, step }) => commitInTime(client, own, step as never)

  test.each([
    ['commits, or undoes all', inTime],
    ['undoes all', undo],
  ])('%s', async (_, run) => {
    let request = 1
    for (let ended = await expiredBefore(request, run); ended; ended = await expiredBefore(++request, run)) {
      const title = `expired before request ${request}`
      const isCommitted = run === inTime && !ended.hasExpired
      const [result, left] = isCommitted ? ['committed', 'committed R'] : ['rolled-back', 'committed Q']
      expect([title, ended.outcome?.result], ended.outcome?.detail).toEqual([title, result])
      expect(leaseIn(ended.objects).metadata.annotations?.[state], title).toBe(left)
      expect(leaseIn(ended.objects).spec.holderIdentity, title).toBe('')
      expect([stored(ended.objects), ended.objects.has(jobPath)], title).toEqual([[], false])
    }
    expect(request).toBeGreaterThan(5)
  })
})

describe('where another job has taken the lock', () => {
  test('a post restores and removes nothing', async () => {
    const { objects, saved } = opened('another job')
    const before = structuredClone([...objects])
    const [outcome] = await undo(
      fakeApi(objects, async () => {}),
      postOf(saved),
    )
    expect(outcome).toMatchObject({ result: 'mixed', detail: expect.stringContaining('another job') })
    expect([...objects]).toEqual(before)
  })

  test('a post commits nothing', async () => {
    const { objects, saved } = opened('another job')
    const before = structuredClone([...objects])
    await expect(
      commit(
        fakeApi(objects, async () => {}),
        postOf(saved),
      ),
    ).rejects.toMatchObject({ code: 'not-held' })
    expect([...objects]).toEqual(before)
  })

  test('a post that only waited for the lock removes nothing of the other job', async () => {
    const { objects, saved } = opened('another job')
    const before = structuredClone([...objects])
    for (const stage of ['locking', 'storing'] as const) {
      const [outcome] = await undo(
        fakeApi(objects, async () => {}),
        postOf({ ...saved, stage }),
      )
      expect(outcome?.result).toBe('unchanged')
      expect([...objects]).toEqual(before)
    }
  })
})
