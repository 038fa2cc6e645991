// biome-ignore-all lint/style/noExcessiveLinesPerFile: one row of the table each
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { type Fixture, killedAt, type Released, releaseIn } from './fixture.ts'
import { job, type SetChange, setOf, statefulSet } from './objects.ts'

/** How a row of the table is played. */
export interface Scenario {
  /** No release comes before it. */
  readonly isFirst?: true
  /** The set of the release before it. */
  readonly before?: (fixture: Fixture) => SetChange
  /** What happens between that release and the job. */
  readonly prepare?: (fixture: Fixture) => Promise<unknown>
  readonly play: (fixture: Fixture) => Promise<Released>
  readonly code?: string
  /** The version that answers where users get `theirs`. */
  readonly theirs?: string
  /** What stands, where that is not all old or all new. */
  readonly stands?: (now: State, before: State) => void
  /** What makes the next release possible. */
  readonly tidy?: (fixture: Fixture, played: Released) => Promise<unknown>
  /** The lock and the undo stay until the next release. */
  readonly staysOpen?: true
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
type State = Record<string, any>

const lease = 'lease/belay-api-qa'
const changed: SetChange = { mode: 'loud', key: 'second-secret' }
const failed = { status: 'failure' } as const

const annotate = (fixture: Fixture, value: string) =>
  fixture.kubectl('annotate', 'service/api', `argocd.argoproj.io/tracking-id${value}`)
const patch = (fixture: Fixture, object: string, value: object) =>
  fixture.kubectl('patch', object, '--type=merge', `--patch=${JSON.stringify(value)}`)
const hold = (fixture: Fixture, holder: string) =>
  patch(fixture, lease, {
    spec: { holderIdentity: holder, renewTime: new Date().toISOString().replace('Z', '000Z') },
  })
const other = 'https://github.com/acme/shop/actions/runs/5/attempts/1#deploy-0'

/** Kills main at a phase. */
/** The job that played the row has ended, says GitHub. */
async function endRun({ github }: Fixture, { main }: Released): Promise<void> {
  const id = Number(/-(\d+)-1-[0-9a-f]{8}$/.exec(main.outputs['release-id'] ?? '')?.[1])
  github.addRun({ id, path: '.github/workflows/release.yml', sha: '2'.repeat(40), conclusion: 'failure' }, [])
}

async function quota(fixture: Fixture): Promise<void> {
  const { cluster, namespace } = fixture
  const path = `/api/v1/namespaces/${namespace}/resourcequotas`
  // The namespace's own, that of the set, the kept release, that of the undo, and one more.
  await cluster.mustAsk('POST', path, {
    body: { metadata: { name: 'few' }, spec: { hard: { 'count/configmaps': '5' } } },
  })
  for (let tries = 0; tries < 200; tries++) {
    if ((await cluster.mustAsk('GET', `${path}/few`)).json.status?.hard) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } })

