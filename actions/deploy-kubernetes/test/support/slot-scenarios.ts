import { expect } from 'vitest'
import { type Fixture, killedAt, type Released } from './fixture.ts'
import { type SetChange, setOf } from './objects.ts'
import { releaseToSlot, rollbackToSlot, switchBack } from './slot-release.ts'

/** How a row of the table about slots is played. The release before it is v1, in slot blue. */
export interface SlotScenario {
  /** No release comes before it. */
  readonly isFirst?: true
  /** What all releases of the row have besides. */
  readonly set?: SetChange
  /** What happens between that release and the job. */
  readonly prepare?: (fixture: Fixture) => Promise<unknown>
  readonly play: (fixture: Fixture) => Promise<Released>
  readonly code?: string
  /** The version that answers, where it is neither v1 for `old` nor v2 for `new`. */
  readonly version?: string
  readonly stands: (now: State, before: State) => void
  /** What makes the next release possible. */
  readonly tidy?: (fixture: Fixture, played: Released) => Promise<unknown>
  /** The lock and the undo stay until the next release. */
  readonly staysOpen?: true
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
export type State = Record<string, any>

export const failed = { status: 'failure' } as const

export const asBefore = (now: State, before: State) => expect(now).toEqual(before)
export const slotOf = (state: State) => state['services/api'].spec.selector.slot
const imageIn = (state: State, slot: string) => state[`deployments/api-${slot}`].spec.template.spec.containers[0].image

const patch = (fixture: Fixture, object: string, value: object) =>
  fixture.kubectl('patch', object, '--type=merge', `--patch=${JSON.stringify(value)}`)
const lead = (fixture: Fixture, slot: string | null) => patch(fixture, 'service/api', { spec: { selector: { slot } } })

/** A person's own pods, which are in neither slot. */
async function hotfix(fixture: Fixture): Promise<void> {
  const labels = { app: 'api', slot: 'hotfix' }
  const [, , , deployment] = setOf(fixture.images.v3, { container: { envFrom: [] } }) as State[]
  const { spec } = deployment as State
  const { cluster, namespace } = fixture
  await cluster.mustAsk('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    body: {
      metadata: { name: 'hotfix' },
      spec: { ...spec, selector: { matchLabels: labels }, template: { ...spec.template, metadata: { labels } } },
    },
  })
  await fixture.kubectl('rollout', 'status', 'deployment/hotfix', '--timeout=60s')
  await lead(fixture, 'hotfix')
}

/** The person gives the traffic back. */
async function endHotfix(fixture: Fixture): Promise<void> {
  await lead(fixture, 'blue')
  await fixture.kubectl('delete', 'deployment/hotfix')
}

/** The job that played the row has ended, says GitHub. */
export async function endRun({ github }: Fixture, { main }: Released): Promise<void> {
  const id = Number(/-(\d+)-1-[0-9a-f]{8}$/.exec(main.outputs['release-id'] ?? '')?.[1])
  github.addRun({ id, path: '.github/workflows/release.yml', sha: '2'.repeat(40), conclusion: 'failure' }, [])
}

async function second(fixture: Fixture, change: SetChange = {}): Promise<void> {
  const released = await releaseToSlot(fixture, 'v2', change)
  expect(released.result, released.log).toBe('committed')
}

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'api' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
    minReplicas: 2,
    maxReplicas: 4,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
  },
}

