import { describe, expect, test } from 'vitest'
import { contentOf, type Deploy, matchesContent, type Service } from '../src/api-objects.ts'
import { repositoryOf, sameImage, spelledAs } from '../src/image.ts'
import { planRelease } from '../src/plan.ts'
import { planRollback } from '../src/rollback.ts'

const [one, two] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`)
const service: Service = {
  id: 'srv-1',
  name: 'api',
  type: 'web_service',
  ownerId: 'tea-1',
  imagePath: 'docker.io/acme/api:1',
}

function deployOf(id: string, status: string, ref: string, sha: string | undefined): Deploy {
  return { id, status, commit: null, image: { ref, sha: sha ?? null }, createdAt: '2026-01-01T00:00:00Z' }
}

test.each([
  ['acme/api', 'docker.io/acme/api'],
  ['docker.io/acme/api:1.2', 'docker.io/acme/api'],
  ['nginx', 'docker.io/library/nginx'],
  ['https://ghcr.io/acme/api:1', 'ghcr.io/acme/api'],
  ['localhost:5000/api:1', 'localhost:5000/api'],
  [`ghcr.io/acme/api:1@${one}`, 'ghcr.io/acme/api'],
])('%s is of the repository %s', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository)
})

test.each([
  ['acme/api:2', 'docker.io/acme/api:1', 'docker.io/acme/api:2'],
  [`docker.io/acme/api@${one}`, 'acme/api', `acme/api@${one}`],
  ['localhost:5000/api:2', 'localhost:5000/api', 'localhost:5000/api:2'],
])('%s is requested with the spelling of %s', (image, path, requested) => {
  expect(spelledAs(path, image)).toBe(requested)
  expect(sameImage(image, requested)).toBe(true)
})

test('an image of a deploy matches by any of its names', () => {
  expect(matchesContent(deployOf('dep-1', 'live', 'docker.io/acme/api:2', undefined), { image: 'acme/api:2' })).toBe(
    true,
  )
  expect(matchesContent(deployOf('dep-1', 'live', 'docker.io/acme/api:3', undefined), { image: 'acme/api:2' })).toBe(
    false,
  )
  expect(contentOf(deployOf('dep-1', 'live', 'acme/api:2', one))).toEqual({ image: `acme/api:2@${one}` })
  expect(contentOf(deployOf('dep-1', 'live', `acme/api@${one}`, one))).toEqual({ image: `acme/api@${one}` })
})

describe('a tag that points to another image now', () => {
  const [before, live] = [
    deployOf('dep-1', 'deactivated', 'acme/api:qa', one),
    deployOf('dep-2', 'live', 'acme/api:qa', two),
  ]
  const inspection = {
    service,
    deploys: [live, before],
    relation: undefined,
    changed: undefined,
    variables: [],
    healthy: true,
  }

  test('is deployed again: its live deploy may have another image', () => {
    const options = { allowOlder: false, clearCache: false }
    const actionFor = (image: string) =>
      planRelease([[{ ...inspection, content: { image } }]], options).groups[0]?.[0]?.action
    expect(actionFor('acme/api:qa')).toEqual({ do: 'deploy' })
    expect(actionFor(`acme/api@${two}`)).toEqual({ do: 'nothing', why: 'live' })
  })

  test('is rolled back', () => {
    const target = {
      ...inspection,
      requestedName: 'api',
      env: [],
      content: contentOf(before),
      targetId: 'dep-1',
      targetDeploy: before,
    }
    const plan = planRollback([[target]], { undoDisks: [] })
    expect(plan.groups[0]?.[0]?.action).toEqual({ do: 'rollback', deploy: 'dep-1' })
  })
})
