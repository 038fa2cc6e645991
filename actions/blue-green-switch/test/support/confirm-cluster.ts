import { confirmJob } from '@belay/kubernetes'
import type { Cluster } from '@belay/test-cluster'
import { expect, vi } from 'vitest'
import { type ConfirmPod, type ConfirmState, confirmState } from '../../src/service/confirm-pod.ts'
import { accountYaml } from '../../src/service/confirm-role.ts'

const lease = 'belay-api-qa'
const labels = { app: 'api', slot: 'blue' }

/** What a switch finds: an open release, a Service, and the Deployment of the slot that has the traffic. */
const objects = (namespace: string, image: string) => [
  {
    path: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`,
    body: { metadata: { name: lease, annotations: { 'belay-actions.github.io/state': 'open R' } } },
  },
  {
    path: `/api/v1/namespaces/${namespace}/services`,
    body: { metadata: { name: 'api' }, spec: { selector: labels, ports: [{ port: 80 }] } },
  },
  {
    path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    body: {
      metadata: { name: 'api-blue' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'app', image }] } },
      },
    },
  },
]

/** A confirm Job in a namespace of its own. */
export interface StartedJob {
  /** What has become of its pod, once it waits for its time or never will. */
  readonly state: ConfirmState | undefined
  /** Moves the traffic, as a switch does. */
  move(): Promise<unknown>
  /** The slot that has the traffic, and the state of the release. */
  now(): Promise<{ readonly slot: string; readonly state: string }>
}

/** `account`: what somebody has made of the account that preflight prints. */
export async function startJob(
  cluster: Cluster,
  image: string,
  { seconds = 600, account = (yaml) => yaml }: { seconds?: number; account?: (yaml: string) => string },
  onTestFinished: (end: () => Promise<void>) => void,
): Promise<StartedJob> {
  const namespace = await cluster.namespace('confirm')
  onTestFinished(() => cluster.removeNamespace(namespace))
  const [leaseAt = '', serviceAt = ''] = objects(namespace, image).map(
    ({ path, body }) => `${path}/${body.metadata.name}`,
  )
  const [, service] = await Promise.all(
    objects(namespace, image).map(({ path, body }) => cluster.mustAsk('POST', path, { body })),
  )
  const place = { namespace, name: lease }
  const yaml = accountYaml({ lease: place, services: ['api'], deployments: ['api-blue', 'api-green'] })
  const argv = ['apply', `--namespace=${namespace}`, '--filename=-']
  const applied = await cluster.kubectl(argv, { input: account(yaml) })
  expect(applied.status, applied.stderr).toBe(0)
  const ref = { apiVersion: 'v1', kind: 'Service', name: 'api', path: serviceAt }
  const entries = [{ ref, uid: service?.json.metadata.uid }]
  const slots = { from: 'blue', to: 'green', deployments: ['api-blue'] }
  const job = confirmJob({ lease: place, release: 'R', image, seconds, entries, ...slots })
  await cluster.mustAsk('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, { body: job })
  const state = await vi.waitUntil(
    async () => {
      const { json } = await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/pods`)
      const [pod] = json.items as ConfirmPod[]
      const found = pod && confirmState(pod)
      return found?.is === 'waiting' ? undefined : found
    },
    { timeout: 120_000, interval: 300 },
  )
  return {
    state,
    move: () =>
      cluster.kubectl([
        'patch',
        'service/api',
        `--namespace=${namespace}`,
        '--patch={"spec":{"selector":{"slot":"green"}}}',
      ]),
    async now() {
      const [open, live] = await Promise.all([leaseAt, serviceAt].map((path) => cluster.mustAsk('GET', path)))
      return {
        slot: live?.json.spec.selector.slot,
        state: open?.json.metadata.annotations['belay-actions.github.io/state'],
      }
    },
  }
}
