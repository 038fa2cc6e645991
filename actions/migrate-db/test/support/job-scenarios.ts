import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'
import { type Released, untilPhase } from '../../../deploy-kubernetes/test/support/fixture.ts'
import type { JobFixture } from './job-fixture.ts'

/** How a row of the table is played. */
export interface JobScenario {
  readonly play: (fixture: JobFixture) => Promise<Released>
  readonly code?: string
  /** The tables at the end. */
  readonly tables: readonly string[]
  /** A part of what the outcome says. */
  readonly says?: string
  /** Without it the lock is free at the end. */
  readonly staysLocked?: true
  /** After the checks, before the next release. */
  readonly tidy?: (fixture: JobFixture) => Promise<unknown>
}

const a = '001_a=create table a (id int)'
const b = '002_b=create table b (id int)'
const bad = '002_b=create table b (id int, id int)'
const half = '002_b=--create table b (id int) ;; create table c (id int, id int)'
const slow = '002_b=create table b (id int); select pg_sleep(60)'
const short = '002_b=create table b (id int); select pg_sleep(6)'
const failed = { status: 'failure' } as const
const missing = `ghcr.io/acme/api@sha256:${'0'.repeat(64)}`
const unasked = { 'status-command': '' }

/** Once the first migration is applied, the second one is at work. */
async function untilWorks(fixture: JobFixture): Promise<void> {
  await vi.waitFor(async () => expect(await fixture.tables()).toContain('a'), { timeout: 60_000, interval: 100 })
}

const whileItRuns = (fixture: JobFixture, signal: NodeJS.Signals, then: () => void = () => {}) => ({
  async during(job: Released['job'], pid: number) {
    await untilPhase(job, 'apply')
    await untilWorks(fixture)
    process.kill(pid, signal)
    then()
  },
})

