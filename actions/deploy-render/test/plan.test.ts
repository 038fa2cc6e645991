import { describe, expect, test } from 'vitest'
import type { Deploy, Service } from '../src/api-objects.ts'
import { type Inspection, planRelease } from '../src/plan.ts'

const old = 'a'.repeat(40)
const fresh = 'b'.repeat(40)
const options = { allowOlder: false, clearCache: false }
const service: Service = { id: 'srv-1', name: 'api', type: 'web_service', ownerId: 'tea-1', rootDir: 'api' }

function deployOf(status: string, commit: string, id = `dep-${status}`): Deploy {
  return { id, status, trigger: 'api', commit: { id: commit }, createdAt: '2026-01-01T00:00:00Z' }
}

function inspection(more: Partial<Inspection> = {}): Inspection {
  return {
    service,
    deploys: [deployOf('live', old)],
    content: { commit: fresh },
    relation: 'ahead',
    changed: true,
    variables: [],
    healthy: false,
    ...more,
  }
}

describe('what is done with a service', () => {
  const image = 'docker.io/acme/api@sha256:'
  test.each<[string, Partial<Inspection>, object, RegExp]>([
    ['changed', {}, { do: 'deploy' }, /^api: aaaaaaaaaaaa → bbbbbbbbbbbb$/],
    ['unknown whether changed', { changed: undefined }, { do: 'deploy' }, /→/],
    ['not changed', { changed: false }, { do: 'nothing', why: 'untouched' }, /not deployed/],
    ['not changed, but its variables', { changed: false, variables: ['A', 'B'] }, { do: 'deploy' }, /setting A, B$/],
    ['never live', { deploys: [] }, { do: 'deploy' }, /^api: nothing → bbbbbbbbbbbb$/],
    [
      'live and healthy',
      { deploys: [deployOf('live', fresh)], healthy: true },
      { do: 'nothing', why: 'live' },
      /live and healthy/,
    ],
    ['live and unhealthy', { deploys: [deployOf('live', fresh)] }, { do: 'deploy' }, /→/],
    [
      'under way by the push',
      { deploys: [deployOf('build_in_progress', fresh, 'dep-push'), deployOf('live', old)] },
      { do: 'join', deploy: 'dep-push' },
      /under way already/,
    ],
    [
      'under way to another commit, over the wanted one',
      { deploys: [deployOf('queued', old), deployOf('live', fresh)], healthy: true },
      { do: 'deploy' },
      /→/,
    ],
    [
      'an image that is live by another name',
      {
        content: { image: `${image}${'1'.repeat(64)}` },
        deploys: [
          {
            ...deployOf('live', ''),
            commit: null,
            image: { ref: 'docker.io/acme/api:1', sha: `sha256:${'1'.repeat(64)}` },
          },
        ],
        healthy: true,
      },
      { do: 'nothing', why: 'live' },
      /live and healthy/,
    ],
    ['a cron job', { content: undefined }, { do: 'deploy' }, /what its branch has/],
  ])('%s', (_, more, action, line) => {
    const [[planned] = []] = planRelease([[inspection(more)]], options).groups
    expect(planned?.action).toEqual(action)
    expect(planned?.line).toMatch(line)
  })

  test('a build without its cache is a deploy, whatever is live', () => {
    const live = inspection({ deploys: [deployOf('live', fresh)], healthy: true })
    expect(planRelease([[live]], { ...options, clearCache: true }).groups[0]?.[0]?.action).toEqual({ do: 'deploy' })
  })
})

describe('what is refused, all at once', () => {
  test.each<[string, Partial<Inspection>, RegExp | undefined]>([
    ['ahead', {}, undefined],
    ['older', { relation: 'behind' }, /is older than the live one/],
    ['of another line', { relation: 'diverged' }, /does not descend from/],
    ['suspended', { service: { ...service, suspended: 'suspended' } }, /is suspended/],
    [
      'an image without a version',
      { service: { ...service, imagePath: 'acme/api' }, content: undefined },
      /input image/,
    ],
  ])('%s', (_, more, refusal) => {
    const { refusals } = planRelease([[inspection(more)], [inspection(more)]], options)
    expect(refusals).toEqual(refusal ? [expect.stringMatching(refusal), expect.stringMatching(refusal)] : [])
  })

  test('not an older commit with allow-older', () => {
    expect(planRelease([[inspection({ relation: 'behind' })]], { ...options, allowOlder: true }).refusals).toEqual([])
  })
})

test('auto-deploy that is on is a warning', () => {
  const warningsOf = (more: Partial<Service>) =>
    planRelease([[inspection({ service: { ...service, ...more } })]], options).warnings
  const warning = [expect.stringContaining('api also deploys automatically on every push')]
  expect(warningsOf({ autoDeploy: 'yes' })).toEqual(warning)
  expect(warningsOf({ autoDeploy: 'no', autoDeployTrigger: 'checksPass' })).toEqual(warning)
  expect(warningsOf({ autoDeploy: 'yes', autoDeployTrigger: 'commit' })).toEqual(warning)
  expect(warningsOf({ autoDeploy: 'no', autoDeployTrigger: 'off' })).toEqual([])
  expect(warningsOf({})).toEqual([])
})