export const scenarios: Readonly<Record<string, Scenario>> = {
  'nothing to do / commit / stays': { play: (fixture) => fixture.release('v1') },
  'an object is invalid / undo: the job failed / stays': {
    code: 'invalid',
    play: (fixture) => fixture.release('v2', { ...changed, spec: { repliccas: 3 } }),
  },
  'a field cannot be changed / undo: the job failed / stays': {
    code: 'immutable-field',
    play: (fixture) =>
      fixture.release('v2', {
        ...changed,
        spec: {
          selector: { matchLabels: { app: 'other' } },
          template: {
            metadata: { labels: { app: 'other' } },
            spec: { containers: [{ name: 'app', image: fixture.images.v2 }] },
          },
        },
      }),
  },
  'another manager sets a field / undo: the job failed / stays': {
    code: 'conflict',
    prepare: (fixture) =>
      fixture.kubectl(
        'patch',
        'configmap/api',
        '--type=merge',
        '--patch={"data":{"MODE":"hot"}}',
        '--field-manager=someone',
      ),
    async play(fixture) {
      const released = await fixture.release('v2', changed)
      expect(JSON.parse(released.main.outputs.conflicts ?? '')).toEqual([
        { object: 'configmap/api', manager: 'someone', field: '.data.MODE' },
      ])
      return released
    },
    tidy: (fixture) => fixture.kubectl('delete', 'configmap/api'),
  },
  'an object belongs to Argo CD / undo: the job failed / stays': {
    code: 'owned-by',
    prepare: (fixture) => annotate(fixture, '=x'),
    play: (fixture) => fixture.release('v2', changed),
    tidy: (fixture) => annotate(fixture, '-'),
  },
  'an object is one of the whole cluster / undo: the job failed / stays': {
    code: 'cluster-object',
    play: (fixture) =>
      fixture.release('v2', { more: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }] }),
  },
  'a right is missing / undo: the job failed / stays': {
    code: 'forbidden',
    async play(fixture) {
      const { cluster, namespace } = fixture
      const token = await cluster.tokenFor(namespace, [
        {
          apiGroups: ['', 'apps', 'autoscaling', 'coordination.k8s.io'],
          resources: ['*'],
          verbs: ['get', 'list', 'watch', 'create', 'patch'],
        },
      ])
      const access = { kubeconfig: '', server: cluster.server, ca: readFileSync(cluster.caFile, 'utf8'), token }
      const released = await fixture.release('v2', changed, { inputs: access })
      expect(released.log).toContain('resources: [deployments], verbs: [delete]')
      return released
    },
  },
  'another job holds the lock / undo: the job failed / stays': {
    code: 'lock-held',
    async prepare(fixture) {
      await hold(fixture, other)
      await fixture.kubectl('create', 'configmap', 'belay-api-qa-undo')
    },
    async play(fixture) {
      const released = await fixture.release('v2', changed)
      expect(released.log).toContain(`Waiting for the lock: ${other}`)
      return released
    },
    staysOpen: true,
    tidy: (fixture) => hold(fixture, ''),
  },
  'killed before the change / undo: the job failed / stays': {
    play: (fixture) => fixture.release('v2', changed, { during: killedAt('plan') }),
  },
  'ended well / commit / stays': { play: (fixture) => fixture.release('v2', changed) },
  'ended well / commit, the lock was taken by another job / stays': {
    play: (fixture) => fixture.release('v2', changed, { between: async () => void (await hold(fixture, other)) }),
    staysOpen: true,
    tidy: (fixture) => hold(fixture, ''),
  },
  'ended well / undo: a later step failed / stays': { play: (fixture) => fixture.release('v2', changed, failed) },
  'ended well / undo: the job was cancelled / stays': {
    play: (fixture) => fixture.release('v2', changed, { status: 'cancelled' }),
  },
  'ended well, a hotfix was live / undo: a later step failed / stays': {
    async prepare(fixture) {
      await fixture.kubectl('set', 'env', 'deployment/api', 'FIX=hot')
      await fixture.kubectl('rollout', 'status', 'deployment/api', '--timeout=60s')
    },
    play: (fixture) => fixture.release('v2', changed, failed),
  },
  'ended well, scaled by an autoscaler / undo: a later step failed / stays': {
    prepare: (fixture) => fixture.kubectl('autoscale', 'deployment/api', '--min=2', '--max=4', '--cpu=50%'),
    play: (fixture) =>
      fixture.release('v2', changed, {
        ...failed,
        async between() {
          await patch(fixture, 'hpa/api', { spec: { minReplicas: 3 } })
          await fixture.kubectl('wait', 'deployment/api', '--for=jsonpath={.spec.replicas}=3', '--timeout=60s')
        },
      }),
    stands(now, before) {
      expect(now['deployments/api'].spec.replicas).toBe(3)
      const asBefore = {
        ...now,
        'deployments/api': { ...now['deployments/api'], spec: { ...now['deployments/api'].spec, replicas: 2 } },
      }
      expect(asBefore).toEqual(before)
    },
  },
  'ended well / undo: a later step failed, somebody changed the workload / stays': {
    theirs: 'v3',
    play: (fixture) =>
      fixture.release('v2', changed, {
        ...failed,
        between: async () => void (await fixture.kubectl('set', 'image', 'deployment/api', `app=${fixture.images.v3}`)),
      }),
    stands(now, before) {
      expect(now['deployments/api'].spec.template.spec.containers[0].image).toContain('@sha256:')
      const { 'deployments/api': _, ...others } = now
      const { 'deployments/api': __, ...othersBefore } = before
      expect(others).toEqual(othersBefore)
    },
    // Belay does not take the field back by itself.
    tidy: (fixture) => fixture.kubectl('delete', 'deployment/api'),
  },
  'ended well / undo: a later step failed, an object was made anew / stays': {
    play: (fixture) =>
      fixture.release('v2', changed, {
        ...failed,
        async between() {
          const { cluster, namespace } = fixture
          const path = `/api/v1/namespaces/${namespace}/services`
          const { json } = await cluster.mustAsk('GET', `${path}/api`)
          await cluster.mustAsk('DELETE', `${path}/api`)
          const { selector, ports } = json.spec
          await cluster.mustAsk('POST', path, { body: { metadata: { name: 'api' }, spec: { selector, ports } } })
        },
      }),
    stands(now, before) {
      const { 'services/api': service, ...others } = now
      const { 'services/api': serviceBefore, ...othersBefore } = before
      expect(service.metadata.uid).not.toBe(serviceBefore.metadata.uid)
      expect(others).toEqual(othersBefore)
    },
    tidy: (fixture) => fixture.kubectl('delete', 'service/api'),
  },
  'ended well / undo: a later step failed, the cluster is cut off / stays': {
    async play(fixture) {
      const released = await fixture.release('v2', changed, { ...failed, between: async () => fixture.cut(true) })
      fixture.cut(false)
      return released
    },
    staysOpen: true,
    tidy: endRun,
  },
  'the image does not exist / undo: the job failed / stays': {
    code: 'image-pull',
    play: (fixture) =>
      fixture.release('v2', { ...changed, container: { image: `registry.test/shop/api@sha256:${'0'.repeat(64)}` } }),
  },
  'pods crash / undo: the job failed / stays': {
    code: 'crash',
    async play(fixture) {
      const released = await fixture.release('v2', { ...changed, env: { CRASH: '1' } })
      expect(released.main.log).toContain('version v2 crashes at its start')
      return released
    },
  },
  'pods never get ready / undo: the job failed / stays': {
    code: 'not-ready',
    play: (fixture) =>
      fixture.release('v2', { ...changed, env: { READY_AFTER: 'never' } }, { inputs: { 'progress-timeout': '20s' } }),
  },
  'their configuration is missing / undo: the job failed / stays': {
    code: 'config-missing',
    play: (fixture) =>
      fixture.release('v2', { ...changed, container: { envFrom: [{ configMapRef: { name: 'nowhere' } }] } }),
  },
  'a pod of a StatefulSet is stuck / undo: the job failed / stays': {
    code: 'crash',
    before: ({ images }) => ({ more: [statefulSet(images.v1)] }),
    play: (fixture) => fixture.release('v2', { ...changed, more: [statefulSet(fixture.images.v2, { CRASH: '1' })] }),
  },
  'a Job of the set fails / undo: the job failed / stays': {
    code: 'kubernetes-job-failed',
    play: (fixture) =>
      fixture.release('v2', {
        ...changed,
        more: [job(fixture.images.v2, 'migrate-v2', { EXIT_AFTER: '200ms', EXIT_STATUS: '3' })],
      }),
  },
  'the server refuses one apply of several / undo: the job failed / stays': {
    code: 'invalid',
    prepare: quota,
    play: (fixture) => fixture.release('v2', { ...changed, more: [configMap('one'), configMap('two')] }),
    tidy: (fixture) => fixture.kubectl('delete', 'resourcequota/few'),
  },
  'killed in the change / undo: the job failed / stays': {
    play: (fixture) =>
      fixture.release('v2', { ...changed, env: { READY_AFTER: '3s' } }, { during: killedAt('follow') }),
  },
  'interrupted in the change / undo: the job was cancelled / stays': {
    code: 'interrupted',
    play: (fixture) =>
      fixture.release(
        'v2',
        { ...changed, env: { READY_AFTER: '3s' } },
        { during: killedAt('follow', 'SIGINT'), status: 'cancelled' },
      ),
  },
  'ended well / none / lost': {
    play: (fixture) => fixture.release('v2', changed, { lost: true }),
    staysOpen: true,
    tidy: endRun,
  },
  'images only, ended well / commit / stays': { play: (fixture) => imagesOnly(fixture, fixture.images.v2) },
  'images only, ended well / undo: a later step failed / stays': {
    play: (fixture) => imagesOnly(fixture, fixture.images.v2, failed),
  },
  'images only, no workload runs it / undo: the job failed / stays': {
    code: 'workload-missing',
    play: (fixture) => imagesOnly(fixture, `registry.test/shop/other@sha256:${'0'.repeat(64)}`),
  },
  'first release, ended well / undo: a later step failed / stays': {
    isFirst: true,
    play: (fixture) => fixture.release('v2', changed, failed),
  },
}

function imagesOnly(fixture: Fixture, images: string, options: Parameters<typeof releaseIn>[2] = {}) {
  return releaseIn(fixture.job('v2'), { ...fixture.inputs(setOf('')), manifests: '', images }, options)
}
