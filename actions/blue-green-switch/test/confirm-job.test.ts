import { describe, expect, test } from 'vitest'
import { type ConfirmPod, confirmState } from '../src/service/confirm-pod.ts'
import { accountYaml, namesInSlots } from '../src/service/confirm-role.ts'

type Statuses = NonNullable<ConfirmPod['status']>['initContainerStatuses']

const podWith = (initContainerStatuses: Statuses, message?: string): ConfirmPod => ({
  metadata: { name: 'belay-api-qa-confirm-x' },
  status: {
    ...(initContainerStatuses && { initContainerStatuses }),
    ...(message !== undefined && { conditions: [{ type: 'PodScheduled', status: 'False', message }] }),
  },
})
const done = { name: 'try-lease', state: { terminated: { exitCode: 0 } } }
const next = { name: 'time', state: { waiting: { reason: 'PodInitializing' } } }

describe('the pod of a confirm Job', () => {
  test('is armed once it waits for its time, and not before', () => {
    expect(confirmState(podWith([done, next]))).toEqual({ is: 'waiting', why: 'its pod has not started' })
    expect(confirmState(podWith([done, { name: 'time', state: { running: {} } }])).is).toBe('armed')
    expect(confirmState(podWith([{ name: 'try-lease', state: { running: {} } }, next])).is).toBe('waiting')
  })

  test('has failed where a request of its own was refused, also once it is tried again', () => {
    const terminated = { exitCode: 1, message: 'Error from server (Forbidden): leases is forbidden\n' }
    const why = 'container try-lease: Error from server (Forbidden): leases is forbidden'
    expect(confirmState(podWith([{ name: 'try-lease', state: { terminated } }, next]))).toEqual({ is: 'failed', why })
    const again = { name: 'try-lease', state: { running: {} }, lastState: { terminated } }
    expect(confirmState(podWith([again, next]))).toEqual({ is: 'failed', why })
  })

  test.each(['ErrImagePull', 'RegistryUnavailable', 'RunContainerError'])('has failed with %s', (reason) => {
    const waiting = { reason, message: 'not found' }
    expect(confirmState(podWith([{ name: 'try-lease', state: { waiting } }, next]))).toEqual({
      is: 'failed',
      why: 'container try-lease: not found',
    })
  })

  test('says why it waits for a node', () => {
    expect(confirmState(podWith(undefined, '0/1 nodes are available')).why).toBe('0/1 nodes are available')
  })
})

test('its account may change one Lease and the Services of its own, and read the Deployments of both slots', () => {
  const text = accountYaml({
    lease: { namespace: 'shop', name: 'belay-api-qa' },
    services: ['api'],
    deployments: namesInSlots(['api-blue'], ['blue', 'green']),
  })
  expect(text).toContain('metadata: {name: belay-confirm, namespace: shop}')
  expect(text).toContain('resources: [leases], resourceNames: [belay-api-qa], verbs: [get, watch, patch]')
  expect(text).toContain('resources: [services], resourceNames: [api], verbs: [get, patch]')
  expect(text).toContain('resources: [deployments], resourceNames: [api-blue, api-green], verbs: [get, list]')
})

test('a Deployment has a name in each slot', () => {
  expect(namesInSlots(['api-green', 'web-blue'], ['blue', 'green'])).toEqual([
    ...['api-blue', 'api-green', 'web-blue', 'web-green'],
  ])
})
