import { readInputs } from '@belay/action-kit'
import type { KubeObject } from '@belay/kubernetes'
import { beforeEach, expect, test, vi } from 'vitest'
import { readMigrateInputs } from '../src/inputs.ts'
import { namesIn } from '../src/job/ask.ts'
import { type Asked, conclude, type JobEnd } from '../src/job/conclude.ts'
import { fileOf, type MigrationFiles } from '../src/job/files.ts'
import { endOf, type Job } from '../src/job/jobs.ts'
import { migrationJob, migrationsOf, statusJob } from '../src/job/manifest.ts'
import type { SavedJob } from '../src/job/saved.ts'

const manifest = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'api-migrate', namespace: 'shop', labels: { app: 'api' } },
  spec: {
    backoffLimit: 6,
    parallelism: 3,
    template: {
      metadata: { labels: { app: 'api-migrate' } },
      spec: {
        restartPolicy: 'OnFailure',
        serviceAccountName: 'migrator',
        containers: [
          { name: 'migrate', image: 'a@sha256:1', args: ['up'], env: [{ name: 'A', value: 'b' }] },
          { name: 'other', image: 'b' },
        ],
      },
    },
  },
} satisfies KubeObject

beforeEach(() => void vi.stubEnv('GITHUB_SHA', 'a'.repeat(40)))

const facts = { release: 'r-1', lease: 'belay-api-qa', deadline: 1800 }
// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes, which tests read by their paths
const made = (object: KubeObject): any => object

test('a Job of a release runs one pod once, under a name of its own', () => {
  const job = made(migrationJob(manifest, facts))
  expect(job.metadata.name).toMatch(/^api-migrate-[0-9a-f]{8}$/)
  expect(job.metadata.labels).toEqual({ app: 'api', 'belay-actions.github.io/migrations': 'belay-api-qa' })
  expect(job.metadata.annotations).toEqual({ 'belay-actions.github.io/release': 'r-1' })
  expect(job.spec).toMatchObject({
    backoffLimit: 0,
    completions: 1,
    parallelism: 1,
    activeDeadlineSeconds: 1800,
    ttlSecondsAfterFinished: 86_400,
    template: { spec: { restartPolicy: 'Never', serviceAccountName: 'migrator' } },
  })
  expect(made(migrationJob(manifest, facts)).metadata.name).toBe(job.metadata.name)
  expect(made(migrationJob(manifest, { ...facts, release: 'r-2' })).metadata.name).not.toBe(job.metadata.name)
})

test('what the manifest says of times holds, within limits', () => {
  const times = (more: object) => made(migrationJob({ ...manifest, spec: { ...manifest.spec, ...more } }, facts)).spec
  expect(times({ activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 7200 })).toMatchObject({
    activeDeadlineSeconds: 60,
    ttlSecondsAfterFinished: 7200,
  })
  expect(times({ activeDeadlineSeconds: 9999, ttlSecondsAfterFinished: 0 })).toMatchObject({
    activeDeadlineSeconds: 1800,
    ttlSecondsAfterFinished: 600,
  })
})

test('the names of Jobs and labels stay within what Kubernetes takes', () => {
  const long = { ...manifest, metadata: { name: `${'x'.repeat(39)}.${'y'.repeat(80)}` } }
  expect(made(migrationJob(long, facts)).metadata.name).toMatch(/^x{39}-[0-9a-f]{8}$/)
  const lease = `belay-${'s'.repeat(80)}-qa`
  expect(migrationsOf(lease)).toMatch(/^belay-s+-[0-9a-f]{8}$/)
  expect(migrationsOf(lease).length).toBeLessThanOrEqual(63)
  expect(migrationsOf(`${lease}2`)).not.toBe(migrationsOf(lease))
})

test('the Job that asks runs another command in the same pod, and is no migration', () => {
  const job = made(statusJob(manifest, facts, ['/app', 'pending']))
  const [first, second] = job.spec.template.spec.containers
  expect(first).toEqual({
    name: 'migrate',
    image: 'a@sha256:1',
    command: ['/app', 'pending'],
    env: [{ name: 'A', value: 'b' }],
  })
  expect(second).toEqual({ name: 'other', image: 'b' })
  expect(job.metadata.labels).toEqual({ app: 'api' })
  expect(job.spec).toMatchObject({ activeDeadlineSeconds: 300, backoffLimit: 0, ttlSecondsAfterFinished: 600 })
})

test('names are read, and nothing else is taken for one', () => {
  expect(namesIn('001_a\n\n  20260101-x.sql\n')).toEqual(['001_a', '20260101-x.sql'])
  expect(namesIn('')).toEqual([])
  expect(() => namesIn('001_a\nwarning: no config\n')).toThrow('printed a line that is no name: "warning: no config"')
})

