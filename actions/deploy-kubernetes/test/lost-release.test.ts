import { entryFor, type KubeObject, type ObjectRef, undoName } from '@belay/kubernetes'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Restoring, restoreOn } from '../src/lost-release.ts'
import { fakeApi } from './support/fake-api.ts'

const state = 'belay-actions.github.io/state'
const committedAt = 'belay-actions.github.io/committed'
const core = '/api/v1/namespaces/shop'
const leasePath = '/apis/coordination.k8s.io/v1/namespaces/shop/leases/belay-api-qa'
const undoPath = `${core}/configmaps/${undoName('belay-api-qa')}`
const ref: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', name: 'api', path: `${core}/configmaps/api` }
const config = (mode: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'api', uid: 'u', managedFields: [] },
  data: { MODE: mode },
})
const committed = { release: 'Q', version: 'v1', sha: 'a'.repeat(40), at: '2026-11-27T12:00:00Z' }

beforeEach(() => {
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
})

/** What a lost job has left: its lock, which has run out, and what undoes its release. */
function leftBy(leaseState: string, { holder = 'a lost job', renewTime = '2026-11-28T12:00:00Z' } = {}) {
  const record = {
    release: 'R',
    stateBefore: 'committed Q',
    entries: [entryFor(ref, config('calm'), config('loud'), '')],
  }
  return new Map<string, KubeObject>([
    [ref.path, config('loud')],
    [undoPath, { metadata: { name: 'x' }, data: { 'undo.json': JSON.stringify(record) } }],
    [
      leasePath,
      {
        metadata: { name: 'x', annotations: { [state]: leaseState, [committedAt]: JSON.stringify(committed) } },
        spec: { holderIdentity: holder, leaseDurationSeconds: 7200, renewTime },
      },
    ],
  ])
}

async function restore(objects: Map<string, KubeObject>, dryRun = false) {
  const outputs: Record<string, string> = {}
  const saved: unknown[] = []
  const said: string[] = []
  const step = {
    id: 'deploy-kubernetes-1',
    stage: 'main',
    journal: { read: () => ({ nonce: 'n', steps: [] }) },
    save: (undo: unknown) => saved.push(structuredClone(undo)),
    record: () => {},
    recordOutcomes: () => {},
    output: (name: string, value: string) => {
      outputs[name] = value
    },
    info: (text: string) => said.push(text),
    warn: (text: string) => said.push(text),
  }
  const inputs = {
    release: { service: 'api', environment: 'qa' },
    namespace: 'shop',
    lockTimeout: 1,
    dryRun,
    helmRelease: '',
  }
  const context = {
    inputs: { ...inputs, github: { token: '' } },
    step,
    connection: { server: 'https://cluster' },
    client: fakeApi(objects, async () => {}).client,
    signal: new AbortController().signal,
  } as unknown as Restoring
  const outcome = await restoreOn(context, performance.now() + 20_000)
  return { ...outcome, outputs, saved, said: said.join('\n') }
}

const leaseOf = (objects: Map<string, KubeObject>) => {
  const { metadata, spec } = objects.get(leasePath) as KubeObject & { spec: { holderIdentity: string } }
  return [metadata.annotations?.[state], spec.holderIdentity]
}

describe('a restoration', () => {
  test('undoes what was left open, and gives the lock back', async () => {
    const objects = leftBy('open R')
    const { result, outputs, saved } = await restore(objects)
    expect(result).toBe('rolled-back')
    expect(objects.get(ref.path)).toEqual(config('calm'))
    expect([leaseOf(objects), objects.has(undoPath)]).toEqual([['committed Q', ''], false])
    expect(outputs).toEqual({ 'release-id': 'R', 'previous-release': 'Q', sha: 'a'.repeat(40) })
    // Nothing is left for the end of the job, which could have finished it before.
    expect(saved.at(-1)).toBeUndefined()
    expect(saved).toContainEqual(expect.objectContaining({ stage: 'changing', release: 'R' }))
  })

  test.each(['committed R', 'committed Q'])('never touches what is committed: %s', async (leaseState) => {
    const objects = leftBy(leaseState)
    const { result, said } = await restore(objects)
    expect(result).toBe('noop')
    expect(objects.get(ref.path)).toEqual(config('loud'))
    expect([leaseOf(objects), objects.has(undoPath)]).toEqual([[leaseState, ''], false])
    expect(said).toContain('v1 (Q) is committed, and stays')
  })

  test('has nothing to do where no job holds the lock, or none ever released', async () => {
    const objects = leftBy('committed Q', { holder: '' })
    const before = structuredClone([...objects])
    expect((await restore(objects)).result).toBe('noop')
    expect([...objects]).toEqual(before)
    expect((await restore(new Map())).said).toContain('No release is committed.')
  })

  test('finishes what a job could not undo, whose lock is free', async () => {
    const objects = leftBy('open R', { holder: '' })
    expect((await restore(objects)).result).toBe('rolled-back')
    expect(objects.get(ref.path)).toEqual(config('calm'))
  })

  test('is refused while another job may be at work', async () => {
    const objects = leftBy('open R', { renewTime: '2026-11-28T23:59:00Z' })
    await expect(restore(objects)).rejects.toMatchObject({ code: 'lock-held' })
    expect(objects.get(ref.path)).toEqual(config('loud'))
    expect(leaseOf(objects)).toEqual(['open R', 'a lost job'])
  })

  test('fails where somebody changed the object since, and leaves that alone', async () => {
    const objects = leftBy('open R')
    objects.set(ref.path, config('theirs'))
    await expect(restore(objects)).rejects.toMatchObject({ code: 'undo-failed' })
    expect(objects.get(ref.path)).toEqual(config('theirs'))
  })

  test('fails where what undoes the release is gone', async () => {
    const objects = leftBy('open R')
    objects.delete(undoPath)
    await expect(restore(objects)).rejects.toMatchObject({ code: 'undo-failed' })
    expect(objects.get(ref.path)).toEqual(config('loud'))
  })

  test('changes nothing in a dry-run', async () => {
    const objects = leftBy('open R')
    const before = structuredClone([...objects])
    const { result, said } = await restore(objects, true)
    expect([result, said]).toEqual(['unchanged', 'The release R is open; nothing was changed.'])
    expect([...objects]).toEqual(before)
  })
})
