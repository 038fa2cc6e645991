import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Inputs } from '@belay/action-harness'
import { expect, vi } from 'vitest'
import { type Fixture, type Released, type ReleaseOptions, releaseIn, untilPhase, type Version } from './fixture.ts'
import { recordWith } from './helm-record.ts'

/** What a test changes of the chart's values. */
type Values = Readonly<Record<string, string>>

/** How a row of the table of charts is played. */
export interface ChartScenario {
  /** No release comes before it. */
  readonly isFirst?: true
  readonly prepare?: (fixture: Fixture) => Promise<unknown>
  readonly play: (fixture: Fixture) => Promise<Released>
  readonly code?: string
  /** What stands, where that is not all old or all new. */
  readonly stands?: (now: State, before: State) => void
  /** What makes the next release possible. */
  readonly tidy?: (fixture: Fixture, played: Released) => Promise<unknown>
  /** The values of the next release. */
  readonly next?: Values
  /** The lock and the undo stay until the next release, whose log has this. */
  readonly repaired?: RegExp
}

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
export type State = Record<string, any>

export const chartFolder = join(import.meta.dirname, 'chart')

/** A job that releases the chart. `env`: more of the job's environment. */
export function releaseChart(
  fixture: Fixture,
  version: Version,
  values: Values = {},
  { inputs, env = {}, ...options }: ReleaseOptions & { env?: Readonly<Record<string, string>> } = {},
): Promise<Released> {
  const set = ['image={image}', ...Object.entries(values).map(([name, value]) => `${name}=${value}`)]
  const given: Inputs = {
    ...fixture.inputs([], { manifests: '', chart: chartFolder, ...inputs }),
    ...{ set: set.join('\n'), images: fixture.images[version] },
  }
  return releaseIn(fixture.job(version, { env }), given, options)
}

/** A job that goes back to the release before. */
export function rollbackChart(fixture: Fixture, inputs: Inputs = {}): Promise<Released> {
  return releaseIn(fixture.job('v2'), { ...fixture.inputs([], inputs), manifests: '', command: 'rollback' })
}

/** Helm as somebody else uses it. */
export async function helm({ cluster, namespace }: Fixture, ...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await cluster.run(['helm', ...argv, `--namespace=${namespace}`])
  if (status !== 0) throw new Error(`helm ${argv.join(' ')}: ${stderr}`)
  return stdout
}

/** All objects but the records of Helm and Belay, without the times at which fields were set. */
export async function chartState(fixture: Fixture): Promise<State> {
  const own = /^(secrets\/sh\.helm\.|configmaps\/belay-)/
  const state = Object.entries((await fixture.state()) as State).filter(([name]) => !own.test(name))
  return JSON.parse(JSON.stringify(Object.fromEntries(state), (name, value) => (name === 'time' ? undefined : value)))
}

const changed: Values = { mode: 'loud', key: 'second-secret' }
const failed = { status: 'failure' } as const

export const pendingUpgrade = (fixture: Fixture) =>
  fixture.kubectl('get', 'secrets', '--selector=owner=helm,status=pending-upgrade', '--output=name')

/** Kills main once Helm has written that its upgrade has begun. */
const killed = (fixture: Fixture) => ({
  during: async (job: Released['job'], pid: number) => {
    await untilPhase(job, 'apply')
    await vi.waitFor(async () => expect(await pendingUpgrade(fixture)).not.toBe(''), { timeout: 30_000, interval: 200 })
    process.kill(pid, 'SIGKILL')
  },
})

/** The job that played the row has ended, says GitHub. */
async function endRun({ github }: Fixture, { main }: Released): Promise<void> {
  const id = Number(/-(\d+)-1-[0-9a-f]{8}$/.exec(main.outputs['release-id'] ?? '')?.[1])
  github.addRun({ id, path: '.github/workflows/release.yml', sha: '2'.repeat(40), conclusion: 'failure' }, [])
}

const slowHook = { ...changed, 'hook.after': '60s' }

/** A job that is killed in the middle of Helm's upgrade. */
export function slowUpgrade(fixture: Fixture, more: ReleaseOptions = {}): Promise<Released> {
  return releaseChart(fixture, 'v2', slowHook, { ...killed(fixture), ...more })
}

