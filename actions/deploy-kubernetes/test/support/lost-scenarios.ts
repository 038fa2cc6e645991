import type { Inputs } from '@belay/action-harness'
import type { GitHubJob } from '@belay/fakes/github'
import { expect } from 'vitest'
import { releaseWithCanary } from './canary-release.ts'
import { helm, releaseChart, type State, slowUpgrade } from './chart-scenarios.ts'
import { type Fixture, type Released, type ReleaseOptions, releaseIn, untilPhase } from './fixture.ts'
import { ageOfPending, killHelm } from './killed-helm.ts'
import type { SetChange } from './objects.ts'
import { releaseToSlot } from './slot-release.ts'
import { makeConfirmAccount, releaseWatched, untilMovedBack } from './watched-release.ts'

/** How a row of the table of lost runners is played. The release before it is v1. */
export interface LostScenario {
  /** What is released, and how. Default: a set, in place. */
  readonly way?: 'slots' | 'chart'
  /** No release comes before it. */
  readonly isFirst?: true
  /** The release whose runner is lost, v2. */
  readonly lose: (fixture: Fixture) => Promise<Released>
  /** What happens until the restoration. */
  readonly between?: (fixture: Fixture, lost: Released) => Promise<unknown>
  /** Of the restoration. */
  readonly options?: (fixture: Fixture) => ReleaseOptions | Promise<ReleaseOptions>
  /** Another job of the lost job's run is at work. */
  readonly others?: true
  readonly code?: string
  /** A part of the restoration's log. */
  readonly says?: string
  /** The version that answers where users get `theirs`. */
  readonly theirs?: string
  readonly stands?: (now: State, before: State) => void
  /** What makes the next release possible. */
  readonly tidy?: (fixture: Fixture) => Promise<unknown>
  /** The lock and the undo stay until the next release. */
  readonly staysOpen?: true
}

const changed: SetChange = { mode: 'loud', key: 'second-secret' }
const lost = { lost: true } as const

const runIdOf = ({ main }: Released) => /-(\d+)-1-[0-9a-f]{8}$/.exec(main.outputs['release-id'] ?? '')?.[1] ?? ''

/**
 * GitHub says what the jobs of the lost run are doing: the lost one is over, the one that restores is at work.
 * @returns a function that ends them all
 */
export function recordLostRun({ github }: Fixture, released: Released, others: readonly GitHubJob[]): () => void {
  const jobs: GitHubJob[] = [
    { name: 'release', status: 'completed', runner: 'runner-1' },
    { name: 'restore', status: 'in_progress', runner: 'runner-2' },
    ...others,
  ]
  const run = { id: Number(runIdOf(released)), path: '.github/workflows/release.yml', sha: '2'.repeat(40) }
  github.addRun({ ...run, conclusion: null, jobs }, [])
  return () => void jobs.splice(0)
}

/** A job of the lost job's run that restores. */
export function restoreAfter(fixture: Fixture, released: Released, options: ReleaseOptions = {}): Promise<Released> {
  const env = { GITHUB_RUN_ID: runIdOf(released), GITHUB_JOB: 'restore', RUNNER_NAME: 'runner-2' }
  return releaseIn(fixture.job('v2', { env }), restoreInputs(fixture, options.inputs), options)
}

function restoreInputs(fixture: Fixture, more: Inputs = {}): Inputs {
  return { ...fixture.inputs([], more), manifests: '', command: 'restore', 'github-token': 'ghs_fake', ...more }
}

/** The job was lost once its post had written the commit, and before it had cleaned up. */
async function loseAfterCommit(fixture: Fixture): Promise<Released> {
  const path = `/api/v1/namespaces/${fixture.namespace}/configmaps`
  let undo: { metadata: { name: string }; data: object } | undefined
  const released = await fixture.release('v2', changed, {
    async between() {
      undo = (await fixture.cluster.mustAsk('GET', `${path}/belay-api-qa-undo`)).json
    },
  })
  await fixture.cluster.mustAsk('POST', path, { body: { metadata: { name: 'belay-api-qa-undo' }, data: undo?.data } })
  await hold(fixture, released)
  return released
}

/** The Lease as the lost job had it. */
function hold(fixture: Fixture, released: Released): Promise<string> {
  const holderIdentity = `https://github.com/acme/shop/actions/runs/${runIdOf(released)}/attempts/1#release-0`
  const renewTime = new Date().toISOString().replace('Z', '000Z')
  const value = JSON.stringify({ spec: { holderIdentity, renewTime } })
  return fixture.kubectl('patch', 'lease/belay-api-qa', '--type=merge', `--patch=${value}`)
}

const repairing = { inputs: { 'helm-release': 'api' } } as const

