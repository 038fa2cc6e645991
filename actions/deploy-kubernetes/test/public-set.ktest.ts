import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KubeObject } from '@belay/kubernetes'
import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { describeIf } from '../../../test/support/need.ts'
import {
  type Fixture,
  type Images,
  openFixture,
  pushImages,
  type ReleaseOptions,
  releaseIn,
} from './support/fixture.ts'
import { guestbookImage, type Overlay, writeBases, writeOverlay } from './support/public-set.ts'

vi.setConfig({ testTimeout: 300_000 })

type State = Record<string, KubeObject>

/** Fewer pods than the manifests ask for: a rollout of each takes a second. */
const fewer = { frontend: 2, 'agnhost-replica': 1, 'the-deployment': 1, etcd: 2 }

const initial: Omit<Overlay, 'image'> = { resources: ['guestbook', 'etcd', 'hello', 'daemon'], replicas: fewer }

/** The second version: another image, configuration and number of pods, a Service of another type, a set more, a budget less. */
const changes: Omit<Overlay, 'image'> = {
  resources: ['guestbook', 'etcd', 'hello', 'daemon', 'cron'],
  replicas: { ...fewer, frontend: 1, 'agnhost-primary': 2 },
  patches: [
    {
      target: { kind: 'PodDisruptionBudget' },
      patch: {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'etcd-pdb' },
        $patch: 'delete',
      },
    },
    {
      target: { kind: 'ConfigMap', name: 'the-map' },
      patch: [{ op: 'replace', path: '/data/altGreeting', value: 'Good Evening!' }],
    },
    {
      target: { kind: 'Service', name: 'frontend' },
      patch: [{ op: 'add', path: '/spec/type', value: 'NodePort' }],
    },
  ],
}

