import { expect } from 'vitest'
import { releaseWithCanary } from './canary-release.ts'
import { type Fixture, killedAt, type Released } from './fixture.ts'
import type { SetChange } from './objects.ts'

/** How a row of the table about canaries is played. The release before it is v1. */
export interface CanaryScenario {
  readonly play: (fixture: Fixture) => Promise<Released>
  readonly code?: string
  /** What stands, where that is not all as before. */
  readonly stands?: (now: State, before: State, fixture: Fixture) => void
  /** What makes the next release possible. */
  readonly tidy?: (fixture: Fixture, played: Released) => Promise<unknown>
  /** The lock and the undo stay until the next release. */
  readonly staysOpen?: true
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
type State = Record<string, any>

const main = 'deployments/api'
const canary = 'deployments/api-canary'
const imageOf = (state: State, name: string) => state[name].spec.template.spec.containers[0].image
const gateFails = { gateFails: true } as const

/** A configuration of another name, as kustomize makes it: the canary needs it first. */
const renamed: SetChange = {
  container: { envFrom: [{ configMapRef: { name: 'api-2' } }, { secretRef: { name: 'api' } }] },
  more: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api-2' }, data: { MODE: 'loud' } }],
}

/** The job that played the row has ended, says GitHub. */
async function endRun({ github }: Fixture, { main }: Released): Promise<void> {
  const id = Number(/-(\d+)-1-[0-9a-f]{8}$/.exec(main.outputs['release-id'] ?? '')?.[1])
  github.addRun({ id, path: '.github/workflows/release.yml', sha: '2'.repeat(40), conclusion: 'failure' }, [])
}

const killed = killedAt('apply')

/** The second step has begun to apply: the first one has written the same phase before. */
const killedInRoll = async (job: Released['job'], pid: number) => {
  const applies = () => job.journal().filter((line) => line.event === 'phase' && line.phase === 'apply').length
  for (const last = Date.now() + 60_000; applies() < 2 && Date.now() < last; )
    await new Promise((resolve) => setTimeout(resolve, 5))
  process.kill(pid, 'SIGKILL')
}

async function quotaOfPods({ cluster, namespace }: Fixture, pods: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/resourcequotas`
  await cluster.mustAsk('POST', path, { body: { metadata: { name: 'few' }, spec: { hard: { pods } } } })
  for (let tries = 0; tries < 200; tries++) {
    if ((await cluster.mustAsk('GET', `${path}/few`)).json.status?.hard) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function autoscale({ cluster, namespace }: Fixture): Promise<void> {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' }
  await cluster.mustAsk('POST', `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`, {
    body: { metadata: { name: 'api' }, spec: { scaleTargetRef, minReplicas: 2, maxReplicas: 4 } },
  })
}

/** Somebody deletes the canary, and makes one of the same name. */
async function makeAnew(fixture: Fixture): Promise<void> {
  const { cluster, namespace, kubectl } = fixture
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`
  const { json } = await cluster.mustAsk('GET', `${path}/api-canary`)
  await kubectl('delete', 'deployment/api-canary')
  await cluster.mustAsk('POST', path, { body: { metadata: { name: 'api-canary' }, spec: json.spec } })
}

export const canaryScenarios: Readonly<Record<string, CanaryScenario>> = {
  'nothing to do / commit / stays': { play: (fixture) => releaseWithCanary(fixture, 'v1') },
  'a ConfigMap that is in use changes in place / undo: the job failed / stays': {
    code: 'config-shared',
    play: (fixture) => releaseWithCanary(fixture, 'v2', { mode: 'loud' }),
  },
  'ended well / commit / stays': {
    play: (fixture) =>
      releaseWithCanary(fixture, 'v2', renamed, {
        async between() {
          const now: State = await fixture.state()
          expect(now[canary].spec.replicas).toBe(1)
          expect([imageOf(now, main), imageOf(now, canary)]).toEqual([fixture.images.v1, fixture.images.v2])
        },
      }),
    stands(now, _, { images }) {
      expect([now[canary], imageOf(now, main)]).toEqual([undefined, images.v2])
      expect(now['configmaps/api-2'].data).toEqual({ MODE: 'loud' })
    },
  },
  'the canary ended well, no step releases to all pods / commit / stays': {
    async play(fixture) {
      await autoscale(fixture)
      const released = await releaseWithCanary(fixture, 'v2', {}, { stays: true })
      expect(released.log).toContain('The autoscaler of deployment/api counts the pods of the canary too')
      return released
    },
  },
  'pods of the canary crash / undo: the job failed / stays': {
    code: 'crash',
    play: (fixture) => releaseWithCanary(fixture, 'v2', { env: { CRASH: '1' } }),
  },
  'killed while the canary is made / undo: the job failed / stays': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { during: { canary: killed } }),
  },
  'the canary ended well / undo: the gate failed / stays': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', renamed, gateFails),
  },
  'the canary ended well / undo: the gate failed, somebody made the canary anew / stays': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { ...gateFails, between: () => makeAnew(fixture) }),
    stands(now, before) {
      const { [canary]: theirs, ...others } = now
      expect(theirs).toBeDefined()
      expect(others).toEqual(before)
    },
    tidy: (fixture) => fixture.kubectl('delete', 'deployment/api-canary'),
  },
  'somebody changed the canary / undo: the job failed / stays': {
    code: 'canary-changed',
    play: (fixture) =>
      releaseWithCanary(
        fixture,
        'v2',
        {},
        { between: () => fixture.kubectl('set', 'image', 'deployment/api-canary', `app=${fixture.images.v3}`) },
      ),
  },
  'new pods cannot start beside the canary / undo: the job failed / stays': {
    code: 'quota',
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { between: () => quotaOfPods(fixture, '3') }),
    tidy: (fixture) => fixture.kubectl('delete', 'resourcequota/few'),
  },
  'killed in the release to all pods / undo: the job failed / stays': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { during: { roll: killedInRoll } }),
  },
  'ended well / undo: a later step failed / stays': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', renamed, { status: 'failure' }),
  },
  'ended well / undo: the job was cancelled / stays': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { status: 'cancelled' }),
  },
  'the canary ended well / none / lost': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { lost: 'canary' }),
    stands(now, before) {
      expect(now[canary]).toBeDefined()
      expect(now[main]).toEqual(before[main])
    },
    staysOpen: true,
    tidy: endRun,
  },
  'ended well / none / lost': {
    play: (fixture) => releaseWithCanary(fixture, 'v2', {}, { lost: 'rolled' }),
    stands: (now, _, { images }) => expect(imageOf(now, main)).toBe(images.v2),
    staysOpen: true,
    tidy: endRun,
  },
}
