import { readFileSync } from 'node:fs'
import type { Inputs } from '@belay/action-harness'
import { unpackRelease } from '@belay/kubernetes'
import { expect } from 'vitest'
import { type Fixture, type Released, type ReleaseOptions, releaseIn } from './fixture.ts'
import { job, type SetChange, setOf } from './objects.ts'

/** How a row of the table about going back is played. */
export interface RollbackScenario {
  /** The releases before it. */
  readonly prepare: (fixture: Fixture) => Promise<unknown>
  readonly play: (fixture: Fixture) => Promise<Released>
  readonly code?: string
  /** The version that answers, where users get `new`. */
  readonly version?: string
  readonly check?: (fixture: Fixture, played: Released, now: State, before: State) => unknown
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
type State = Record<string, any>

const changed: SetChange = { mode: 'loud', key: 'second-secret' }

async function committed(release: Promise<Released>): Promise<Released> {
  const released = await release
  expect(released.result, released.log).toBe('committed')
  return released
}

async function firstTwo(fixture: Fixture): Promise<void> {
  await committed(fixture.release('v1'))
  await committed(fixture.release('v2', changed))
}

/** Without manifests: what is released is in the cluster. */
function rollback(fixture: Fixture, more: Inputs = {}, options: ReleaseOptions = {}): Promise<Released> {
  const inputs = { ...fixture.inputs(setOf('')), manifests: '', command: 'rollback', ...more }
  return releaseIn(fixture.job('v3'), inputs, options)
}

const imagesOnly = (fixture: Fixture, version: 'v2' | 'v3') =>
  committed(
    releaseIn(fixture.job(version), {
      ...fixture.inputs(setOf('')),
      manifests: '',
      images: fixture.images[version],
    }),
  )

async function lease({
  cluster,
  namespace,
}: Fixture): Promise<{ state: string; committed: { release: string; sha: string } }> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/belay-api-qa`
  const { annotations } = (await cluster.mustAsk('GET', path)).json.metadata
  return {
    state: annotations['belay-actions.github.io/state'],
    committed: JSON.parse(annotations['belay-actions.github.io/committed']),
  }
}

/** The commits of the kept releases. */
const keptShas = (state: State) =>
  Object.entries(state)
    .filter(([name]) => name.startsWith('configmaps/belay-api-qa-kept-'))
    .map(([, map]) => unpackRelease(map.binaryData['release.json.gz']).sha.slice(0, 1))
    .toSorted()

const configMaps = (...names: string[]) =>
  names.map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } }))
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
}
const secret = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  stringData: { KEY: 'first-secret' },
})
const cronJob = (image: string) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: {
    schedule: '0 3 * * *',
    jobTemplate: {
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image }] } } },
    },
  },
})

export const rollbackScenarios: Readonly<Record<string, RollbackScenario>> = {
  'rollback to `previous` / at its own end / stays': {
    prepare: firstTwo,
    play: (fixture) => rollback(fixture),
    version: 'v1',
    async check(fixture, played, now, before) {
      expect(now['configmaps/api'].data).toEqual({ MODE: 'calm' })
      expect(now['secrets/api']).toEqual(before['secrets/api'])
      expect(played.log).toContain('Secrets stay as they are now, because their data are not kept: secret/api.')
      expect(keptShas(now)).toEqual(['1', '2'])
      const { state, committed: record } = await lease(fixture)
      expect([state, record.sha]).toEqual([`committed ${record.release}`, '1'.repeat(40)])
      const chosen = played.job.journal().find(({ event }) => event === 'chosen')
      expect(chosen).toMatchObject({ service: 'api', release: { id: record.release, sha: record.sha } })
    },
  },
  'a second rollback to `previous` / at its own end / stays': {
    async prepare(fixture) {
      await firstTwo(fixture)
      await committed(fixture.release('v3', changed))
      await committed(rollback(fixture))
      expect(await fixture.served()).toBe('v2')
    },
    play: (fixture) => rollback(fixture),
    version: 'v1',
  },
  'rollback to a commit / at its own end / stays': {
    async prepare(fixture) {
      await firstTwo(fixture)
      await committed(fixture.release('v3', changed))
    },
    play: (fixture) => rollback(fixture, { version: '1'.repeat(40) }),
    version: 'v1',
  },
  'rollback, a later step of the job fails / at its own end / stays': {
    prepare: firstTwo,
    play: (fixture) => rollback(fixture, {}, { status: 'failure' }),
    version: 'v1',
  },
  'rollback to a release with a Job / at its own end / stays': {
    async prepare(fixture) {
      const { v1, v2 } = fixture.images
      const ends = { EXIT_AFTER: '100ms', EXIT_STATUS: '0' }
      await committed(fixture.release('v1', { more: [job(v1, 'migrate-v1', ends)] }))
      await committed(fixture.release('v2', { ...changed, more: [job(v2, 'migrate-v2', ends)] }))
    },
    play: (fixture) => rollback(fixture),
    version: 'v1',
    check(_, { log }, now, before) {
      expect(log).toContain('A rollback does not run Jobs again: job/migrate-v1.')
      const jobs = (state: State) => Object.keys(state).filter((name) => name.startsWith('jobs/'))
      expect([jobs(before), jobs(now)]).toEqual([['jobs/migrate-v2'], []])
    },
  },
  'rollback, killed once the Lease says committed / at its own end / stays': {
    async prepare(fixture) {
      await committed(fixture.release('v1'))
      // Their removal leaves time for the kill.
      const names = Array.from({ length: 60 }, (_, index) => `dropped-${index}`)
      await committed(fixture.release('v2', { ...changed, more: configMaps(...names) }))
    },
    async play(fixture) {
      const { committed: before } = await lease(fixture)
      return rollback(
        fixture,
        {},
        {
          async during(_, pid) {
            while ((await lease(fixture)).committed.release === before.release) await new Promise(setImmediate)
            process.kill(pid, 'SIGKILL')
          },
        },
      )
    },
    version: 'v1',
    check: (_, __, now) => expect(Object.keys(now).filter((name) => name.includes('dropped-'))).toEqual([]),
  },
  'rollback where only images were released / at its own end / stays': {
    async prepare(fixture) {
      const [config, key, service, deployment] = setOf(fixture.images.v1)
      const items = [config, key, service, deployment]
      await fixture.cluster.kubectl(['apply', '-f', '-', `--namespace=${fixture.namespace}`], {
        input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      })
      await fixture.kubectl('rollout', 'status', 'deployment/api', '--timeout=60s')
      await imagesOnly(fixture, 'v2')
      await imagesOnly(fixture, 'v3')
    },
    play: (fixture) => rollback(fixture),
    version: 'v2',
    // The next release has manifests, and would meet the manager that made the objects.
    check: (fixture) => fixture.kubectl('delete', 'configmap/api', 'secret/api', 'service/api', 'deployment/api'),
  },
  'rollback after a lost runner / at its own end / stays': {
    async prepare(fixture) {
      await committed(fixture.release('v1'))
      const { main } = await fixture.release('v2', changed, { lost: true })
      const id = Number(/-(\d+)-1-[0-9a-f]{8}$/.exec(main.outputs['release-id'] ?? '')?.[1])
      const run = { id, path: '.github/workflows/release.yml', sha: '2'.repeat(40), conclusion: 'failure' } as const
      fixture.github.addRun(run, [])
    },
    play: (fixture) => rollback(fixture, { 'github-token': 'ghs_fake' }),
    version: 'v1',
    check: (_, { log }) => expect(log).toContain('deployment/api is as before.'),
  },
  'rollback to a release that is not kept / undo: the job failed / stays': {
    async prepare(fixture) {
      const few = { inputs: { 'keep-releases': '2' } }
      await committed(fixture.release('v1', {}, few))
      await committed(fixture.release('v2', changed, few))
      await committed(fixture.release('v3', changed, few))
    },
    play: (fixture) => rollback(fixture, { version: '1'.repeat(40) }),
    code: 'no-such-release',
    check(_, { log }, now) {
      expect(keptShas(now)).toEqual(['2', '3'])
      expect(log).toMatch(/choose one of: 2{40} \(\S+\), 3{40} \(/)
    },
  },
  'rollback, a Secret of the release is gone / undo: the job failed / stays': {
    async prepare(fixture) {
      await committed(fixture.release('v1', { more: [secret('old')] }))
      await committed(fixture.release('v2', changed))
      // A kept release names it, so it was not deleted with the others.
      await fixture.kubectl('delete', 'secret/old')
    },
    play: (fixture) => rollback(fixture),
    code: 'config-missing',
    check: (_, { log }) => expect(log).toContain('The release had secret/old, which is not there any more'),
  },
  'rollback, pods never get ready / undo: the job failed / stays': {
    async prepare(fixture) {
      await fixture.kubectl('create', 'configmap', 'extra', '--from-literal=a=b')
      await committed(fixture.release('v1', { container: { envFrom: [{ configMapRef: { name: 'extra' } }] } }))
      await committed(fixture.release('v2', changed))
      await fixture.kubectl('delete', 'configmap/extra')
    },
    play: (fixture) => rollback(fixture),
    code: 'config-missing',
  },
  'a release drops objects / commit / stays': {
    prepare: (fixture) =>
      committed(fixture.release('v1', { more: [...configMaps('one', 'two'), claim, secret('old')] })),
    play: (fixture) => fixture.release('v2', { ...changed, more: configMaps('two') }),
    version: 'v2',
    async check(fixture, { main }, now) {
      expect([now['configmaps/one'], now['configmaps/two']?.data]).toEqual([undefined, { a: 'b' }])
      expect(await fixture.kubectl('get', 'pvc', '-o', 'name')).toContain('persistentvolumeclaim/data')
      // The release before can be gone back to, and names it.
      expect(now['secrets/old']).toBeDefined()
      const objects = JSON.parse(main.outputs.objects ?? '')
      expect(objects.filter(({ change }: { change: string }) => change === 'pruned')).toEqual([
        { kind: 'ConfigMap', name: 'one', change: 'pruned' },
      ])
      expect(readFileSync(main.outputs.diff ?? '', 'utf8')).toContain('- configmap/one is deleted once')
      await fixture.kubectl('delete', 'pvc/data')
    },
  },
  'a release drops objects / undo: a later step failed / stays': {
    prepare: (fixture) => committed(fixture.release('v1', { more: configMaps('one') })),
    play: (fixture) => fixture.release('v2', changed, { status: 'failure' }),
  },
  'a release drops an object that may not be deleted / commit / stays': {
    prepare: (fixture) => committed(fixture.release('v1', { more: [cronJob(fixture.images.v1)] })),
    async play(fixture) {
      const { cluster, namespace } = fixture
      const all = ['', 'apps', 'autoscaling', 'coordination.k8s.io']
      const token = await cluster.tokenFor(namespace, [{ apiGroups: all, resources: ['*'], verbs: ['*'] }])
      const access = { kubeconfig: '', server: cluster.server, ca: readFileSync(cluster.caFile, 'utf8'), token }
      return fixture.release('v2', changed, { inputs: access })
    },
    version: 'v2',
    async check(fixture, { log }) {
      expect(log).toMatch(
        /::warning.*cronjob\/nightly was dropped by this release, and could not be deleted: .*forbidden/,
      )
      expect(await fixture.kubectl('get', 'cronjob', '-o', 'name')).toContain('cronjob.batch/nightly')
      // The next release tries it again, with a login that may.
      const next = await fixture.release('v2', { ...changed, mode: 'again' })
      expect([next.result, await fixture.kubectl('get', 'cronjob', '-o', 'name')], next.log).toEqual(['committed', ''])
    },
  },
}