test('a name is found by what tools call it', () => {
  const file = { name: '001_a', version: '1', path: 'migrations/001_a.up.sql', hasDown: false, transactional: true }
  const files = { migrations: [file] } as unknown as MigrationFiles
  for (const name of ['001_a', '1', '001_a.up.sql', 'db/migrations/001_a.sql']) expect(fileOf(files, name)).toBe(file)
  expect(fileOf(files, '002_b')).toBeUndefined()
  expect(fileOf(undefined, '001_a')).toBeUndefined()
})

test('how a Job has ended is read from its conditions', () => {
  const job = (type: string, status = 'True'): Job => ({
    metadata: { name: 'j' },
    status: { conditions: [{ type, status }] },
  })
  expect(endOf(job('Complete'))).toBe('complete')
  expect(endOf(job('Failed'))).toBe('failed')
  // Its pod may still run.
  expect(endOf(job('FailureTarget'))).toBeUndefined()
  expect(endOf(job('Complete', 'False'))).toBeUndefined()
  expect(endOf({ metadata: { name: 'j' } })).toBeUndefined()
})

const [x, y] = ['001_x', '002_y'].map((name) => ({ name, transactional: true }))
const loose = { name: '002_y', transactional: false }
const saved = (more: Partial<SavedJob>) =>
  ({ job: 'api-migrate-1', lease: { namespace: 'shop' }, stage: 'applying', pending: [x, y], ...more }) as SavedJob
const open = (...pending: string[]): Asked => ({ pending })

test.for<[string, Partial<SavedJob>, JobEnd, Asked, string, string]>([
  ['was never created', {}, 'not-created', open(), 'unchanged', 'was not created'],
  ['never ran', {}, 'never-ran', open(), 'unchanged', 'no container of job/api-migrate-1 was started'],
  ['may still run', {}, 'not-gone', open(), 'mixed', 'kubectl delete job/api-migrate-1 -n shop'],
  ['could not be seen', {}, 'unseen', open(), 'mixed', 'may still change the schema'],
  ['failed, nothing applied', {}, 'failed', open('001_x', '002_y'), 'unchanged', 'nothing was applied'],
  ['failed, the first applied', {}, 'failed', open('002_y'), 'rolled-back', '001_x stays applied'],
  [
    'failed where no transaction is',
    { pending: [x ?? loose, loose] },
    'failed',
    open('002_y'),
    'mixed',
    '002_y may be applied in part: by its file',
  ],
  ['was stopped', {}, 'stopped', open('002_y'), 'mixed', 'the database may still be at work'],
  ['was stopped at its end', {}, 'stopped', open(), 'rolled-back', '001_x, 002_y stay applied'],
  ['failed, and was not asked', {}, 'failed', { unknown: 'no way' }, 'mixed', 'could not be asked: no way. Any of'],
  ['ended well, and was not asked', {}, 'complete', { unknown: 'no way' }, 'mixed', 'could not be asked: no way'],
  [
    'failed, nothing to ask',
    { pending: undefined },
    'failed',
    { unknown: 'no status-command is given' },
    'mixed',
    'could not be asked: no status-command is given.',
  ],
  [
    'ended well, nothing to ask',
    { pending: undefined },
    'complete',
    { unknown: '' },
    'rolled-back',
    'Belay cannot know which these are',
  ],
  ['was verified', { stage: 'applied' }, 'complete', open(), 'rolled-back', '001_x, 002_y stay applied'],
])('a Job that %s', ([, more, end, asked, result, says]) => {
  const conclusion = conclude(saved(more), end, asked)
  expect(conclusion.result).toBe(result)
  expect(conclusion.detail).toContain(says)
  expect(conclusion.stays ?? false).toBe(result === 'rolled-back')
})

const read = (given: Record<string, string>) =>
  readInputs(readMigrateInputs, (name) => ({ service: 'api', environment: 'qa', ...given })[name] ?? '')

test('via needs a manifest and a namespace, and no URL', () => {
  const { job, backup } = read({ via: 'job:deploy/migrate.yml', namespace: 'shop' })
  expect(job).toMatchObject({ namespace: 'shop', images: [] })
  expect(job?.manifest).toMatch(/\/deploy\/migrate\.yml$/)
  expect(backup).toEqual({ kind: 'none' })
})

test.for<[Record<string, string>, string]>([
  [{}, 'database-url: and via are both missing'],
  [{ via: 'pod:x', namespace: 'shop' }, 'via: is "pod:x"'],
  [{ via: 'job:x' }, 'namespace: is missing'],
  [
    { via: 'job:x', namespace: 'shop', 'database-url': 'postgres://a:b@c/d' },
    'database-url: is given together with via',
  ],
  [{ via: 'job:x', namespace: 'shop', down: 'true' }, 'down: is not for via'],
  [{ via: 'job:x', namespace: 'shop', backup: 'command:x' }, 'backup: is "command:x", which is not for via'],
  [{ via: 'job:x', namespace: 'shop', 'migrate-command': 'x' }, 'migrate-command: is not for via'],
  [{ via: 'job:x', namespace: 'shop', images: 'api:1' }, 'images: "api:1" is not an image by its digest'],
])('%j is refused', ([given, message]) => {
  expect(() => read(given)).toThrow(message)
})
