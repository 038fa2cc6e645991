import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeGitHub, startFakeGitHub } from '../src/github/index.ts'

const [base, main, side] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]
let github: FakeGitHub

beforeEach(async () => {
  github = await startFakeGitHub({
    repository: {
      commits: [
        { sha: base, parents: [], message: 'Begin' },
        { sha: side, parents: [base], message: 'Fix' },
        { sha: main, parents: [base], message: 'Go on' },
      ],
      branches: { main, 'release/1.0': side },
      tags: { 'v1.0.0': { annotated: base }, main: side },
      runs: [{ id: 1, path: '.github/workflows/qa.yml', sha: main }],
      artifacts: [
        { name: 'app', run: 1, files: { 'app.txt': 'one' } },
        { name: 'app', run: 1, files: { 'app.txt': 'old' }, expired: true },
        { name: 'app', run: 1, files: { 'app.txt': 'two' }, tamperedWith: { 'app.txt': 'evil' } },
      ],
    },
    tokens: {
      good: { contents: 'read', actions: 'read', deployments: 'write' },
      reader: { contents: 'read', deployments: 'read' },
    },
  })
})
afterEach(() => github.stop())

async function ask(path: string, { token = 'good', body }: { token?: string; body?: unknown } = {}) {
  const response = await fetch(`${github.url}/repos/acme/acme-sales${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(2000),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    // biome-ignore lint/suspicious/noExplicitAny: answers have the shapes that the tests name
    body: (/^[[{]/.test(text) ? JSON.parse(text) : text) as any,
  }
}

describe('permissions', () => {
  test('an unknown token is refused', async () => {
    expect(await ask('', { token: 'wrong' })).toMatchObject({ status: 401, body: { message: 'Bad credentials' } })
  })
  test('a permission that a token does not have is refused', async () => {
    expect((await ask('/actions/runs', { token: 'reader' })).status).toBe(403)
    expect((await ask('/deployments', { token: 'reader' })).status).toBe(200)
    expect((await ask('/deployments', { token: 'reader', body: { ref: main } })).status).toBe(403)
  })
})

describe('commits', () => {
  test('tags are peeled, and a branch wins over a tag of its name', async () => {
    expect((await ask('/commits/tags/v1.0.0')).body.sha).toBe(base)
    expect((await ask('/commits/main')).body.sha).toBe(main)
    expect((await ask('/commits/tags/main')).body.sha).toBe(side)
    expect((await ask('/commits/nothing')).status).toBe(422)
  })
  test('an annotated tag is an object of its own', async () => {
    const { object } = (await ask('/git/ref/tags/v1.0.0')).body
    expect(object.type).toBe('tag')
    expect((await ask(`/git/tags/${object.sha}`)).body.object).toEqual({
      type: 'commit',
      sha: base,
      url: expect.stringContaining(`/git/commits/${base}`),
    })
  })
  test.each([
    [base, main, 'ahead', 1],
    [main, base, 'behind', 0],
    [side, 'main', 'diverged', 1],
    [main, 'main', 'identical', 0],
  ])('%s...%s is %s', async (from, to, status, total) => {
    expect((await ask(`/compare/${from}...${to}`)).body).toMatchObject({ status, total_commits: total })
  })
  test('branches are found by the beginning of their names', async () => {
    expect((await ask('/git/matching-refs/heads/release/')).body).toMatchObject([{ ref: 'refs/heads/release/1.0' }])
  })
})

describe('artifacts', () => {
  test('are listed with their run, the newest first', async () => {
    const { artifacts } = (await ask('/actions/artifacts?name=app')).body
    expect(artifacts.map(({ expired }: { expired: boolean }) => expired)).toEqual([false, true, false])
    expect(artifacts[2].workflow_run).toMatchObject({ id: 1, head_sha: main, head_branch: 'main' })
  })
  test('are served by the storage without a token, with the digest of their upload', async () => {
    const [evil, , plain] = (await ask('/actions/runs/1/artifacts')).body.artifacts
    for (const [{ id, digest }, same] of [
      [plain, true],
      [evil, false],
    ] as const) {
      const { status, headers } = await ask(`/actions/artifacts/${id}/zip`)
      expect(status).toBe(302)
      const location = headers.get('location') ?? ''
      const zip = Buffer.from(await (await fetch(location)).arrayBuffer())
      expect(digest === `sha256:${createHash('sha256').update(zip).digest('hex')}`).toBe(same)
      expect((await fetch(location, { headers: { authorization: 'Bearer good' } })).status).toBe(400)
    }
  })
  test('that are expired cannot be downloaded', async () => {
    const [, expired] = (await ask('/actions/runs/1/artifacts')).body.artifacts
    expect((await ask(`/actions/artifacts/${expired.id}/zip`)).status).toBe(410)
  })
})

describe('deployments', () => {
  const plain = { auto_merge: false, required_contexts: [] }
  test.each([
    ['behind the default branch merge it', { ref: base }, 202, 0],
    ['behind the default branch wait for checks', { ref: base, auto_merge: false }, 409, 0],
    ['behind the default branch are made, if both are turned off', { ref: base, ...plain }, 201, 1],
    ['that is unknown are refused', { ref: 'nothing', ...plain }, 422, 0],
  ])('of a commit %s', async (_, body, status, made) => {
    expect((await ask('/deployments', { body })).status).toBe(status)
    expect(github.deployments()).toHaveLength(made)
  })
  test('have descriptions of 140 characters', async () => {
    const { id } = (await ask('/deployments', { body: { ref: main, ...plain } })).body
    const status = (length: number) =>
      ask(`/deployments/${id}/statuses`, { body: { state: 'success', description: 'é'.repeat(length) } })
    expect((await status(141)).status).toBe(422)
    expect((await status(140)).status).toBe(201)
    expect((await ask(`/deployments/${id}/statuses`)).body).toHaveLength(1)
  })
  test('become inactive after a later success in their environment, except in production', async () => {
    for (const environment of ['qa', 'production']) {
      for (const task of ['deploy:a', 'deploy:b']) {
        const { id } = (await ask('/deployments', { body: { ref: main, environment, task, ...plain } })).body
        await ask(`/deployments/${id}/statuses`, { body: { state: 'success' } })
      }
    }
    const states = github.deployments().map(({ environment, statuses }) => [environment, statuses[0]?.state])
    expect(states).toEqual([
      ['production', 'success'],
      ['production', 'success'],
      ['qa', 'success'],
      ['qa', 'inactive'],
    ])
  })
})

describe('faults', () => {
  const body = { ref: main, auto_merge: false, required_contexts: [] }
  test('happen once each, in their order, and are recorded', async () => {
    github.script(/^GET .*\/commits/, [
      { does: 'fail', status: 502, accepted: false },
      { does: 'slow-down', status: 429, retryAfter: 7 },
      { does: 'limit', resetIn: 60 },
    ])
    expect((await ask('')).status).toBe(200)
    expect((await ask('/commits/main')).status).toBe(502)
    expect((await ask('/commits/main')).headers.get('retry-after')).toBe('7')
    expect((await ask('/commits/main')).headers.get('x-ratelimit-remaining')).toBe('0')
    expect((await ask('/commits/main')).status).toBe(200)
    expect(github.calls().map(({ answered }) => answered)).toEqual([200, 502, 429, 403, 200])
  })
  test.each([true, false])('a request that is cut off may have taken effect (%s)', async (accepted) => {
    github.script(/^POST/, [{ does: 'reset', accepted }])
    await expect(ask('/deployments', { body })).rejects.toThrow()
    expect(github.deployments()).toHaveLength(accepted ? 1 : 0)
  })
  test('a request that hangs ends with the server', async () => {
    github.script(/^GET/, [{ does: 'hang', accepted: false }])
    const asked = ask('').catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await github.stop()
    expect(await asked).toBe('cut')
  })
})