/** The job that holds the lock has ended, says GitHub. */
async function endRun({ github, ...fixture }: JobFixture): Promise<void> {
  const id = Number(/\/runs\/(\d+)\//.exec(await fixture.holder())?.[1])
  github.addRun({ id, path: '.github/workflows/release.yml', sha: '2'.repeat(40), conclusion: 'failure' }, [])
}

export const jobScenarios: Readonly<Record<string, JobScenario>> = {
  'nothing is pending / commit / stays': {
    tables: ['a'],
    async play(fixture) {
      const first = await fixture.migrate([a])
      expect(first.result, first.log).toBe('committed')
      await fixture.kubectl('delete', 'jobs', '--all')
      return fixture.migrate([a])
    },
  },
  'a pending file has a finding / undo: the job failed / stays': {
    code: 'lint',
    tables: [],
    play: (fixture) => fixture.migrate([a, '002_b=alter table x drop column y']),
  },
  'a right is missing / undo: the job failed / stays': {
    code: 'forbidden',
    tables: [],
    async play(fixture) {
      const { cluster, namespace } = fixture
      const resources = ['jobs', 'pods', 'pods/log', 'events', 'leases']
      const verbs = ['get', 'list', 'watch', 'create', 'patch']
      const token = await cluster.tokenFor(namespace, [
        { apiGroups: ['', 'batch', 'coordination.k8s.io'], resources, verbs },
      ])
      const access = { kubeconfig: '', server: cluster.server, ca: readFileSync(cluster.caFile, 'utf8'), token }
      const played = await fixture.migrate([a], { inputs: access })
      expect(played.log).toContain('resources: [jobs], verbs: [delete]')
      return played
    },
  },
  'another migration still runs / undo: the job failed / stays': {
    code: 'lock-held',
    tables: ['a'],
    async play(fixture) {
      await fixture.migrate([a, slow], { ...whileItRuns(fixture, 'SIGKILL'), lost: true })
      await endRun(fixture)
      const played = await fixture.migrate([a, slow], { inputs: { 'github-token': 'ghs_fake' } })
      expect(played.log).toMatch(/Another migration of this service is running: job\/api-migrate-/)
      expect(await fixture.jobs()).toEqual({ running: 1, ended: 0 })
      await fixture.kubectl('delete', 'jobs', '--all', '--cascade=foreground')
      return played
    },
  },
  'the image does not exist / undo: the job failed / stays': {
    code: 'image-pull',
    tables: [],
    play: (fixture) => fixture.migrate([a], { inputs: { images: missing } }),
  },
  'the image does not exist, without `status-command` / undo: the job failed / stays': {
    code: 'image-pull',
    tables: [],
    says: 'was started',
    play: (fixture) => fixture.migrate([a], { inputs: { images: missing, ...unasked } }),
  },
  'ended well / commit / stays': { tables: ['a', 'b'], play: (fixture) => fixture.migrate([a, b]) },
  'ended well / undo: a later step failed / stays': {
    tables: ['a', 'b'],
    says: '001_a, 002_b stay applied',
    play: (fixture) => fixture.migrate([a, b], failed),
  },
  'ended well / undo: a later step failed, the cluster is cut off / stays': {
    tables: ['a', 'b'],
    says: '001_a, 002_b stay applied',
    staysLocked: true,
    async play(fixture) {
      const played = await fixture.migrate([a, b], { ...failed, between: async () => fixture.cut(true) })
      fixture.cut(false)
      return played
    },
    tidy: endRun,
  },
  'ended well, without `status-command` / undo: a later step failed / stays': {
    tables: ['a'],
    says: 'cannot know which',
    play: (fixture) => fixture.migrate([a], { ...failed, inputs: unasked }),
  },
  'fails in its first transaction / undo: the job failed / stays': {
    code: 'kubernetes-job-failed',
    tables: [],
    says: 'nothing was applied',
    async play(fixture) {
      const played = await fixture.migrate(['001_a=create table a (id int, id int)', b])
      expect(played.main.log).toContain('column "id" specified more than once')
      expect(played.main.log).toContain('postgres://postgres:***@')
      return played
    },
  },
  'fails in a later transaction / undo: the job failed / stays': {
    code: 'kubernetes-job-failed',
    tables: ['a'],
    says: '001_a stays applied',
    play: (fixture) => fixture.migrate([a, bad]),
  },
  'fails where no transaction is / undo: the job failed / stays': {
    code: 'kubernetes-job-failed',
    tables: ['a', 'b'],
    says: '002_b may be applied in part',
    play: (fixture) => fixture.migrate([a, half]),
  },
  'fails, without `status-command` / undo: the job failed / stays': {
    code: 'kubernetes-job-failed',
    tables: [],
    says: 'could not be asked',
    play: (fixture) => fixture.migrate(['001_a=create table a (id int, id int)'], { inputs: unasked }),
  },
  'somebody removes the Job / undo: the job failed / stays': {
    code: 'workload-missing',
    tables: ['a'],
    says: '002_b may be applied in part',
    play: (fixture) =>
      fixture.migrate([a, slow], {
        async during(job) {
          await untilPhase(job, 'apply')
          await untilWorks(fixture)
          await fixture.kubectl('delete', 'jobs', '--all', '--wait=false')
        },
      }),
  },
  'killed while the Job runs / undo: the job failed / stays': {
    tables: ['a'],
    says: '002_b may be applied in part',
    play: (fixture) => fixture.migrate([a, slow], whileItRuns(fixture, 'SIGKILL')),
  },
  'interrupted while the Job runs / undo: the job was cancelled / stays': {
    code: 'interrupted',
    tables: ['a'],
    says: '002_b may be applied in part',
    play: (fixture) => fixture.migrate([a, slow], { ...whileItRuns(fixture, 'SIGINT'), status: 'cancelled' }),
  },
  'killed while the Job runs, the cluster is cut off / undo: the job failed / stays': {
    tables: ['a'],
    says: 'may still change the schema',
    staysLocked: true,
    async play(fixture) {
      const cut = () => fixture.cut(true)
      const played = await fixture.migrate([a, slow], whileItRuns(fixture, 'SIGKILL', cut))
      fixture.cut(false)
      return played
    },
    async tidy(fixture) {
      await endRun(fixture)
      await fixture.kubectl('delete', 'jobs', '--all', '--cascade=foreground')
    },
  },
  'at work / none / lost': {
    tables: ['a'],
    staysLocked: true,
    play: (fixture) => fixture.migrate([a, short], { ...whileItRuns(fixture, 'SIGKILL'), lost: true }),
    async tidy(fixture) {
      await endRun(fixture)
      const next = await fixture.migrate([a, short], { inputs: { 'github-token': 'ghs_fake', 'lock-timeout': '30s' } })
      expect(next.result, next.log).toBe('noop')
      expect(next.log).toMatch(/Waiting up to 30 s: job\/api-migrate-\w+ of the release \S+ still runs/)
      expect(await fixture.tables()).toEqual(['a', 'b'])
    },
  },
}
