import { expect, test } from 'vitest'
import { confirmJob } from '../src/slots/confirm-job.ts'

const service = (name: string) => ({
  ref: { apiVersion: 'v1', kind: 'Service', name, path: `/api/v1/namespaces/shop/services/${name}` },
  uid: `uid-${name}`,
})
const job = confirmJob({
  lease: { namespace: 'shop', name: 'belay-api-qa' },
  release: 'R2',
  image: 'registry.example.com/kubectl@sha256:0',
  seconds: 600,
  from: 'blue',
  to: 'green',
  entries: [service('api'), service('admin')],
  deployments: ['api-blue', 'admin-blue'],
})

interface Container {
  readonly name: string
  readonly command: readonly string[]
}
interface Pod {
  readonly initContainers: readonly Container[]
  readonly containers: readonly Container[]
}
const pod = (job.spec as { template: { spec: Pod } }).template.spec
const named = (name: string) => [...pod.initContainers, ...pod.containers].find((one) => one.name === name)
/** What a container patches with: the object, and its operations. */
const patched = (name: string) => {
  const [, verb, object, , patch = ''] = named(name)?.command ?? []
  return [verb, object, JSON.parse(patch.replace('--patch=', ''))]
}

test('tries all that it will ask, waits, and says in the Lease that it expired before it moves the traffic', () => {
  expect(pod.initContainers.map(({ name }) => name)).toEqual([
    ...['try-lease', 'try-service-0', 'try-service-1', 'try-old-slot', 'try-time'],
    ...['time', 'old-slot', 'expire'],
  ])
  expect(pod.containers.map(({ name }) => name)).toEqual(['service-0', 'service-1'])
})

test('what is only tried has no effect', () => {
  for (const { name, command } of pod.initContainers)
    expect([name, command.includes('--dry-run=server')]).toEqual([name, /^try-(lease|service)/.test(name)])
})

test('expires only what is open, and moves only what leads to the new slot', () => {
  const state = '/metadata/annotations/belay-actions.github.io~1state'
  expect(patched('expire')).toEqual([
    'patch',
    'lease/belay-api-qa',
    [
      { op: 'test', path: state, value: 'open R2' },
      { op: 'replace', path: state, value: 'expired R2' },
    ],
  ])
  const slot = '/spec/selector/slot'
  expect(patched('service-1')).toEqual([
    'patch',
    'service/admin',
    [
      { op: 'test', path: '/metadata/uid', value: 'uid-admin' },
      { op: 'test', path: slot, value: 'green' },
      { op: 'replace', path: slot, value: 'blue' },
    ],
  ])
})

test('its clock is a watch that the server ends', () => {
  expect(named('time')?.command[3]).toBe(
    '/apis/coordination.k8s.io/v1/namespaces/shop/leases?watch=1&allowWatchBookmarks=1&fieldSelector=metadata.name%3Dbelay-api-qa&timeoutSeconds=600',
  )
})

test('each container runs kubectl, without a shell', () => {
  for (const { command } of [...pod.initContainers, ...pod.containers]) expect(command[0]).toBe('kubectl')
})