export const chartScenarios: Readonly<Record<string, ChartScenario>> = {
  'nothing to do / commit / stays': { play: (fixture) => releaseChart(fixture, 'v1') },
  'ended well / commit / stays': { play: (fixture) => releaseChart(fixture, 'v2', changed) },
  'ended well / undo: a later step failed / stays': {
    play: (fixture) => releaseChart(fixture, 'v2', { ...changed, 'notes.MORE': 'more' }, failed),
  },
  'ended well, rollback leaves a field / undo: a later step failed / stays': {
    async play(fixture) {
      const applied = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api' }, data: { MORE: 'more' } }
      const released = await releaseChart(
        fixture,
        'v2',
        { 'notes.MORE': 'more' },
        {
          ...failed,
          // Somebody sets the same value, so the field is not only Helm's to remove.
          between: async () => {
            const file = join(fixture.folder, 'theirs.json')
            writeFileSync(file, JSON.stringify(applied))
            await fixture.kubectl('apply', '--server-side', '--field-manager=someone', `--filename=${file}`)
          },
        },
      )
      expect(released.log).toContain('configmap/api is not as before in /data/MORE')
      return released
    },
    stands(now, before) {
      expect(now['configmaps/api'].data).toEqual({ MODE: 'calm', MORE: 'more' })
      const { 'configmaps/api': _, ...others } = now
      const { 'configmaps/api': __, ...othersBefore } = before
      expect(others).toEqual(othersBefore)
    },
  },
  'pods crash / undo: the job failed / stays': {
    code: 'crash',
    async play(fixture) {
      const released = await releaseChart(fixture, 'v2', { ...changed, 'env.CRASH': '1' })
      expect(released.main.log).toContain('version v2 crashes at its start')
      return released
    },
  },
  'a hook fails / undo: the job failed / stays': {
    code: 'kubernetes-job-failed',
    async play(fixture) {
      const released = await releaseChart(fixture, 'v2', { ...changed, 'hook.after': '1s', 'hook.status': '3' })
      expect(released.main.log).toContain('version v2 ends with status 3')
      return released
    },
    stands: withoutHook,
  },
  'killed in the upgrade / undo: the job failed / stays': {
    play: (fixture) => slowUpgrade(fixture),
    stands: withoutHook,
  },
  'killed in the upgrade / none / lost': {
    async play(fixture) {
      const released = await slowUpgrade(fixture, { lost: true })
      expect(await pendingUpgrade(fixture)).not.toBe('')
      // The next release repairs it first, so a dry-run before it must not refuse it.
      const tried = await releaseChart(fixture, 'v3', {}, { inputs: { 'dry-run': 'true' } })
      expect([tried.conclusion, tried.main.outputs.result], tried.log).toEqual(['green', 'unchanged'])
      expect(tried.log).toMatch(/is open: .* What is refused now: The Helm release api is pending-upgrade/)
      return released
    },
    stands: withoutHook,
    repaired: /The Helm release api was rolled back to revision 1/,
    tidy: endRun,
  },
  'rollback to `previous`, after a release / at its own end / stays': {
    async play(fixture) {
      const second = await releaseChart(fixture, 'v2', changed)
      expect([second.result, await fixture.served()], second.log).toEqual(['committed', 'v2'])
      return rollbackChart(fixture)
    },
  },
  'a newer revision of somebody / undo: a later step failed / stays': {
    play: (fixture) =>
      releaseChart(fixture, 'v2', changed, {
        ...failed,
        between: async () => void (await theirUpgrade(fixture)),
      }),
    stands: (now) => expect(now['configmaps/api'].data.MODE).toBe('theirs'),
  },
  'the upgrade of somebody is pending / undo: the job failed / stays': {
    code: 'helm-pending',
    async prepare(fixture) {
      const [revision] = (await fixture.kubectl('get', 'secrets', '--selector=owner=helm', '--output=name')).split('\n')
      // As a Helm that was killed leaves it.
      const { cluster, namespace } = fixture
      const path = `/api/v1/namespaces/${namespace}/secrets/sh.helm.release.v1.api.v2`
      const from = `/api/v1/namespaces/${namespace}/${revision?.replace('secret/', 'secrets/')}`
      const { json } = await cluster.mustAsk('GET', from)
      await cluster.mustAsk('POST', path.slice(0, path.lastIndexOf('/')), { body: pendingAfter(json) })
    },
    async play(fixture) {
      const released = await releaseChart(fixture, 'v2', changed)
      expect(released.log).toContain(`helm rollback api 1 --namespace ${fixture.namespace}`)
      return released
    },
    tidy: (fixture) => helm(fixture, 'rollback', 'api', '1'),
  },
  'first install, ended well / undo: a later step failed / stays': {
    isFirst: true,
    play: (fixture) => releaseChart(fixture, 'v2', changed, failed),
  },
  'first install fails, with a claim / undo: the job failed / stays': {
    isFirst: true,
    code: 'crash',
    async play(fixture) {
      const released = await releaseChart(fixture, 'v2', { ...changed, 'env.CRASH': '1', claim: 'true' })
      expect(released.log).toContain('persistentvolumeclaim/data may hold data')
      return released
    },
    stands: (now) => expect(JSON.stringify(now['deployments/api'])).toContain('CRASH'),
    // One without the claim would be refused: Helm would delete it.
    next: { claim: 'true' },
  },
}

function theirUpgrade(fixture: Fixture): Promise<string> {
  return helm(fixture, 'upgrade', 'api', chartFolder, '--set', `image=${fixture.images.v3}`, '--set', 'mode=theirs')
}

/** The hook's Job stays, as Helm's own rule for it says. */
function withoutHook(now: State, before: State): void {
  const { 'jobs/migrate': _, ...others } = now
  expect(others).toEqual(before)
}

/** Helm's record of a revision, as the next one that never ended. */
function pendingAfter(secret: State): State {
  const status = 'pending-upgrade'
  const record = recordWith(secret, (release) => ({ ...release, version: 2, info: { ...release.info, status } }))
  const { modifiedAt } = record.metadata.labels
  const labels = { name: 'api', owner: 'helm', version: '2', status, modifiedAt }
  return { ...record, metadata: { name: 'sh.helm.release.v1.api.v2', labels } }
}