describeIf(canStartCluster())('a set that others wrote, as a kustomize overlay', () => {
  let cluster: Cluster
  let images: Images
  /** What the action sets by its input `images`; the overlay sets all others. */
  let guestbook: Images
  beforeAll(async () => {
    cluster = sharedCluster()
    images = await pushImages(cluster)
    guestbook = await pushImages(cluster, guestbookImage)
  })

  test('is released, undone, changed and rolled back, field by field', async ({ onTestFinished }) => {
    const fixture = await openFixture(cluster, images, onTestFinished)
    const folder = mkdtempSync(join(tmpdir(), 'belay-public-set-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeBases(folder)
    const overlays = {
      v1: writeOverlay(folder, 'v1', { image: images.v1, ...initial }),
      v2: writeOverlay(folder, 'v2', { image: images.v2, ...changes }),
    }
    const release = (version: 'v1' | 'v2', options: ReleaseOptions = {}) => {
      const given = { manifests: overlays[version], images: guestbook[version] }
      return releaseIn(fixture.job(version), fixture.inputs([], given), options)
    }

    const first = await release('v1')
    expect(first.result, first.log).toBe('committed')
    const before = (await fixture.state()) as State
    expectReleased(before, await rendered(fixture, overlays.v1), guestbook.v1)
    await expectRunning(fixture, 'v1')

    const undone = await release('v2', { status: 'failure' })
    expect([undone.result, undone.main.outputs.result], undone.log).toEqual(['rolled-back', 'pending'])
    expect(await fixture.state()).toEqual(before)
    await expectRunning(fixture, 'v1')

    const changed = await release('v2')
    expect(changed.result, changed.log).toBe('committed')
    const after = (await fixture.state()) as State
    expectReleased(after, await rendered(fixture, overlays.v2), guestbook.v2)
    expect(after).not.toHaveProperty('poddisruptionbudgets/etcd-pdb')
    await expectRunning(fixture, 'v2')
    await expectInspected(fixture, images.v2, guestbook.v2)

    const back = await releaseIn(
      fixture.job('v3'),
      fixture.inputs([], { manifests: '', command: 'rollback', version: 'previous' }),
    )
    expect(back.result, back.log).toBe('committed')
    const now = (await fixture.state()) as State
    expect(timeless(now)).toEqual(timeless(before))
    await expectRunning(fixture, 'v1')
  })
})

/** What is live is reported by revision and image, for the payload of a GitHub deployment. */
async function expectInspected(fixture: Fixture, image: string, guestbook: string): Promise<void> {
  const inputs = fixture.inputs([], { manifests: '', command: 'inspect' })
  const { exit, outputs, log } = await fixture.job('v3').step('deploy-kubernetes').main(inputs)
  expect([exit, outputs.result], log).toEqual([0, 'unchanged'])
  const { lease, release, workloads } = JSON.parse(outputs.live ?? '')
  expect([lease, release]).toEqual(['belay-api-qa', expect.stringMatching(/^\d{8}T\d+Z-2{7}/)])
  const workload = (kind: string, name: string, revision: unknown, images: Record<string, string>) => ({
    kind,
    name,
    revision,
    images,
  })
  const deployment = (name: string, images: Record<string, string>) => workload('Deployment', name, '4', images)
  expect(workloads.toSorted((a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name))).toEqual([
    deployment('agnhost-primary', { primary: guestbook }),
    deployment('agnhost-replica', { replica: guestbook }),
    workload('DaemonSet', 'bind', '4', { 'kubernetes-pause': image }),
    workload('CronJob', 'cronjob-test', '', { test: image }),
    workload('StatefulSet', 'etcd', expect.stringMatching(/^etcd-[0-9a-z]+$/), { etcd: image }),
    deployment('frontend', { 'guestbook-frontend': guestbook }),
    deployment('test-the-deployment', { 'the-container': image }),
  ])
}

/** The objects that kustomize makes of a folder. */
async function rendered(fixture: Fixture, folder: string): Promise<KubeObject[]> {
  return parseAllDocuments(await fixture.kubectl('kustomize', folder)).map((document) => document.toJS())
}

/** Each object is as its manifest says, with the image of the version, and Belay alone has set its fields. */
function expectReleased(state: State, manifests: readonly KubeObject[], guestbook: string): void {
  const users = Object.keys(state).filter((name) => !name.startsWith('configmaps/belay-'))
  expect(users).toHaveLength(manifests.length)
  for (const { status: _, ...manifest } of manifests) {
    const { kind = '', metadata } = manifest
    const live = state[`${kind.toLowerCase()}s/${metadata.name}`]
    const text = JSON.stringify(manifest).replaceAll(`${guestbookImage}:2.56`, guestbook)
    // The server stores no empty list.
    const wanted = JSON.parse(text.replace(/,"\w+":\[\]/g, ''))
    expect({ apiVersion: manifest.apiVersion, kind, ...live }).toMatchObject(wanted)
    expect(live?.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['belay'])
  }
}

/** Every pod that is not ending answers with this version. */
async function expectRunning({ cluster, namespace, kubectl }: Fixture, version: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { items } = JSON.parse(await kubectl('get', 'pods', '-o', 'json'))
      const living = items.filter((pod: KubeObject) => pod.metadata.deletionTimestamp === undefined)
      const answers = await cluster.run([
        ...['curl', '-s', '--max-time', '5'],
        // biome-ignore lint/suspicious/noExplicitAny: pods as the API server gives them
        ...living.map((pod: any) => `http://${pod.status.podIP}:8080/`),
      ])
      const versions = answers.stdout.match(/\bv\d\b/g) ?? []
      expect([namespace, versions]).toEqual([namespace, living.map(() => version)])
    },
    { timeout: 60_000, interval: 500 },
  )
}

/** Without what a new release has to write anew: when a field was set, and which object was made again. */
function timeless(state: State): State {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, { metadata, ...object }]) => {
      if (name.startsWith('configmaps/belay-')) return []
      const { uid: _, creationTimestamp: __, annotations = {}, managedFields = [], ...kept } = metadata
      const { 'belay-actions.github.io/release': ___, ...own } = annotations
      const fields = managedFields.map(({ time: ____, ...field }) => field)
      return [[name, { ...object, metadata: { ...kept, annotations: own, managedFields: fields } }]]
    }),
  ) as State
}
