import { describe, expect, test } from 'vitest'
import { clusterHints, clusterState, conclusionInCluster, isSettled, restoreCommand } from '../aftercare/src/cluster.ts'
import type { Serving } from '../aftercare/src/serving.ts'

const cluster = {
  namespace: 'shop',
  lease: 'belay-app-production',
  release: 'r-v3',
  workloads: [
    { kind: 'Deployment', name: 'api', revision: '4', images: { app: `registry.test/api@sha256:${'a'.repeat(64)}` } },
    { kind: 'CronJob', name: 'nightly', revision: '', images: { app: 'registry.test/job:1' } },
  ],
}

const inCluster = (serves: Serving['serves'], restored: string, previous: string | undefined = 'v1') =>
  conclusionInCluster({ serves, detail: 'so' }, { version: 'v2', previous }, 'shop', restored)

test('a release to a cluster is reported after a lost runner, and never as committed or rolled back', () => {
  for (const serves of ['new', 'previous', 'mixed', 'other', 'nobody', 'unseen'] as Serving['serves'][]) {
    const { result, text } = inCluster(serves, '')
    expect(['unknown', 'mixed']).toContain(result)
    expect(text).toContain('goes on with what was applied to namespace shop. ')
    expect(text).toContain('The next release of the service there restores what v2 changed')
  }
})

test('aftercare names what was live in a cluster, and where what undoes the release lies', () => {
  expect(clusterHints(cluster)).toEqual([
    {
      target: 'namespace shop',
      detail:
        'deployment/api (revision 4) ran registry.test/api@sha256:aaaaaaaaaaaa… before and 1 more; what undoes the release lies in configmap/belay-app-production-undo',
    },
  ])
  expect(clusterState(cluster, undefined)).toBe(
    `deployment/api (revision 4)\n  app: registry.test/api@sha256:${'a'.repeat(64)}\ncronjob/nightly\n  app: registry.test/job:1\n# what undoes the release, as long as no later one has done so:\nkubectl get configmap belay-app-production-undo -n shop -o yaml`,
  )
  expect(clusterHints({ namespace: 'shop' })).toEqual([])
  expect(clusterHints({ ...cluster, workloads: [] })).toEqual([])
})

test('the command by which a person restores starts the workflow of the run', () => {
  const of = (GITHUB_WORKFLOW_REF: string) => restoreCommand({ GITHUB_WORKFLOW_REF, GITHUB_REF_NAME: 'v1.1.0' })
  const command = of('acme/shop/.github/workflows/production.yml@refs/tags/v1.1.0')
  expect(command).toBe('gh workflow run production.yml --ref v1.1.0 --field version=previous')
  expect(clusterState(cluster, command)).toMatch(/^# restores what was committed before:\ngh workflow run/)
  expect(of('')).toBeUndefined()
})

describe('after a restoration in the cluster', () => {
  test.each<[Serving['serves'], string]>([
    ['previous', 'rolled-back'],
    ['unseen', 'rolled-back'],
    ['new', 'mixed'],
    ['mixed', 'mixed'],
    ['other', 'mixed'],
    ['nobody', 'mixed'],
  ])('it is never reported better than what users get: %s', (serves, result) => {
    expect(inCluster(serves, 'rolled-back').result).toBe(result)
  })

  test('the previous version serves again', () => {
    expect(inCluster('previous', 'rolled-back')).toEqual({
      result: 'rolled-back',
      state: 'failure',
      text: 'v1 serves again: namespace shop is as it was before v2 (so)',
    })
  })

  test('of a first release nobody answers any more', () => {
    const first = (serves: Serving['serves']) =>
      conclusionInCluster({ serves, detail: 'so' }, { version: 'v1', previous: undefined }, 'shop', 'rolled-back')
    expect(first('nobody')).toMatchObject({
      result: 'rolled-back',
      text: expect.stringContaining('Nothing was released before'),
    })
    expect(first('other').result).toBe('mixed')
  })

  test('that found nothing open, what serves is final', () => {
    expect(inCluster('new', 'noop')).toMatchObject({ result: 'committed', state: 'success' })
    expect(inCluster('previous', 'noop')).toMatchObject({ result: 'rolled-back', state: 'failure' })
    expect(inCluster('unseen', 'noop').result).toBe('unknown')
  })

  test.each(['mixed', 'undo-started'])('that ended as %s, it is mixed, and the log is named', (restored) => {
    expect(inCluster('previous', restored)).toMatchObject({ result: 'mixed', state: 'error' })
    expect(inCluster('previous', restored).text).toContain('log of the job that restored')
  })

  test('nothing is left to do only where it ended whole', () => {
    expect(['', 'unchanged', 'mixed', 'unknown', 'rolled-back', 'noop'].filter(isSettled)).toEqual([
      'rolled-back',
      'noop',
    ])
  })
})
