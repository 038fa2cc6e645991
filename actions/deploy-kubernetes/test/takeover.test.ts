import { entryFor, type KubeObject, type ObjectRef, undoName } from '@belay/kubernetes'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { DeployContext } from '../src/context.ts'
import { lockService } from '../src/lock.ts'
import { fakeApi } from './support/fake-api.ts'

const state = 'belay-actions.github.io/state'
const core = '/api/v1/namespaces/shop'
const leasePath = '/apis/coordination.k8s.io/v1/namespaces/shop/leases/belay-api-qa'
const ref: ObjectRef = { apiVersion: 'v1', kind: 'Secret', name: 'api', path: `${core}/secrets/api` }
const secret = (value: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'api', uid: 'u', managedFields: [] },
  data: { KEY: value },
})

beforeEach(() => {
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
})

/** What a dead job has left: its lock, which has run out, and all that it had stored. */
function leftBy(leaseState: string, renewTime: string | undefined = '2026-11-28T12:00:00Z'): Map<string, KubeObject> {
  const entries = [entryFor(ref, secret('b2xk'), secret('bmV3'), 'belay-api-qa-before-0')]
  const record = { release: 'R', stateBefore: 'committed Q', entries }
  return new Map([
    [ref.path, secret('bmV3')],
    [`${core}/secrets/belay-api-qa-before-0`, secret('b2xk')],
    [
      `${core}/configmaps/${undoName('belay-api-qa')}`,
      { metadata: { name: 'x' }, data: { 'undo.json': JSON.stringify(record) } },
    ],
    [
      leasePath,
      {
        metadata: { name: 'belay-api-qa', annotations: { [state]: leaseState } },
        spec: { holderIdentity: 'a dead job', leaseDurationSeconds: 7200, renewTime },
      },
    ],
  ])
}

async function lock(objects: Map<string, KubeObject>) {
  const warnings: string[] = []
  const step = {
    id: 'deploy-kubernetes-1',
    journal: { read: () => ({ nonce: 'n', steps: [] }) },
    save: () => {},
    output: () => {},
    info: () => {},
    warn: (text: string) => warnings.push(text),
  }
  const context = {
    inputs: {
      release: { service: 'api', environment: 'qa' },
      namespace: 'shop',
      lockTimeout: 1,
      github: { token: '' },
    },
    step,
    release: { id: 'S', version: 'v3', sha: 'c'.repeat(40) },
    connection: { server: 'https://cluster' },
    client: fakeApi(objects, async () => {}).client,
    signal: new AbortController().signal,
  } as unknown as DeployContext
  return { ...(await lockService(context)), warnings }
}

const stored = (objects: Map<string, KubeObject>) =>
  [...objects.keys()].filter((path) => /belay-.*(undo|before)/.test(path))

describe('the lock of a job that is gone', () => {
  test('is taken over, and what the job left open is undone first', async () => {
    const objects = leftBy('open R')
    const { saved, warnings } = await lock(objects)
    expect(objects.get(ref.path)).toEqual(secret('b2xk'))
    expect(warnings.join()).toContain('R was left open')
    expect(saved.stateBefore).toBe('committed Q')
    expect(stored(objects)).toEqual([])
  })

  // The copy of a Secret would stay in the cluster for ever.
  test.each(['committed R', 'committed Q'])('leaves nothing behind where its state is %s', async (leaseState) => {
    const objects = leftBy(leaseState)
    const { saved } = await lock(objects)
    expect(objects.get(ref.path)).toEqual(secret('bmV3'))
    expect(saved.stateBefore).toBe(leaseState)
    expect(stored(objects)).toEqual([])
  })

  test('is never taken over before it has run out', async () => {
    const objects = leftBy('open R', '2026-11-28T23:59:00Z')
    await expect(lock(objects)).rejects.toMatchObject({ code: 'lock-held' })
    expect(stored(objects)).toHaveLength(2)
  })

  test('is refused where what would undo its release is gone', async () => {
    const objects = leftBy('open R')
    objects.delete(`${core}/configmaps/${undoName('belay-api-qa')}`)
    await expect(lock(objects)).rejects.toMatchObject({ code: 'undo-failed' })
    expect(objects.get(ref.path)).toEqual(secret('bmV3'))
  })
})
