import type { Client, KubeObject, Query, WorkloadState } from '@belay/kubernetes'
import { expect, test } from 'vitest'
import type { PlannedObject } from '../src/plan.ts'
import { verifyDigests } from '../src/verify.ts'

const image = (digit: string) => `registry.test/api@sha256:${digit.repeat(64)}`
const pod = (name: string, digit: string): KubeObject => ({
  metadata: { name },
  spec: { containers: [{ name: 'app', image: image(digit) }] },
  status: { containerStatuses: [{ name: 'app', imageID: image(digit) }] },
})

const after = { spec: { template: { spec: { containers: [{ name: 'app', image: image('a') }] } } } }
const planned = [{ ref: { kind: 'Deployment', name: 'api' }, after }] as unknown as PlannedObject[]
const followed = [{ kind: 'Deployment', name: 'api', revision: '1' }] as unknown as WorkloadState[]

/** A server that gives its pods in pages. */
function clientOf(...pages: KubeObject[][]): Client {
  const get = async (_path: string, { continue: token = '0' }: Query = {}) => {
    const next = Number(token) + 1
    return { items: pages[Number(token)], metadata: next < pages.length ? { continue: `${next}` } : {} }
  }
  return { get } as unknown as Client
}

test('counts the pods of every page', async () => {
  const client = clientOf([pod('one', 'a'), pod('two', 'a')], [pod('three', 'a')])
  expect(await verifyDigests(client, planned, followed, 'shop')).toEqual({ byNode: 3, bySpec: 0 })
})

test('refuses a pod on the second page that runs another image', async () => {
  const client = clientOf([pod('one', 'a')], [pod('two', 'b')])
  await expect(verifyDigests(client, planned, followed, 'shop')).rejects.toThrow('pod/two, container app, runs')
})