export const lostScenarios: Readonly<Record<string, LostScenario>> = {
  'ended well / its job has ended': { lose: (fixture) => fixture.release('v2', changed, lost) },
  'ended well, first release / its job has ended': {
    isFirst: true,
    lose: (fixture) => fixture.release('v2', changed, lost),
  },
  'lost while new pods start / its job has ended': {
    lose: (fixture) =>
      fixture.release(
        'v2',
        { ...changed, env: { READY_AFTER: 'never' } },
        {
          ...lost,
          async during(job, pid) {
            await untilPhase(job, 'follow')
            process.kill(pid, 'SIGKILL')
          },
        },
      ),
  },
  'lost before the change / its job has ended': {
    lose: (fixture) =>
      fixture.release('v2', changed, {
        ...lost,
        async during(job, pid) {
          await untilPhase(job, 'plan')
          process.kill(pid, 'SIGKILL')
        },
      }),
  },
  'lost after its commit / its job has ended': {
    lose: loseAfterCommit,
    says: 'No release was left open. 2222222222222222222222222222222222222222 (',
  },
  'ended well / another job of its run is at work': {
    lose: (fixture) => fixture.release('v2', changed, lost),
    others: true,
    code: 'lock-held',
    staysOpen: true,
  },
  'ended well / a right is missing': {
    lose: (fixture) => fixture.release('v2', changed, lost),
    async options({ cluster, namespace }) {
      const { readFileSync } = await import('node:fs')
      const rules = [
        {
          apiGroups: ['', 'apps', 'coordination.k8s.io'],
          resources: ['*'],
          verbs: ['get', 'list', 'watch', 'delete'],
        },
      ]
      const token = await cluster.tokenFor(namespace, rules)
      const ca = readFileSync(cluster.caFile, 'utf8')
      return { inputs: { kubeconfig: '', server: cluster.server, ca, token } }
    },
    code: 'forbidden',
    says: 'patch deployments.apps',
    staysOpen: true,
  },
  'ended well, somebody changed the workload / its job has ended': {
    lose: (fixture) => fixture.release('v2', changed, lost),
    between: ({ kubectl, images }) => kubectl('set', 'image', 'deployment/api', `app=${images.v3}`),
    theirs: 'v3',
    code: 'undo-failed',
    says: 'somebody else',
    stands(now, before) {
      const { 'deployments/api': _, ...others } = now
      const { 'deployments/api': __, ...othersBefore } = before
      expect(others).toEqual(othersBefore)
    },
    // Belay does not take the field back by itself.
    tidy: (fixture) => fixture.kubectl('delete', 'deployment/api'),
  },
  'ended well / killed while it restores': {
    lose: (fixture) => fixture.release('v2', changed, lost),
    options: () => ({
      async during(job, pid) {
        await untilPhase(job, 'restore')
        process.kill(pid, 'SIGKILL')
      },
    }),
  },
  'a slot was filled / its job has ended': {
    way: 'slots',
    lose: (fixture) => releaseToSlot(fixture, 'v2', {}, { lost: 'filled' }),
  },
  'the traffic was moved / its job has ended': {
    way: 'slots',
    lose: (fixture) => releaseToSlot(fixture, 'v2', {}, { lost: 'moved' }),
  },
  'the traffic was moved, and the cluster has moved it back / its job has ended': {
    way: 'slots',
    async lose(fixture) {
      await makeConfirmAccount(fixture)
      const released = await releaseWatched(fixture, { lost: 'moved' }, '15s')
      await untilMovedBack(fixture)
      return released
    },
  },
  'the traffic was moved, the old slot is dead / its job has ended': {
    way: 'slots',
    lose: (fixture) => releaseToSlot(fixture, 'v2', {}, { lost: 'moved' }),
    async between({ kubectl }) {
      await kubectl('scale', 'deployment/api-blue', '--replicas=0')
      await kubectl('wait', 'pods', '--selector=slot=blue', '--for=delete', '--timeout=60s')
    },
    code: 'undo-failed',
    says: 'slot blue has no ready pod any more',
    stands: (now) => expect(now['services/api'].spec.selector.slot).toBe('green'),
    // The next release goes to the dead slot, whose number of pods that person has set.
    tidy: (fixture) => fixture.kubectl('delete', 'deployment/api-blue'),
  },
  'a canary / its job has ended': {
    lose: (fixture) => releaseWithCanary(fixture, 'v2', {}, { lost: 'canary' }),
  },
  'a canary, and then all pods / its job has ended': {
    lose: (fixture) => releaseWithCanary(fixture, 'v2', {}, { lost: 'rolled' }),
  },
  'a chart, lost in the upgrade / its job has ended': {
    way: 'chart',
    lose: (fixture) => slowUpgrade(fixture, lost),
    stands(now, before) {
      // The hook's Job stays, as Helm's own rule for it says.
      const { 'jobs/migrate': _, ...others } = now
      expect(others).toEqual(before)
    },
  },
  'a chart, ended well / its job has ended': {
    way: 'chart',
    lose: (fixture) => releaseChart(fixture, 'v2', { mode: 'loud', key: 'second-secret' }, lost),
  },
  'a chart, by a Helm of somebody that was killed / it is asked for by `helm-release`': {
    way: 'chart',
    async lose(fixture) {
      const unchanged = await releaseChart(fixture, 'v1')
      expect(unchanged.result, unchanged.log).toBe('noop')
      await killHelm(fixture)
      return unchanged
    },
    async between(fixture, released) {
      const tooEarly = await restoreAfter(fixture, released, repairing)
      expect([tooEarly.result, tooEarly.main.outputs['failure-code']], tooEarly.log).toEqual([
        'unchanged',
        'helm-pending',
      ])
      expect(tooEarly.log).toMatch(/is pending-upgrade at revision 2 since \d min: a helm may be at work/)
      await ageOfPending(fixture, 16)
    },
    options: () => repairing,
    says: 'persistentvolumeclaim/data was created and is kept',
    async tidy(fixture) {
      const failed = await releaseChart(fixture, 'v2', { mode: 'loud' }, { status: 'failure' })
      expect([failed.result, await fixture.served()], failed.log).toEqual(['rolled-back', 'v1'])
      expect(await helm(fixture, 'history', 'api')).toMatch(/Rollback to 3\s*$/)
    },
  },
}