export const slotScenarios: Readonly<Record<string, SlotScenario>> = {
  'nothing to do / commit / stays': { play: (fixture) => releaseToSlot(fixture, 'v1'), stands: asBefore },
  'a Service selects pods of both slots / undo: the job failed / stays': {
    code: 'selector-too-wide',
    prepare: (fixture) => lead(fixture, null),
    play: (fixture) => releaseToSlot(fixture, 'v2'),
    stands: asBefore,
    tidy: (fixture) => lead(fixture, 'blue'),
  },
  'a ConfigMap that has traffic changes in place / undo: the job failed / stays': {
    code: 'config-shared',
    play: (fixture) => releaseToSlot(fixture, 'v2', { mode: 'loud' }),
    stands: asBefore,
  },
  'ended well / commit / stays': {
    play: (fixture) => releaseToSlot(fixture, 'v2'),
    stands(now, before) {
      expect([slotOf(before), slotOf(now)]).toEqual(['blue', 'green'])
      expect(now['deployments/api-blue']).toEqual(before['deployments/api-blue'])
    },
  },
  'ended well, scaled by an autoscaler / commit / stays': {
    set: { more: [autoscaler] },
    async prepare(fixture) {
      await patch(fixture, 'hpa/api-blue', { spec: { minReplicas: 3 } })
      await fixture.kubectl('wait', 'deployment/api-blue', '--for=jsonpath={.status.readyReplicas}=3', '--timeout=60s')
    },
    play: (fixture) => releaseToSlot(fixture, 'v2', { more: [autoscaler] }),
    stands(now) {
      expect([slotOf(now), now['deployments/api-green'].spec.replicas]).toEqual(['green', 3])
    },
  },
  'ended well / commit, somebody moved the traffic / stays': {
    version: 'v3',
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, { moved: () => hotfix(fixture) }),
    stands(now, before) {
      expect(slotOf(now)).toBe('hotfix')
      expect(now['deployments/api-blue']).toEqual(before['deployments/api-blue'])
      expect(now['deployments/api-green']).toBeDefined()
    },
    tidy: endHotfix,
  },
  'filled, no step moves the traffic / commit / stays': {
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, { stays: true }),
    stands(now, before) {
      expect(imageIn(now, 'green')).toBeDefined()
      expect(now['services/api'].spec).toEqual(before['services/api'].spec)
      expect(now['deployments/api-blue']).toEqual(before['deployments/api-blue'])
    },
  },
  'the fill fails: pods crash / undo: the job failed / stays': {
    code: 'crash',
    play: (fixture) => releaseToSlot(fixture, 'v2', { env: { CRASH: '1' } }),
    stands: asBefore,
  },
  'killed in the fill / undo: the job failed / stays': {
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, { filling: killedAt('follow') }),
    stands: asBefore,
  },
  'the switch finds too few ready pods / undo: the job failed / stays': {
    code: 'endpoints',
    play: (fixture) =>
      releaseToSlot(
        fixture,
        'v2',
        {},
        {
          async filled() {
            await fixture.kubectl('scale', 'deployment/api-green', '--replicas=0')
            await fixture.kubectl('wait', 'pods', '--selector=slot=green', '--for=delete', '--timeout=60s')
          },
        },
      ),
    stands: asBefore,
  },
  'killed in the switch / undo: the job failed / stays': {
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, { during: killedAt('switch') }),
    stands: asBefore,
  },
  'ended well / undo: a later step failed / stays': {
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, failed),
    stands: asBefore,
  },
  'ended well / undo: a later step failed, the old slot is dead / stays': {
    play: (fixture) =>
      releaseToSlot(
        fixture,
        'v2',
        {},
        {
          ...failed,
          moved: () => fixture.kubectl('scale', 'deployment/api-blue', '--replicas=0'),
        },
      ),
    stands(now) {
      expect(slotOf(now)).toBe('green')
    },
    // The next release goes to the dead slot, whose number of pods that person has set.
    tidy: (fixture) => fixture.kubectl('delete', 'deployment/api-blue'),
  },
  'ended well / undo: a later step failed, somebody moved the traffic / stays': {
    version: 'v3',
    async play(fixture) {
      const released = await releaseToSlot(fixture, 'v2', {}, { ...failed, moved: () => hotfix(fixture) })
      expect(released.log).toContain('To go back by hand: kubectl patch service/api -n')
      return released
    },
    stands(now, before) {
      const { 'services/api': _, 'deployments/hotfix': __, ...others } = now
      const { 'services/api': ___, ...othersBefore } = before
      expect(others).toEqual(othersBefore)
    },
    tidy: endHotfix,
  },
  'first release, ended well / undo: a later step failed / stays': {
    isFirst: true,
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, failed),
    stands: asBefore,
  },
  'filled / none / lost': {
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, { lost: 'filled' }),
    stands: (now) => expect(slotOf(now)).toBe('blue'),
    staysOpen: true,
    tidy: endRun,
  },
  'ended well / none / lost': {
    play: (fixture) => releaseToSlot(fixture, 'v2', {}, { lost: 'moved' }),
    stands: (now) => expect(slotOf(now)).toBe('green'),
    staysOpen: true,
    tidy: endRun,
  },
  'rollback by the switch alone / at its own end / stays': {
    version: 'v1',
    prepare: second,
    async play(fixture) {
      const tried = await switchBack(fixture, { 'dry-run': 'true' })
      expect(tried.main.outputs.result, tried.log).toBe('unchanged')
      const seen = await switchBack(fixture, { command: 'status' })
      expect(seen.log).toContain('service/api leads to slot green; blue has 2 ready pods, green has 2 ready pods')
      expect(seen.log).toContain('the lock is free')
      return switchBack(fixture)
    },
    stands(now, before) {
      expect([slotOf(before), slotOf(now)]).toEqual(['green', 'blue'])
      for (const name of ['deployments/api-blue', 'deployments/api-green']) expect(now[name]).toEqual(before[name])
    },
  },
  'rollback by the switch alone, the other slot was changed / undo: the job failed / stays': {
    code: 'not-warm',
    version: 'v2',
    async prepare(fixture) {
      await second(fixture)
      await fixture.kubectl('set', 'image', 'deployment/api-blue', `app=${fixture.images.v3}`)
    },
    play: (fixture) => switchBack(fixture),
    stands: asBefore,
    // Belay does not take the field back by itself.
    tidy: (fixture) => fixture.kubectl('delete', 'deployment/api-blue'),
  },
  'rollback by both, a later step of the job fails / at its own end / stays': {
    version: 'v1',
    prepare: second,
    play: (fixture) => rollbackToSlot(fixture, failed),
    stands(now, before) {
      expect([slotOf(before), slotOf(now)]).toEqual(['green', 'blue'])
      expect(imageIn(now, 'blue')).toBe(imageIn(before, 'blue'))
      expect(now['deployments/api-green']).toEqual(before['deployments/api-green'])
    },
  },
}
