import { describe, expect, test } from 'vitest'
import { isCandidate, type ObservedHost, planRelease, releaseStages, slotStages } from '../src/plan.ts'

const id = '20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081'
const old = '20261120T090000Z-aaaaaaaaaaaa-4711-1-9f86d081'
const manifest = 'f'.repeat(64)

const host = (name: string, seen: Partial<ObservedHost> = {}): ObservedHost => ({
  host: name,
  committed: old,
  manifest: 'e'.repeat(64),
  version: 'v1',
  sha: 'a'.repeat(40),
  live: `releases/${old}`,
  slot: '',
  recovered: undefined,
  healthy: false,
  ...seen,
})
const done = { manifest, healthy: true }

describe('nothing is to be done', () => {
  test('where the same content is live, committed and healthy on every host', () => {
    const plan = planRelease(id, manifest, [host('web1', done), host('web2', done)])
    expect(plan).toMatchObject({ noop: true, stages: [], differed: false, warnings: [] })
    expect(plan.lines).toEqual(
      ['web1', 'web2'].map((name) => `${name}: ${old} is live, committed and healthy; nothing to do`),
    )
  })

  test.each<[string, Partial<ObservedHost>]>([
    ['other content is committed', { manifest: 'e'.repeat(64) }],
    ['nothing is committed', { committed: '', live: '' }],
    ['it is not what is live', { live: 'releases/20261119T000000Z-bbbbbbbbbbbb-4711-1-9f86d081' }],
    ['nothing is live', { live: '' }],
    ['it is not healthy', { healthy: false }],
    ['it was committed before Belay came, so its content is not known', { manifest: '' }],
  ])('but not where on one host %s', (_, seen) => {
    const plan = planRelease(id, manifest, [host('web1', done), host('web2', { ...done, ...seen })])
    expect(plan.noop).toBe(false)
    expect(plan.stages).toEqual(releaseStages)
  })

  test('is asked of the health check only where all the rest says so', () => {
    expect(isCandidate(host('web1', { manifest }), manifest)).toBe(true)
    expect(isCandidate(host('web1', { manifest, live: '/srv/other' }), manifest)).toBe(false)
    expect(isCandidate(host('web1', { manifest: '', committed: '', live: 'releases/' }), '')).toBe(false)
  })
})

describe('what is said before anything is done', () => {
  test('each host with what it has and what it gets', () => {
    expect(planRelease(id, manifest, [host('web1'), host('web2', { committed: '', live: '' })]).lines).toEqual([
      `web1: ${old} → ${id}`,
      `web2: nothing → ${id}`,
    ])
  })

  test('hosts that differ at the start are named, each with what it has', () => {
    const plan = planRelease(id, manifest, [host('web1'), host('web2', { committed: '', live: '' })])
    expect(plan.differed).toBe(true)
    expect(plan.warnings).toEqual([`The hosts differ at the start: web1 has ${old}, web2 has nothing.`])
  })

  test('a current that is not what was committed last', () => {
    const { warnings, noop } = planRelease(id, manifest, [host('web1', { live: 'releases/by-hand' })])
    expect(noop).toBe(false)
    expect(warnings).toEqual([`web1: current is releases/by-hand, but ${old} was committed last.`])
  })

  test('an absolute link to the committed release is no surprise', () => {
    expect(planRelease(id, manifest, [host('web1', { live: `/srv/api/qa/releases/${old}` })]).warnings).toEqual([])
  })
})

test('no host has a stage that another lacks, and users are moved last', () => {
  expect(releaseStages.at(-1)).toBe('switch')
})

describe('with slots', () => {
  test('each host with the slot that is filled, and what keeps the traffic', () => {
    const seen = [host('web1', { slot: '5016' }), host('web2', { slot: '5006', committed: '', live: '' })]
    const plan = planRelease(id, manifest, seen, true)
    expect(plan.lines).toEqual([
      `web1: ${id} → slot 5016; traffic stays with ${old}`,
      `web2: ${id} → slot 5006; traffic stays with the active slot`,
    ])
    expect(plan.stages).toEqual(slotStages)
  })

  test('traffic that goes to what was never committed is said', () => {
    const { warnings } = planRelease(id, manifest, [host('web1', { live: 'releases/by-hand' })], true)
    expect(warnings).toEqual([`web1: traffic goes to releases/by-hand, but ${old} was committed last.`])
  })

  test('what has the traffic, committed and healthy, is nothing to do', () => {
    expect(planRelease(id, manifest, [host('web1', done)], true)).toMatchObject({ noop: true, stages: [] })
  })
})
