import { describe, expect, test } from 'vitest'
import { cutDescription } from '../../../scripts/pin-github-api.ts'
import { mismatches } from './support/github-description.ts'

describe("a difference from GitHub's description is seen", () => {
  const route = 'GET /repos/{owner}/{repo}/git/ref/{ref}'
  const object = { type: 'commit', sha: 'a'.repeat(40), url: 'https://api.github.com/x' }
  const good = { ref: 'refs/heads/main', node_id: 'x', url: 'https://api.github.com/x', object }

  test.each([
    ['none', route, 200, good, 0],
    ['a field that is missing', route, 200, { ...good, node_id: undefined }, 1],
    ['a field of another type', route, 200, { ...good, ref: 1 }, 1],
    ['a field that GitHub does not have', route, 200, { ...good, branch: 'main' }, 1],
    ['one deeper', route, 200, { ...good, object: { ...object, sha: 'short' } }, 1],
    ['an error with a message that is no text', route, 401, { message: 1 }, 1],
    ['a status that GitHub does not answer', route, 204, good, 1],
    ['a route that GitHub does not have', 'GET /repos/{owner}/{repo}/nothing', 200, good, 1],
  ])('%s', (_, asked, status, body, count) => {
    expect(mismatches(asked, status, body)).toHaveLength(count)
  })
})

describe('the part of a description for some routes', () => {
  const whole = {
    paths: {
      '/a': { get: { summary: 'A', responses: { 200: { description: 'Well', $ref: '#/components/responses/ok' } } } },
      '/b': { get: { responses: { 200: {} } } },
    },
    components: {
      responses: { ok: { content: { 'application/json': { schema: { $ref: '#/components/schemas/node' } } } } },
      schemas: {
        node: {
          description: 'A node',
          properties: { description: { type: 'string', example: 'x' }, next: { $ref: '#/components/schemas/node' } },
        },
        'basic-error': {},
        other: {},
      },
    },
  }

  test('has all that their answers refer to, and no prose', () => {
    expect(cutDescription(whole, ['GET /a'])).toEqual({
      answers: { 'GET /a': { 200: { $ref: '#/components/responses/ok' } } },
      refs: {
        '#/components/responses/ok': whole.components.responses.ok,
        '#/components/schemas/node': {
          properties: { description: { type: 'string' }, next: { $ref: '#/components/schemas/node' } },
        },
        '#/components/schemas/basic-error': {},
      },
    })
  })
  test('is not made for a route that GitHub does not have', () => {
    expect(() => cutDescription(whole, ['GET /a', 'GET /c'])).toThrow("GitHub's description has no GET /c")
  })
})
