import { afterEach, expect, test, vi } from 'vitest'
import type { KubeObject } from '../src/api.ts'
import type { Client } from '../src/client.ts'
import type { TrafficMove } from '../src/slots/move.ts'
import { moveBack } from '../src/slots/traffic.ts'
import { entryFor } from '../src/undo/entry.ts'

const path = '/api/v1/namespaces/shop/services/api'
const service = (slot: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', uid: 'u1' },
  spec: { selector: { app: 'api', slot } },
})
const ref = { apiVersion: 'v1', kind: 'Service', name: 'api', path }
const moved: TrafficMove = {
  from: 'blue',
  to: 'green',
  entries: [entryFor(ref, service('blue'), service('green'), '')],
  fromNothing: false,
}

/** A server on which traffic was moved to green. `endpoints`: what the Service has once its selector says blue. */
function serverWith(endpoints: () => readonly string[]): Client {
  let slot = 'green'
  const ready = { conditions: [{ type: 'Ready', status: 'True' }] }
  return {
    async get(asked: string) {
      if (asked === path) return service(slot)
      if (asked.endsWith('/pods')) return { items: [{ metadata: { name: 'blue-1' }, status: ready }] }
      return { items: [{ endpoints: endpoints().map((name) => ({ targetRef: { name } })) }] }
    },
    async patch() {
      slot = 'blue'
    },
  } as unknown as Client
}

async function secondsOf(client: Client): Promise<number> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const began = performance.now()
  const ended = moveBack(client, 'shop', moved, new AbortController().signal)
  await vi.runAllTimersAsync()
  expect(await ended).toMatchObject([{ ref, result: 'restored' }])
  return (performance.now() - began) / 1000
}

afterEach(() => {
  vi.useRealTimers()
})

test('traffic that went back has left the other slot three seconds after the endpoints have followed', async () => {
  expect(await secondsOf(serverWith(() => ['blue-1']))).toBeCloseTo(3, 1)
  let asked = 0
  const slow = () => (asked++ < 20 ? ['green-1', 'blue-1'] : ['blue-1'])
  expect(await secondsOf(serverWith(slow))).toBeCloseTo(5, 1)
})

test('an undo goes on where the endpoints cannot be seen', async () => {
  const refused = () => {
    throw new Error('endpointslices is forbidden')
  }
  expect(await secondsOf(serverWith(refused))).toBeCloseTo(3, 1)
})
